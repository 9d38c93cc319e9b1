// SPDX-License-Identifier: MIT
// The pure decisions: retrying, starting tasks, proving, changing states.
#include "core/connectionpool.h"
#include "core/proof.h"
#include "core/retrypolicy.h"
#include "core/scheduler.h"
#include "core/taskstate.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace longhaul;
using namespace std::chrono_literals;

namespace {

constexpr int kStates = 7; // of TaskState

Error errorOf(ErrorCode code, std::optional<std::chrono::seconds> retryAfter = {})
{
    return {code, 503, QStringLiteral("detail"), retryAfter};
}

// "wait 1000" or "give up 3003"
QString textOf(const std::variant<WaitThenRetry, GiveUp> &decision)
{
    if (const auto *wait = std::get_if<WaitThenRetry>(&decision))
        return QStringLiteral("wait %1").arg(wait->delay.count());
    return QStringLiteral("give up %1").arg(int(std::get<GiveUp>(decision).error.code));
}

} // namespace

class TestPolicies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hosts()
    {
        for (const auto &[url, host] : std::initializer_list<std::pair<const char *, const char *>>{
                 {"http://h/a", "h"},
                 {"https://u:p%40@h:8080/a@b", "h:8080"},
                 {"http://[::1]:81/", "[::1]:81"},
                 {"http://h?a=/b@c", "h"},
                 {"http://1.2.3.4/", "1.2.3.4"},
                 {"", ""}}) {
            QCOMPARE(ConnectionPool::hostOf(UrlText(QByteArray(url))), QString::fromLatin1(host));
            QCOMPARE(ConnectionPool::hostOf(QUrl::fromEncoded(url)), QString::fromLatin1(host));
        }
    }

    void remedies();
    void offline();
    void backoffGrows();
    void triesInARow();
    void decisions_data();
    void decisions();
    void retryTooLate();
    void giveUpKeepsTheError();
    void order();
    void moves();
    void starting_data();
    void starting();
    void queueChanges();
    void proofOfLittle();
    void proofOfMuch();
    void proofWithHoles();
    void proofOfEdges();
    void changesOfState();
    void stateNames();
};

void TestPolicies::remedies()
{
    using enum ErrorCode;
    const QList<ErrorCode> retried{ConnectionRefused,  ConnectionLost, NoAnswer,     Stalled,
                                   NetworkUnreachable, ServerBusy,     ServerFailed, BadHead,
                                   BodyTooShort,       BodyTooLong,    BadRange,     EmptyAnswer,
                                   BadLength};
    const QList<ErrorCode> retriedTwice{HostNotFound, TlsFailed, WebPage};
    const QList<ErrorCode> codes = allErrorCodes();
    for (const ErrorCode code : codes) {
        const Remedy expected = retried.contains(code)        ? Remedy::Retry
                                : retriedTwice.contains(code) ? Remedy::RetryTwice
                                : code == FolderMissing       ? Remedy::Wait
                                                              : Remedy::GiveUp;
        QVERIFY2(remedyFor(code) == expected, QByteArray::number(int(code)).constData());
    }
}

void TestPolicies::offline()
{
    using enum ErrorCode;
    const QList<ErrorCode> expected{HostNotFound, NetworkUnreachable, NoAnswer, Stalled, ConnectionLost};
    const QList<ErrorCode> codes = allErrorCodes();
    for (const ErrorCode code : codes)
        QVERIFY2(mayBeOffline(code) == expected.contains(code), QByteArray::number(int(code)).constData());
}

