// SPDX-License-Identifier: MIT
#pragma once

#include "core/downloadtask.h"

#include <QStackedWidget>

namespace longhaul {

// One page of the details pane: shows a task, or asks to select one. It keeps no pointer to what it shows:
// who owns it calls refresh() whenever that has changed, and only while somebody can see the page. What it
// consists of is made when the first task is shown.
class DetailsPage : public QStackedWidget
{
    Q_OBJECT

public:
    explicit DetailsPage(QWidget *parent = nullptr);

    // Null: nothing is selected.
    void refresh(const DownloadTask *task);

Q_SIGNALS:
    void made(QWidget *content); // just now, for the first task

private:
    virtual QWidget *makeContent() = 0; // called once, before the first fill()
    virtual void fill(const DownloadTask &task) = 0;

    QWidget *m_content = nullptr; // owned by the stack
};

} // namespace longhaul
