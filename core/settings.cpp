// SPDX-License-Identifier: MIT
#include "settings.h"

namespace longhaul {

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

} // namespace longhaul
