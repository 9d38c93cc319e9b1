// SPDX-License-Identifier: MIT
#pragma once

#include "connectionpool.h"
#include "resumedata.h"
#include "transfer.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace longhaul {

// Looks for a checksum beside a file: NAME.sha256, then SHA256SUMS in its folder. Only from the host of the
// file's address, at most kMostHashListBytes of each, and what the user gave of secrets stays on its origin.
// Owner's thread.
class ChecksumSearch : public QObject
{
    Q_OBJECT

public:
    // `connections` must outlive it.
    ChecksumSearch(const ResumeData &data, const Settings &settings, ConnectionPool &connections,
                   QObject *parent = nullptr);
    ~ChecksumSearch() override;

    void start();

Q_SIGNALS:
    // Once, from the event loop. Nothing: there is none, or none that could be had.
    void done(const std::optional<longhaul::FoundDigest> &found);

private:
    struct Place {
        QUrl url;
        DigestSource source;
    };

    void next();
    void onAnswered(const Verdict &verdict);
    void onReadyRead();
    void finish();
    void drop();
    void end(const std::optional<FoundDigest> &found);

    ConnectionPool &m_connections;
    const ResumeData m_data;
    const std::chrono::milliseconds m_timeout;
    QString m_name;        // of the file on the server
    QList<Place> m_places; // left, the present one first
    QUrl m_asked;          // a connection there is lent while there is a transfer
    std::unique_ptr<Transfer> m_transfer;
    QByteArray m_text;
    QTimer m_deadline; // for all of it, however slowly servers send
};

} // namespace longhaul
