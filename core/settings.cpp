// SPDX-License-Identifier: MIT
#include "settings.h"

namespace longhaul {

QString proxyHost(const QString &typed)
{
    const QString host = typed.trimmed();
    return host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')) ? host.mid(1, host.size() - 2)
                                                                                : host;
}

QByteArray userAgent() { return QByteArrayLiteral("Longhaul/" LONGHAUL_VERSION); }

QString conflictName(ConflictPolicy policy)
{
    switch (policy) {
    case ConflictPolicy::Rename: return QStringLiteral("rename");
    case ConflictPolicy::Overwrite: return QStringLiteral("overwrite");
    case ConflictPolicy::Skip: return QStringLiteral("skip");
    }
    return {};
}

std::optional<ConflictPolicy> conflictFromName(const QString &name)
{
    using enum ConflictPolicy;
    for (const ConflictPolicy policy : {Rename, Overwrite, Skip}) {
        if (conflictName(policy) == name)
            return policy;
    }
    return {};
}

QString priorityName(Priority priority)
{
    switch (priority) {
    case Priority::Low: return QStringLiteral("low");
    case Priority::Normal: return QStringLiteral("normal");
    case Priority::High: return QStringLiteral("high");
    }
    return {};
}

std::optional<Priority> priorityFromName(const QString &name)
{
    using enum Priority;
    for (const Priority priority : {Low, Normal, High}) {
        if (priorityName(priority) == name)
            return priority;
    }
    return {};
}

} // namespace longhaul
