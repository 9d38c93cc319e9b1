// SPDX-License-Identifier: MIT
#include "core/resumestore.h"
#include "recordjson.h"
#include "storesamples.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <memory>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace longhaul;
using namespace longhaul::storesamples;

namespace {

constexpr auto kOpened = ResumeStore::OpenResult::Opened;

#ifdef Q_OS_UNIX
int modeOf(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? int(info.st_mode & 07777) : -1;
}

// While it lives, no file of this process grows beyond `bytes`.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(qint64 bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{rlim_t(bytes), m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_before = {};
};
#endif

} // namespace

class TestResumeStore : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Folder> m_folder;
    QThreadPool m_threads;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<Folder>(); }

    void putFindRemove()
    {
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QSignalSpy recorded(&store, &ResumeStore::recorded);
        for (int i = 19; i >= 0; --i)
            store.put(makeData(i), i % 2 ? Durability::Written : Durability::Synced);
        QVERIFY(recorded.isEmpty());
        QTRY_COMPARE(recorded.size(), 20);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(recorded[i][0].toULongLong(), quint64(i + 1));
        const QList<ResumeData> records = store.records();
        for (int i = 0; i < 20; ++i)
            QVERIFY(records.at(i) == makeData(i)); // as added, not as put
        QVERIFY(store.find(QUrl(u"http://h.example:80/file5#x"_s)) == makeData(5));
        QCOMPARE(store.remove(makeData(5).url), quint64(21));
        QVERIFY(!store.find(makeData(5).url));
        store.close(); // emits the rest
        QCOMPARE(recorded.size(), 21);
        QCOMPARE(store.open(), kOpened);
        QCOMPARE(store.count(), 19);
        QVERIFY(store.find(makeData(1).url) == makeData(1));
    }

    // While the thread that writes is elsewhere: what is asked knows all changes, and of one download only
    // the last record is written, unless it tells of another part file.
    void changesThatWait()
    {
        m_threads.setMaxThreadCount(1);
        QSemaphore elsewhere;
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QSignalSpy recorded(&store, &ResumeStore::recorded);
        store.put(makeData(0), Durability::Synced);
        QTRY_COMPARE(recorded.size(), 1);
        QCOMPARE(m_folder->text("downloads.journal").count('\n'), 1);
        m_threads.start([&elsewhere] { elsewhere.acquire(); });
        ResumeData data = makeData(1);
        for (int i = 0; i < 5; ++i) {
            data.place = i;
            store.put(data, Durability::Written);
            store.put(makeData(2), Durability::Synced);
            QVERIFY(store.find(data.url) == data);
        }
        QVERIFY(store.find(makeData(0).url) == makeData(0)); // of those that are written
        store.remove(makeData(2).url);
        QVERIFY(!store.find(makeData(2).url));
        store.remove(makeData(0).url);
        QVERIFY(!store.find(makeData(0).url));
        data.partPath = makeData(2).partPath;
        data.place = 9;
        store.put(data, Durability::Written);
        QVERIFY(store.find(data.url) == data);
        QVERIFY(!store.find(makeData(2).url));
        QCOMPARE(recorded.size(), 1);
        elsewhere.release();
        QTRY_COMPARE(recorded.size(), 14);
        for (int i = 0; i < 14; ++i)
            QCOMPARE(recorded[i][0].toULongLong(), quint64(i + 1));
        const QByteArrayList lines = m_folder->text("downloads.journal").split('\n');
        QCOMPARE(lines.size(), 1 + 2 + 2 + 1 + 1); // the last one is empty
        QVERIFY(lines[1].contains("file1") && lines[1].contains("\"place\":4"));
        QVERIFY(lines[2].contains("file2") && !lines[2].contains("removed"));
        QVERIFY(lines[3].contains("file2") && lines[3].contains("removed"));
        QVERIFY(lines[4].contains("file0") && lines[4].contains("removed"));
        QVERIFY(lines[5].contains("file1") && lines[5].contains("\"place\":9"));
        QCOMPARE(store.records(), QList<ResumeData>{data});
        QCOMPARE(store.count(), 1);
    }

    // What a listener puts is written while that can be; never once the store is closed.
    void putByListenersWhileClosing()
    {
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        int told = 0;
        connect(&store, &ResumeStore::recorded, this, [&] {
            ++told;
            store.put(makeData(told), Durability::Written);
        });
        store.put(makeData(0), Durability::Written);
        store.close(true);
        QCOMPARE(told, 2);
        const QByteArray journal = m_folder->text("downloads.journal");
        QCOMPARE(journal.count('\n'), 2);
        QVERIFY(m_threads.waitForDone());
        QCoreApplication::processEvents();
        QCOMPARE(m_folder->text("downloads.journal"), journal);
        QCOMPARE(told, 2);
        QCOMPARE(store.count(), 2);
    }

    void destroyedWithChangesUnderWay()
    {
        int emitted = 0;
        {
            ResumeStore store(m_folder->name(), m_threads);
            QCOMPARE(store.open(), kOpened);
            connect(&store, &ResumeStore::recorded, this, [&] { ++emitted; });
            for (int i = 0; i < 20; ++i)
                store.put(makeData(i), Durability::Synced);
        }
        QCoreApplication::processEvents();
        QCOMPARE(emitted, 0);
        QCOMPARE(m_folder->load(), makeRecords(20));
        // A listener may delete it, too.
        auto *store = new ResumeStore(m_folder->name(), m_threads);
        QCOMPARE(store->open(), kOpened);
        QSignalSpy destroyed(store, &QObject::destroyed);
        connect(store, &ResumeStore::recorded, this, [store] { delete store; });
        store->put(makeData(1), Durability::Written);
        store->put(makeData(2), Durability::Written);
        store->close();
        QCOMPARE(destroyed.size(), 1);
    }

