// SPDX-License-Identifier: MIT
#include "xvfb.h"

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace longhaul {

Xvfb::Xvfb()
{
    m_process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
}

Xvfb::~Xvfb()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate(); // it removes its lock file and socket
    if (!m_process.waitForFinished(5000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool Xvfb::start()
{
    // It takes a free display itself and tells which.
    m_process.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x1024x24"_s,
                                u"-nolisten"_s, u"tcp"_s, u"-noreset"_s});
    if (!m_process.waitForStarted()) {
        m_error = u"Xvfb is not installed (scripts/test installs it)."_s;
        return false;
    }
    while (!m_process.canReadLine() && m_process.waitForReadyRead(20'000)) {
    }
    const QString number = QString::fromLatin1(m_process.readLine()).trimmed();
    if (number.isEmpty()) {
        m_error = u"Xvfb did not start: "_s + QString::fromLocal8Bit(m_process.readAllStandardError());
        return false;
    }
    m_display = u':' + number;
    return true;
}

} // namespace longhaul
