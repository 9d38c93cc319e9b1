// SPDX-License-Identifier: MIT
#include "program.h"

#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace longhaul {

Program::Program(const QString &home, QObject *parent)
    : QObject(parent)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"XDG_"_s) || name.endsWith(u"_proxy"_s, Qt::CaseInsensitive))
            environment.remove(name);
    }
    environment.insert(u"HOME"_s, home);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &Program::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_errorText += m_process.readAllStandardError(); });
}

Program::~Program()
{
    m_process.disconnect(this);
    if (isRunning()) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

void Program::limitFileSize(qint64 bytes)
{
    m_process.setChildProcessModifier([bytes] {
        const rlimit limit{rlim_t(bytes), rlim_t(bytes)};
        ::setrlimit(RLIMIT_FSIZE, &limit);
#ifdef Q_OS_LINUX
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    });
}

void Program::hideDisplay()
{
    QProcessEnvironment environment = m_process.processEnvironment();
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
        environment.remove(name);
    m_process.setProcessEnvironment(environment);
}

bool Program::start(const QStringList &arguments)
{
    m_process.start(QStringLiteral(LONGHAUL_BINARY), arguments);
    return m_process.waitForStarted();
}

void Program::sendSignal(int number)
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), number);
}

bool Program::waitForBytes(qint64 bytes, int milliseconds)
{
    const bool ready = QTest::qWaitFor([&] { return m_bytes > bytes || !isRunning(); }, milliseconds);
    return ready && m_bytes > bytes && isRunning();
}

bool Program::waitForState(const QString &state, int milliseconds)
{
    const auto reached = [&] {
        const QList<QJsonObject> lines = linesOf(u"state"_s);
        return !lines.isEmpty() && lines.last().value("state"_L1).toString() == state;
    };
    return QTest::qWaitFor([&] { return reached() || !isRunning(); }, milliseconds) && reached();
}

bool Program::waitForEnd(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    const bool ended = QTest::qWaitFor([this] { return !isRunning(); }, milliseconds);
    m_elapsed = clock.elapsed();
    readOutput();
    m_errorText += m_process.readAllStandardError();
    return ended;
}

QByteArray Program::account() const
{
    const QByteArray end = isRunning()    ? QByteArrayLiteral("still running")
                           : hasCrashed() ? QByteArrayLiteral("ended by a signal")
                                          : "exit code " + QByteArray::number(exitCode());
    QByteArray text = end + " after " + QByteArray::number(m_bytes) + " bytes; it said: " + m_errorText;
    for (const QJsonObject &report : linesOf(u"report"_s))
        text += QJsonDocument(report).toJson(QJsonDocument::Compact) + '\n';
    return text;
}

QJsonObject Program::report() const
{
    const QList<QJsonObject> reports = linesOf(u"report"_s);
    return reports.size() == 1 ? reports.first() : QJsonObject();
}

QList<QJsonObject> Program::linesOf(const QString &type) const
{
    QList<QJsonObject> lines;
    for (const QJsonObject &line : m_lines) {
        if (line.value("type"_L1).toString() == type)
            lines << line;
    }
    return lines;
}

void Program::readOutput()
{
    m_rest += m_process.readAllStandardOutput();
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
        const QByteArray line = m_rest.left(end);
        m_rest.remove(0, end + 1);
        const QJsonDocument json = QJsonDocument::fromJson(line);
        if (!json.isObject()) {
            m_strayLines << line;
            continue;
        }
        m_lines << json.object();
        if (json.object().value("type"_L1).toString() == u"progress"_s)
            m_bytes = json.object().value("bytes"_L1).toInteger();
    }
}

} // namespace longhaul
