// SPDX-License-Identifier: MIT
#include "trayprograms.h"

#include <QDebug>
#include <QFile>
#include <QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace longhaul {

namespace {

void dieWithTheTest(QProcess &process)
{
#ifdef Q_OS_LINUX
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#else
    Q_UNUSED(process)
#endif
}

void end(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

} // namespace

QProcessEnvironment onDisplay(const QString &display)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, display);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    return environment;
}

TrayClient::TrayClient(const QString &display)
{
    QProcessEnvironment environment = onDisplay(display);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_home.path());
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    dieWithTheTest(m_process);
}

TrayClient::~TrayClient() { end(m_process); }

bool TrayClient::setSettings(const QByteArray &json)
{
    QFile file(m_home.filePath(u"settings.json"_s));
    return file.open(QIODevice::WriteOnly) && file.write(json) == json.size();
}

bool TrayClient::start(const QStringList &urls)
{
    m_process.start(QStringLiteral(LONGHAUL_TRAYCLIENT), QStringList{m_home.path()} + urls);
    if (!QTest::qWaitFor([this] { return lines().value(0).startsWith(u"made in"_s); }, kPatience))
        return false;
    m_output.remove(0, m_output.indexOf('\n') + 1);
    return true;
}

QStringList TrayClient::lines()
{
    m_output += m_process.readAllStandardOutput();
    return QString::fromUtf8(m_output).split(u'\n', Qt::SkipEmptyParts);
}

bool TrayClient::said(const QStringList &expected)
{
    const bool did = QTest::qWaitFor([&] { return lines() == expected; }, kPatience);
    if (!did)
        qWarning() << "It said" << lines() << "rather than" << expected;
    return did;
}

QString TrayClient::ask(const QString &command)
{
    const qsizetype before = lines().size();
    m_process.write(command.toUtf8() + '\n');
    const bool answered = QTest::qWaitFor([&] { return lines().size() > before; }, kPatience);
    const QString answer = answered ? lines().at(before) : QString();
    m_output.clear();
    return answer;
}

QImage TrayClient::screen()
{
    const QString path = m_home.filePath(u"screen.png"_s);
    return ask(u"grab "_s + path) == u"grabbed"_s ? QImage(path) : QImage();
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

Trayer::~Trayer() { end(m_process); }

} // namespace longhaul