#ifdef Q_OS_UNIX
    void modes()
    {
        const mode_t before = ::umask(0);
        {
            ResumeStore store(m_folder->name(), m_threads);
            QCOMPARE(store.open(), kOpened);
            for (int i = 0; i < 200; ++i) {
                ResumeData data = makeData(i % 20);
                data.bootId = QString(10'000, u'x');
                store.put(data, Durability::Written);
            }
            QCOMPARE(modeOf(m_folder->path("lock")), 0600);
        }
        ::umask(before);
        for (const char *name : {"downloads.json", "downloads.json.1"})
            QCOMPARE(modeOf(m_folder->path(name)), 0600);
        for (const QString &folder : {m_folder->name(), QFileInfo(m_folder->name()).path()})
            QCOMPARE(modeOf(folder), 0700);
        // Too open ones are closed.
        QVERIFY(QFile::setPermissions(m_folder->name(), QFile::Permissions(0x7755)));
        setFileText(m_folder->path("downloads.journal"), {});
        QVERIFY(QFile::setPermissions(m_folder->path("downloads.journal"), QFile::Permissions(0x6644)));
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QCOMPARE(modeOf(m_folder->name()), 0700);
        QCOMPARE(modeOf(m_folder->path("downloads.journal")), 0600);
    }

    void fullDiskIsReportedAndRetried()
    {
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QSignalSpy recorded(&store, &ResumeStore::recorded);
        QSignalSpy failed(&store, &ResumeStore::writeFailed);
        store.put(makeData(0), Durability::Synced);
        QTRY_COMPARE(recorded.size(), 1);
        const qint64 size = QFileInfo(m_folder->path("downloads.journal")).size();
        for (int i = 1; i <= 3; ++i) {
            const FileSizeLimit limit(size + 50 * i); // in the middle of a line
            store.put(makeData(i), Durability::Written);
            QTRY_COMPARE(failed.size(), i);
        }
        QCOMPARE(recorded.size(), 1);
        QVERIFY(failed[0][0].toString().endsWith(u'.'));
        QCOMPARE(QFileInfo(m_folder->path("downloads.journal")).size(), size); // nothing half written stays
        store.put(makeData(4), Durability::Synced);
        QTRY_COMPARE(recorded.size(), 5);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(recorded[i][0].toULongLong(), quint64(i + 1));
        QCOMPARE(m_folder->load(), makeRecords(5));
        QCOMPARE(m_folder->text("downloads.journal").count('\n'), 5);
        {
            const FileSizeLimit limit(size);
            store.put(makeData(5), Durability::Synced);
            QTRY_COMPARE(failed.size(), 4);
        }
        store.close(); // tries once more
        QCOMPARE(recorded.size(), 6);
        QCOMPARE(m_folder->load(), makeRecords(6));
    }

    void failedCompactionLosesNothing()
    {
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QSignalSpy recorded(&store, &ResumeStore::recorded);
        QSignalSpy failed(&store, &ResumeStore::writeFailed);
        QDir().mkpath(m_folder->path("downloads.json.new/in the way"));
        ResumeData data = makeData(0);
        data.bootId = QString(300'000, u'x');
        for (int i = 0; i < 5; ++i) {
            store.put(data, Durability::Written);
            QTRY_COMPARE(recorded.size(), i + 1);
        }
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!QFile::exists(m_folder->path("downloads.json")));
        QDir(m_folder->path("downloads.json.new")).removeRecursively();
        store.put(makeData(1), Durability::Written);
        store.close();
        QCOMPARE(recorded.size(), 6);
        QVERIFY(QFile::exists(m_folder->path("downloads.json")));
        QCOMPARE(m_folder->load().size(), 2);
    }

    void fullDevice()
    {
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("needs /dev/full");
        m_folder->build({});
        QVERIFY(QFile::link(u"/dev/full"_s, m_folder->path("downloads.journal")));
        ResumeStore store(m_folder->name(), m_threads);
        QSignalSpy failed(&store, &ResumeStore::writeFailed);
        QCOMPARE(store.open(), kOpened);
        store.put(makeData(0), Durability::Synced);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(u"space"_s));
    }
