// SPDX-License-Identifier: MIT
#include "linkreader.h"

#include "core/userinput.h"
#include "core/words.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QMutex>
#include <QSet>
#include <QStringConverter>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

// UTF-16LE all of them, and not offered as text: Firefox's "URL\nTITLE" and its two halves.
constexpr auto kMozUrl = "text/x-moz-url"_L1;
constexpr auto kMozUrlData = "text/x-moz-url-data"_L1;
constexpr auto kMozUrlTitle = "text/x-moz-url-desc"_L1;
// Firefox and Chromium: "URL\nTITLE" in UTF-8.
constexpr auto kNetscapeUrl = "_NETSCAPE_URL"_L1;

constexpr qsizetype kMostHovered = 100; // names that are looked at while something hovers

bool isWeb(const QUrl &url) { return url.scheme() == "http"_L1 || url.scheme() == "https"_L1; }

// The path of a file on this machine; empty for others, and for files on hosts ("file://host/share").
QString localPath(const QUrl &url)
{
    const bool here = url.host().isEmpty() || url.host() == "localhost"_L1;
    return url.isLocalFile() && here ? url.path(QUrl::FullyDecoded) : QString();
}

QString utf16(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringConverter::Utf16LE);
    return decoder(bytes);
}

// What the source calls its one link; empty when it does not say, or says the address again.
QString titleIn(const QMimeData &data)
{
    QString title = QString::fromUtf8(data.data(kNetscapeUrl)).section(u'\n', 1, 1);
    if (title.isEmpty())
        title = utf16(data.data(kMozUrlTitle));
    title = plainLine(title);
    return linksInText(title).isEmpty() ? title : QString();
}

QStringList mozAddresses(const QMimeData &data)
{
    QStringList addresses = utf16(data.data(kMozUrlData)).split(u'\n');
    const QStringList lines = utf16(data.data(kMozUrl)).split(u'\n'); // addresses and titles take turns
    for (qsizetype i = 0; i < lines.size(); i += 2)
        addresses += lines[i];
    addresses += QString::fromUtf8(data.data(kNetscapeUrl)).section(u'\n', 0, 0);
    return addresses;
}

} // namespace

// What is read; texts later in the list only when those before have nothing.
struct LinkReader::Source {
    QStringList addresses; // each is one or none
    QStringList files;
    QString text;
    QString html;
    QString title; // for one link alone
    QString foreign;

    struct Answer {
        QList<Link> links;
        QString problem;
        QString foreign;
    };

    // Blocks: for an I/O thread.
    Answer read() const;

private:
    static void append(QList<Link> &links, QSet<QUrl> &known, const QList<Link> &more);
    // Nothing when it cannot be read.
    static std::optional<QByteArray> contentOf(const QString &path, qint64 most);
};

void LinkReader::Source::append(QList<Link> &links, QSet<QUrl> &known, const QList<Link> &more)
{
    for (const Link &link : more) {
        if (links.size() < kMostLinks && !known.contains(link.url)) {
            known.insert(link.url);
            links.append(link);
        }
    }
}

std::optional<QByteArray> LinkReader::Source::contentOf(const QString &path, qint64 most)
{
    QFile file(path);
    // A pipe or a device might never end, or never begin.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.read(most);
}

LinkReader::Source::Answer LinkReader::Source::read() const
{
    Answer answer;
    QSet<QUrl> known;
    QString unreadable;
    if (!foreign.isEmpty() && QFileInfo(foreign).isFile())
        answer.foreign = foreign;
    for (const QString &address : addresses) {
        const auto parsed = parseUrl(address);
        if (const QUrl *url = std::get_if<QUrl>(&parsed))
            append(answer.links, known, {{*url, {}}});
    }
    qint64 left = kMostLinkBytes; // for all files together
    for (const QString &path : files) {
        if (left <= 0)
            break;
        const auto content = contentOf(path, left);
        if (!content)
            unreadable = path;
        left -= content.value_or(QByteArray()).size();
        append(answer.links, known, linksInFile(path, content.value_or(QByteArray())));
    }
    if (answer.links.isEmpty())
        append(answer.links, known, linksInText(text));
    if (answer.links.isEmpty())
        append(answer.links, known, linksInHtml(html));
    if (answer.links.size() == 1 && !title.isEmpty())
        answer.links.first().name = title;
    if (answer.links.isEmpty() && !unreadable.isEmpty())
        answer.problem =
            LinkReader::tr("The file “%1” cannot be read.").arg(plainLine(QFileInfo(unreadable).fileName()));
    else if (answer.links.isEmpty())
        answer.problem = LinkReader::tr("Nothing to download was found.");
    return answer;
}

// The owner may die while a job runs.
struct LinkReader::Mailbox {
    QMutex mutex;
    LinkReader *owner;
};

LinkReader::LinkReader(QThreadPool &ioThreads, QObject *parent)
    : QObject(parent)
    , m_mailbox(std::make_shared<Mailbox>())
    , m_io(ioThreads)
{
    m_mailbox->owner = this;
}

LinkReader::~LinkReader()
{
    const QMutexLocker lock(&m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

bool LinkReader::mayHoldLinks(const QMimeData &data)
{
    if (!data.hasUrls())
        return data.hasText() || data.hasHtml() || data.hasFormat(kMozUrl) || data.hasFormat(kMozUrlData)
               || data.hasFormat(kNetscapeUrl);
    const QList<QUrl> urls = data.urls();
    // One file may be what is left of a download; but not the page that a browser shows.
    if (urls.size() == 1 && !localPath(urls.constFirst()).isEmpty() && !data.hasFormat(kNetscapeUrl))
        return true;
    return std::any_of(urls.begin(), urls.begin() + std::min(urls.size(), kMostHovered),
                       [](const QUrl &url) { return isWeb(url) || isLinkFile(localPath(url)); });
}

void LinkReader::read(const QMimeData &data)
{
    Source source;
    source.title = titleIn(data);
    if (data.hasUrls()) {
        // The text beside them is theirs again, with file names decoded: not to be parsed.
        const QList<QUrl> urls = data.urls();
        QStringList others;
        for (const QUrl &url : urls) {
            if (isWeb(url))
                source.addresses += url.toString(QUrl::FullyEncoded);
            else if (const QString path = localPath(url); isLinkFile(path))
                source.files.append(path);
            else if (!path.isEmpty())
                others.append(path);
        }
        if (others.size() == 1 && source.files.isEmpty() && source.addresses.size() <= 1)
            source.foreign = others.constFirst();
    } else {
        source.addresses = mozAddresses(data);
        source.text = data.text();
        source.html = data.html();
    }
    begin(std::move(source));
}

void LinkReader::readFiles(const QStringList &paths)
{
    Source source;
    source.files = paths; // whatever it is called: the user chose it
    begin(std::move(source));
}

void LinkReader::begin(Source source)
{
    m_io.post([mailbox = m_mailbox, source = std::move(source)] {
        const Source::Answer answer = source.read();
        const QMutexLocker lock(&mailbox->mutex);
        LinkReader *self = mailbox->owner;
        if (!self)
            return;
        QMetaObject::invokeMethod(
            self,
            [self, answer] {
                if (answer.foreign.isEmpty())
                    Q_EMIT self->found(answer.links, answer.problem);
                else
                    Q_EMIT self->foundForeign(answer.foreign, answer.links.value(0).url);
            },
            Qt::QueuedConnection);
    });
}

} // namespace longhaul