void TestPolicies::backoffGrows()
{
    constexpr int kSeconds[] = {1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60};
    for (int tries = 1; tries <= 11; ++tries) {
        const auto full = std::chrono::milliseconds(kSeconds[tries - 1] * 1000);
        QCOMPARE(backoff(tries, 1.0).count(), full.count());
        QCOMPARE(backoff(tries, 0.0).count(), full.count() / 2);
        QCOMPARE(backoff(tries, 0.5).count(), full.count() * 3 / 4);
    }
    // Senseless arguments wait no less than the least and no more than the most.
    QCOMPARE(backoff(std::numeric_limits<int>::max(), 1.0).count(), 60'000);
    QCOMPARE(backoff(0, 1.0).count(), 1000);
    QCOMPARE(backoff(-3, 0.0).count(), 500);
    QCOMPARE(backoff(1, 7.0).count(), 1000);
    QCOMPARE(backoff(1, -7.0).count(), 500);
}

void TestPolicies::triesInARow()
{
    QCOMPARE(mostTries(ErrorCode::ConnectionLost, 5), 5);
    QCOMPARE(mostTries(ErrorCode::HostNotFound, 5), 2);
    QCOMPARE(mostTries(ErrorCode::HostNotFound, 1), 1);
    QCOMPARE(mostTries(ErrorCode::ConnectionLost, 0), 0);
}

void TestPolicies::decisions_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("retryAfter"); // -1: none
    QTest::addColumn<int>("tries");
    QTest::addColumn<int>("most");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, ErrorCode code, int retryAfter, int tries, int most,
                        const char *expected) {
        QTest::newRow(tag) << int(code) << retryAfter << tries << most << QString::fromLatin1(expected);
    };
    using enum ErrorCode;
    row("first", ConnectionLost, -1, 1, 5, "wait 1000");
    row("last", ConnectionLost, -1, 5, 5, "wait 16000");
    row("one too many", ConnectionLost, -1, 6, 5, "give up 2003");
    row("no tries", ConnectionLost, -1, 1, 0, "give up 2003");
    row("twice", HostNotFound, -1, 2, 5, "wait 2000");
    row("no third time", HostNotFound, -1, 3, 5, "give up 2001");
    row("twice, but one allowed", HostNotFound, -1, 2, 1, "give up 2001");
    row("never", NotFound, -1, 1, 5, "give up 3002");
    row("never, whatever the server says", NotFound, 1, 1, 5, "give up 3002");
    row("disk", DiskFull, -1, 1, 1000, "give up 1002");
    row("missing folder, for long", FolderMissing, -1, 99, 5, "wait 15000");
    row("Retry-After", ServerBusy, 120, 1, 5, "wait 120000");
    row("Retry-After below the backoff", ServerBusy, 3, 5, 5, "wait 16000");
    row("Retry-After 0", ServerBusy, 0, 1, 5, "wait 1000");
    row("Retry-After at the bound", ServerBusy, 300, 1, 5, "wait 300000");
    row("Retry-After beyond", ServerBusy, 301, 1, 5, "give up 3011");
    row("Retry-After beyond, tries used up", ServerBusy, 301, 6, 5, "give up 3003");
}

void TestPolicies::decisions()
{
    QFETCH(int, code);
    QFETCH(int, retryAfter);
    QFETCH(int, tries);
    QFETCH(int, most);
    Error error = errorOf(*errorCodeFromNumber(code));
    if (retryAfter >= 0)
        error.retryAfter = std::chrono::seconds(retryAfter);
    QTEST(textOf(decideRetry(error, tries, most, 1.0)), "expected");
}

void TestPolicies::retryTooLate()
{
    const auto decision = decideRetry(errorOf(ErrorCode::ServerBusy, 3600s), 1, 5, 0.0);
    const auto *giveUp = std::get_if<GiveUp>(&decision);
    QVERIFY(giveUp);
    QCOMPARE(giveUp->error.httpStatus, 503);
    QCOMPARE(giveUp->error.detail, QStringLiteral("in 3600 s"));
    QVERIFY(giveUp->error.retryAfter == 3600s);
}

void TestPolicies::giveUpKeepsTheError()
{
    const Error error = errorOf(ErrorCode::AccessDenied);
    const auto decision = decideRetry(error, 1, 5, 0.0);
    QVERIFY(std::get<GiveUp>(decision).error == error);
}

void TestPolicies::starting_data()
{
    QTest::addColumn<QByteArray>("queue"); // hosts, in order; numbered from 1; capital: not free to run
    QTest::addColumn<QByteArray>("running");
    QTest::addColumn<int>("atOnce");
    QTest::addColumn<int>("perHost");
    QTest::addColumn<QList<quint64>>("expected");
    using Numbers = QList<quint64>;
    const QByteArray none;
    QTest::newRow("none") << none << none << 3 << 6 << Numbers();
    QTest::newRow("in order") << QByteArray("abac") << none << 9 << 9 << Numbers{1, 2, 3, 4};
    QTest::newRow("at once") << QByteArray("baca") << none << 2 << 9 << Numbers{1, 2};
    QTest::newRow("none at once") << QByteArray("abac") << none << 0 << 9 << Numbers();
    QTest::newRow("per host") << QByteArray("abac") << none << 9 << 1 << Numbers{1, 2, 4};
    QTest::newRow("both") << QByteArray("abac") << none << 2 << 1 << Numbers{1, 2};
    QTest::newRow("a full host blocks nobody else") << QByteArray("aab") << none << 2 << 1 << Numbers{1, 3};
    QTest::newRow("running count") << QByteArray("ab") << QByteArray("x") << 2 << 9 << Numbers{1};
    QTest::newRow("running fill a host") << QByteArray("ab") << QByteArray("a") << 9 << 1 << Numbers{2};
    QTest::newRow("too many running") << QByteArray("a") << QByteArray("xy") << 1 << 9 << Numbers();
    QTest::newRow("too many on a host") << QByteArray("ab") << QByteArray("aaa") << 9 << 2 << Numbers{2};
    QTest::newRow("not free to run") << QByteArray("Aab") << none << 2 << 1 << Numbers{2, 3};
}

