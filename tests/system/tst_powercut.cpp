// SPDX-License-Identifier: MIT
// The power goes, or the process is killed, at any moment: no entry is lost, no byte is trusted that is not
// on disk, and each file is right in the end.
//
// LONGHAUL_CUTS=n   n power cuts rather than 200
// LONGHAUL_SEED=n   from this seed on; one cut unless LONGHAUL_CUTS says more
// A seed draws the moment and what is left on the disk; what was going on is recorded anew each time.
#include "diskjudge.h"
#include "diskscenario.h"

#include "tests/support/diskwatch.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kCuts = 200;
constexpr const char *kRoot = "LONGHAUL_DISK_ROOT";
constexpr const char *kServer = "LONGHAUL_DISK_SERVER";
constexpr const char *kTrace = "LONGHAUL_DISK_TRACE";
constexpr const char *kBoot = "LONGHAUL_DISK_BOOT";

// What a process did below `root`.
struct Recording {
    QString root;
    DiskTrace trace;
    DiskState left; // by it, in the end
};

struct Cut {
    size_t index; // of the first step that does not happen
    quint64 seed;
};

bool isJournalLine(const diskwatch::Entry &entry, const QSet<quint64> &journals)
{
    return entry.op == diskwatch::Op::Write && journals.contains(entry.file);
}

// The bug that is planted: each sync of a part file comes only after the next line of the journal, which says
// that it has come. Returns where the lines end that come too early now.
std::vector<size_t> journalBeforeSync(DiskTrace *trace)
{
    QSet<quint64> parts;
    QSet<quint64> journals;
    DiskTrace late;
    DiskTrace result;
    std::vector<size_t> early;
    for (const diskwatch::Entry &entry : *trace) {
        if (entry.op == diskwatch::Op::Create && entry.path.ends_with(".part"))
            parts.insert(entry.file);
        if (entry.op == diskwatch::Op::Create && entry.path.ends_with("downloads.journal"))
            journals.insert(entry.file);
        if (entry.op == diskwatch::Op::Sync && parts.contains(entry.file)) {
            late.push_back(entry);
            continue;
        }
        result.push_back(entry);
        if (isJournalLine(entry, journals) && !late.empty()) {
            early.push_back(result.size());
            std::move(late.begin(), late.end(), std::back_inserter(result));
            late.clear();
        }
    }
    *trace = result;
    return early;
}

} // namespace

class TestPowerCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void record();
    void initTestCase();
    void nothingIsMissed();
    void powerCuts_data();
    void powerCuts();
    void killed();
    void plantedBug();
    void missingSyncs_data();
    void missingSyncs();

private:
    std::unique_ptr<QProcess> startRecording(const QString &name, const QString &boot);
    Recording recordingOf(const QString &name) const;
    static std::vector<Cut> draw(const Recording &recording, quint64 seed, int count);
    QByteArray recordsProblem(const Recording &recording, size_t index, const DiskState &disk);
    QByteArray problem(const Recording &recording, size_t index, const DiskState &disk);

    QTemporaryDir m_temp;
    std::unique_ptr<DiskFiles> m_files;
    Recording m_power;
    Recording m_kill;
    int m_notices = 0; // starts that told of damage
};

// A process of its own: its boot is another one than that of those who find what it left.
void TestPowerCut::record()
{
    if (!qEnvironmentVariableIsSet(kRoot))
        return;
    if (qEnvironmentVariableIsSet(kBoot))
        diskwatch::pretendBoot(qgetenv(kBoot).toStdString());
    const QString root = qEnvironmentVariable(kRoot);
    diskwatch::watch(QFile::encodeName(root).toStdString());
    const DiskFiles files(QUrl(qEnvironmentVariable(kServer)));
    DiskScenario scenario(root, files);
    const QByteArray failure = scenario.play();
    QVERIFY2(failure.isEmpty(), failure.constData());
    QVERIFY(saveTrace(diskwatch::stop(), qEnvironmentVariable(kTrace)));
}

std::unique_ptr<QProcess> TestPowerCut::startRecording(const QString &name, const QString &boot)
{
    const QString root = m_temp.filePath(name);
    QDir().mkpath(root);
    auto child = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kRoot), root);
    environment.insert(QLatin1String(kServer), m_files->base().toString());
    environment.insert(QLatin1String(kTrace), root + u".trace"_s);
    if (!boot.isEmpty())
        environment.insert(QLatin1String(kBoot), boot);
    child->setProcessEnvironment(environment);
    child->setProcessChannelMode(QProcess::MergedChannels);
    child->start(QCoreApplication::applicationFilePath(), {u"record"_s});
    return child;
}

