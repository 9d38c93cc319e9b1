// SPDX-License-Identifier: MIT
// What a disk holds after a power cut, as the model of it has it: what was synced, always; of the rest each
// thing that may be is there at some time.
#include "tests/support/diskmodel.h"

#include <QTest>

#include <algorithm>

using namespace longhaul::test;
using namespace Qt::StringLiterals;
using diskwatch::Entry;
using diskwatch::Op;

namespace {

constexpr int kPage = 4096;
constexpr int kDraws = 400;

Entry created(quint64 file, const char *path) { return {.op = Op::Create, .file = file, .path = path}; }
Entry wrote(quint64 file, qint64 offset, const QByteArray &bytes)
{
    return {.op = Op::Write, .file = file, .offset = offset, .bytes = bytes.toStdString()};
}
Entry synced(quint64 file) { return {.op = Op::Sync, .file = file}; }
Entry folderSynced(const char *path) { return {.op = Op::SyncFolder, .path = path}; }
Entry renamed(const char *from, const char *to) { return {.op = Op::Rename, .path = from, .to = to}; }

// All that may be left, as far as so many draws show it.
QList<DiskState> statesAfter(const DiskTrace &trace)
{
    DiskModel model;
    for (const Entry &entry : trace)
        model.apply(entry);
    QList<DiskState> states;
    for (quint32 seed = 0; seed < kDraws; ++seed) {
        QRandomGenerator random(seed);
        const DiskState state = model.afterCut(random);
        if (!states.contains(state))
            states.append(state);
    }
    return states;
}

DiskState only(const QString &path, const QByteArray &bytes) { return {{}, {{path, bytes}}}; }

} // namespace

class TestDiskModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasSyncedIsThere();
    void namesNeedTheirFolder();
    void bytesNeedTheirSync();
    void pagesComeInAnyOrder();
    void renamesHappenOrNot();
    void foldersGoWithAllInThem();
};

void TestDiskModel::whatWasSyncedIsThere()
{
    const auto states = statesAfter({created(1, "/d/a"), wrote(1, 0, "abc"), synced(1), folderSynced("/d"),
                                     renamed("/d/a", "/d/b"), folderSynced("/d")});
    QCOMPARE(states, QList{only(u"/d/b"_s, "abc")});
}

void TestDiskModel::namesNeedTheirFolder()
{
    const auto states =
        statesAfter({created(1, "/d/a"), wrote(1, 0, "abc"), synced(1), folderSynced("/other")});
    QCOMPARE(states.size(), 2);
    QVERIFY(states.contains(DiskState()) && states.contains(only(u"/d/a"_s, "abc")));
}

void TestDiskModel::bytesNeedTheirSync()
{
    const auto states = statesAfter({created(1, "/d/a"), folderSynced("/d"), wrote(1, 0, "old"), synced(1),
                                     wrote(1, 0, "new"), wrote(1, 3, "er")});
    for (const char *bytes : {"old", "new", "newer"})
        QVERIFY2(states.contains(only(u"/d/a"_s, bytes)), bytes);
    // Longer, and the bytes of it not written yet; or cut off within the page.
    QVERIFY(states.contains(only(u"/d/a"_s, QByteArray("old\0\0", 5))));
}

void TestDiskModel::pagesComeInAnyOrder()
{
    const auto page = [](char c) { return QByteArray(kPage, c); };
    const auto states =
        statesAfter({created(1, "/d/a"), folderSynced("/d"), wrote(1, 0, page('a') + page('a')), synced(1),
                     wrote(1, 0, page('b') + page('b'))});
    for (const QByteArray &bytes : {page('b') + page('a'), page('a') + page('b'), page('b') + page('b')})
        QVERIFY(states.contains(only(u"/d/a"_s, bytes)));
    const bool torn = std::any_of(states.begin(), states.end(), [](const DiskState &state) {
        const QByteArray bytes = state.files.first().left(kPage);
        return bytes.startsWith('b') && bytes.endsWith('a');
    });
    QVERIFY(torn);
}

void TestDiskModel::renamesHappenOrNot()
{
    const auto states =
        statesAfter({created(1, "/d/a"), wrote(1, 0, "new"), synced(1), created(2, "/d/b"),
                     wrote(2, 0, "old"), synced(2), folderSynced("/d"), renamed("/d/a", "/d/b")});
    const DiskState before{{}, {{u"/d/a"_s, "new"}, {u"/d/b"_s, "old"}}};
    QCOMPARE(states.size(), 2);
    QVERIFY(states.contains(before) && states.contains(only(u"/d/b"_s, "new")));
}

void TestDiskModel::foldersGoWithAllInThem()
{
    const auto states = statesAfter(
        {{.op = Op::MakeFolder, .path = "/d/e"}, created(1, "/d/e/a"), synced(1), folderSynced("/d/e")});
    const DiskState all{{u"/d/e"_s}, {{u"/d/e/a"_s, {}}}};
    QCOMPARE(states.size(), 2);
    QVERIFY(states.contains(DiskState()) && states.contains(all));
}

QTEST_GUILESS_MAIN(TestDiskModel)
#include "tst_diskmodel.moc"
