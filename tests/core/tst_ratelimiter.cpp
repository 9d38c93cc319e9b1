// SPDX-License-Identifier: MIT
// Limits on a real clock: how exact they are, how fair, and what a change does.
#include "core/ratelimiter.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>
#include <numeric>

using namespace longhaul;

namespace {

constexpr double kBurst = 0.25; // seconds

// A reader whose buffer holds `room` bytes and is filled at `supply` bytes per second; it takes `bite` bytes
// at once, and what it gets is read.
class Reader
{
public:
    Reader(RateLimiter &limiter, double supply, qint64 room = 2 << 20, qint64 bite = 1 << 20)
        : m_tap(limiter)
        , m_supply(supply)
        , m_room(room)
        , m_bite(bite)
    {
        m_clock.start();
        QObject::connect(&m_tap, &RateTap::replenished, &m_tap, [this] { read(); });
        QObject::connect(&m_arrival, &QTimer::timeout, &m_tap, [this] { arrive(); });
        m_arrival.setTimerType(Qt::PreciseTimer);
        m_arrival.start(1);
    }

    qint64 total() const { return m_total; }
    void forget() { m_total = 0; }
    RateTap &tap() { return m_tap; }

private:
    void arrive()
    {
        const double now = double(m_clock.nsecsElapsed()) / 1e9;
        m_there = std::min(m_there + (now - std::exchange(m_then, now)) * m_supply, double(m_room));
        read();
    }

    void read()
    {
        while (const qint64 wanted = std::min(qint64(m_there), m_bite)) {
            const qint64 given = m_tap.take(wanted);
            QVERIFY(given >= 0 && given <= wanted);
            m_there -= double(given);
            m_total += given;
            if (given == 0)
                return;
        }
    }

    RateTap m_tap;
    const double m_supply;
    const qint64 m_room;
    const qint64 m_bite;
    QTimer m_arrival;
    QElapsedTimer m_clock;
    double m_there = 0;
    double m_then = 0;
    qint64 m_total = 0;
};

// So many of one kind.
std::vector<std::unique_ptr<Reader>> readers(int number, RateLimiter &limiter, double supply)
{
    std::vector<std::unique_ptr<Reader>> all;
    for (int i = 0; i < number; ++i)
        all.push_back(std::make_unique<Reader>(limiter, supply));
    return all;
}

qint64 totalOf(const std::vector<std::unique_ptr<Reader>> &all)
{
    return std::accumulate(all.begin(), all.end(), qint64(0),
                           [](qint64 sum, const auto &reader) { return sum + reader->total(); });
}

// What readers were given by the clock: how near to the limit, and whether it was ever too much at once. Time
// in which a busy machine let nobody look is no limiter's fault: no bucket holds it.
class Witness
{
public:
    Witness(qint64 limit, const std::vector<std::unique_ptr<Reader>> &all)
        : m_limit(double(limit))
        , m_all(all)
    {
        m_clock.start();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
        m_timer.start(5);
    }

    double share() const // 1: exactly the limit
    {
        return m_total / (m_limit * (m_then - m_slept));
    }
    double mostAtOnce() const { return m_ahead / m_limit; } // seconds' worth

    void look()
    {
        const double now = double(m_clock.nsecsElapsed()) / 1e9;
        m_slept += std::max(0.0, now - m_then - kBurst);
        m_total = double(totalOf(m_all));
        m_ahead = std::max(m_ahead, m_total - m_limit * now - m_least);
        m_least = std::min(m_least, m_total - m_limit * now);
        m_then = now;
    }

private:
    const double m_limit;
    const std::vector<std::unique_ptr<Reader>> &m_all;
    QElapsedTimer m_clock;
    QTimer m_timer;
    double m_then = 0;
    double m_slept = 0;
    double m_total = 0;
    double m_least = 0; // of what was given beyond the limit so far
    double m_ahead = 0;
};

class Ticks : public QObject
{
public:
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Timer;
        return false;
    }
};

