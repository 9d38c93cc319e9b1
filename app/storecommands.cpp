// SPDX-License-Identifier: MIT
#include "storecommands.h"

#include "output.h"

#include <QCoreApplication>
#include <QFile>

namespace longhaul {

int runList(const ListCommand &command, const ResumeStore &store)
{
    const QList<ResumeData> records = store.records();
    for (const ResumeData &record : records)
        print((command.json ? recordAsJson(record) : recordLine(record)) + QLatin1Char('\n'));
    return kExitComplete;
}

int runRemove(const RemoveCommand &command, ResumeStore &store)
{
    int exitCode = kExitComplete;
    for (const QUrl &url : command.urls) {
        const auto record = store.find(url);
        const QString shown = shownUrl(url);
        if (!record) {
            printError(
                QCoreApplication::translate("longhaul::Store", "longhaul: %1: It is not in the list.\n")
                    .arg(shown));
            exitCode = kExitFailed;
            continue;
        }
        const QString part = record->partPath;
        if (command.withPart && !part.isEmpty() && QFile::exists(part) && !QFile::remove(part)) {
            printError(QCoreApplication::translate("longhaul::Store", "longhaul: %1: %2 cannot be deleted.\n")
                           .arg(shown, part));
            exitCode = kExitFailed;
            continue;
        }
        store.remove(url);
    }
    return exitCode;
}

} // namespace longhaul