#endif

    // Also in a hurry: else all but the last changes would be gone.
    void removedJournalIsMadeAgainAtTheEnd()
    {
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QSignalSpy recorded(&store, &ResumeStore::recorded);
        QSignalSpy failed(&store, &ResumeStore::writeFailed);
        store.put(makeData(0), Durability::Synced);
        QTRY_COMPARE(recorded.size(), 1);
        QVERIFY(QFile::remove(m_folder->path("downloads.journal")));
        store.put(makeData(1), Durability::Synced);
        QTRY_COMPARE(failed.size(), 1);
        store.close(true);
        QCOMPARE(recorded.size(), 2);
        QCOMPARE(failed.size(), 1);
        QCOMPARE(m_folder->load(), makeRecords(2));
    }

    void removedFolderIsMadeAgain()
    {
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QSignalSpy recorded(&store, &ResumeStore::recorded);
        QSignalSpy failed(&store, &ResumeStore::writeFailed);
        store.put(makeData(0), Durability::Synced);
        QTRY_COMPARE(recorded.size(), 1);
        QDir(m_folder->name()).removeRecursively();
        store.put(makeData(1), Durability::Synced);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(recorded.size(), 1);
        store.put(makeData(2), Durability::Synced);
        QTRY_COMPARE(recorded.size(), 3);
        QCOMPARE(m_folder->load(), makeRecords(3));
    }

    void notWritable()
    {
        setFileText(m_folder->outside("a"), "a file where the folder should be");
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), ResumeStore::OpenResult::NotWritable);
        QVERIFY(!store.errorString().isEmpty());
        QFile::remove(m_folder->outside("a"));
        QDir().mkpath(m_folder->path("downloads.journal"));
        QCOMPARE(store.open(), ResumeStore::OpenResult::NotWritable);
        QDir(m_folder->path("downloads.journal")).removeRecursively();
        QCOMPARE(store.open(), kOpened); // and the lock was not kept
    }

    void earlierSpellingsAndBadAddresses()
    {
        QJsonObject odd = recordjson::objectOf(toJson(makeData(7)));
        odd.insert(u"url"_s, u"http://h.example:80/file7"_s);
        m_folder->build({{"downloads.journal",
                          recordjson::lineOf(odd) + recordjson::lineOf({{u"url"_s, u"nowhere"_s}})}});
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kOpened);
        QCOMPARE(store.count(), 1);
        QCOMPARE(store.notices().size(), 1);
        QVERIFY(store.find(makeData(7).url) == makeData(7));
        store.close();
        QCOMPARE(m_folder->load().keys(), QByteArrayList{storeKey(makeData(7).url)});
    }

    // A crash between the record of a new address and the removal of the old one.
    void movedByHalf()
    {
        ResumeData old = makeData(1);
        ResumeData moved = old;
        readdress(&moved, makeData(2).url);
        ResumeData back = moved;
        readdress(&back, makeData(1).url);
        ResumeData again = makeData(1); // added anew, after a move: another download
        again.added = again.added.addSecs(5);
        const auto both = [this](const ResumeData &first, const ResumeData &second) {
            m_folder->build({{"downloads.journal", storeformat::recordLine(toJson(first))
                                                       + storeformat::recordLine(toJson(second))}});
            ResumeStore store(m_folder->name(), m_threads);
            if (store.open() != kOpened)
                return QList<ResumeData>();
            QList<ResumeData> records = store.records();
            store.close();
            return m_folder->load().size() == records.size() ? records : QList<ResumeData>();
        };
        QCOMPARE(both(old, moved), QList<ResumeData>{moved});
        QCOMPARE(both(moved, back), QList<ResumeData>{back});
        QCOMPARE(both(again, moved).size(), 2);
    }

    void tenThousandRecords()
    {
        m_folder->build({{"downloads.json", storeformat::snapshot(makeRecords(10'000))},
                         {"downloads.journal", journalOf(0, 2'000)}});
        ResumeStore store(m_folder->name(), m_threads);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(store.open(), kOpened);
        const qint64 opened = clock.restart();
        QCOMPARE(store.records().size(), 10'000);
        const qint64 listed = clock.restart();
        for (int i = 0; i < 1000; ++i)
            store.put(makeData(i), Durability::Written);
        const qint64 put = clock.restart();
        store.close();
        qInfo("10000 records: opened in %lld ms, listed in %lld ms, 1000 put in %lld ms, closed in %lld ms",
              opened, listed, put, clock.elapsed());
        QVERIFY(opened + listed < 5000); // well under a second but for sanitizers and busy machines
    }
};

QTEST_GUILESS_MAIN(TestResumeStore)
#include "tst_resumestore.moc"