void TestPolicies::starting()
{
    QFETCH(QByteArray, queue);
    QFETCH(QByteArray, running);
    QFETCH(int, atOnce);
    QFETCH(int, perHost);
    TaskQueue tasks;
    for (qsizetype i = queue.size(); i-- > 0;) // the order in which they come is another thing
        tasks.put({0, 0, quint64(i + 1)}, QString::fromLatin1(queue.mid(i, 1)).toLower());
    QHash<QString, int> counts;
    for (const char host : running)
        ++counts[QString(QLatin1Char(host))];
    const auto may = [&](quint64 number) { return islower(queue[qsizetype(number) - 1]) != 0; };
    const std::vector<quint64> numbers = tasks.toStart(
        counts, atOnce, [=](const QString &) { return perHost; }, may);
    QTEST(QList<quint64>(numbers.begin(), numbers.end()), "expected");
}

// Put again, it is where it was put last; and each is there once.
void TestPolicies::queueChanges()
{
    TaskQueue tasks;
    const auto all = [](quint64) { return true; };
    const auto one = [](const QString &) { return 1; };
    const auto nine = [](const QString &) { return 9; };
    tasks.put({0, 0, 1}, QStringLiteral("a"));
    tasks.put({0, 0, 2}, QStringLiteral("a"));
    tasks.put({0, 0, 1}, QStringLiteral("a"));
    QVERIFY((tasks.order() == std::vector<QueuePlace>{{0, 0, 1}, {0, 0, 2}}));
    tasks.put({0, -1, 2}, QStringLiteral("a"));
    tasks.put({1, 0, 3}, QStringLiteral("b"));
    QVERIFY((tasks.order() == std::vector<QueuePlace>{{1, 0, 3}, {0, -1, 2}, {0, 0, 1}}));
    tasks.put({0, 0, 1}, QStringLiteral("b")); // another address
    QVERIFY((tasks.toStart({}, 9, one, all) == std::vector<quint64>{3, 2}));
    tasks.remove(3);
    tasks.remove(3);
    QVERIFY((tasks.toStart({}, 9, one, all) == std::vector<quint64>{2, 1}));
    tasks.remove(1);
    tasks.remove(2);
    QVERIFY(tasks.order().empty());
    QVERIFY(tasks.toStart({}, 9, nine, all).empty());
}

void TestPolicies::order()
{
    const QList<QueuePlace> sorted{{1, -3, 9},    {1, 0, 2},     {1, 0, 5}, {0, -7, 8},
                                   {0, 0, 6, 50}, {0, 0, 4, 60}, {0, 0, 1}, {-1, -99, 3, 40}};
    for (qsizetype a = 0; a < sorted.size(); ++a) {
        for (qsizetype b = 0; b < sorted.size(); ++b)
            QCOMPARE(comesBefore(sorted[a], sorted[b]), a < b);
    }
}

// Whatever is moved: sorted, nobody lost or of another priority, none above 0; what was at peace keeps its
// place.
void TestPolicies::moves()
{
    QRandomGenerator random(7);
    std::vector<QueuePlace> queue;
    for (quint64 number = 1; number <= 12; ++number)
        queue.push_back(
            {int(number % 3) - 1, 0, number, number % 2 ? QueuePlace::kNever : qint64(100 - number)});
    std::sort(queue.begin(), queue.end(), comesBefore);
    for (int i = 0; i < 2000; ++i) {
        QSet<quint64> chosen;
        for (int n = random.bounded(4); n > 0; --n)
            chosen.insert(random.bounded(1, 13));
        const auto after = rearranged(queue, chosen, QueueMove(random.bounded(4)));
        QVERIFY(std::is_sorted(after.begin(), after.end(), comesBefore));
        QCOMPARE(after.size(), queue.size());
        QHash<quint64, int> priorities;
        for (const QueuePlace &task : after) {
            priorities.insert(task.number, task.priority);
            QVERIFY(task.place <= 0);
        }
        for (const QueuePlace &task : queue)
            QCOMPARE(priorities.value(task.number, 9), task.priority);
        if (chosen.isEmpty())
            QVERIFY(after == queue);
        queue = after;
    }
}