Recording TestPowerCut::recordingOf(const QString &name) const
{
    const QString root = m_temp.filePath(name);
    return {root, loadTrace(root + u".trace"_s), DiskState::of(root)};
}

void TestPowerCut::initTestCase()
{
    if (qEnvironmentVariableIsSet(kRoot))
        return;
    m_files = std::make_unique<DiskFiles>();
    m_files->beginRecording();
    const auto power = startRecording(u"power"_s, u"8d8ac610-566d-4ef0-9c22-186b2a5ed793"_s);
    const auto kill = startRecording(u"kill"_s, {});
    for (QProcess *child : {power.get(), kill.get()}) {
        QVERIFY(child->waitForFinished(60'000));
        QVERIFY2(child->exitCode() == 0, child->readAll().constData());
    }
    m_files->endRecording();
    m_power = recordingOf(u"power"_s);
    m_kill = recordingOf(u"kill"_s);
}

// All that changes files was seen, or the traces are worth nothing.
void TestPowerCut::nothingIsMissed()
{
    for (const Recording &recording : {m_power, m_kill}) {
        DiskModel model;
        for (const diskwatch::Entry &entry : recording.trace)
            model.apply(entry);
        const DiskState seen = model.now();
        QCOMPARE(seen.files.keys(), recording.left.files.keys());
        QVERIFY(seen == recording.left);
        const auto compactions =
            std::count_if(recording.trace.begin(), recording.trace.end(), [](const diskwatch::Entry &entry) {
                return entry.op == diskwatch::Op::Rename && entry.to.ends_with("downloads.json");
            });
        QVERIFY2(compactions >= 2, QByteArray::number(compactions).constData());
        qInfo("%zu steps in %.1f s", recording.trace.size(), double(recording.trace.back().at) / 1e6);
    }
}

// Any moment, or, as often, one at which something else than bytes is on its way.
std::vector<Cut> TestPowerCut::draw(const Recording &recording, quint64 seed, int count)
{
    std::vector<size_t> turns;
    for (size_t i = 0; i < recording.trace.size(); ++i) {
        if (recording.trace[i].op != diskwatch::Op::Write)
            turns.push_back(i);
    }
    std::vector<Cut> cuts;
    for (int i = 0; i < count; ++i, ++seed) {
        QRandomGenerator random(quint32(seed) ^ 0x5eedU);
        const auto any = size_t(random.bounded(int(recording.trace.size()) + 1));
        const size_t turn = turns[size_t(random.bounded(int(turns.size())))] + size_t(random.bounded(4));
        cuts.push_back({random.bounded(2) == 0 ? any : std::min(turn, recording.trace.size()), seed});
    }
    std::sort(cuts.begin(), cuts.end(), [](const Cut &a, const Cut &b) { return a.index < b.index; });
    return cuts;
}

QByteArray TestPowerCut::recordsProblem(const Recording &recording, size_t index, const DiskState &disk)
{
    // In a copy, for to look at it is to mend it.
    const QString copy = m_temp.filePath(u"copy"_s);
    if (!disk.moved(recording.root + u"/store"_s, copy).write(copy))
        return "the files cannot be written";
    QThreadPool threads;
    ResumeStore store(copy, threads);
    if (store.open() != ResumeStore::OpenResult::Opened)
        return "the store does not open: " + store.errorString().toUtf8();
    m_notices += store.notices().isEmpty() ? 0 : 1;
    return wrongRecords(store, disk, *m_files, ExpectedList(recording.trace).at(index));
}

QByteArray TestPowerCut::problem(const Recording &recording, size_t index, const DiskState &disk)
{
    if (const QByteArray wrong = recordsProblem(recording, index, disk); !wrong.isEmpty())
        return wrong;
    if (!disk.write(recording.root))
        return "the files cannot be written";
    DiskWorld world(recording.root);
    if (!world.begin())
        return "the store does not open: " + world.said().join(u' ').toUtf8();
    return wrongEnd(world, *m_files);
}

// In rows, for a row has no more than five minutes.
void TestPowerCut::powerCuts_data()
{
    QTest::addColumn<quint64>("first");
    QTest::addColumn<int>("count");
    bool given = false;
    quint64 seed = qEnvironmentVariable("LONGHAUL_SEED", u"1"_s).toULongLong();
    int left = qEnvironmentVariableIntValue("LONGHAUL_CUTS", &given);
    if (!given)
        left = qEnvironmentVariableIsSet("LONGHAUL_SEED") ? 1 : kCuts;
    for (; left > 0; left -= kCuts, seed += quint64(kCuts))
        QTest::addRow("from %llu on", seed) << seed << std::min(left, kCuts);
}

void TestPowerCut::powerCuts()
{
    QFETCH(const quint64, first);
    QFETCH(const int, count);
    QByteArrayList wrong;
    DiskModel model;
    size_t applied = 0;
    m_notices = 0;
    for (const Cut &cut : draw(m_power, first, count)) {
        for (; applied < cut.index; ++applied)
            model.apply(m_power.trace[applied]);
        QRandomGenerator random(quint32(cut.seed));
        const QByteArray found = problem(m_power, cut.index, model.afterCut(random));
        if (!found.isEmpty())
            wrong.append("seed " + QByteArray::number(cut.seed) + ", after step "
                         + QByteArray::number(qulonglong(cut.index)) + ": " + found);
    }
    qInfo("%d starts told of damage to the list", m_notices);
    for (const QByteArray &line : std::as_const(wrong)) // more than what a failed check prints
        qInfo().noquote() << line;
    QVERIFY2(wrong.isEmpty(), (QByteArray::number(wrong.size()) + " are wrong").constData());
}

// Nothing is lost but the process.
void TestPowerCut::killed()
{
    DiskModel model;
    size_t applied = 0;
    m_notices = 0;
    for (const Cut &cut : draw(m_kill, 1, kCuts / 5)) {
        for (; applied < cut.index; ++applied)
            model.apply(m_kill.trace[applied]);
        const QByteArray found = problem(m_kill, cut.index, model.now());
        QVERIFY2(found.isEmpty(),
                 ("after step " + QByteArray::number(qulonglong(cut.index)) + ": " + found).constData());
    }
    QCOMPARE(m_notices, 0);
}

// What these tests are worth: they find that records come before the bytes they tell of.
void TestPowerCut::plantedBug()
{
    Recording planted = m_power;
    const std::vector<size_t> early = journalBeforeSync(&planted.trace);
    QVERIFY(early.size() >= 5);
    DiskModel model;
    size_t applied = 0;
    int found = 0;
    for (const size_t index : early) {
        for (; applied < index; ++applied)
            model.apply(planted.trace[applied]);
        for (quint32 seed = 0; seed < 8; ++seed) {
            QRandomGenerator random(seed);
            const QByteArray wrong = recordsProblem(planted, index, model.afterCut(random));
            found += wrong.contains("bytes are trusted that are not on disk") ? 1 : 0;
        }
    }
    qInfo("found %d times", found);
    QVERIFY(found > 0);
}

void TestPowerCut::missingSyncs_data()
{
    QTest::addColumn<bool>("folders");
    QTest::addColumn<QByteArray>("problem");
    QTest::addRow("of the journal") << false << QByteArray("the entry is lost");
    QTest::addRow("of names") << true << QByteArray("a completed file is wrong");
}

// And that something is never synced.
void TestPowerCut::missingSyncs()
{
    QFETCH(const bool, folders);
    QFETCH(const QByteArray, problem);
    Recording planted = m_power;
    QSet<quint64> journals;
    std::erase_if(planted.trace, [&](const diskwatch::Entry &entry) {
        if (entry.op == diskwatch::Op::Create && entry.path.ends_with("downloads.journal"))
            journals.insert(entry.file);
        if (folders)
            return entry.op == diskwatch::Op::SyncFolder && entry.path.find("/files/") != std::string::npos;
        return entry.op == diskwatch::Op::Sync && journals.contains(entry.file);
    });
    DiskModel model;
    size_t applied = 0;
    int found = 0;
    for (const Cut &cut : draw(planted, 1, kCuts)) {
        for (; applied < cut.index; ++applied)
            model.apply(planted.trace[applied]);
        QRandomGenerator random(quint32(cut.seed));
        found += recordsProblem(planted, cut.index, model.afterCut(random)).contains(problem) ? 1 : 0;
    }
    qInfo("found %d times", found);
    QVERIFY(found > 0);
}

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_powercut.moc"
