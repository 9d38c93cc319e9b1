// SPDX-License-Identifier: MIT
#include "controlplace.h"

#include "platform.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace longhaul {

namespace {

// QLocalServer makes the socket as "FOLDER/XXXXXX/s" first.
bool fits(const QString &path)
{
    const qsizetype longest =
        std::max(QFile::encodeName(path).size(),
                 QFile::encodeName(QFileInfo(path).path()).size() + qsizetype(sizeof "/XXXXXX/s") - 1);
    return longest <= platform::mostSocketPathBytes();
}

} // namespace

QString controlPath(const QString &stateDir)
{
    const QString folder = QFileInfo(stateDir).canonicalFilePath();
    if (folder.isEmpty())
        return {};
    const QString usual = folder + QStringLiteral("/control");
    if (fits(usual))
        return usual;
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex();
    const QString name = QStringLiteral("/longhaul-") + QString::fromLatin1(hash.left(16));
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(runtime) && platform::isPrivateFolder(runtime) && fits(runtime + name))
        return runtime + name;
    const QString own = QDir::tempPath() + QStringLiteral("/longhaul-") + platform::userId();
    return fits(own + name) && platform::makePrivateFolder(own) ? own + name : QString();
}

} // namespace longhaul