void TestPolicies::proofOfLittle()
{
    RangeSet received({0, 1000});
    received.add({5000, 6000});
    QCOMPARE(overlapToProve(received, 1), received);
    const RangeSet whole({0, 1 << 20});
    QCOMPARE(overlapToProve(whole, 1), whole);
    QVERIFY(overlapToProve({}, 1).isEmpty());
}

void TestPolicies::proofOfMuch()
{
    constexpr qint64 kEdge = 64 << 10;
    constexpr qint64 kSpot = 16 << 10;
    for (const qint64 size : {qint64(1 << 20) + 1, qint64(100) << 20, qint64(1) << 42}) {
        const RangeSet received({0, size});
        for (quint32 seed = 0; seed < 50; ++seed) {
            const RangeSet proof = overlapToProve(received, seed);
            QCOMPARE(proof, overlapToProve(received, seed));
            QVERIFY(received.contains({0, proof.end()}));
            QVERIFY(proof.contains({0, kEdge}) && proof.contains({size - kEdge, size}));
            QVERIFY(proof.size() <= 2 * kEdge + 8 * kSpot);
            for (int eighth = 0; eighth < 8; ++eighth)
                QVERIFY(proof.intersected({eighth * (size / 8), (eighth + 1) * (size / 8)}).size() >= kSpot);
        }
        QVERIFY(overlapToProve(received, 1) != overlapToProve(received, 2));
    }
}

void TestPolicies::proofWithHoles()
{
    RangeSet received({3 << 20, 5 << 20});
    received.add({9 << 20, 9 << 20 | 5});
    for (quint32 seed = 0; seed < 50; ++seed) {
        const RangeSet proof = overlapToProve(received, seed);
        QVERIFY(!proof.isEmpty());
        for (const ByteRange &range : proof.ranges())
            QVERIFY(received.contains(range));
        QVERIFY(proof.contains({9 << 20, 9 << 20 | 5})); // the last bytes always
    }
}

// Both ends of each range, of so many that what is fetched for it stays little.
void TestPolicies::proofOfEdges()
{
    constexpr qint64 kEdge = 4 << 10;
    constexpr qint64 kStep = 1 << 20;
    RangeSet received;
    for (int i = 0; i < 100; ++i)
        received.add({i * kStep, i * kStep + kStep / 2});
    for (quint32 seed = 0; seed < 20; ++seed) {
        const RangeSet proof = overlapToProve(received, seed);
        for (const ByteRange &range : received.ranges().first(64)) {
            QVERIFY(proof.contains({range.begin, range.begin + kEdge}));
            QVERIFY(proof.contains({range.end - kEdge, range.end}));
        }
        QVERIFY(proof.size() < kStep);
    }
}

void TestPolicies::changesOfState()
{
    // Rows: from; columns: to, in the order of the enum: Queued Running Waiting Verifying Paused Completed
    // Failed.
    constexpr const char *kTable[kStates] = {
        ".x..x.x", // Queued
        "x.xxx.x", // Running
        "x...x..", // Waiting
        "....xxx", // Verifying
        "x......", // Paused
        "x......", // Completed
        "x...x..", // Failed
    };
    for (int from = 0; from < kStates; ++from) {
        for (int to = 0; to < kStates; ++to) {
            const QByteArray change =
                stateName(TaskState(from)).toUtf8() + " -> " + stateName(TaskState(to)).toUtf8();
            QVERIFY2(isLegalChange(TaskState(from), TaskState(to)) == (kTable[from][to] == 'x'),
                     change.constData());
        }
        QCOMPARE(isAtRest(TaskState(from)), from >= int(TaskState::Paused));
    }
}

void TestPolicies::stateNames()
{
    constexpr const char *kNames[kStates] = {"queued", "running",   "waiting", "verifying",
                                             "paused", "completed", "failed"};
    for (int i = 0; i < kStates; ++i) {
        const QString name = QString::fromLatin1(kNames[i]);
        QCOMPARE(stateName(TaskState(i)), name);
        QVERIFY(stateFromName(name) == TaskState(i));
    }
    for (const char *bad : {"", "Queued", "queued ", "cancelled", "0"})
        QVERIFY(!stateFromName(QString::fromLatin1(bad)));
}

QTEST_GUILESS_MAIN(TestPolicies)
#include "tst_policies.moc"
