// SPDX-License-Identifier: MIT
// While nothing is downloaded the program does nothing: no thread of it ever gets a processor, seen from
// outside by the kernel's own count. (Linux; elsewhere it is the same code.)
#include "controlhome.h"
#include "screen.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <numeric>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

// ms without a change. The network's thread closes the connections it has kept 3 s after the last transfer:
// what is quiet for less than that may still be at work.
constexpr int kSettled = 4000;
constexpr int kWatched = 5000;    // ms
constexpr qint64 kKernelsOwn = 2; // switches that are not the program's

// How often each thread of the process was given a processor, by "name number".
QMap<QByteArray, qint64> switches(qint64 pid)
{
    QMap<QByteArray, qint64> counts;
    const QDir tasks(u"/proc/%1/task"_s.arg(pid));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile status(tasks.filePath(task + u"/status"_s));
        if (!status.open(QIODevice::ReadOnly))
            continue; // it has ended
        QByteArray name;
        qint64 count = 0;
        for (const QByteArray &line : status.readAll().split('\n')) {
            const QByteArray value = line.mid(line.indexOf(':') + 1).trimmed();
            if (line.startsWith("Name:"))
                name = value + ' ' + task.toLatin1();
            else if (line.contains("ctxt_switches:"))
                count += value.toLongLong();
        }
        counts.insert(name, count);
    }
    return counts;
}

// How often each thread was given one between two counts.
QMap<QByteArray, qint64> added(const QMap<QByteArray, qint64> &before, const QMap<QByteArray, qint64> &after)
{
    QMap<QByteArray, qint64> more;
    for (auto thread = after.cbegin(); thread != after.cend(); ++thread) {
        if (const qint64 count = thread.value() - before.value(thread.key()); count != 0)
            more.insert(thread.key(), count);
    }
    return more;
}

QByteArray inWords(const QMap<QByteArray, qint64> &counts)
{
    QByteArray words;
    for (auto thread = counts.cbegin(); thread != counts.cend(); ++thread)
        words += thread.key() + ": " + QByteArray::number(thread.value()) + " times. ";
    return words;
}

} // namespace

class TestIdle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void windowAndTray();
    void background();

private:
    void fill(const Place &place, const ScriptedServer &http);
    bool comesToRest(qint64 pid);
    void staysIdle(const Program &program);

    std::unique_ptr<Screen> m_screen;
    std::unique_ptr<Trayer> m_trayer;
    QMap<QByteArray, qint64> m_atRest; // what comesToRest() has counted
    QByteArray m_unrest;               // the last that has kept it from that
};

void TestIdle::init()
{
#ifndef Q_OS_LINUX
    QSKIP("Needs Linux's /proc.");
#endif
    m_screen = std::make_unique<Screen>();
    QVERIFY2(m_screen->start(), qPrintable(m_screen->errorString()));
    m_trayer = std::make_unique<Trayer>(m_screen->display());
    QVERIFY(m_trayer->started());
}

void TestIdle::cleanup()
{
    m_trayer.reset();
    m_screen.reset();
}

// One that is finished, and one that was paused half way.
void TestIdle::fill(const Place &place, const ScriptedServer &http)
{
    const QUrl paused = http.url(u"/paused.bin"_s);
    const QUrl finished = http.url(u"/finished.bin"_s);
    QTRY_VERIFY(place.answers());
    QCOMPARE(place.run(place.adding(paused)).exitCode, 0);
    QCOMPARE(place.run(place.adding(finished)).exitCode, 0);
    QTRY_COMPARE(place.listed(paused)["bytes"_L1].toInteger(), kSize / 2);
    QCOMPARE(place.run({u"pause"_s, paused.toString()}).exitCode, 0);
    QTRY_COMPARE(place.stateOf(paused), u"paused"_s);
    QTRY_COMPARE(place.stateOf(finished), u"completed"_s);
}

// Nothing has happened for a while, and nothing that is shown has to go yet: a message at the icon (there is
// no service for notifications here) is closed by Qt after 10 s, and that is no rest before it is done.
bool TestIdle::comesToRest(qint64 pid)
{
    m_atRest = switches(pid);
    m_unrest.clear();
    QElapsedTimer quiet;
    quiet.start();
    const auto isQuiet = [&] {
        const bool settled = quiet.elapsed() >= kSettled;
        const bool shows = settled && m_screen->hasBalloon(); // first: one that has gone since is a change
        auto now = switches(pid);
        if (!shows && now == m_atRest)
            return settled;
        m_unrest = shows ? "A message is shown."_ba : inWords(added(m_atRest, now));
        m_atRest = std::move(now);
        quiet.start();
        return false;
    };
    return QTest::qWaitFor(isQuiet, 2 * kPatience);
}

void TestIdle::staysIdle(const Program &program)
{
    const qint64 pid = program.pid();
    QVERIFY2(comesToRest(pid), ("It never came to rest: "_ba + m_unrest).constData());

    // It is what does not happen that counts: so the whole time is watched.
    QTest::qWait(kWatched);
    const auto after = switches(pid);
    const auto more = added(m_atRest, after);
    QVERIFY(program.isRunning() && after.size() > 1);
    QVERIFY2(std::accumulate(more.cbegin(), more.cend(), qint64(0)) <= kKernelsOwn,
             inWords(more).constData());
}

void TestIdle::windowAndTray()
{
    const Content content = Content::random(kSize);
    ScriptedServer http([content](const Request &asked) {
        return asked.path == "/paused.bin" ? stalling(content)(asked) : honest(content)(asked);
    });
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    fill(place, http);
    QTRY_COMPARE_WITH_TIMEOUT(m_screen->windows(program.pid()).size(), 1, kPatience);
    const QString window = m_screen->windows(program.pid()).value(0);
    QVERIFY(m_screen->press(window, u"ctrl+a"_s)); // rows are selected, the details show one
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->hasTrayIcon(), kPatience);
    staysIdle(program);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(m_screen->press(window, u"alt+F4"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->windows(program.pid()).isEmpty(), kPatience);
    staysIdle(program);
}

void TestIdle::background()
{
    const Content content = Content::random(kSize);
    ScriptedServer http([content](const Request &asked) {
        return asked.path == "/paused.bin" ? stalling(content)(asked) : honest(content)(asked);
    });
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({u"--background"_s})));
    fill(place, http);
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->hasTrayIcon(), kPatience);
    staysIdle(program);
}

QTEST_GUILESS_MAIN(TestIdle)
#include "tst_idle.moc"
