// SPDX-License-Identifier: MIT
#include "error.h"

#include <QCoreApplication>

#include <algorithm>

namespace longhaul {

namespace {

struct Entry {
    ErrorCode code;
    const char *sentence; // without its full stop
    const char *advice;
};

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Error)

public:
    static const Entry kEntries[];
};

// Tells lupdate (scripts/translate) to take the text.
#define LH_TR(text) text

constexpr Entry Text::kEntries[] = {
    {ErrorCode::FolderNotWritable, LH_TR("The folder cannot be written to"),
     LH_TR("Choose another folder or change its permissions, then resume.")},
    {ErrorCode::DiskFull, LH_TR("The disk is full"),
     LH_TR("Free some space, then resume: what was received is kept.")},
    {ErrorCode::FileTooLarge, LH_TR("The file is larger than this disk or this session allows"),
     LH_TR("Choose a folder on another file system or lift the limit, then resume.")},
    {ErrorCode::NameTooLong, LH_TR("The file name is too long for this folder"),
     LH_TR("Give a shorter name.")},
    {ErrorCode::WriteFailed, LH_TR("Writing to the disk failed"),
     LH_TR("Check the disk, then resume: what was not written is fetched again.")},
    {ErrorCode::ReadFailed, LH_TR("Reading what was already received failed"),
     LH_TR("Check the disk, then resume.")},
    {ErrorCode::SyncFailed, LH_TR("The disk did not confirm that the data is safe"),
     LH_TR("Check the disk, then resume: unconfirmed bytes are fetched again.")},
    {ErrorCode::RenameFailed, LH_TR("The finished file could not be given its name"),
     LH_TR("The data is whole in the part file: resume to try the name again.")},
    {ErrorCode::TargetExists, LH_TR("A file of that name is already there"),
     LH_TR("Choose another name, or allow renaming or overwriting.")},
    {ErrorCode::StoreNotWritable, LH_TR("The list of downloads cannot be written"),
     LH_TR("Free some space or check the folder in which the list is kept, then resume.")},
    {ErrorCode::FolderMissing, LH_TR("The folder that the file is in is not there"),
     LH_TR("Connect the drive that it is on: the download then goes on by itself. Or start over.")},
    {ErrorCode::PartReplaced, LH_TR("Another file has taken the place of the part file"),
     LH_TR("Resume to start over: the other file is left as it is.")},
    {ErrorCode::HostNotFound, LH_TR("The server's name cannot be found"),
     LH_TR("Check the address and your connection, then resume.")},
    {ErrorCode::ConnectionRefused, LH_TR("The server refuses connections"),
     LH_TR("Try again later: the server may be down.")},
    {ErrorCode::ConnectionLost, LH_TR("The connection was lost"),
     LH_TR("Resume to continue where it stopped.")},
    {ErrorCode::NoAnswer, LH_TR("The server did not answer in time"),
     LH_TR("Try again later, or allow more time.")},
    {ErrorCode::Stalled, LH_TR("The server stopped sending"), LH_TR("Resume to continue where it stopped.")},
    {ErrorCode::TlsCertificate, LH_TR("The server's certificate is not trusted"),
     LH_TR("Do not go on unless you know why: somebody may be listening, or this machine's clock is wrong.")},
    {ErrorCode::TlsFailed, LH_TR("No secure connection could be made"),
     LH_TR("Check the address; the server may be too old or misconfigured.")},
    {ErrorCode::ProxyFailed, LH_TR("The proxy did not let the request through"),
     LH_TR("Check the proxy's address and password.")},
    {ErrorCode::NetworkUnreachable, LH_TR("The network cannot be reached"),
     LH_TR("Check your connection: the download goes on when it is back.")},
    {ErrorCode::AccessDenied, LH_TR("The server denies access"),
     LH_TR("Sign in where the link comes from, or send the headers that it wants.")},
    {ErrorCode::NotFound, LH_TR("The server does not have this file"),
     LH_TR("Check the address, or look for a newer link.")},
    {ErrorCode::ServerBusy, LH_TR("The server is busy"), LH_TR("Try again later.")},
    {ErrorCode::ServerFailed, LH_TR("The server failed"), LH_TR("Try again later.")},
    {ErrorCode::LinkExpired, LH_TR("The link no longer works"),
     LH_TR("Get a new address where the link came from: what was received is kept.")},
    {ErrorCode::UnexpectedStatus, LH_TR("The server gave an answer that is no file"),
     LH_TR("Check the address in a browser.")},
    {ErrorCode::TooManyRedirects, LH_TR("The server redirects too often"),
     LH_TR("The address may need a sign-in: open it in a browser.")},
    {ErrorCode::UnsafeRedirect, LH_TR("The server redirects from a secure to an insecure address"),
     LH_TR("Longhaul does not follow: ask the site for a secure link.")},
    {ErrorCode::BadRedirect, LH_TR("The server redirects to an address that cannot be used"),
     LH_TR("Check the address in a browser.")},
    {ErrorCode::BadHead, LH_TR("The server's answer cannot be understood"),
     LH_TR("Try again; if it stays so, the server or a proxy is broken.")},
    {ErrorCode::RetryTooLate, LH_TR("The server asks to come back much later"),
     LH_TR("Resume after that time.")},
    {ErrorCode::BodyTooShort, LH_TR("The server sent less than it announced"),
     LH_TR("Resume to continue where it stopped.")},
    {ErrorCode::BodyTooLong, LH_TR("The server sent more than it announced"),
     LH_TR("Try again; if it stays so, the server is broken.")},
    {ErrorCode::BadRange, LH_TR("The server answered with a wrong part of the file"),
     LH_TR("Resume to try again: nothing wrong was written.")},
    {ErrorCode::KeepsChanging, LH_TR("The file on the server changes while it is fetched"),
     LH_TR("Try again when the file has settled.")},
    {ErrorCode::WebPage, LH_TR("The server sent a web page where a file was expected"),
     LH_TR("Sign in to the network or the site in a browser, then resume.")},
    {ErrorCode::ChecksumMismatch, LH_TR("The file does not have the expected checksum"),
     LH_TR("Check the checksum; repair fetches the file a second time and replaces what differs, resume "
           "fetches it anew.")},
    {ErrorCode::EmptyAnswer, LH_TR("The server sent nothing where a file was expected"),
     LH_TR("Try again later: what was received is kept.")},
    {ErrorCode::BadLength, LH_TR("The server announced an impossible length"),
     LH_TR("Try again; if it stays so, the server is broken.")},
    {ErrorCode::InvalidUrl, LH_TR("The address is not valid"), LH_TR("Give it as in https://host/path.")},
    {ErrorCode::UnsupportedScheme, LH_TR("Addresses of this kind are not supported"),
     LH_TR("Longhaul fetches http and https.")},
    {ErrorCode::Interrupted, LH_TR("The download was interrupted"),
     LH_TR("Resume to continue where it stopped.")},
    {ErrorCode::OtherFile, LH_TR("The new address leads to another file"),
     LH_TR("What was received is kept with the old address: give another new one.")},
    {ErrorCode::KnownAddress, LH_TR("The address is in the list already"),
     LH_TR("Remove that download first, or go on with it.")},
    {ErrorCode::UnderWay, LH_TR("The download is under way or finished"),
     LH_TR("Pause it first: only a paused or failed download takes a new address.")},
    {ErrorCode::NotOfThisFile, LH_TR("The file that was given is no part of the one at the address"),
     LH_TR("It was left as it is: give another address, or start over to fetch the file without it.")},
    {ErrorCode::NotAdoptable, LH_TR("The file that was given cannot be continued"),
     LH_TR("It was left as it is: start over to fetch the file without it.")},
};

