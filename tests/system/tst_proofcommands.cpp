// SPDX-License-Identifier: MIT
// The commands that wait for a proof, as processes.
#include "controlhome.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestProofCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("QT_QPA_PLATFORM", "offscreen"); }
    void readdress();
    void readdressRefused();
    void adopt();
    void adoptRefused();
    void repair();
};

namespace {

// One file under /old and /new, another one under /other. Half of /old is there, and it is paused.
struct Begun {
    Begun()
    {
        http.setHandler([this](const Request &asked) {
            return asked.path == "/other" ? honest(other)(asked) : stalling(content)(asked);
        });
    }
    bool start()
    {
        owner = std::make_unique<Program>(place.home());
        if (!place.startOwner(*owner) || place.run(place.adding(old)).exitCode != 0 || !http.waitForHolding(1)
            || !QTest::qWaitFor([&] { return place.listed(old)["bytes"_L1].toInteger() == kSize / 2; }))
            return false;
        place.run({u"pause"_s});
        http.releaseForGood();
        return QTest::qWaitFor([&] { return place.stateOf(old) == u"paused"_s; });
    }
    Said readdress(const QUrl &from, const QUrl &to, const QStringList &options = {}) const
    {
        return place.run(QStringList{u"readdress"_s, from.toString(), to.toString()} + options);
    }

    const Content content = Content::random(kSize);
    const Content other = Content::random(kSize, 2);
    ScriptedServer http;
    const QUrl old = http.url(u"/old"_s);
    const QUrl fresh = http.url(u"/new"_s);
    Place place;
    std::unique_ptr<Program> owner;
};

} // namespace

void TestProofCommands::readdress()
{
    Begun begun;
    QVERIFY(begun.start());
    const Said said = begun.readdress(begun.old, begun.fresh, {u"--json"_s});
    QVERIFY2(said.exitCode == 0, said.error.constData());
    QCOMPARE(said.lines.size(), 1);
    QCOMPARE(said.lines[0]["url"_L1].toString(), begun.fresh.toString());
    QVERIFY(said.error.isEmpty());
    QTRY_COMPARE(begun.place.stateOf(begun.fresh), u"completed"_s);
    QVERIFY(begun.content.matchesFile(begun.place.files() + u"/old"_s));
    QVERIFY(begun.place.listed(begun.old).isEmpty());
}

// Each in one sentence or two, and all stays as it was.
void TestProofCommands::readdressRefused()
{
    Begun begun;
    const auto nobody = begun.readdress(begun.old, begun.fresh);
    QCOMPARE(nobody.exitCode, 1);
    QVERIFY(nobody.error.startsWith("longhaul: No Longhaul is running"));
    QVERIFY(begun.start());
    const QUrl unknown(u"http://127.0.0.1:1/x"_s);
    const struct {
        QUrl from;
        QUrl to;
        QByteArray part;
    } rows[] = {
        {unknown, begun.fresh, unknown.toEncoded() + ": It is not in the list."},
        {begun.old, begun.http.url(u"/other"_s), begun.old.toEncoded() + ": The new address leads to"}};
    for (const auto &row : rows) {
        const Said said = begun.readdress(row.from, row.to);
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.error.startsWith("longhaul: " + row.part), said.error.constData());
        QCOMPARE(said.error.count('\n'), 1);
        QVERIFY(said.texts.isEmpty());
    }
    const Said json = begun.readdress(begun.old, begun.http.url(u"/other"_s), {u"--json"_s});
    QCOMPARE(json.exitCode, 1);
    QCOMPARE(json.lines.value(0)["error"_L1]["code"_L1], QJsonValue(5004));
    QCOMPARE(begun.place.stateOf(begun.old), u"failed"_s);
    QCOMPARE(begun.place.run({u"resume"_s, begun.old.toString()}).exitCode, 0);
    QTRY_COMPARE(begun.place.stateOf(begun.old), u"completed"_s);
    const Said done = begun.readdress(begun.old, begun.fresh);
    QCOMPARE(done.exitCode, 1);
    QVERIFY2(done.error.contains("is under way or finished"), done.error.constData());
    QVERIFY(begun.content.matchesFile(begun.place.files() + u"/old"_s));
}

