// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadmanager.h"

#include <QJsonObject>
#include <QTabWidget>

namespace longhaul {

// What is known of the current task: tabs General, Pieces, Speed, Log. objectName "detailsPane"; the pages
// "generalPage", "piecesPage", "speedPage", "logPage".
class DetailsPane : public QTabWidget
{
    Q_OBJECT

public:
    explicit DetailsPane(DownloadManager &manager, QWidget *parent = nullptr);

    // Null: nothing is selected. A task that is removed is let go of by itself.
    void setTask(DownloadTask *task);
    DownloadTask *task() const;

Q_SIGNALS:
    void
    newAddressWanted(longhaul::DownloadTask *task); // "New address..." beside the error of a task at rest
};

} // namespace longhaul
