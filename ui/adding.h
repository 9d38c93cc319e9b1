// SPDX-License-Identifier: MIT
#pragma once

#include "core/linkfile.h"
#include "core/resumedata.h"

#include <QDialog>
#include <QObject>

#include <memory>

class QMimeData;
class QThreadPool;

namespace longhaul {

class Preferences;

// A download that is to be added.
struct NewDownload {
    QUrl url;
    TaskOptions options;
};

// Links out of what is dropped, pasted or opened. Files are read on an I/O thread (never moved, never
// changed).
class LinkReader : public QObject
{
    Q_OBJECT

public:
    explicit LinkReader(QThreadPool &ioThreads, QObject *parent = nullptr);

    // Cheap: whether read() may find something; for highlighting while something hovers.
    static bool mayHoldLinks(const QMimeData &data);
    // urls(), else text, else the links of HTML; local files that are link files are read. found() follows
    // once.
    void read(const QMimeData &data);
    void readFiles(const QStringList &paths);

Q_SIGNALS:
    void found(const QList<longhaul::Link> &links, const QString &problem); // none, and why; else empty
};

// One download: address, folder, name, checksum, headers, whether it may use metered networks. objectName
// "addDialog". Shown with open(); emits wanted() when accepted with valid input.
class AddDialog : public QDialog
{
    Q_OBJECT

public:
    AddDialog(const Preferences &preferences, QWidget *parent = nullptr);
    void setLink(const Link &link); // fills in the address; empty at first

Q_SIGNALS:
    void wanted(const QList<longhaul::NewDownload> &downloads);
};

// Many at once: a checkable list, with one folder for all. objectName "linkListDialog".
class LinkListDialog : public QDialog
{
    Q_OBJECT

public:
    LinkListDialog(const Preferences &preferences, const QList<Link> &links, QWidget *parent = nullptr);

Q_SIGNALS:
    void wanted(const QList<longhaul::NewDownload> &downloads);
};

// Another address for a task that failed or is paused. objectName "addressDialog".
class AddressDialog : public QDialog
{
    Q_OBJECT

public:
    AddressDialog(const ResumeData &task, const QUrl &suggested, QWidget *parent = nullptr);

Q_SIGNALS:
    void wanted(const QUrl &url);
};

} // namespace longhaul
