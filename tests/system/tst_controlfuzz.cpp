// SPDX-License-Identifier: MIT
// The control socket of the program, as it runs, in front of many who mean ill at once: half frames,
// monstrous ones, nonsense, and commands with hostile values. It goes on answering, and nothing piles up.
//
// LONGHAUL_RUNS=n   n rounds rather than 300
// LONGHAUL_SEED=n   another seed
#include "controlhome.h"
#include "hostilerequests.h"

#include "app/controlserver.h"

#include <QDir>
#include <QDirIterator>

#include <sys/stat.h>
#include <unistd.h>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 300;
constexpr int kARest = 30;            // rounds before the next look at it
constexpr int kMostHostile = 100;     // clients at once, most of whom it does not admit
constexpr int kMostFilesOfTasks = 40; // that the downloads that run, and the store, may have open
#if defined(__SANITIZE_ADDRESS__)
constexpr double kMostGrowth = 400'000; // KiB; it keeps so much of what was freed
#else
constexpr double kMostGrowth = 20'000; // KiB, from the half of the time on; a frame has up to 1024
#endif

double residentKiB(qint64 pid)
{
    QFile file(u"/proc/%1/statm"_s.arg(pid));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return text.split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1024;
}

qsizetype openFiles(qint64 pid)
{
    return QDir(u"/proc/%1/fd"_s.arg(pid)).entryList(QDir::AllEntries | QDir::System).size();
}

} // namespace

class TestControlFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void answersAllTheSame();

private:
    void round();
    void answersNow(const Program &owner);

    Place m_place;
    std::unique_ptr<HostileRequests> m_hostile;
    std::vector<std::unique_ptr<QLocalSocket>> m_clients;
};

void TestControlFuzz::initTestCase()
{
    if (!QFileInfo::exists(u"/proc/self/statm"_s))
        QSKIP("What the program weighs cannot be seen here.");
    qputenv("QT_QPA_PLATFORM", "offscreen");
}

// Some come, say what they have to say, and stay; some that were there go, with or without a word.
void TestControlFuzz::round()
{
    for (int n = m_hostile->below(12); n > 0 && int(m_clients.size()) < kMostHostile; --n) {
        auto client = std::make_unique<QLocalSocket>();
        client->connectToServer(m_place.state() + u"/control"_s);
        if (!client->waitForConnected(1000)) // it is busy with those before
            continue;
        if (m_hostile->below(4) == 0)
            client->setReadBufferSize(1); // deaf
        client->write(m_hostile->bytes());
        m_clients.push_back(std::move(client));
    }
    QTest::qWait(m_hostile->below(10));
    for (int n = m_hostile->below(5); n > 0 && !m_clients.empty(); --n) {
        const auto chosen = m_clients.begin() + m_hostile->below(int(m_clients.size()));
        if (m_hostile->below(2))
            (*chosen)->abort();
        else if (m_hostile->below(2) && (*chosen)->state() == QLocalSocket::ConnectedState)
            (*chosen)->write(m_hostile->bytes());
        else
            (*chosen)->disconnectFromServer();
        if ((*chosen)->state() == QLocalSocket::UnconnectedState)
            m_clients.erase(chosen);
    }
}

void TestControlFuzz::answersNow(const Program &owner)
{
    QVERIFY2(owner.isRunning(), owner.account().constData());
    m_clients.clear();
    Said said;
    QTRY_VERIFY_WITH_TIMEOUT((said = m_place.run({u"list"_s, u"--json"_s})).exitCode == 0, 20'000);
    QVERIFY2(said.texts.isEmpty(), said.texts.value(0).constData());
}

void TestControlFuzz::answersAllTheSame()
{
    const Content content = Content::random(1000);
    ScriptedServer http([content](const Request &asked) {
        return asked.number % 3 ? Answer::honest(asked, content) : Answer::status(404);
    });
    QStringList urls{u"http://127.0.0.1:1/a"_s};
    for (int n = 0; n < 12; ++n)
        urls.append(http.url(u"/%1.bin"_s.arg(n)).toString());
    const QString foreign = m_place.put(u"foreign.part"_s, content.read(0, 500));
    const QString pipe = m_place.files() + u"/pipe"_s;
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    m_hostile = std::make_unique<HostileRequests>(
        qEnvironmentVariable("LONGHAUL_SEED", u"1"_s).toUInt(), urls,
        QStringList{m_place.files(), m_place.files() + u"/x/../y"_s, pipe},
        QStringList{foreign, foreign + u".gone"_s, pipe, m_place.files(), u"/dev/zero"_s});
    Program owner(m_place.home());
    QVERIFY(m_place.startOwner(owner));
    const qsizetype files = openFiles(owner.pid());

    bool given = false;
    const int asked = qEnvironmentVariableIntValue("LONGHAUL_RUNS", &given);
    const int rounds = given ? asked : kRounds;
    double before = 0;
    qsizetype most = 0;
    for (int n = 1; n <= rounds; ++n) {
        round();
        most = std::max(most, openFiles(owner.pid()));
        QVERIFY(most < files + ControlServer::kMostClients + kMostFilesOfTasks);
        if (n % kARest == 0 || n == rounds)
            answersNow(owner);
        if (n == (rounds + 1) / 2)
            before = residentKiB(owner.pid());
    }
    const double growth = residentKiB(owner.pid()) - before;
    qInfo("%d rounds, %.0f KiB more since the half of them, at most %d files open, at first %d", rounds,
          growth, int(most), int(files));
    QVERIFY(growth < kMostGrowth);
    QVERIFY(!QFileInfo::exists(m_place.home() + u"/../outside"_s));
    QVERIFY(!QFileInfo::exists(m_place.home() + u"/outside"_s));
    owner.sendSignal(SIGTERM);
    QVERIFY(owner.waitForEnd());
    QVERIFY2(owner.exitCode() == 0, owner.account().constData());
}

QTEST_GUILESS_MAIN(TestControlFuzz)
#include "tst_controlfuzz.moc"
