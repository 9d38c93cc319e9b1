// SPDX-License-Identifier: MIT
#include "linklistdialog.h"

#include "folderfield.h"
#include "linklistmodel.h"
#include "preferences.h"
#include "problemlabel.h"
#include "searchfield.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScreen>
#include <QTreeView>
#include <QVBoxLayout>

namespace longhaul {

using namespace Qt::StringLiterals;

LinkListDialog::LinkListDialog(const Preferences &preferences, const QList<Link> &links, QWidget *parent)
    : QDialog(parent)
    , m_links(new LinkListModel(links, this))
    , m_filter(new LinkListFilter(*m_links, this))
    , m_search(new SearchField(tr("Filter"), tr("Show only addresses with these words"), this))
    , m_list(new QTreeView(this))
    , m_folder(new FolderField(preferences.settings().folder, this))
    , m_problem(new ProblemLabel(this))
{
    setObjectName("linkListDialog"_L1);
    setWindowTitle(tr("Add Downloads"));
    setAttribute(Qt::WA_DeleteOnClose);

    m_search->setObjectName("filterEdit"_L1);
    connect(m_search, &QLineEdit::textChanged, m_filter, &LinkListFilter::setFilter);
    makeList();

    auto *top = new QHBoxLayout;
    top->addWidget(m_search, 1);
    top->addWidget(makeCheckButton("allButton", tr("Select &All"), true));
    top->addWidget(makeCheckButton("noneButton", tr("Select &None"), false));

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Folder:"), m_folder);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_download = buttons->button(QDialogButtonBox::Ok);
    m_download->setObjectName("downloadButton"_L1);
    m_download->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName("cancelButton"_L1);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &LinkListDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_links, &LinkListModel::checkedCountChanged, this, &LinkListDialog::refresh);
    connect(m_folder, &FolderField::changed, this, &LinkListDialog::refresh);
    refresh();
    const QFontMetrics metrics = fontMetrics();
    const QSize wanted(metrics.averageCharWidth() * 100, metrics.lineSpacing() * 28);
    resize(wanted.boundedTo(screen()->availableSize() * 9 / 10));
    m_list->header()->resizeSection(LinkListModel::NameColumn, metrics.averageCharWidth() * 40);
    m_list->setFocus();
}

void LinkListDialog::makeList()
{
    m_list->setObjectName("linkList"_L1);
    m_list->setAccessibleName(tr("Addresses"));
    m_list->setModel(m_filter);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTextElideMode(Qt::ElideMiddle); // both ends of an address say most
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->header()->setStretchLastSection(true);
    m_list->installEventFilter(this);
    m_list->setCurrentIndex(m_filter->index(0, 0));
}

QPushButton *LinkListDialog::makeCheckButton(const char *name, const QString &text, bool checked)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this,
            [this, checked] { m_links->setChecked(m_filter->sourceRows(), checked); });
    return button;
}

bool LinkListDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            toggleSelected();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

// All that are selected become what the current one becomes.
void LinkListDialog::toggleSelected()
{
    const QModelIndex current = m_filter->mapToSource(m_list->currentIndex());
    if (!current.isValid())
        return;
    QList<int> rows{current.row()};
    const QModelIndexList selected = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(m_filter->mapToSource(index).row());
    m_links->setChecked(rows, !m_links->isChecked(current.row()));
}

void LinkListDialog::refresh()
{
    const int count = m_links->checkedCount();
    const QString sentence = m_folder->problem();
    m_problem->setProblem(sentence);
    m_download->setText(tr("&Download %n file(s)", nullptr, count));
    m_download->setEnabled(count > 0 && sentence.isEmpty());
}

void LinkListDialog::finish()
{
    if (!m_download->isEnabled())
        return;
    QList<NewDownload> downloads;
    TaskOptions options;
    options.folder = m_folder->folder();
    for (int row = 0; row < m_links->rowCount(); ++row) {
        if (m_links->isChecked(row))
            downloads.append({m_links->linkAt(row).url, options});
    }
    accept();
    Q_EMIT wanted(downloads);
}

} // namespace longhaul
