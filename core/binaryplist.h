// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace longhaul {

// The string that `key` has in the dictionary on top of a binary property list (Apple's CFBinaryPList,
// "bplist00"): all that a .webloc needs. A pure function on hostile input: every offset and count is checked,
// nothing is followed deeper than the dictionary's own keys and values, so nothing can run in a circle.
// Nothing when the key is not there, when it has no string, or when anything on the way is malformed.
std::optional<QString> stringInBinaryPlist(QByteArrayView data, QLatin1StringView key);

} // namespace longhaul
