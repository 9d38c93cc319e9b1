// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>

namespace longhaul {

// Between two colours of a palette, so that what is painted follows light and dark: 0 gives `a`, 1 gives `b`.
inline QColor mixed(const QColor &a, const QColor &b, double partOfB)
{
    const auto between = [partOfB](int x, int y) { return int(x + (y - x) * partOfB + 0.5); };
    return QColor(between(a.red(), b.red()), between(a.green(), b.green()), between(a.blue(), b.blue()));
}

} // namespace longhaul
