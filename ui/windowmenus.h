// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QLineEdit;
class QMainWindow;
class QMenu;
class QPoint;
class QWidget;

namespace longhaul {

class Actions;

// Which actions stand where in the window.

// The menu bar. `columns` and `sorting` become parts of it.
void makeMenus(QMainWindow &window, const Actions &actions, QMenu *columns, QMenu *sorting);
// The toolbar; returns its search field ("searchEdit"), which Escape clears.
QLineEdit *makeToolBar(QMainWindow &window, const Actions &actions);
// What a button says for an action's text: without the key, in whichever way its language shows it, and
// without "…".
QString buttonText(QString text);
// The menu of the selected tasks, at a place on the screen.
void popUpTaskMenu(QWidget &window, const Actions &actions, const QPoint &at);
// An empty menu that deletes itself when it has closed.
QMenu *newMenu(QWidget &window, const QString &name);

} // namespace longhaul
