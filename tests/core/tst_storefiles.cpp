// SPDX-License-Identifier: MIT
#include "core/jsontext.h"
#include "core/storefiles.h"
#include "core/storepacking.h"
#include "storesamples.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace longhaul;
using namespace longhaul::storesamples;

namespace {

// The records that a bit flip may touch: all but those must be there, and none may be altered.
bool lacksAtMost(const Records &got, const Records &all, int missing)
{
    for (auto it = got.begin(); it != got.end(); ++it) {
        if (all.value(it.key()) != it.value())
            return false;
    }
    return got.size() >= all.size() - missing;
}

} // namespace

class TestStoreFiles : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Folder> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<Folder>(); }

    void formatIsOneDocument()
    {
        const Records records = makeRecords(20);
        const QByteArray text = storeformat::snapshot(records);
        const QJsonObject document = QJsonDocument::fromJson(text).object();
        QCOMPARE(document.value(u"longhaul"_s).toInt(), 1);
        QCOMPARE(document.value(u"count"_s).toInt(), 20);
        QCOMPARE(document.value(u"downloads"_s).toObject().size(), 20);
        QCOMPARE(text.count('\n'), 22);
        const storeformat::Loaded loaded = storeformat::loadSnapshot(text, makeRecords(30));
        QVERIFY(loaded.whole && loaded.damaged == 0);
        QCOMPARE(loaded.records, records); // a whole one replaces the base
        QVERIFY(storeformat::loadSnapshot(storeformat::snapshot({})).whole);
        QVERIFY(!storeformat::loadSnapshot({}).whole);
        const QByteArray key = storeKey(makeData(1).url);
        QVERIFY(storeformat::removalLine(key).contains("\"removed\":true"));
        QVERIFY(!storeformat::loadJournal(storeformat::removalLine(key), records).records.contains(key));
    }

    void piecesOfASnapshot()
    {
        const Records records = makeRecords(10'000);
        QByteArrayList pieces;
        const auto keep = [&](const QByteArray &piece) {
            pieces.append(piece);
            return true;
        };
        QVERIFY(storeformat::writeSnapshot(records, keep));
        QVERIFY(pieces.size() > 2);
        const storeformat::Loaded loaded = storeformat::loadSnapshot(pieces.join());
        QVERIFY(loaded.whole);
        QCOMPARE(loaded.records, records);
        int written = 0;
        QVERIFY(!storeformat::writeSnapshot(records, [&](const QByteArray &) { return ++written < 2; }));
        QCOMPARE(written, 2); // the disk is full: no more of it
    }

    void packing()
    {
        for (int i = 0; i < 5; ++i) {
            ResumeData data = makeData(i);
            data.state = i % 2 ? TaskState::Completed : TaskState::Paused;
            data.entity.finalUrl = QUrl(u"https://h/\\%22,\"},"_s);
            const QByteArray json = toJson(data);
            const QByteArray line = storeformat::recordLine(json).chopped(1);
            QCOMPARE(storeformat::recordOf(storeformat::packed(line)), json);
            QVERIFY(compactJson(json).constData() == json.constData()); // the fast way
            QVERIFY(storeformat::isPackable(line));
            QVERIFY(storeformat::packed(line).size() < line.size());
            QCOMPARE(storeformat::unpacked(storeformat::packed(line)), line);
            for (qsizetype n = 0; n < line.size(); ++n) // nothing depends on what follows
                QCOMPARE(storeformat::unpacked(storeformat::packed(line.first(n))), line.first(n));
        }
        QVERIFY(!storeformat::isPackable("{\"a\":\"\x01\"}"));
        // With a control character it is not ours, whatever its sum says.
        const QByteArray good = storeformat::recordLine(toJson(makeData(0)));
        QCOMPARE(storeformat::loadJournal(good).records.size(), 1);
        QCOMPARE(storeformat::loadJournal(QByteArray(good).replace("file0", "file\x05")).records.size(), 0);
    }

    void journalCutAtEveryByte()
    {
        const QByteArray text = journalOf(0, 20);
        const QByteArray more = journalOf(50, 51);
        for (qsizetype n = 0; n <= text.size(); ++n) {
            const QByteArray cut = text.first(n);
            const storeformat::Loaded loaded = storeformat::loadJournal(cut);
            const qsizetype lines = cut.count('\n');
            QVERIFY(loaded.records.size() == lines || cut.endsWith('}')); // only the newline is missing
            QVERIFY(loaded.records.size() >= lines && loaded.damaged == 0);
            const Records after = storeformat::loadJournal(cut.first(loaded.goodEnd) + '\n' + more).records;
            QCOMPARE(after.size(), loaded.records.size() + 1);
        }
    }

    void everyBitOfJournal()
    {
        const QByteArray text = journalOf(0, 20);
        const Records all = makeRecords(20);
        for (qsizetype i = 0; i < text.size(); ++i) {
            QByteArray bad = text;
            bad[i] = char(bad[i] ^ (1 << (i % 8)));
            const storeformat::Loaded loaded = storeformat::loadJournal(bad);
            QVERIFY(lacksAtMost(loaded.records, all, text[i] == '\n' ? 0 : 1));
            QVERIFY(loaded.damaged > 0 || loaded.goodEnd < bad.size() || i + 1 == text.size());
        }
    }

    void everyBitOfSnapshot()
    {
        const Records all = makeRecords(20);
        const QByteArray text = storeformat::snapshot(all);
        const Records base = makeRecords(21);
        for (qsizetype i = 0; i < text.size(); ++i) {
            QByteArray bad = text;
            bad[i] = char(bad[i] ^ (1 << (i % 8)));
            const storeformat::Loaded loaded = storeformat::loadSnapshot(bad);
            QVERIFY(!loaded.whole);
            QVERIFY(lacksAtMost(loaded.records, all, text[i] == '\n' ? 0 : 1));
            QCOMPARE(storeformat::loadSnapshot(bad, base).records, base); // what is missing stays
        }
    }

    void atMostFiveSetAside()
    {
        for (int i = 0; i < 8; ++i) {
            QDir().mkpath(m_folder->name());
            setFileText(m_folder->path("downloads.json"), "broken " + QByteArray::number(i));
            m_folder->load();
        }
        QCOMPARE(QDir(m_folder->name()).entryList({u"*.damaged-*"_s}).size(), 5);
        // An unreadable one is moved away, and a newer one is kept.
        m_folder->build({});
        QDir().mkpath(m_folder->path("downloads.json"));
        m_folder->load();
        QVERIFY(QFileInfo(m_folder->path("downloads.json.damaged-1")).isDir());
        const QByteArray newer =
            storeformat::snapshot(makeRecords(3)).replace("{\"longhaul\":1,", "{\"longhaul\":2,");
        m_folder->build({{"downloads.json", newer}});
        QStringList notices;
        QCOMPARE(m_folder->load(&notices), makeRecords(3));
        QCOMPARE(notices.size(), 2);
        QCOMPARE(m_folder->text("downloads.json.version2-1"), newer);
    }

    void compactionStepByStep()
    {
        StoreFiles files(m_folder->name());
        QVERIFY(files.makeFolder());
        files.load();
        Records records;
        for (int i = 0; i < 9; ++i) {
            records.insert(storeKey(makeData(i).url), storeformat::recordText(toJson(makeData(i))));
            QCOMPARE(files.append(journalOf(i, i + 1), i % 2 == 0), StoreFiles::Appended::Done);
            if (i % 3 == 2)
                QVERIFY(files.compact(records, false));
            QCOMPARE(m_folder->load(), records);
            if (i < 5)
                continue;
            // Together the older generation equals the snapshot.
            const Records older = storeformat::loadJournal(
                                      m_folder->text("downloads.journal.1"),
                                      storeformat::loadSnapshot(m_folder->text("downloads.json.1")).records)
                                      .records;
            QCOMPARE(older, storeformat::loadSnapshot(m_folder->text("downloads.json")).records);
        }
        QVERIFY(!QFile::exists(m_folder->path("downloads.json.new")));
        // A step that fails leaves everything as it was, and the next try succeeds.
        QDir().mkpath(m_folder->path("downloads.json.new/x"));
        QVERIFY(!files.compact(records, false) && !files.errorString().isEmpty());
        QCOMPARE(files.append(journalOf(9, 10), true), StoreFiles::Appended::Done);
        records.insert(storeKey(makeData(9).url), storeformat::recordText(toJson(makeData(9))));
        QCOMPARE(m_folder->load(), records);
        QDir(m_folder->path("downloads.json.new")).removeRecursively();
        QFile::remove(m_folder->path("downloads.json.1"));
        QDir().mkpath(m_folder->path("downloads.json.1/x")); // the second step
        QVERIFY(!files.compact(records, false));
        QCOMPARE(m_folder->load(), records);
        QDir(m_folder->path("downloads.json.1")).removeRecursively();
        QVERIFY(files.compact(records, false));
        QCOMPARE(m_folder->load(), records);
    }
};

QTEST_GUILESS_MAIN(TestStoreFiles)
#include "tst_storefiles.moc"
