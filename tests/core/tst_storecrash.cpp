// SPDX-License-Identifier: MIT
// What kills, cuts and damage do to a store, and who may open it.
#include "core/resumestore.h"
#include "storesamples.h"

#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <cstdio>
#include <memory>

using namespace longhaul;
using namespace longhaul::storesamples;

namespace {

constexpr auto kOpened = ResumeStore::OpenResult::Opened;
constexpr auto kLocked = ResumeStore::OpenResult::LockedByOther;
constexpr auto kChildFolder = "LONGHAUL_TEST_STORE"; // set where this program runs as its own child

} // namespace

class TestStoreCrash : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Folder> m_folder;
    QThreadPool m_threads;

    // Runs one function of this program in a process of its own; its standard output is that function's.
    std::unique_ptr<QProcess> startChild(const char *function)
    {
        auto child = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QLatin1String(kChildFolder), m_folder->name());
        child->setProcessEnvironment(environment);
        child->start(QCoreApplication::applicationFilePath(),
                     {QLatin1String(function), u"-o"_s, m_folder->outside("child.log") + u",txt"_s});
        return child;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<Folder>(); }

    void journalCutThroughFiles()
    {
        const QByteArray text = journalOf(0, 20);
        for (qsizetype n = text.size(); n >= 0; n -= n < 60 ? 1 : 37) {
            m_folder->build({{"downloads.journal", text.first(n)}});
            const qsizetype lines = text.first(n).count('\n');
            {
                ResumeStore store(m_folder->name(), m_threads);
                QCOMPARE(store.open(), ResumeStore::OpenResult::Opened);
                QVERIFY(store.notices().isEmpty());
                QVERIFY(store.count() >= lines && store.count() <= lines + 1);
                store.put(makeData(50), Durability::Written);
                store.close();
            }
            QStringList notices;
            const Records after = m_folder->load(&notices);
            QVERIFY(after.size() >= lines + 1 && after.contains(storeKey(makeData(50).url)));
            QVERIFY(notices.isEmpty());
        }
    }

    void damageThroughFiles()
    {
        const Records all = makeRecords(20);
        const QByteArray old = storeformat::snapshot(makeRecords(15));
        const QByteArray text = storeformat::snapshot(all);
        for (qsizetype i = 1; i < text.size(); i += 211) {
            QByteArray bad = text;
            bad[i] = char(bad[i] ^ 4);
            m_folder->build({{"downloads.json.1", old},
                             {"downloads.journal.1", journalOf(15, 20)},
                             {"downloads.json", bad}});
            ResumeStore store(m_folder->name(), m_threads);
            QCOMPARE(store.open(), ResumeStore::OpenResult::Opened);
            QCOMPARE(store.count(), 20);
            QCOMPARE(store.notices().size(), 2);
            QCOMPARE(m_folder->text("downloads.json.damaged-1"), bad);
            store.close();
            QStringList notices;
            QCOMPARE(m_folder->load(&notices), all);
            QVERIFY(notices.isEmpty()); // put in order by the first load
            QCOMPARE(m_folder->text("downloads.json.1"), text);
        }
        QByteArray journal = journalOf(0, 3);
        journal[journal.size() / 2] = '#';
        m_folder->build({{"downloads.journal", journal}});
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), ResumeStore::OpenResult::Opened);
        QCOMPARE(store.count(), 2);
        QCOMPARE(m_folder->text("downloads.journal.damaged-1"), journal);
    }

    // All states of the folder that a kill during compact() leaves: the older generation gives `one`, the
    // present journal turns that into `two`; file0 was removed, so it must never be seen again.
    void killedWhileCompacting()
    {
        const QByteArray zero = storeformat::snapshot(makeRecords(2));
        const QByteArray first = journalOf(2, 10);
        const QByteArray one = storeformat::snapshot(makeRecords(10));
        const QByteArray second = storeformat::removalLine(storeKey(makeData(0).url)) + journalOf(10, 12);
        Records expected = makeRecords(12);
        expected.remove(storeKey(makeData(0).url));
        const QByteArray two = storeformat::snapshot(expected);
        const auto S = "downloads.json", S1 = "downloads.json.1", N = "downloads.json.new";
        const auto J = "downloads.journal", J1 = "downloads.journal.1";
        const QList<Folder::Files> states = {
            {{S1, zero}, {J1, first}, {S, one}, {J, second}},
            {{S1, zero}, {J1, first}, {S, one}, {J, second}, {N, two.first(two.size() / 2)}},
            {{S1, zero}, {J1, first}, {S, one}, {J, second}, {N, two}},
            {{S1, one}, {J1, first}, {J, second}, {N, two}},
            {{S1, one}, {J1, second}, {N, two}},
            {{S1, one}, {J1, second}, {S, two}},
            // replacing everything, after damage
            {{S1, zero}, {J1, first}, {S, two}, {J, second}},
            {{S1, zero}, {J1, first}, {S, two}},
            {{S1, zero}, {S, two}},
            {{S, two}},
            {{S, two}, {N, two}},
            {{S1, two}, {N, two}},
        };
        for (qsizetype i = 0; i < states.size(); ++i) {
            m_folder->build(states[i]);
            QStringList notices;
            QCOMPARE(m_folder->load(&notices), expected);
            QVERIFY(notices.isEmpty());
            m_folder->build(states[i]);
            ResumeStore store(m_folder->name(), m_threads);
            QCOMPARE(store.open(), ResumeStore::OpenResult::Opened);
            QVERIFY(store.notices().isEmpty());
            QVERIFY(!store.find(makeData(0).url));
            QCOMPARE(store.count(), int(expected.size()));
            store.put(makeData(12), Durability::Synced);
            store.close();
            QCOMPARE(m_folder->load().size(), expected.size() + 1);
            QVERIFY(!m_folder->load().contains(storeKey(makeData(0).url)));
        }
    }

    void secondStoreIsLockedOut()
    {
        ResumeStore first(m_folder->name(), m_threads);
        QCOMPARE(first.open(), kOpened);
        QSignalSpy recorded(&first, &ResumeStore::recorded);
        first.put(makeData(0), Durability::Written);
        QTRY_COMPARE(recorded.size(), 1);
        setFileText(m_folder->path("downloads.json"), "damaged, but not ours to mend");
        const QFileInfoList before = QDir(m_folder->name()).entryInfoList(QDir::AllEntries);
        const QByteArray journal = m_folder->text("downloads.journal");
        ResumeStore second(m_folder->name(), m_threads);
        QCOMPARE(second.open(), kLocked);
        QVERIFY(!second.errorString().isEmpty());
        QCOMPARE(second.count(), 0);
        const QFileInfoList after = QDir(m_folder->name()).entryInfoList(QDir::AllEntries);
        QCOMPARE(after, before);
        QCOMPARE(m_folder->text("downloads.journal"), journal);
        auto child = startChild("childHoldsTheStore");
        QVERIFY(child->waitForReadyRead());
        QCOMPARE(child->readLine().trimmed(), QByteArray("locked"));
        child->waitForFinished();
        QFile::remove(m_folder->path("downloads.json"));
        first.close();
        QCOMPARE(second.open(), kOpened);
    }

    void locksOfTheDead()
    {
        // Killed: the lock stays behind.
        auto child = startChild("childHoldsTheStore");
        QVERIFY(child->waitForReadyRead());
        QCOMPARE(child->readLine().trimmed(), QByteArray("opened"));
        ResumeStore store(m_folder->name(), m_threads);
        QCOMPARE(store.open(), kLocked);
        child->kill();
        child->waitForFinished();
        QVERIFY(QFile::exists(m_folder->path("lock")));
        QCOMPARE(store.open(), kOpened);
        // In a container the dead one may have had this very process id, under another host name; and a power
        // cut may leave the file empty.
        QByteArray own = m_folder->text("lock");
        store.close();
        setFileText(m_folder->path("lock"), own);
        QCOMPARE(store.open(), kOpened);
        store.close();
        setFileText(m_folder->path("lock"),
                    own.replace(QSysInfo::machineHostName().toUtf8(), "gone.example"));
        QCOMPARE(store.open(), kOpened);
        store.close();
        setFileText(m_folder->path("lock"), {});
        QCOMPARE(store.open(), kOpened);
    }

    void childHoldsTheStore()
    {
        if (!qEnvironmentVariableIsSet(kChildFolder))
            return; // not the child
        ResumeStore store(qEnvironmentVariable(kChildFolder), m_threads);
        const bool opened = store.open() == kOpened;
        puts(opened ? "opened" : "locked");
        fflush(stdout);
        if (opened)
            getchar(); // until killed
    }

    // Killed at any moment, with many compactions: what was told to be recorded is there.
    void killedWhileWriting()
    {
        for (int run = 0; run < 8; ++run) {
            auto child = startChild("childWrites");
            int told = 0;
            const int enough = 15 + 37 * run;
            while (told < enough && child->waitForReadyRead()) {
                while (child->canReadLine())
                    told = child->readLine().trimmed().toInt();
            }
            child->kill();
            child->waitForFinished();
            while (child->canReadLine())
                told = child->readLine().trimmed().toInt();
            QVERIFY(told >= enough);
            ResumeStore store(m_folder->name(), m_threads);
            QCOMPARE(store.open(), kOpened);
            QVERIFY2(store.notices().isEmpty(), qPrintable(store.notices().join(u' ')));
            QCOMPARE(store.count(), 10);
            const auto last = store.find(makeData(told % 10).url);
            QVERIFY(last && last->received.size() >= told);
            store.close();
            QDir(m_folder->name()).removeRecursively();
        }
    }

    void childWrites()
    {
        if (!qEnvironmentVariableIsSet(kChildFolder))
            return; // not the child
        ResumeStore store(qEnvironmentVariable(kChildFolder), m_threads);
        QCOMPARE(store.open(), kOpened);
        connect(&store, &ResumeStore::recorded, this, [](quint64 number) {
            printf("%llu\n", static_cast<unsigned long long>(number));
            fflush(stdout);
        });
        for (int number = 1; number < 1'000'000; ++number) {
            ResumeData data = makeData(number % 10);
            data.received = RangeSet({0, number});
            data.bootId = QString(60'000, u'x'); // a compaction every 18 changes
            store.put(data, Durability::Written);
            QCoreApplication::processEvents();
        }
    }
};

QTEST_GUILESS_MAIN(TestStoreCrash)
#include "tst_storecrash.moc"
