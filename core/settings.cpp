// SPDX-License-Identifier: MIT
#include "settings.h"

namespace longhaul {

QByteArray userAgent() { return QByteArrayLiteral("Longhaul/" LONGHAUL_VERSION); }

} // namespace longhaul
