// SPDX-License-Identifier: MIT
#include "screen.h"

#include <QStandardPaths>
#include <QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace longhaul {

QProcessEnvironment onDisplay(const QString &display)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, display);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    return environment;
}

void dieWithTheTest(QProcess &process)
{
#ifdef Q_OS_LINUX
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#else
    Q_UNUSED(process)
#endif
}

void endNow(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

Trayer::Trayer(const QString &display)
{
    m_process.setProcessEnvironment(onDisplay(display));
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    dieWithTheTest(m_process);
    m_process.start(u"trayer"_s,
                    {u"--edge"_s, u"top"_s, u"--align"_s, u"left"_s, u"--widthtype"_s, u"request"_s,
                     u"--heighttype"_s, u"pixel"_s, u"--height"_s, u"24"_s, u"--padding"_s, u"0"_s});
    m_started = m_process.waitForStarted();
}

Trayer::~Trayer() { endNow(m_process); }

Screen::Screen() = default;

Screen::~Screen() { endNow(m_windowManager); }

bool Screen::start()
{
    for (const QString &program : {u"openbox"_s, u"trayer"_s, u"xdotool"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty()) {
            m_error = program + u" is not installed (scripts/test installs it)."_s;
            return false;
        }
    }
    if (!m_display.start() || !m_bus.start()) {
        m_error = m_display.errorString() + m_bus.errorString();
        return false;
    }
    m_bus.putIntoEnvironment();
    qputenv("DISPLAY", display().toLocal8Bit());
    qunsetenv("WAYLAND_DISPLAY");
    qputenv("QT_QPA_PLATFORM", "xcb");
    dieWithTheTest(m_windowManager);
    m_windowManager.start(u"openbox"_s, {u"--sm-disable"_s});
    if (!heedsKeys()) {
        m_error =
            u"openbox did not start: "_s + QString::fromLocal8Bit(m_windowManager.readAllStandardError());
        return false;
    }
    return true;
}

// The first key from xdotool makes the server change keyboards, and the window manager take its keys anew:
// one that comes meanwhile goes to the window instead. So it has to go to another desktop by its keys first.
bool Screen::heedsKeys() const
{
    const auto isOnFirst = [this] { return run({u"get_desktop"_s}) == u"0\n"_s; };
    const auto leaves = [&] { return run({u"key"_s, u"ctrl+alt+Right"_s}) && !isOnFirst(); };
    const auto comesBack = [&] { return run({u"set_desktop"_s, u"0"_s}) && isOnFirst(); };
    const auto isThere = [this] { return run({u"get_desktop"_s}).has_value(); };
    return QTest::qWaitFor(isThere, kPatience) && QTest::qWaitFor(leaves, kPatience)
           && QTest::qWaitFor(comesBack, kPatience);
}

QStringList Screen::windows(qint64 pid) const
{
    return find({u"--onlyvisible"_s, u"--all"_s, u"--pid"_s, QString::number(pid), u"--name"_s, u"."_s});
}

QStringList Screen::hiddenWindows(qint64 pid) const
{
    QStringList all = find({u"--all"_s, u"--pid"_s, QString::number(pid), u"--name"_s, u"."_s});
    const QStringList visible = windows(pid);
    all.removeIf([&](const QString &window) { return visible.contains(window); });
    return all;
}

bool Screen::shows(qint64 pid, qsizetype windows) const
{
    return QTest::qWaitFor([&] { return this->windows(pid).size() == windows; }, kPatience);
}

QString Screen::windowOf(qint64 pid) const { return shows(pid, 1) ? windows(pid).value(0) : QString(); }

bool Screen::hasTrayIcon() const { return !untitled().isEmpty(); }

bool Screen::hasBalloon() const { return untitled().size() > 1; }

// They have the program's class, and no title.
QStringList Screen::untitled() const
{
    const QStringList titled = find({u"--onlyvisible"_s, u"--name"_s, u"."_s});
    QStringList ours = find({u"--onlyvisible"_s, u"--class"_s, u"^longhaul$"_s});
    ours.removeIf([&](const QString &window) { return titled.contains(window); });
    return ours;
}

bool Screen::clickAt(int x, int y) const
{
    return run({u"mousemove"_s, QString::number(x), QString::number(y), u"click"_s, u"1"_s}).has_value();
}

bool Screen::minimise(const QString &window) const { return run({u"windowminimize"_s, window}).has_value(); }

bool Screen::activate(const QString &window) const { return run({u"windowactivate"_s, window}).has_value(); }

QString Screen::active() const { return run({u"getactivewindow"_s}).value_or(QString()).trimmed(); }

bool Screen::press(const QString &window, const QString &key) const
{
    const auto isActive = [&] { return active() == window; };
    if (!isActive())
        activate(window);
    return QTest::qWaitFor(isActive, kPatience) && run({u"key"_s, key});
}

QStringList Screen::find(const QStringList &which) const
{
    return run(QStringList{u"search"_s} + which).value_or(QString()).split(u'\n', Qt::SkipEmptyParts);
}

std::optional<QString> Screen::run(const QStringList &arguments) const
{
    QProcess xdotool;
    dieWithTheTest(xdotool);
    xdotool.setProcessEnvironment(onDisplay(display()));
    xdotool.start(u"xdotool"_s, arguments);
    if (!xdotool.waitForFinished() || xdotool.exitStatus() != QProcess::NormalExit || xdotool.exitCode() != 0)
        return {};
    return QString::fromUtf8(xdotool.readAllStandardOutput());
}

} // namespace longhaul
