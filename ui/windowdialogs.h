// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

class QWidget;

namespace longhaul {

// Small dialogs of the window itself, opened without a loop of their own and owned by it.

// "quitDialog": downloads are under way and the window could not be reached again; quit, minimise or stay. At
// most one.
void askBeforeQuit(QWidget &window, const std::function<void()> &quit);
// "aboutDialog"
void showAbout(QWidget &window);

} // namespace longhaul
