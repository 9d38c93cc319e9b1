// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace longhaul {

// A file's name or a server's words as one line that cannot mislead: without control and formatting
// characters (those that turn the direction of writing among them); line breaks become spaces.
QString plainText(const QString &text);

} // namespace longhaul
