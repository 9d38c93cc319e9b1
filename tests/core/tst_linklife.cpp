// SPDX-License-Identifier: MIT
// When signed addresses die, and which go first for that.
#include "core/linklife.h"
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestLinkLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dies_data();
    void dies();
    void whoDiesFirstGoesFirst();
    void movedOnesStay();
    void deadLinkIsExpired_data();
    void deadLinkIsExpired();
    void warns_data();
    void warns();
};

void TestLinkLife::dies_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("expected"); // ISO; empty: it does not say
    const auto row = [](const QString &query, const QString &expected) {
        QTest::newRow(qPrintable(query)) << query << expected;
    };
    const QString never;
    row(u""_s, never);
    row(u"X-Amz-Date=20260301T120000Z&X-Amz-Expires=3600&X-Amz-Signature=x"_s, u"2026-03-01T13:00:00Z"_s);
    row(u"x-amz-expires=604800&x-amz-date=20260301T120000Z"_s, u"2026-03-08T12:00:00Z"_s);
    row(u"X-Amz-Date=20260301T120000Z"_s, never);
    row(u"X-Amz-Expires=3600"_s, never);
    row(u"X-Amz-Date=20260231T120000Z&X-Amz-Expires=3600"_s, never); // no such day
    row(u"X-Amz-Date=20260301T120000Z&X-Amz-Expires=-1"_s, never);
    row(u"X-Amz-Date=20260301T120000Z&X-Amz-Expires=99999999999999999999"_s, never);
    row(u"X-Goog-Date=20260301T120000Z&X-Goog-Expires=60"_s, u"2026-03-01T12:01:00Z"_s);
    row(u"AWSAccessKeyId=a&Expires=1772366400&Signature=b"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"Expires=1772366400&Signature=b&Key-Pair-Id=c"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"exp=1772366400&token=b"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"expires=never"_s, never);
    row(u"Expires=3600"_s, never); // no moment
    row(u"Expires=1772366400000"_s, never);
    row(u"Expires=0x69a42ac0"_s, never);
    row(u"Expires="_s, never);
    row(u"se=2026-03-01T12%3A00%3A00Z&sig=a"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"se=2026-03-01T12:00:00&sig=a"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"se=2026-03-01&sig=a"_s, u"2026-03-01T00:00:00Z"_s);
    row(u"se=2026-03-01T14:00:00%2B02:00&sig=a"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"se=2026-03-01T12%3A00%3A00Z"_s, never); // any other "se"
    row(u"se=9&sig=a"_s, never);
    row(u"hdnts=st=1772360000~exp=1772366400~acl=/*~hmac=ab"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"__token__=exp%3D1772366400~hmac%3Dab"_s, u"2026-03-01T12:00:00Z"_s);
    row(u"hdnea=st=1~acl=/*"_s, never);
    row(u"Expires=1772366400&X-Amz-Date=20260301T100000Z&X-Amz-Expires=60"_s, u"2026-03-01T10:01:00Z"_s);
    QTest::newRow("monstrous") << u"Expires=1772366400&x="_s + QString(100'000, u'x') << never;
}

void TestLinkLife::dies()
{
    QFETCH(QString, query);
    const QUrl url = QUrl::fromEncoded("https://h/a?" + query.toLatin1());
    QVERIFY(url.isValid());
    const QDateTime dies = linkDies(url);
    QTEST(dies.isValid() ? dies.toUTC().toString(Qt::ISODate) : QString(), "expected");
    QVERIFY(!dies.isValid() || dies.timeSpec() == Qt::UTC);
    QVERIFY(!linkDies(QUrl(u"https://h/Expires=1772366400"_s)).isValid());
}

namespace {

QUrl url(const QString &name, qint64 dies)
{
    return QUrl(u"http://127.0.0.1:1/%1"_s.arg(name) + (dies > 0 ? u"?Expires=%1"_s.arg(dies) : QString()));
}

QStringList queueOf(const ManagerRun &run, DownloadManager &manager)
{
    Q_UNUSED(run)
    QStringList names;
    for (const DownloadTask *task : manager.queue())
        names.append(task->url().path().mid(1));
    return names;
}

constexpr qint64 kSoon = 1'900'000'000;

} // namespace

