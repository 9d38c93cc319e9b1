// SPDX-License-Identifier: MIT
#pragma once

#include "core/ioqueue.h"
#include "core/linkfile.h"

#include <QObject>

class QMimeData;

namespace longhaul {

// Links out of what is dropped, pasted or opened. Files are only read, on an I/O thread: never moved, never
// changed. One thread; `ioThreads` outlives it.
class LinkReader : public QObject
{
    Q_OBJECT

public:
    explicit LinkReader(QThreadPool &ioThreads, QObject *parent = nullptr);
    ~LinkReader() override; // what is still being read is never told

    // Whether read() may find something, by formats and by the first names; for highlighting while something
    // hovers. May ask the source for its addresses: once when a drag enters, rather than at every move.
    static bool mayHoldLinks(const QMimeData &data);

    // urls(): http and https as they are, local link files (isLinkFile(), no folders) by what is in them.
    // Without urls(): Firefox's own formats, else the addresses in the text, else the links of the HTML.
    // One file that is no link file, alone or with one address: foundForeign(). Nothing of `data` is needed
    // after the return. One of the two signals follows once, never before the return; the answers come in the
    // order of the calls.
    void read(const QMimeData &data);
    // The same for files that the user chose.
    // These, whatever they are called.
    void readFiles(const QStringList &paths);

Q_SIGNALS:
    // None: `problem` is a sentence that says why. Else it is empty.
    void found(const QList<longhaul::Link> &links, const QString &problem);
    // A file that may be what another program has left of a download, and where that comes from; empty when
    // it was not said.
    void foundForeign(const QString &path, const QUrl &url);

private:
    struct Source;
    struct Mailbox;

    void begin(Source source);

    std::shared_ptr<Mailbox> m_mailbox;
    IoQueue m_io;
};

} // namespace longhaul
