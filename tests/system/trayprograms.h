// SPDX-License-Identifier: MIT
#pragma once

#include "screen.h"

#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

namespace longhaul {

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

} // namespace longhaul
