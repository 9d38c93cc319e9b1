// SPDX-License-Identifier: MIT
#include "backgroundstart.h"

#include "controlclient.h"
#include "platform.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QThread>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::BackgroundStart)
};

constexpr auto kPatience = 20s; // for the start, on a machine that is busy

// What it said last with our name before it; else what came first, from Qt or the system.
QString lastWords(QIODevice &file)
{
    const QString name = QStringLiteral("longhaul: ");
    const QStringList lines = QString::fromUtf8(file.read(100'000).trimmed()).split(QLatin1Char('\n'));
    const QStringList ours = lines.filter(QRegularExpression(QLatin1Char('^') + name));
    return ours.isEmpty() ? lines.first() : ours.last().mid(name.size());
}

QString failed(const QString &why)
{
    const QString words = why.isEmpty() ? Text::tr("It does not answer.") : why;
    return Text::tr("Longhaul could not be started in the background; 'longhaul get' needs no window. %1")
        .arg(words);
}

} // namespace

QString startInBackground(const QString &stateDir, ControlClient &client)
{
    if (!platform::hasDisplay())
        return Text::tr(
            "There is no display on which Longhaul could run in the background: use 'longhaul get'.");
    QTemporaryFile said;
    if (!said.open())
        return failed(said.errorString());
    QProcess process;
    process.setProgram(QCoreApplication::applicationFilePath());
    QStringList arguments{QStringLiteral("--background")};
    if (!stateDir.isEmpty())
        arguments += {QStringLiteral("--state-dir"), stateDir};
    process.setArguments(arguments);
    process.setWorkingDirectory(QDir::rootPath());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(said.fileName(), QIODevice::Append);
    qint64 pid = 0;
    if (!process.startDetached(&pid))
        return failed(process.errorString());
    for (const QDeadlineTimer deadline(kPatience); !deadline.hasExpired(); QThread::msleep(20)) {
        const bool alive = platform::isAlive(pid); // asked first: it may hand over to another and end
        if (client.connect())
            return {};
        if (!alive)
            break;
    }
    return failed(lastWords(said));
}

} // namespace longhaul
