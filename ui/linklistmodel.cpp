// SPDX-License-Identifier: MIT
#include "linklistmodel.h"

#include "core/filename.h"
#include "core/words.h"

#include <algorithm>

namespace longhaul {

namespace {

// What its source calls it, else the file that is expected.
QString nameOf(const Link &link)
{
    if (!link.name.isEmpty())
        return link.name;
    const QString file = safeName(nameFromUrl(link.url));
    return file.isEmpty() ? link.url.host() : file;
}

} // namespace

LinkListModel::LinkListModel(const QList<Link> &links, QObject *parent)
    : QAbstractTableModel(parent)
    , m_links(links)
    , m_checked(links.size(), true)
    , m_checkedCount(int(links.size()))
{}

void LinkListModel::setChecked(const QList<int> &rows, bool checked)
{
    if (rows.isEmpty())
        return;
    for (const int row : rows)
        m_checked[row] = checked;
    const auto [first, last] = std::minmax_element(rows.begin(), rows.end());
    Q_EMIT dataChanged(index(*first, NameColumn), index(*last, NameColumn), {Qt::CheckStateRole});
    const int count = int(m_checked.count(true));
    if (count == m_checkedCount)
        return;
    m_checkedCount = count;
    Q_EMIT checkedCountChanged(count);
}

int LinkListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_links.size());
}

int LinkListModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant LinkListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isName = index.column() == NameColumn;
    if (role == Qt::CheckStateRole && isName)
        return m_checked[index.row()] ? Qt::Checked : Qt::Unchecked;
    if (role != Qt::DisplayRole)
        return {};
    const Link &link = m_links[index.row()];
    return isName ? nameOf(link) : shownUrl(link.url);
}

bool LinkListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != NameColumn || role != Qt::CheckStateRole)
        return false;
    setChecked({index.row()}, value.toInt() == Qt::Checked);
    return true;
}

QVariant LinkListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == NameColumn ? tr("Name") : tr("Address");
}

Qt::ItemFlags LinkListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    return index.column() == NameColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

LinkListFilter::LinkListFilter(LinkListModel &links, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_links(links)
{
    setDynamicSortFilter(false); // a check changes nothing about who is shown
    setSourceModel(&links);
}

void LinkListFilter::setFilter(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

QList<int> LinkListFilter::sourceRows() const
{
    QList<int> rows;
    for (int row = 0; row < rowCount(); ++row)
        rows.append(mapToSource(index(row, 0)).row());
    return rows;
}

bool LinkListFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (m_words.isEmpty())
        return true;
    const Link &link = m_links.linkAt(row);
    const QString address = link.url.toDisplayString(); // without password; names readable
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return link.name.contains(word, Qt::CaseInsensitive) || address.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace longhaul
