// SPDX-License-Identifier: MIT
#pragma once

#include "core/linkfile.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace longhaul {

// Links as rows that can be checked: name, address. All are checked at first.
class LinkListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, AddressColumn, ColumnCount };

    explicit LinkListModel(const QList<Link> &links, QObject *parent = nullptr);

    const Link &linkAt(int row) const { return m_links[row]; }
    bool isChecked(int row) const { return m_checked[row]; }
    void setChecked(const QList<int> &rows, bool checked); // one dataChanged for all
    int checkedCount() const { return m_checkedCount; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void checkedCountChanged(int count);

private:
    QList<Link> m_links;
    QList<bool> m_checked;
    int m_checkedCount;
};

// Those whose name or address has every word of the filter in it, whatever its case.
class LinkListFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit LinkListFilter(LinkListModel &links, QObject *parent = nullptr);

    void setFilter(const QString &text);
    QList<int> sourceRows() const; // of all that are shown

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    LinkListModel &m_links;
    QStringList m_words;
};

} // namespace longhaul