// Starts the program, which continues what is there; again, and it is in the list.
void TestProofCommands::adopt()
{
    constexpr qint64 kLong = 4 * kSize; // its half is too much to be compared whole
    const Content content = Content::random(kLong);
    ScriptedServer http(honest(content));
    Place place;
    const QString file = place.put(u"a.iso.crdownload"_s, content.read(0, kLong / 2));
    const QUrl url = http.url(u"/b.bin"_s);
    const Said said = place.run({u"adopt"_s, u"-x"_s, u"1"_s, u"--json"_s, file, url.toString()});
    QVERIFY2(said.exitCode == 0, said.error.constData());
    QCOMPARE(said.lines.size(), 1);
    QCOMPARE(said.lines[0]["url"_L1].toString(), url.toString());
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/a.iso"_s));
    QVERIFY(http.bodyBytesSent() < kLong / 2 + (1 << 19));
    const Said again = place.run({u"adopt"_s, place.files() + u"/a.iso"_s, url.toString()});
    QCOMPARE(again.exitCode, 1);
    QVERIFY2(again.error.contains(": The address is in the list already"), again.error.constData());
}

void TestProofCommands::adoptRefused()
{
    ScriptedServer http(honest(Content::random(kSize)));
    Place place;
    Program owner(place.home());
    QVERIFY(place.startOwner(owner));
    const QString file = place.put(u"a.iso"_s, "something else");
    const Said other = place.run({u"adopt"_s, file, http.url(u"/a"_s).toString()});
    QCOMPARE(other.exitCode, 1);
    QVERIFY2(other.error.contains("is no part of the one at the address"), other.error.constData());
    QCOMPARE(other.error.count('\n'), 1);
    const Said gone = place.run({u"adopt"_s, u"--json"_s, file + u".gone"_s, http.url(u"/b"_s).toString()});
    QCOMPARE(gone.exitCode, 1);
    QCOMPARE(gone.lines.value(0)["error"_L1]["code"_L1], QJsonValue(5008));
    QCOMPARE(gone.lines.value(0)["adopting"_L1].toString(), file + u".gone"_s);
    QFile foreign(file);
    QVERIFY(foreign.open(QIODevice::ReadOnly));
    QCOMPARE(foreign.readAll(), QByteArray("something else"));
}

// By the command that fetches here and now, and by the one that asks who runs.
void TestProofCommands::repair()
{
    const Content content = Content::random(kSize);
    QByteArray bytes = content.readAll();
    bytes[kSize / 2] = char(~bytes[kSize / 2]);
    const Content damaged = Content::fromBytes(bytes);
    const QString digest = u"sha-256:"_s + QString::fromLatin1(content.sha256());
    Place place;
    ScriptedServer http(honest(damaged));
    const QStringList get{u"get"_s,        u"-d"_s, place.files(),
                          u"--checksum"_s, digest,  http.url(u"/a"_s).toString()};
    QCOMPARE(place.run(get).exitCode, 1);
    http.setHandler(honest(content));
    const qint64 before = http.bodyBytesSent();
    const Said got = place.run(get + QStringList{u"--repair"_s});
    QVERIFY2(got.exitCode == 0, got.error.constData());
    QVERIFY(content.matchesFile(place.files() + u"/a"_s));
    QVERIFY(http.bodyBytesSent() - before < 2 * kSize);

    http.setHandler(honest(damaged));
    const QUrl url = http.url(u"/b"_s);
    Program owner(place.home());
    QVERIFY(place.startOwner(owner));
    QCOMPARE(place.run(place.adding(url) + QStringList{u"--checksum"_s, digest}).exitCode, 0);
    QTRY_COMPARE(place.stateOf(url), u"failed"_s);
    http.setHandler(honest(content));
    QCOMPARE(place.run({u"resume"_s, u"--repair"_s, url.toString()}).exitCode, 0);
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(content.matchesFile(place.files() + u"/b"_s));
    QVERIFY(place.listed(url)["vouchedBy"_L1].toString().contains(u"sha-256"_s));
}

QTEST_GUILESS_MAIN(TestProofCommands)
#include "tst_proofcommands.moc"
