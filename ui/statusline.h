// SPDX-License-Identifier: MIT
#pragma once

#include "groupbar.h"

#include <QStatusBar>

class QAction;
class QLabel;

namespace longhaul {

// The status bar: total rate, counts, the switch of the speed limit, free space. objectName "statusLine".
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    // `limit` is the checkable action behind the switch.
    explicit StatusLine(QAction *limit, QWidget *parent = nullptr);

    void setCounts(const GroupCounts &counts);
    void setFreeSpace(qint64 bytes);

private:
    QLabel *m_rate;
    QLabel *m_counts;
    QLabel *m_space;
};

} // namespace longhaul
