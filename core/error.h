// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace longhaul {

// Everything that can go wrong, numbered and grouped by thousands: file, network, server, content, user.
// The numbers are part of the store and of `--json`: never reuse or renumber one.
// To add an error: a number here, its sentences in error.cpp, what to do about it in retrypolicy.cpp.
enum class ErrorCode {
    // The file on this machine
    FolderNotWritable = 1001,
    DiskFull = 1002,
    FileTooLarge = 1003,
    NameTooLong = 1004,
    WriteFailed = 1005,
    ReadFailed = 1006,
    SyncFailed = 1007,
    RenameFailed = 1008,
    TargetExists = 1009,
    StoreNotWritable = 1010,
    FolderMissing = 1011,
    PartReplaced = 1012,
    // The way to the server
    HostNotFound = 2001,
    ConnectionRefused = 2002,
    ConnectionLost = 2003,
    NoAnswer = 2004,
    Stalled = 2005,
    TlsCertificate = 2006,
    TlsFailed = 2007,
    ProxyFailed = 2008,
    NetworkUnreachable = 2009,
    // What the server answered
    AccessDenied = 3001,
    NotFound = 3002,
    ServerBusy = 3003,
    ServerFailed = 3004,
    LinkExpired = 3005,
    UnexpectedStatus = 3006,
    TooManyRedirects = 3007,
    UnsafeRedirect = 3008,
    BadRedirect = 3009,
    BadHead = 3010,
    RetryTooLate = 3011,
    // What the server sent as the file
    BodyTooShort = 4001,
    BodyTooLong = 4002,
    BadRange = 4003,
    KeepsChanging = 4004,
    WebPage = 4005,
    ChecksumMismatch = 4006,
    EmptyAnswer = 4007,
    BadLength = 4008,
    // What the user asked for, or did
    InvalidUrl = 5001,
    UnsupportedScheme = 5002,
    Interrupted = 5003,
    OtherFile = 5004,
    KnownAddress = 5005,
    UnderWay = 5006,
    NotOfThisFile = 5007,
    NotAdoptable = 5008,
};

// One thing that went wrong. A plain value, safe to copy between threads.
struct Error {
    ErrorCode code;
    int httpStatus = 0; // the server's status where one came, else 0
    QString detail;     // what the system or the server said; never holds a secret; may be empty
    std::optional<std::chrono::seconds> retryAfter; // from Retry-After (RFC 9110 10.2.3), >= 0
    bool operator==(const Error &) const = default;
};

// What went wrong, as one sentence with a full stop. Names the server's status and `detail` where known.
QString message(const Error &error);

// What the user can do about it, as one sentence with a full stop.
QString advice(ErrorCode code);

// All codes in ascending order, for tests and documentation.
QList<ErrorCode> allErrorCodes();

// The code for a stored number; nothing when no code has that number.
std::optional<ErrorCode> errorCodeFromNumber(int number);

} // namespace longhaul

Q_DECLARE_METATYPE(longhaul::Error)
