// SPDX-License-Identifier: MIT
#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>

namespace longhaul {

// Hands out allowances so that all who ask stay under one limit together: a bucket that fills at the limit
// and holds a quarter of a second. Who gets less than it wants waits for `replenished` and asks again.
// Its timer runs only while somebody waits. One thread.
class RateLimiter : public QObject
{
    Q_OBJECT

public:
    explicit RateLimiter(QObject *parent = nullptr);

    // Bytes per second; 0 lifts the limit. May change at any time; waiters are woken.
    void setLimit(qint64 bytesPerSecond);
    qint64 limit() const { return m_limit; }

    // Up to `wanted` bytes that may be moved now; they are taken from the bucket. When it is 0, `replenished`
    // will follow.
    qint64 take(qint64 wanted);

    // The most one reader should hold in its buffers, so that the limit shows on the wire: bytes.
    qint64 bufferSize(qint64 otherwise) const;

Q_SIGNALS:
    void replenished();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void fill();

    QBasicTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_limit = 0;
    double m_bucket = 0; // bytes
};

} // namespace longhaul
