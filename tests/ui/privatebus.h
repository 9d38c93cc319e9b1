// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace longhaul {

// A D-Bus daemon of the test's own: it starts no service by itself, and knows nobody but those who connect to
// its address. It dies with the test.
class PrivateBus
{
public:
    PrivateBus();
    ~PrivateBus(); // kills it

    bool start();
    QString errorString() const { return m_error; } // why start() failed, as a sentence
    QString address() const { return m_address; }
    // For this process, where QtDBus has not connected yet, and its children: both the session's bus and the
    // system's.
    void putIntoEnvironment() const;

private:
    QTemporaryDir m_dir;
    QProcess m_process;
    QString m_address;
    QString m_error;
};

} // namespace longhaul
