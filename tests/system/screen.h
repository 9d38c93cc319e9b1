// SPDX-License-Identifier: MIT
#pragma once

#include "tests/ui/privatebus.h"
#include "xvfb.h"

#include <QProcess>
#include <QStringList>

#include <optional>

namespace longhaul {

constexpr int kPatience = 20'000; // ms: the machine may be busy

QProcessEnvironment onDisplay(const QString &display);
void dieWithTheTest(QProcess &process); // before it is started
void endNow(QProcess &process);         // kills it

// trayer: an XEmbed tray at the upper left corner of the display, 24 px high.
class Trayer
{
public:
    explicit Trayer(const QString &display);
    ~Trayer(); // kills it
    bool started() const { return m_started; }

private:
    QProcess m_process;
    bool m_started = false;
};

// What the programs of a user's session find there: a display with a window manager (openbox), and a bus. It
// is read and used as a user would, by xdotool.
class Screen
{
public:
    Screen();
    ~Screen(); // ends all of it

    // Puts display, bus and Qt's platform into the environment, for the programs that this process starts.
    bool start();
    QString errorString() const { return m_error; } // why start() failed, as a sentence
    QString display() const { return m_display.display(); }
    QString busAddress() const { return m_bus.address(); }

    // The windows of a process that can be seen, each by its number: those with a title, so no icon in a
    // tray.
    QStringList windows(qint64 pid) const;
    // Those that cannot: minimised, or taken away.
    QStringList hiddenWindows(qint64 pid) const;
    // Waits until it has so many windows that can be seen.
    bool shows(qint64 pid, qsizetype windows) const;
    // Its one window, once it can be seen; empty when it has none or several.
    QString windowOf(qint64 pid) const;
    // Whether there is an icon of Longhaul in the tray.
    bool hasTrayIcon() const;
    // Whether a message of Longhaul is shown at that icon: no service for notifications is on the bus.
    bool hasBalloon() const;
    bool clickAt(int x, int y) const;
    bool minimise(const QString &window) const;
    // As a list of windows does it: brings a minimised one back, and does nothing to one that was taken away.
    bool activate(const QString &window) const;
    QString active() const; // the window that has the keys; empty when none has
    // A key, such as "alt+F4", to a window that has the keys; it gets them first. False when it cannot.
    bool press(const QString &window, const QString &key) const;

private:
    bool heedsKeys() const;
    QStringList untitled() const; // the visible windows of Longhaul without a title: the icon, a balloon
    QStringList find(const QStringList &which) const;               // windows, by xdotool's own words
    std::optional<QString> run(const QStringList &arguments) const; // of xdotool: what it said, if it worked

    Xvfb m_display;
    PrivateBus m_bus;
    QProcess m_windowManager;
    QString m_error;
};

} // namespace longhaul
