// SPDX-License-Identifier: MIT
#include "checksumsearch.h"

#include "filename.h"
#include "hashlist.h"

#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

ChecksumSearch::ChecksumSearch(const ResumeData &data, const Settings &settings, ConnectionPool &connections,
                               QObject *parent)
    : QObject(parent)
    , m_connections(connections)
    , m_data(data)
    , m_timeout(std::min<std::chrono::milliseconds>(settings.timeout, 10s))
    , m_name(nameFromUrl(data.url))
{
    if (m_name.isEmpty())
        return;
    QUrl beside = data.url;
    beside.setQuery(QString()); // what is signed is signed for one file
    const QString path = beside.path(QUrl::FullyEncoded);
    beside.setPath(path + QStringLiteral(".sha256"), QUrl::TolerantMode);
    m_places.append({beside, DigestSource::HashFile});
    beside.setPath(path.left(path.lastIndexOf(QLatin1Char('/')) + 1) + QStringLiteral("SHA256SUMS"),
                   QUrl::TolerantMode);
    m_places.append({beside, DigestSource::HashList});
}

ChecksumSearch::~ChecksumSearch() { drop(); }

void ChecksumSearch::start()
{
    m_deadline.setSingleShot(true);
    m_deadline.callOnTimeout(this, [this] { end({}); });
    m_deadline.start(3 * m_timeout); // one that drips is never silent that long
    QMetaObject::invokeMethod(this, &ChecksumSearch::next, Qt::QueuedConnection);
}

void ChecksumSearch::end(const std::optional<FoundDigest> &found)
{
    m_deadline.stop();
    drop();
    Q_EMIT done(found);
}

void ChecksumSearch::next()
{
    drop();
    if (m_places.isEmpty()) {
        end({});
        return;
    }
    Transfer::Request request;
    request.url = m_places.constFirst().url;
    request.headers = headersFor(m_data, request.url);
    request.timeout = m_timeout;
    m_asked = request.url;
    m_connections.lend(m_asked);
    m_transfer = std::make_unique<Transfer>(m_connections.network(), m_connections.proxies(), request);
    connect(m_transfer.get(), &Transfer::answered, this, &ChecksumSearch::onAnswered);
    connect(m_transfer.get(), &Transfer::readyRead, this, &ChecksumSearch::onReadyRead);
    connect(m_transfer.get(), &Transfer::ended, this, [this](const std::optional<Error> &error) {
        if (error)
            m_text.clear();
        finish();
    });
    m_transfer->start();
}

void ChecksumSearch::onAnswered(const Verdict &verdict)
{
    const auto *accepted = std::get_if<Accepted>(&verdict);
    if (accepted && !accepted->encoded && m_transfer->finalUrl().host() == m_places.constFirst().url.host())
        return; // its body comes
    finish();
}

void ChecksumSearch::onReadyRead()
{
    while (m_transfer->bytesAvailable() > 0)
        m_text += m_transfer->read(m_transfer->bytesAvailable());
    if (m_text.size() > kMostHashListBytes) {
        m_text.clear();
        finish();
    }
}

// The present place is dealt with.
void ChecksumSearch::finish()
{
    const Place place = m_places.takeFirst();
    const QByteArray text = std::exchange(m_text, {});
    const auto digest = sha256In(text, m_name, place.source == DigestSource::HashFile);
    if (digest)
        end(FoundDigest{*digest, place.source});
    else
        next();
}

// It may be emitting just now.
void ChecksumSearch::drop()
{
    if (!m_transfer)
        return;
    m_transfer->disconnect();
    m_transfer->abort();
    m_transfer.release()->deleteLater();
    m_connections.giveBack(m_asked);
}

} // namespace longhaul