const Entry &entryOf(ErrorCode code)
{
    const auto *entry = std::find_if(std::begin(Text::kEntries), std::end(Text::kEntries),
                                     [code](const Entry &e) { return e.code == code; });
    Q_ASSERT(entry != std::end(Text::kEntries));
    return *entry;
}

} // namespace

QString message(const Error &error)
{
    const QString sentence = Text::tr(entryOf(error.code).sentence);
    QStringList facts;
    if (error.httpStatus > 0)
        facts.append(QStringLiteral("HTTP %1").arg(error.httpStatus));
    if (!error.detail.isEmpty())
        facts.append(error.detail);
    return facts.isEmpty() ? Text::tr("%1.", "a sentence").arg(sentence)
                           : Text::tr("%1 (%2).", "a sentence, and facts")
                                 .arg(sentence, facts.join(QStringLiteral(", ")));
}

QString advice(ErrorCode code) { return Text::tr(entryOf(code).advice); }

QList<ErrorCode> allErrorCodes()
{
    QList<ErrorCode> codes;
    for (const Entry &entry : Text::kEntries)
        codes.append(entry.code);
    return codes;
}

std::optional<ErrorCode> errorCodeFromNumber(int number)
{
    for (const Entry &entry : Text::kEntries) {
        if (int(entry.code) == number)
            return entry.code;
    }
    return {};
}

} // namespace longhaul