constexpr double kFast = 4e9;

bool isNear(double value, double expected, double tolerance)
{
    if (std::abs(value - expected) <= tolerance * expected)
        return true;
    qWarning("%f is not near %f", value, expected);
    return false;
}

} // namespace

class TestRateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noLimit();
    void isExact();
    void manySmallBites();
    void noBurst();
    void noBurstAfterAChange();
    void noCrumbs();
    void timerRestsWhenNobodyWaits();
    void changeWakes();
    void tasksShareEqually();
    void slowTaskGetsWhatItWants();
    void tapsShareEqually();
    void taskLimitWithinTheWhole();
    void taskLimitAlone();
    void taskWithALimitOwesNothing();
    void whatIsNotTakenGoesToOthers();
    void endsWhileWaiting();
    void bufferSize();
};

void TestRateLimiter::noLimit()
{
    RateLimiter whole;
    RateLimiter task(whole, nullptr);
    RateTap tap(task);
    QSignalSpy replenished(&tap, &RateTap::replenished);
    QVERIFY(!task.isLimited());
    QCOMPARE(tap.take(qint64(1) << 50), qint64(1) << 50);
    QCOMPARE(tap.take(0), qint64(0));
    QElapsedTimer clock;
    clock.start();
    qint64 sum = 0;
    for (int i = 0; i < 1'000'000; ++i)
        sum += tap.take(1);
    QCOMPARE(sum, qint64(1'000'000));
    QVERIFY2(clock.elapsed() < 500, QByteArray::number(clock.elapsed()).constData()); // 0.5 us each
    QCOMPARE(replenished.count(), 0);
    whole.setLimit(1000);
    QVERIFY(task.isLimited() && whole.isLimited());
    whole.setLimit(0);
    task.setLimit(1000);
    QVERIFY(task.isLimited() && !whole.isLimited());
}

