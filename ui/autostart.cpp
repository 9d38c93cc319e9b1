// SPDX-License-Identifier: MIT
#include "autostart.h"

#include "core/ioqueue.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace longhaul {

namespace {

// Desktop Entry Specification, "The Exec key": an argument in double quotes, in which ", `, $ and \ take a
// backslash; a % would be a field code, so it is doubled. On top of that come the escapes that hold for every
// value of type string.
QString quotedForExec(const QString &argument)
{
    QString quoted;
    for (const QChar c : argument) {
        if (c == u'"' || c == u'`' || c == u'$' || c == u'\\')
            quoted += u'\\';
        quoted += c;
        if (c == u'%')
            quoted += c;
    }
    quoted.replace(u'\\', QLatin1String("\\\\"))
        .replace(u'\n', QLatin1String("\\n"))
        .replace(u'\r', QLatin1String("\\r"))
        .replace(u'\t', QLatin1String("\\t"));
    return u'"' + quoted + u'"';
}

QString entryPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
           + QStringLiteral("/autostart/longhaul.desktop");
}

void writeEntry(const QString &path, const QByteArray &text)
{
    QFile present(path);
    if (present.open(QIODevice::ReadOnly) && present.readAll() == text)
        return;
    present.close();
    QDir().mkpath(path.left(path.lastIndexOf(u'/')));
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size())
        file.commit();
}

} // namespace

QString autostartEntry(const QString &program)
{
    return QStringLiteral("[Desktop Entry]\n"
                          "Type=Application\n"
                          "Version=1.0\n"
                          "Name=Longhaul\n"
                          "Icon=longhaul\n"
                          "Exec=%1 --background\n"
                          "Terminal=false\n"
                          "StartupNotify=false\n"
                          "X-GNOME-Autostart-enabled=true\n")
        .arg(quotedForExec(program));
}

void setAutostart(bool wanted, const QString &program, IoQueue &io)
{
    if (wanted)
        io.post([path = entryPath(), text = autostartEntry(program).toUtf8()] { writeEntry(path, text); });
    else
        io.post([path = entryPath()] { QFile::remove(path); });
}

} // namespace longhaul