void TestLinkLife::whoDiesFirstGoesFirst()
{
    ManagerRun run;
    run.network.set(false, false); // they stay in the queue
    run.manager().add(url(u"never"_s, 0));
    run.manager().add(url(u"late"_s, kSoon + 1000));
    run.manager().add(url(u"soon"_s, kSoon));
    run.manager().add(url(u"never too"_s, 0));
    TaskOptions important;
    important.priority = Priority::High;
    run.manager().add(url(u"important"_s, 0), important);
    QCOMPARE(queueOf(run, run.manager()),
             (QStringList{u"important"_s, u"soon"_s, u"late"_s, u"never"_s, u"never too"_s}));
    run.restart();
    QCOMPARE(queueOf(run, run.manager()).value(1), u"soon"_s);
}

// What the user has put somewhere is there.
void TestLinkLife::movedOnesStay()
{
    ManagerRun run;
    run.network.set(false, false);
    DownloadTask *never = run.manager().add(url(u"never"_s, 0));
    DownloadTask *late = run.manager().add(url(u"late"_s, kSoon + 1000));
    run.manager().add(url(u"soon"_s, kSoon));
    run.manager().moveInQueue({never}, QueueMove::Top);
    QCOMPARE(queueOf(run, run.manager()), (QStringList{u"never"_s, u"soon"_s, u"late"_s}));
    run.manager().moveInQueue({late}, QueueMove::Up);
    QCOMPARE(queueOf(run, run.manager()), (QStringList{u"never"_s, u"late"_s, u"soon"_s}));
}

void TestLinkLife::deadLinkIsExpired_data()
{
    QTest::addColumn<qint64>("dies"); // seconds from now
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("requests");
    QTest::newRow("dead") << qint64(-10) << int(ErrorCode::LinkExpired) << 2;
    QTest::newRow("alive") << qint64(1000) << int(ErrorCode::AccessDenied) << 1;
}

// Not a byte of it is there, and it was not redirected: its own word is enough, once it was asked again.
void TestLinkLife::deadLinkIsExpired()
{
    QFETCH(qint64, dies);
    ScriptedServer server([](const Request &) { return Answer::status(403); });
    ManagerRun run;
    QSignalSpy failed(&run.manager(), &DownloadManager::failed);
    const qint64 at = QDateTime::currentSecsSinceEpoch() + dies;
    DownloadTask *task = run.manager().add(server.url(u"/a?Expires=%1"_s.arg(at)));
    QTRY_COMPARE(failed.size(), 1);
    QTEST(int(task->reason()->code), "code");
    QTEST(server.requestCount(), "requests");
}

void TestLinkLife::warns_data()
{
    QTest::addColumn<qint64>("dies"); // seconds from now
    QTest::addColumn<bool>("late");
    QTest::addColumn<bool>("isNew");
    QTest::newRow("too early") << qint64(20) << true << false;
    QTest::newRow("late enough") << qint64(100'000) << false << false;
    QTest::newRow("too early, a new one") << qint64(20) << true << true;
    QTest::newRow("late enough, a new one") << qint64(100'000) << false << true;
}

// At 100 KB a second 30 MB take five minutes. A new address is judged by itself.
void TestLinkLife::warns()
{
    QFETCH(qint64, dies);
    QFETCH(bool, late);
    QFETCH(bool, isNew);
    const Content content = Content::random(30'000'000);
    ScriptedServer server(
        [=](const Request &request) { return Answer::honest(request, content).rate(100'000); });
    ManagerRun run;
    const auto dyingIn = [&](qint64 seconds) {
        const qint64 at = QDateTime::currentSecsSinceEpoch() + seconds;
        return server.url(u"/a?Expires=%1"_s.arg(at));
    };
    DownloadTask *task = nullptr;
    if (isNew) {
        task = run.manager().putBack(run.begun(dyingIn(late ? 100'000 : 10), content, 10'000));
        QVERIFY(!run.manager().readdress(task, dyingIn(dies)));
    } else {
        task = run.manager().add(dyingIn(dies));
    }
    QSignalSpy told(task, &DownloadTask::told);
    QSignalSpy progress(task, &DownloadTask::progressChanged);
    QTRY_VERIFY_WITH_TIMEOUT(task->isLate() || progress.size() > 30, 30'000);
    QCOMPARE(task->isLate(), late);
    QCOMPARE(std::count_if(told.begin(), told.end(),
                           [](const auto &words) { return words[0].toString().contains(u"link dies"_s); }),
             int(late));
}

QTEST_GUILESS_MAIN(TestLinkLife)
#include "tst_linklife.moc"
