// SPDX-License-Identifier: MIT
#include "storecommands.h"

#include "output.h"

#include <QCoreApplication>
#include <QFile>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Store)
};

} // namespace

int listStore(const ListCommand &command, const ResumeStore &store)
{
    QList<ResumeData> records = store.records();
    for (ResumeData &record : records) {
        record.state = stateFound(record.state); // the store is ours: nobody runs it
        print((command.json ? recordAsJson(record) : recordLine(record)) + QLatin1Char('\n'));
    }
    return kExitComplete;
}

int removeFromStore(const RemoveCommand &command, ResumeStore &store)
{
    int exitCode = kExitComplete;
    for (const QUrl &url : command.urls) {
        const auto record = store.find(url);
        const QString shown = shownUrl(url);
        if (!record) {
            exitCode = fail(Text::tr("%1: It is not in the list.").arg(shown));
            continue;
        }
        const QString part =
            record->foreignPath.isEmpty() ? record->partPath : QString(); // else not ours yet
        if (command.withPart && !part.isEmpty() && QFile::exists(part) && !QFile::remove(part)) {
            exitCode = fail(Text::tr("%1: %2 cannot be deleted.").arg(shown, part));
            continue;
        }
        store.remove(url);
        if (command.json)
            print(removalAsJson(url) + QLatin1Char('\n'));
    }
    return exitCode;
}

QString whyNotOpen(const ResumeStore &store, ResumeStore::OpenResult result, const QString &folder)
{
    switch (result) {
    case ResumeStore::OpenResult::Opened: break;
    case ResumeStore::OpenResult::LockedByOther:
        return Text::tr("Another Longhaul is using %1: add to it with 'longhaul add', wait for it to end, or "
                        "give another folder with --state-dir.")
            .arg(folder);
    case ResumeStore::OpenResult::NotWritable:
        return message({ErrorCode::StoreNotWritable, 0, store.errorString(), {}}) + QLatin1Char(' ')
               + advice(ErrorCode::StoreNotWritable);
    }
    return {};
}

void tellNotices(const ResumeStore &store)
{
    const QStringList notices = store.notices();
    for (const QString &notice : notices)
        fail(notice);
}

int fail(const QString &sentence)
{
    printError(QStringLiteral("longhaul: %1\n").arg(sentence));
    return kExitFailed;
}

} // namespace longhaul
