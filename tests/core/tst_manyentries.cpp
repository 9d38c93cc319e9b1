// SPDX-License-Identifier: MIT
// A list of very many downloads, whole and damaged. LONGHAUL_ENTRIES=1000000 makes it a million; figures are
// printed.
#include "core/resumestore.h"
#include "recordjson.h"
#include "storesamples.h"

#include <QElapsedTimer>
#include <QTest>

#include <ctime>

using namespace longhaul;
using namespace longhaul::storesamples;

namespace {

constexpr auto kOpened = ResumeStore::OpenResult::Opened;
constexpr int kDamages = 100;

// As downloads are that have run for a while: the texts of a real list's length.
ResumeData entry(int i)
{
    ResumeData data;
    data.url =
        QUrl(u"https://downloads.example.org/archive/2026/%1/project-%2-x86_64.tar.gz"_s.arg(i % 97).arg(i));
    data.entity.finalUrl =
        QUrl(u"https://mirror%1.example.net/pub/2026/project-%2-x86_64.tar.gz"_s.arg(i % 7).arg(i));
    data.entity.total = 1'000'000 + i;
    data.entity.validators.etag = "\"5f3b-" + QByteArray::number(i) + '"';
    data.entity.ranges = true;
    data.targetPath = u"/home/somebody/Downloads/project-%1-x86_64.tar.gz"_s.arg(i);
    data.partPath = data.targetPath + u".part"_s;
    data.received = data.durable = RangeSet({0, 1000 + i});
    data.bootId = u"3f1c9a52-8f0b-4f7d-9d52-0e6f4f5c7a11"_s;
    data.state = TaskState::Paused;
    data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + i, Qt::UTC);
    return data;
}

qint64 residentMiB(const char *field)
{
    for (const QByteArray &line : fileText(u"/proc/self/status"_s).split('\n')) {
        if (line.startsWith(field))
            return line.mid(qsizetype(qstrlen(field)) + 1).trimmed().split(' ').first().toLongLong() / 1024;
    }
    return 0;
}

// Three quarters of the entries are in the snapshot, the rest in the journal, which has each of them twice.
void writeList(const Folder &folder, int count)
{
    Records records;
    for (int i = 0; i < count * 3 / 4; ++i)
        records.insert(storeKey(entry(i).url), storeformat::recordText(toJson(entry(i))));
    QByteArray journal;
    for (const qint64 total : {5'000'000, 0}) {
        for (int i = count * 3 / 4; i < count; ++i) {
            ResumeData data = entry(i);
            data.entity.total = total > 0 ? total : *data.entity.total;
            journal += storeformat::recordLine(toJson(data));
        }
    }
    folder.build({{"downloads.json", storeformat::snapshot(records)}, {"downloads.journal", journal}});
}

// A wrong bit in each of so many places, all over the file.
void damage(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        qFatal("cannot damage a test's list");
    const qint64 size = file.size();
    for (int i = 0; i < kDamages; ++i) {
        const qint64 at = size / kDamages * i + size / kDamages / 2;
        char byte = 0;
        if (!file.seek(at) || !file.getChar(&byte) || !file.seek(at) || !file.putChar(char(byte ^ 4)))
            qFatal("cannot damage a test's list");
    }
}

} // namespace

class TestManyEntries : public QObject
{
    Q_OBJECT

private:
    const int m_count = std::max(8000, qEnvironmentVariableIntValue("LONGHAUL_ENTRIES"));
    QThreadPool m_threads;

    double open(const Folder &folder, int least, int most, QStringList *notices)
    {
        const std::clock_t start = std::clock();
        QElapsedTimer clock;
        clock.start();
        ResumeStore store(folder.name(), m_threads);
        if (store.open() != kOpened)
            return -1;
        const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        qInfo("%d entries opened in %.2f s (%.2f s of processor time), resident %lld MiB, at most %lld MiB",
              store.count(), double(clock.elapsed()) / 1000, seconds,
              static_cast<long long>(residentMiB("VmRSS")), static_cast<long long>(residentMiB("VmHWM")));
        *notices = store.notices();
        const auto last = store.find(entry(least - 1).url);
        const bool right =
            store.count() >= least && store.count() <= most && (least < most || last == entry(most - 1));
        store.close();
        return right ? seconds : -1;
    }

private Q_SLOTS:
    void whole();
    void damaged();
    void strangeAddresses();
};

// And the time goes with the number.
void TestManyEntries::whole()
{
    double few = 0;
    for (const int count : {m_count / 8, m_count}) {
        const Folder folder;
        writeList(folder, count);
        QStringList notices;
        const double seconds = open(folder, count, count, &notices);
        QVERIFY(seconds >= 0);
        QCOMPARE(notices, QStringList());
        if (count < m_count)
            few = seconds;
        else
            QVERIFY2(seconds < 24 * few + 0.5,
                     QByteArray::number(seconds / few).constData()); // 64: quadratic
    }
}

// What can be read is kept, the damaged files are set aside, and all is told once.
void TestManyEntries::damaged()
{
    const Folder folder;
    writeList(folder, m_count);
    for (const char *name : {"downloads.json", "downloads.journal"})
        damage(folder.path(name));
    QStringList notices;
    QVERIFY(open(folder, m_count - 2 * kDamages, m_count, &notices) >= 0);
    QCOMPARE(notices.size(), 4); // what is damaged, and where it is kept, of both
    QVERIFY(QFile::exists(folder.path("downloads.json.damaged-1")));
    QVERIFY(QFile::exists(folder.path("downloads.journal.damaged-1")));
    QVERIFY(open(folder, m_count - 2 * kDamages, m_count, &notices) >= 0);
    QCOMPARE(notices, QStringList());
    QVERIFY(!QFile::exists(folder.path("downloads.json.damaged-2")));
}

// Records that are intact, and no downloads: however many, it is one thing to tell.
void TestManyEntries::strangeAddresses()
{
    const Folder folder;
    QByteArray journal = storeformat::recordLine(toJson(entry(0)));
    for (int i = 0; i < m_count; ++i)
        journal += recordjson::lineOf({{u"url"_s, u"nothing:%1"_s.arg(i)}});
    folder.build({{"downloads.journal", journal}});
    QStringList notices;
    QVERIFY(open(folder, 1, 1, &notices) >= 0);
    QCOMPARE(notices.size(), 1);
    QVERIFY(notices[0].contains(QString::number(m_count)));
}

QTEST_GUILESS_MAIN(TestManyEntries)
#include "tst_manyentries.moc"
