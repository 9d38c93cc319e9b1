// SPDX-License-Identifier: MIT
#pragma once

#include "taskfilter.h"

#include <QListWidget>

#include <array>

namespace longhaul {

inline constexpr int kGroups = int(TaskGroup::Failed) + 1;

// How many tasks each group holds, and how many of those have ended while nobody looked.
struct GroupCounts {
    std::array<int, size_t(kGroups)> tasks{};
    std::array<int, size_t(kGroups)> unseen{};
    qint64 rate = 0; // bytes per second of all together
    bool operator==(const GroupCounts &) const = default;
};
GroupCounts countGroups(const DownloadManager &manager);

// The groups at the left, with their counts. objectName "groupBar"; one is always chosen.
class GroupBar : public QListWidget
{
    Q_OBJECT

public:
    explicit GroupBar(QWidget *parent = nullptr);

    void setCounts(const GroupCounts &counts);
    TaskGroup group() const;
    void setGroup(TaskGroup group);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override; // no text is cut

Q_SIGNALS:
    void groupChanged(longhaul::TaskGroup group);
};

} // namespace longhaul
