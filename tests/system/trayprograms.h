// SPDX-License-Identifier: MIT
#pragma once

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

namespace longhaul {

constexpr int kPatience = 20'000; // ms: the machine may be busy

QProcessEnvironment onDisplay(const QString &display);

// The program under test, in a home of its own; see trayclient.cpp.
class TrayClient
{
public:
    explicit TrayClient(const QString &display);
    ~TrayClient(); // kills it

    bool setSettings(const QByteArray &json); // before start()
    // Until the tray object is made.
    bool start(const QStringList &urls = {});
    QStringList lines(); // all that it has said
    // Waits until it has said exactly these things since it was made, or since it was last asked.
    bool said(const QStringList &expected);
    // Its answer to a command. What came before is forgotten.
    QString ask(const QString &command);
    QImage screen(); // likewise

private:
    QTemporaryDir m_home;
    QProcess m_process;
    QByteArray m_output;
};

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

} // namespace longhaul
