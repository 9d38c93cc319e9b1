// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QTabWidget>

namespace longhaul {

class SpeedHistory;

// What is known of the current task: tabs General, Pieces, Speed, Log. objectName "detailsPane"; the pages
// "generalPage", "piecesPage", "speedPage", "logPage". Only the page that is seen is kept up to date; a
// hidden pane costs nothing but the record of speeds.
class DetailsPane : public QTabWidget
{
    Q_OBJECT

public:
    // `manager` must outlive the pane.
    explicit DetailsPane(DownloadManager &manager, QWidget *parent = nullptr);

    // Null: nothing is selected. A task that is removed is let go of by itself.
    void setTask(DownloadTask *task);
    DownloadTask *task() const { return m_task; }

Q_SIGNALS:
    // Beside the error of a task at rest: "New address...", "Repair".
    void newAddressWanted(longhaul::DownloadTask *task);
    void repairWanted(longhaul::DownloadTask *task);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void putIntoTabOrder(QWidget *content);

    SpeedHistory *m_history; // a child
    DownloadTask *m_task = nullptr;
};

} // namespace longhaul
