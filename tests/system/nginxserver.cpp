// SPDX-License-Identifier: MIT
#include "nginxserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace longhaul {

namespace {

QString nginxProgram()
{
    const QString found = QStandardPaths::findExecutable(u"nginx"_s);
    if (!found.isEmpty())
        return found;
    // Where it is, and where an ordinary user's PATH does not look.
    return QStandardPaths::findExecutable(u"nginx"_s, {u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/sbin"_s});
}

quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

} // namespace

qint64 LogLine::begin() const
{
    static const QByteArray prefix = QByteArrayLiteral("bytes=");
    return range.startsWith(prefix)
               ? range.mid(prefix.size(), range.indexOf('-') - prefix.size()).toLongLong()
               : 0;
}

NginxServer::NginxServer(const QString &folder, const QString &files)
    : m_folder(folder)
    , m_files(files)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
#ifdef Q_OS_LINUX
    // A test that crashes leaves no server behind.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
}

NginxServer::~NginxServer() { kill(); }

bool NginxServer::start()
{
    if (m_port != 0)
        return startOnPort(m_port);
    // Between probing a port and taking it, somebody else may.
    for (int tries = 0; tries < 5; ++tries) {
        const quint16 port = freePort();
        if (port != 0 && startOnPort(port)) {
            m_port = port;
            return true;
        }
    }
    return false;
}

bool NginxServer::startOnPort(quint16 port)
{
    if (!writeConfig(port))
        return false;
    m_process.start(nginxProgram(),
                    {u"-p"_s, m_folder, u"-e"_s, path(u"error.log"_s), u"-c"_s, path(u"nginx.conf"_s)});
    if (!m_process.waitForStarted())
        return false;
    const quint16 before = std::exchange(m_port, port);
    QElapsedTimer clock;
    clock.start();
    while (activeConnections() < 0) {
        if (clock.hasExpired(10'000) || m_process.waitForFinished(20)) {
            m_port = before;
            kill();
            return false;
        }
    }
    return true;
}

void NginxServer::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

QString NginxServer::errorString() const
{
    if (nginxProgram().isEmpty())
        return u"nginx is not installed (scripts/test installs it)"_s;
    QFile log(path(u"error.log"_s));
    return log.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(log.readAll()) : m_process.errorString();
}

QUrl NginxServer::url(const QString &path) const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    url.setPath(path);
    return url;
}

QList<LogLine> NginxServer::log() const
{
    static const QRegularExpression form(uR"-(^(\d+) \d+ (\d+) "([^"]*)" "([^"]*)"$)-"_s);
    QList<LogLine> lines;
    QFile file(path(u"access.log"_s));
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd()) {
        const QRegularExpressionMatch match = form.match(QString::fromLatin1(file.readLine().trimmed()));
        if (match.hasMatch())
            lines << LogLine{match.captured(1).toInt(), match.captured(2).toLongLong(),
                             match.captured(3).toLatin1(), match.captured(4).toLatin1()};
    }
    return lines;
}

// nginx appends, so it goes on at the new end.
void NginxServer::clearLog() { QFile::resize(path(u"access.log"_s), 0); }

qint64 NginxServer::bytesServed() const
{
    qint64 sum = 0;
    for (const LogLine &line : log())
        sum += line.bodyBytes;
    return sum;
}

bool NginxServer::waitUntilIdle(int milliseconds) const
{
    // The one connection is that of the question.
    return QTest::qWaitFor([this] { return activeConnections() == 1; }, milliseconds);
}

int NginxServer::activeConnections() const
{
    static const QRegularExpression form(u"Active connections: (\\d+)"_s);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    if (!socket.waitForConnected(1000))
        return -1;
    socket.write("GET /status HTTP/1.0\r\n\r\n");
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(2000)) {
    }
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(socket.readAll()));
    return match.hasMatch() ? match.captured(1).toInt() : -1;
}

bool NginxServer::writeConfig(quint16 port) const
{
    QFile form(QStringLiteral(LONGHAUL_SOURCE_DIR "/tests/system/nginx.conf.in"));
    QFile config(path(u"nginx.conf"_s));
    if (!form.open(QIODevice::ReadOnly) || !config.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    QByteArray text = form.readAll();
    text.replace("@DIR@", QFile::encodeName(m_folder));
    text.replace("@FILES@", QFile::encodeName(m_files));
    text.replace("@PORT@", QByteArray::number(port));
    return config.write(text) == text.size();
}

} // namespace longhaul
