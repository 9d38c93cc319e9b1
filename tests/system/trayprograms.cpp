// SPDX-License-Identifier: MIT
#include "trayprograms.h"

#include <QDebug>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace longhaul {

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

TrayClient::~TrayClient() { endNow(m_process); }

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

} // namespace longhaul