// The whole range at once, for ten seconds.
void TestRateLimiter::isExact()
{
    constexpr qint64 kLimits[] = {50'000, 1'000'000, 20'000'000, 500'000'000};
    struct Trial {
        explicit Trial(qint64 limit)
            : task(whole, nullptr)
            , all(readers(4, task, kFast))
            , witness(limit, all)
        {
            whole.setLimit(limit);
        }
        RateLimiter whole;
        RateLimiter task;
        std::vector<std::unique_ptr<Reader>> all;
        Witness witness;
    };
    std::vector<std::unique_ptr<Trial>> trials;
    for (const qint64 limit : kLimits)
        trials.push_back(std::make_unique<Trial>(limit));
    QTest::qWait(10'000); // the law speaks of so long
    for (const auto &trial : trials) {
        trial->witness.look();
        qInfo("%lld: %.4f of the limit, at most %.3f s worth at once", trial->whole.limit(),
              trial->witness.share(), trial->witness.mostAtOnce());
        QVERIFY(isNear(trial->witness.share(), 1, 0.03));
        QVERIFY(trial->witness.mostAtOnce() <= kBurst);
    }
}

void TestRateLimiter::manySmallBites()
{
    RateLimiter whole;
    whole.setLimit(1'000'000);
    std::vector<std::unique_ptr<Reader>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(std::make_unique<Reader>(whole, kFast, 3000, 1000));
    Witness witness(1'000'000, all);
    QTest::qWait(1500);
    witness.look();
    QVERIFY(isNear(witness.share(), 1, 0.05)); // 50 ms may still be in the bucket
    QVERIFY(witness.mostAtOnce() <= kBurst);
}

// However long nobody asked: a quarter of a second, not more.
void TestRateLimiter::noBurst()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    RateTap tap(limiter);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 800); // time itself is the fact waited for
    const qint64 before = clock.nsecsElapsed();
    const qint64 first = tap.take(10'000'000);
    QCOMPARE(first, qint64(250'000));
    const qint64 second = tap.take(10'000'000);
    QVERIFY(second <= (clock.nsecsElapsed() - before) / 1000 + 1);
}

// Nor has a task of its own, or one that comes late, more than that.
void TestRateLimiter::noBurstAfterAChange()
{
    RateLimiter whole;
    whole.setLimit(100'000'000);
    RateLimiter task(whole, nullptr);
    RateTap tap(task);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 400);
    // What was left under the old limit is not spent under the new one.
    clock.restart();
    whole.setLimit(1'000'000);
    QVERIFY(tap.take(1'000'000) <= clock.nsecsElapsed() / 1000);
    whole.setLimit(0);
    QCOMPARE(tap.take(1000), qint64(1000));
    QTRY_VERIFY(clock.elapsed() > 300); // the time without a limit does not fill the bucket
    clock.restart();
    whole.setLimit(1'000'000'000);
    QVERIFY(tap.take(1'000'000'000) <= clock.nsecsElapsed());
    whole.setLimit(0);
    clock.restart();
    task.setLimit(1'000'000'000);
    QVERIFY(tap.take(1'000'000'000) <= clock.nsecsElapsed());
}

// Below a twenty-fifth of a second's worth nothing is given, unless less than that is wanted.
void TestRateLimiter::noCrumbs()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    RateTap tap(limiter);
    QList<qint64> gifts;
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < 300;) {
        if (const qint64 given = tap.take(1 << 20))
            gifts.append(given);
        QCoreApplication::processEvents();
    }
    QVERIFY(!gifts.isEmpty());
    for (const qint64 given : std::as_const(gifts))
        QVERIFY2(given >= 40'000, QByteArray::number(given).constData());
    // A byte at a time under a limit of a few bytes.
    RateLimiter slow;
    slow.setLimit(20);
    RateTap slowTap(slow);
    QVERIFY(QTest::qWaitFor([&slowTap] { return slowTap.take(1) == 1; }));
    QVERIFY(slowTap.take(1000) <= 5);
}

void TestRateLimiter::timerRestsWhenNobodyWaits()
{
    RateLimiter limiter;
    limiter.setLimit(1'000'000);
    RateTap tap(limiter);
    QSignalSpy replenished(&tap, &RateTap::replenished);
    QVERIFY(QTest::qWaitFor([&tap] { return tap.take(10'000) == 10'000; })); // all: it does not wait
    QTest::qWait(60);
    replenished.clear();
    QTest::qWait(200); // that nothing comes cannot be waited for otherwise
    QCOMPARE(replenished.count(), 0);
    QVERIFY(tap.take(10'000'000) < 10'000'000);
    QVERIFY(tap.take(10'000'000) < 10'000'000);
    QVERIFY(replenished.wait(5000));
    QTest::qWait(200);
    QCOMPARE(replenished.count(), 1);
    Ticks ticks;
    limiter.installEventFilter(&ticks);
    QTest::qWait(200);
    QCOMPARE(ticks.count, 0);
    tap.take(10'000'000);
    QVERIFY(QTest::qWaitFor([&ticks] { return ticks.count > 0; }));
}

void TestRateLimiter::changeWakes()
{
    RateLimiter whole;
    RateLimiter task(whole, nullptr);
    RateTap tap(task);
    QSignalSpy changed(&task, &RateLimiter::limitChanged);
    QSignalSpy replenished(&tap, &RateTap::replenished);
    whole.setLimit(100);
    QCOMPARE(whole.limit(), qint64(100));
    QCOMPARE(changed.count(), 1);
    whole.setLimit(100);
    QCOMPARE(changed.count(), 1);
    QVERIFY(tap.take(1000) < 1000);
    whole.setLimit(0); // at once
    QCOMPARE(changed.count(), 2);
    QCOMPARE(replenished.count(), 1);
    QCOMPARE(tap.take(1000), qint64(1000));

    whole.setLimit(1);
    QCOMPARE(tap.take(100'000), qint64(0));
    replenished.clear();
    QElapsedTimer clock;
    clock.start();
    whole.setLimit(10'000'000); // with the pace of the new one, not of the old
    QTRY_VERIFY_WITH_TIMEOUT(replenished.count() > 0, 5000);
    QVERIFY2(clock.elapsed() < 1000, QByteArray::number(clock.elapsed()).constData());

    whole.setLimit(0);
    task.setLimit(1);
    QCOMPARE(changed.count(), 6);
    QCOMPARE(tap.take(100'000), qint64(0));
    replenished.clear();
    task.setLimit(0);
    QCOMPARE(replenished.count(), 1);
    QCOMPARE(tap.take(100'000), qint64(100'000));
}

// However many taps each has.
void TestRateLimiter::tasksShareEqually()
{
    // Much faster, and on a busy machine what one reader's buffer holds is less than its share of a turn.
    for (const qint64 limit : {3'000'000, 60'000'000}) {
        RateLimiter whole;
        whole.setLimit(limit);
        RateLimiter first(whole, nullptr), second(whole, nullptr), third(whole, nullptr);
        const auto one = readers(1, first, kFast);
        const auto four = readers(4, second, kFast);
        const auto sixteen = readers(16, third, kFast);
        QTest::qWait(1500);
        const double share = double(totalOf(one) + totalOf(four) + totalOf(sixteen)) / 3;
        QVERIFY(isNear(3 * share, 1.5 * double(limit), 0.1));
        QVERIFY(isNear(double(totalOf(one)), share, 0.05));
        QVERIFY(isNear(double(totalOf(four)), share, 0.05));
        QVERIFY(isNear(double(totalOf(sixteen)), share, 0.05));
    }
}

// What it leaves is shared by the others.
void TestRateLimiter::slowTaskGetsWhatItWants()
{
    RateLimiter whole;
    whole.setLimit(3'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr), third(whole, nullptr);
    const auto slow = readers(1, first, 300'000);
    const auto four = readers(4, second, kFast);
    const auto sixteen = readers(16, third, kFast);
    QTest::qWait(2000);
    QVERIFY(isNear(double(totalOf(slow)), 600'000, 0.1));
    const double half = double(totalOf(four) + totalOf(sixteen)) / 2;
    QVERIFY(isNear(half, 2'700'000, 0.1));
    QVERIFY(isNear(double(totalOf(four)), half, 0.05));
}

void TestRateLimiter::tapsShareEqually()
{
    RateLimiter whole;
    whole.setLimit(4'000'000);
    RateLimiter task(whole, nullptr);
    auto all = readers(7, task, kFast);
    all.push_back(std::make_unique<Reader>(task, 50'000));
    QTest::qWait(2000);
    QVERIFY(isNear(double(all.back()->total()), 100'000, 0.15));
    const double share = double(totalOf(all) - all.back()->total()) / 7;
    for (size_t i = 0; i < 7; ++i)
        QVERIFY(isNear(double(all[i]->total()), share, 0.1));
}

void TestRateLimiter::taskLimitWithinTheWhole()
{
    RateLimiter whole;
    whole.setLimit(3'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr), third(whole, nullptr);
    second.setLimit(500'000);
    third.setLimit(2'000'000); // more than its share
    const auto one = readers(1, first, kFast);
    const auto four = readers(4, second, kFast);
    const auto sixteen = readers(16, third, kFast);
    QTest::qWait(2000);
    QVERIFY(isNear(double(totalOf(four)), 1'000'000, 0.1));
    QVERIFY(isNear(double(totalOf(one)), 2'500'000, 0.1));
    QVERIFY(isNear(double(totalOf(sixteen)), 2'500'000, 0.1));
}

void TestRateLimiter::taskLimitAlone()
{
    RateLimiter whole;
    RateLimiter first(whole, nullptr), second(whole, nullptr);
    first.setLimit(1'000'000);
    const auto four = readers(4, first, kFast);
    const auto free = readers(1, second, 20e6);
    Witness witness(1'000'000, four);
    QTest::qWait(1500);
    witness.look();
    QVERIFY(isNear(witness.share(), 1, 0.06));
    QVERIFY(witness.mostAtOnce() <= kBurst);
    QVERIFY(isNear(double(totalOf(free)), 30e6, 0.1));
}

// While its own limit held it up the others had the rest; that is not made good later.
void TestRateLimiter::taskWithALimitOwesNothing()
{
    RateLimiter whole;
    whole.setLimit(4'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr);
    first.setLimit(10'000);
    const auto held = readers(1, first, kFast);
    const auto other = readers(1, second, kFast);
    QTest::qWait(1000);
    QVERIFY(isNear(double(totalOf(other)), 4'000'000, 0.15));
    first.setLimit(0);
    held[0]->forget();
    other[0]->forget();
    QTest::qWait(1000);
    QVERIFY(isNear(double(totalOf(held)), double(totalOf(other)), 0.1));
}

void TestRateLimiter::whatIsNotTakenGoesToOthers()
{
    RateLimiter whole;
    whole.setLimit(1'000'000);
    RateLimiter first(whole, nullptr), second(whole, nullptr);
    RateTap idle(first);
    QVERIFY(idle.take(1 << 20) < 1 << 20); // and then it does not want it any more
    const auto all = readers(1, second, kFast);
    QTest::qWait(1000);
    QVERIFY(isNear(double(totalOf(all)), 1'000'000, 0.1));
}

// Taps, and tasks, that go while they wait, or while they are given something.
void TestRateLimiter::endsWhileWaiting()
{
    RateLimiter whole;
    whole.setLimit(1'000'000);
    auto task = std::make_unique<RateLimiter>(whole, nullptr);
    RateTap orphan(*task);
    auto waiting = std::make_unique<RateTap>(*task);
    RateTap other(whole);
    auto asking = std::make_unique<RateTap>(whole);
    QVERIFY(orphan.take(1 << 20) + waiting->take(1 << 20) + asking->take(1 << 20) < 3 << 20);
    connect(asking.get(), &RateTap::replenished, this, [&] { asking.reset(); });
    connect(&other, &RateTap::replenished, this, [&] {
        waiting.reset();
        task.reset();
    });
    other.take(1 << 20);
    QTRY_VERIFY(!asking && !task && !waiting);
    QCOMPARE(orphan.take(1 << 20), qint64(1 << 20));
    QElapsedTimer clock;
    clock.start();
    qint64 given = 0;
    QTRY_VERIFY((given += other.take(10'000)) >= 200'000); // nothing is lost with them
    QVERIFY2(clock.elapsed() < 1000, QByteArray::number(clock.elapsed()).constData());
}

void TestRateLimiter::bufferSize()
{
    RateLimiter whole;
    RateLimiter task(whole, nullptr);
    QCOMPARE(task.bufferSize(2 << 20), qint64(2 << 20));
    whole.setLimit(1 << 20);
    QCOMPARE(task.bufferSize(2 << 20), qint64(256 << 10));
    task.setLimit(1 << 19); // the lower one counts
    QCOMPARE(task.bufferSize(2 << 20), qint64(128 << 10));
    task.setLimit(1 << 22);
    QCOMPARE(task.bufferSize(2 << 20), qint64(256 << 10));
    whole.setLimit(100);
    QCOMPARE(task.bufferSize(2 << 20), qint64(16 << 10));
    QCOMPARE(task.bufferSize(1000), qint64(1000)); // never more than without a limit
    whole.setLimit(0);
    QCOMPARE(task.bufferSize(2 << 20), qint64(1 << 20));
    task.setLimit(qint64(1) << 40);
    QCOMPARE(task.bufferSize(2 << 20), qint64(2 << 20));
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
