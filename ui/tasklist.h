// SPDX-License-Identifier: MIT
#pragma once

#include "taskfilter.h"

#include <QBasicTimer>
#include <QJsonObject>
#include <QTreeView>

#include <utility>

class QMenu;

namespace longhaul {

// The list of tasks: sortable header with a menu that shows, hides and sorts columns, progress painted, a
// pause/resume button in each row (from the keyboard: Space), several rows selectable. objectName "taskList".
class TaskList : public QTreeView
{
    Q_OBJECT

public:
    explicit TaskList(TaskFilter &filter, QWidget *parent = nullptr);

    QList<DownloadTask *> selectedTasks() const; // in the order shown
    DownloadTask *currentTask() const;           // null when none
    void select(DownloadTask *task); // alone, made current, scrolled to; nothing when filtered out

    // Columns' order, widths, visibility, sorting. What of a state cannot be is ignored.
    QJsonObject state() const;
    void restoreState(const QJsonObject &state);

    // The header's menu, for where a mouse is not at hand: a checkable action for each column ("showSIZE",
    // by its key), and "resetColumns". The list's own.
    QMenu *columnMenu() const { return m_columnMenu; }
    // Likewise by which column it is sorted ("sortSIZE"), and which way ("sortAscending", "sortDescending").
    // It stands in the header's menu, too.
    QMenu *sortMenu() const { return m_sortMenu; }

Q_SIGNALS:
    // Which tasks are selected, or which is current; once for all that happened in a turn of the event loop.
    void selectedTasksChanged();
    void toggled(longhaul::DownloadTask *task);                     // its row's button was pressed, or Space
    void manyToggled(const QList<longhaul::DownloadTask *> &tasks); // Space, with several selected
    void opened(longhaul::DownloadTask *task);                      // double click or Return
    void stateChanged(); // state() is worth remembering; a moment after the last of several changes

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void setUpHeader();
    void setUpColumnMenu();
    void setUpSortMenu();
    int firstWidth(const ColumnEntry &entry) const;
    void resetColumns();
    void showColumn(int column, bool shown);
    void fillWidth();
    void fitIcons();
    void onSectionResized(int column, int oldWidth, int newWidth);
    void toggleSelected(); // or the current one
    void tellStateSoon();
    void tellSelectionSoon();
    int selectedRows() const;

    TaskFilter &m_filter;
    QMenu *m_columnMenu;
    QMenu *m_sortMenu;
    int m_nameWidth = 0;      // as the user wants it at least; where there is room it is wider
    bool m_arranging = false; // columns are changed by this class, not by the user
    bool m_tellingSelection = false;
    std::pair<int, DownloadTask *> m_toldSelection{}; // how many, and which is current
    QBasicTimer m_stateTimer;
};

} // namespace longhaul
