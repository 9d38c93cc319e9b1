// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>

namespace longhaul {

// An X server without a screen, on a display that is free. It dies with the test.
class Xvfb
{
public:
    Xvfb();
    ~Xvfb(); // kills it

    bool start();
    QString errorString() const { return m_error; } // why start() failed, as a sentence
    QString display() const { return m_display; }   // ":1"

private:
    QProcess m_process;
    QString m_display;
    QString m_error;
};

} // namespace longhaul
