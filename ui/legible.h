// SPDX-License-Identifier: MIT
#pragma once

class QGuiApplication;

namespace longhaul {

// Sees to it that placeholder texts can be read in any palette, now and after each change of it. Qt's own
// theme for KDE (seen in 6.4) takes a dark scheme's colours but leaves the placeholder black. Where the
// desktop's colour can be read, it stays. Once, at the start; lives as long as `app`.
void keepPlaceholdersLegible(QGuiApplication &app);

} // namespace longhaul
