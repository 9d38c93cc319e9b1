// SPDX-License-Identifier: MIT
#include "addflow.h"

#include "actions.h"
#include "adddialog.h"
#include "linklistdialog.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>

namespace longhaul {

AddFlow::AddFlow(DownloadManager &manager, Preferences &preferences, QThreadPool &ioThreads, QWidget *window)
    : QObject(window)
    , m_manager(manager)
    , m_preferences(preferences)
    , m_window(window)
    , m_reader(ioThreads)
{
    connect(&m_reader, &LinkReader::found, this, &AddFlow::onFound);
    connect(&m_reader, &LinkReader::foundForeign, this, [this](const QString &path, const QUrl &url) {
        m_targets.pop_front();
        askForeign(path, url);
    });
}

void AddFlow::read(const QMimeData &data, DownloadTask *onto, const QPoint &at)
{
    m_targets.push_back({onto, at});
    m_reader.read(data);
}

void AddFlow::onFound(const QList<Link> &links, const QString &problem)
{
    const auto [onto, at] = m_targets.front();
    m_targets.pop_front();
    if (links.isEmpty())
        Q_EMIT said(problem);
    else if (onto && mayReaddress(*onto) && m_window->isVisible() && links.size() == 1
             && !m_manager.find(links.constFirst().url))
        Q_EMIT droppedOnto(onto.data(), at, links.constFirst());
    else
        offer(links);
}

void AddFlow::ask(const Link &link)
{
    AddDialog *dialog = open();
    if (!link.url.isEmpty())
        dialog->setLink(link);
}

void AddFlow::askForeign(const QString &path, const QUrl &url)
{
    AddDialog *dialog = open();
    dialog->setForeign(path);
    if (!url.isEmpty())
        dialog->setLink({url, {}});
}

AddDialog *AddFlow::open()
{
    auto *dialog = new AddDialog(m_preferences, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddDialog::wanted, this, &AddFlow::add);
    dialog->open();
    return dialog;
}

void AddFlow::paste()
{
    if (const QMimeData *data = QGuiApplication::clipboard()->mimeData())
        read(*data);
}

void AddFlow::openFile()
{
    auto *dialog = new QFileDialog(m_window, tr("Add from file"));
    dialog->setObjectName(QStringLiteral("openListDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Lists of links (*.txt *.lst *.list *.urls *.url *.desktop *.webloc *.html *.htm *.md)"),
         tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        m_targets.push_back({});
        m_reader.readFiles(paths);
    });
    dialog->open();
}

void AddFlow::offer(const QList<Link> &links)
{
    QList<Link> fresh;
    DownloadTask *known = nullptr;
    for (const Link &link : links) {
        if (DownloadTask *task = m_manager.find(link.url))
            known = task;
        else
            fresh.append(link);
    }
    if (known) {
        Q_EMIT added(known);
        Q_EMIT said(tr("%n download(s) already in the list: shown there.", nullptr,
                       int(links.size() - fresh.size())));
    }
    if (fresh.size() == 1) {
        ask(fresh.constFirst());
    } else if (!fresh.isEmpty()) {
        auto *dialog = new LinkListDialog(m_preferences, fresh, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &LinkListDialog::wanted, this, &AddFlow::add);
        dialog->open();
    }
}

void AddFlow::add(const QList<NewDownload> &downloads)
{
    DownloadTask *last = nullptr;
    for (const NewDownload &download : downloads) {
        if (DownloadTask *task = addOne(download))
            last = task;
    }
    if (last)
        Q_EMIT added(last);
}

DownloadTask *AddFlow::addOne(const NewDownload &download)
{
    if (download.foreign.isEmpty())
        return m_manager.add(download.url, download.options);
    const auto adopted = m_manager.adopt(download.url, download.foreign, download.options);
    if (const auto *error = std::get_if<Error>(&adopted)) {
        Q_EMIT said(message(*error) + QLatin1Char(' ') + advice(error->code));
        return nullptr;
    }
    return std::get<DownloadTask *>(adopted);
}

} // namespace longhaul
