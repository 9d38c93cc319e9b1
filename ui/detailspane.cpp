// SPDX-License-Identifier: MIT
#include "detailspane.h"

#include "generalpage.h"
#include "logpage.h"
#include "piecespage.h"
#include "speedhistory.h"
#include "speedpage.h"

#include <QTabBar>

namespace longhaul {

DetailsPane::DetailsPane(DownloadManager &manager, QWidget *parent)
    : QTabWidget(parent)
    , m_history(new SpeedHistory(manager, this))
{
    setObjectName(QStringLiteral("detailsPane"));
    setAccessibleName(tr("Details"));
    setDocumentMode(true);

    auto *general = new GeneralPage;
    addTab(general, tr("General"));
    addTab(new PiecesPage, tr("Pieces"));
    addTab(new SpeedPage(*m_history), tr("Speed"));
    addTab(new LogPage, tr("Log"));

    for (int page = 0; page < count(); ++page)
        connect(static_cast<DetailsPage *>(widget(page)), &DetailsPage::made, this,
                &DetailsPane::putIntoTabOrder);
    connect(general, &GeneralPage::newAddressWanted, this, [this] { Q_EMIT newAddressWanted(m_task); });
    connect(general, &GeneralPage::repairWanted, this, [this] { Q_EMIT repairWanted(m_task); });
    connect(this, &QTabWidget::currentChanged, this, &DetailsPane::refresh);
    connect(&manager, &DownloadManager::readdressed, this, [this](const DownloadTask *task) {
        if (task == m_task)
            refresh();
    });
    connect(&manager, &DownloadManager::aboutToRemove, this, [this](const DownloadTask *task) {
        if (task == m_task)
            setTask(nullptr);
    });
}

void DetailsPane::setTask(DownloadTask *task)
{
    if (task == m_task)
        return;
    if (m_task)
        m_task->disconnect(this);
    m_task = task;
    if (m_task) {
        m_history->watch(m_task);
        connect(m_task, &DownloadTask::stateChanged, this, &DetailsPane::refresh);
        connect(m_task, &DownloadTask::progressChanged, this, &DetailsPane::refresh);
        connect(m_task, &DownloadTask::resumeDataChanged, this, &DetailsPane::refresh);
        connect(m_task, &DownloadTask::noted, this, &DetailsPane::refresh);
        connect(m_task, &QObject::destroyed, this, [this] {
            m_task = nullptr;
            refresh();
        });
    }
    refresh();
}

// Being late, it would come behind all else in the window.
void DetailsPane::putIntoTabOrder(QWidget *content)
{
    QWidget *last = tabBar();
    const QList<QWidget *> parts = QList<QWidget *>{content} + content->findChildren<QWidget *>();
    for (QWidget *part : parts) {
        if (part->focusPolicy() == Qt::NoFocus)
            continue;
        setTabOrder(last, part);
        last = part;
    }
}

void DetailsPane::showEvent(QShowEvent *event)
{
    refresh();
    QTabWidget::showEvent(event);
}

void DetailsPane::refresh()
{
    if (isVisible())
        static_cast<DetailsPage *>(currentWidget())->refresh(m_task);
}

} // namespace longhaul
