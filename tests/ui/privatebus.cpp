// SPDX-License-Identifier: MIT
#include "privatebus.h"

#include <QFile>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace longhaul {

namespace {

// Without <servicedir>: nothing that is installed on this machine is ever started.
QByteArray config(const QString &folder)
{
    return R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=)"
           + QFile::encodeName(folder) + R"(</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";
}

} // namespace

PrivateBus::PrivateBus()
{
    m_process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
}

PrivateBus::~PrivateBus()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

bool PrivateBus::start()
{
    const QString path = m_dir.filePath(u"bus.conf"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(config(m_dir.path())) < 0 || !file.flush()) {
        m_error = u"The configuration of the private bus could not be written."_s;
        return false;
    }
    m_process.start(u"dbus-daemon"_s,
                    {u"--config-file="_s + path, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
    if (!m_process.waitForStarted()) {
        m_error = u"dbus-daemon is not installed (scripts/test installs it)."_s;
        return false;
    }
    while (!m_process.canReadLine() && m_process.waitForReadyRead(10'000)) {
    }
    m_address = QString::fromLocal8Bit(m_process.readLine()).trimmed();
    if (m_address.isEmpty())
        m_error = u"dbus-daemon did not start: "_s + QString::fromLocal8Bit(m_process.readAllStandardError());
    return !m_address.isEmpty();
}

void PrivateBus::putIntoEnvironment() const
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLocal8Bit());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_address.toLocal8Bit());
}

} // namespace longhaul
