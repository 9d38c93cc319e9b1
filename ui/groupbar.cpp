// SPDX-License-Identifier: MIT
#include "groupbar.h"

#include "icons.h"

#include <QCoreApplication>
#include <QScrollBar>

namespace longhaul {

namespace {

struct Entry {
    TaskGroup group;
    const char *icon;
    const char *title;
};

constexpr Entry kEntries[] = {
    {TaskGroup::All, "all", QT_TRANSLATE_NOOP("longhaul::GroupBar", "All")},
    {TaskGroup::Active, "download", QT_TRANSLATE_NOOP("longhaul::GroupBar", "Active")},
    {TaskGroup::Waiting, "clock", QT_TRANSLATE_NOOP("longhaul::GroupBar", "Waiting")},
    {TaskGroup::Paused, "pause", QT_TRANSLATE_NOOP("longhaul::GroupBar", "Paused")},
    {TaskGroup::Finished, "check", QT_TRANSLATE_NOOP("longhaul::GroupBar", "Finished")},
    {TaskGroup::Failed, "warning", QT_TRANSLATE_NOOP("longhaul::GroupBar", "Failed")},
};
static_assert(std::size(kEntries) == size_t(kGroups));

QString titleOf(TaskGroup group)
{
    return QCoreApplication::translate("longhaul::GroupBar", kEntries[size_t(group)].title);
}

} // namespace

GroupCounts countGroups(const DownloadManager &manager)
{
    GroupCounts counts;
    for (const auto &task : manager.tasks()) {
        ++counts.tasks[size_t(TaskGroup::All)];
        ++counts.tasks[size_t(groupOf(task->state()))];
        counts.unseen[size_t(groupOf(task->state()))] += task->resumeData().unseen;
        if (task->state() == TaskState::Running)
            counts.rate += task->progress().rate;
    }
    return counts;
}

GroupBar::GroupBar(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("groupBar"));
    setAccessibleName(tr("Groups"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    for (const Entry &entry : kEntries)
        addItem(new QListWidgetItem(icon(QLatin1String(entry.icon)), titleOf(entry.group)));
    setCounts({});
    setCurrentRow(0);
    connect(this, &QListWidget::currentRowChanged, this, [this] { Q_EMIT groupChanged(group()); });
}

void GroupBar::setCounts(const GroupCounts &counts)
{
    const QSize needed = minimumSizeHint();
    for (const Entry &entry : kEntries) {
        const int count = counts.tasks[size_t(entry.group)];
        const int unseen = counts.unseen[size_t(entry.group)];
        const bool fresh = unseen > 0;
        QString text = titleOf(entry.group);
        if (fresh)
            text = tr("%1 (%2, %3 new)").arg(text, locale().toString(count), locale().toString(unseen));
        else if (count > 0)
            text = tr("%1 (%2)").arg(text, locale().toString(count));
        QListWidgetItem *item = this->item(int(entry.group));
        if (item->text() == text)
            continue;
        item->setText(text);
        QFont font = item->font();
        font.setBold(fresh);
        item->setFont(font);
    }
    if (minimumSizeHint() != needed)
        updateGeometry();
}

TaskGroup GroupBar::group() const { return TaskGroup(std::max(0, currentRow())); }

void GroupBar::setGroup(TaskGroup group) { setCurrentRow(int(group)); }

QSize GroupBar::sizeHint() const
{
    const int usual = fontMetrics().averageCharWidth() * 22 + iconSize().width();
    return {std::max(usual, minimumSizeHint().width()), sizeHintForRow(0) * kGroups};
}

// A count that is cut would be another number.
QSize GroupBar::minimumSizeHint() const
{
    return {sizeHintForColumn(0) + 2 * frameWidth(), QListWidget::minimumSizeHint().height()};
}

} // namespace longhaul
