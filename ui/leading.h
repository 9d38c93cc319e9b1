// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QStyle>

namespace longhaul {

// The text stands at the side where reading begins in the window. A label by itself goes by the text: a
// file's Latin name, or a sentence that has no translation, would stand at the far end of a window from right
// to left.
inline void alignLeading(QLabel &label)
{
    label.setAlignment(QStyle::visualAlignment(label.layoutDirection(), Qt::AlignLeading) | Qt::AlignAbsolute
                       | Qt::AlignVCenter);
}

} // namespace longhaul
