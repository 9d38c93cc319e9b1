// SPDX-License-Identifier: MIT
#include "retrypolicy.h"

#include <algorithm>
#include <cmath>

namespace longhaul {

using namespace std::chrono_literals;

Remedy remedyFor(ErrorCode code)
{
    using enum ErrorCode;
    switch (code) {
    case ConnectionRefused:
    case ConnectionLost:
    case NoAnswer:
    case Stalled:
    case NetworkUnreachable:
    case ServerBusy:
    case ServerFailed:
    case BadHead:
    case BodyTooShort:
    case BodyTooLong:
    case BadRange:
    case EmptyAnswer:
    case BadLength: return Remedy::Retry;
    case HostNotFound:
    case TlsFailed:
    case WebPage: return Remedy::RetryTwice;
    case FolderMissing: return Remedy::Wait;
    case FolderNotWritable:
    case DiskFull:
    case FileTooLarge:
    case NameTooLong:
    case WriteFailed:
    case ReadFailed:
    case SyncFailed:
    case RenameFailed:
    case PartReplaced:
    case TargetExists:
    case StoreNotWritable:
    case TlsCertificate:
    case ProxyFailed:
    case AccessDenied:
    case NotFound:
    case LinkExpired:
    case UnexpectedStatus:
    case TooManyRedirects:
    case UnsafeRedirect:
    case BadRedirect:
    case RetryTooLate:
    case KeepsChanging:
    case ChecksumMismatch:
    case InvalidUrl:
    case UnsupportedScheme:
    case Interrupted:
    case OtherFile:
    case KnownAddress:
    case UnderWay:
    case NotOfThisFile:
    case NotAdoptable: return Remedy::GiveUp;
    }
    return Remedy::GiveUp;
}

int mostTries(ErrorCode code, int most)
{
    return remedyFor(code) == Remedy::RetryTwice ? std::min(most, 2) : most;
}

bool mayBeOffline(ErrorCode code)
{
    using enum ErrorCode;
    return code == HostNotFound || code == NetworkUnreachable || code == NoAnswer || code == Stalled
           || code == ConnectionLost;
}

std::chrono::milliseconds backoff(int tries, double jitter)
{
    const double seconds = std::min(60.0, std::pow(2.0, std::clamp(tries, 1, 10) - 1));
    return std::chrono::milliseconds(qint64(seconds * 1000 * (0.5 + 0.5 * std::clamp(jitter, 0.0, 1.0))));
}

std::variant<WaitThenRetry, GiveUp> decideRetry(const Error &error, int tries, int most, double jitter)
{
    if (remedyFor(error.code) == Remedy::Wait)
        return WaitThenRetry{kWait};
    if (remedyFor(error.code) == Remedy::GiveUp || tries > mostTries(error.code, most))
        return GiveUp{error};
    if (error.retryAfter && *error.retryAfter > kLongestRetryAfter) {
        return GiveUp{{ErrorCode::RetryTooLate, error.httpStatus,
                       QStringLiteral("in %1 s").arg(error.retryAfter->count()), error.retryAfter}};
    }
    return WaitThenRetry{
        std::max<std::chrono::milliseconds>(backoff(tries, jitter), error.retryAfter.value_or(0s))};
}

} // namespace longhaul
