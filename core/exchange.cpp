// SPDX-License-Identifier: MIT
#include "exchange.h"

#include <algorithm>
#include <utility>

namespace longhaul {

Exchange::Exchange(Transfer::Request request, FetchTools tools, QObject *parent)
    : QObject(parent)
    , m_tools(tools)
    , m_tap(tools.limiter)
    , m_url(request.url)
    , m_patience(2 * request.timeout)
    , m_transfer(tools.connections.network(), tools.connections.proxies(), std::move(request))
{
    tools.connections.lend(m_url);
    connect(&m_transfer, &Transfer::answered, this, [this](const Verdict &verdict) {
        m_isAnswered = true;
        if (const auto *accepted = std::get_if<Accepted>(&verdict)) {
            m_accepted = *accepted;
            m_isAccepted = true;
        }
        Q_EMIT answered(verdict);
    });
    connect(&m_transfer, &Transfer::readyRead, this, &Exchange::pump);
    connect(&m_transfer, &Transfer::ended, this, [this](const std::optional<Error> &error) {
        m_over = true;
        m_error = error;
        if (m_dripped && !error)
            m_error = Error{ErrorCode::Stalled, 0, tr("next to nothing came for some time"), {}};
        onStep();
    });
    connect(&m_window, &QTimer::timeout, this, &Exchange::onWindow);
    connect(&m_tap, &RateTap::replenished, this, &Exchange::pump);
    connect(&m_tools.limiter, &RateLimiter::limitChanged, this, &Exchange::sizeBuffer);
    sizeBuffer();
}

Exchange::~Exchange() { silence(); }

void Exchange::start() { m_transfer.start(); }

void Exchange::sendTo(PartFile &part, BodySink::Mode mode, const RangeSet &old)
{
    m_sink = std::make_unique<BodySink>(part, mode, m_accepted.begin, old, this);
    // Behind the sink: the room that others' bytes have left is ours as well.
    connect(&part, &PartFile::written, this, &Exchange::pump);
    connect(m_sink.get(), &BodySink::stored, this, [this](ByteRange range) {
        Q_EMIT stored(range);
        onStep();
    });
    connect(m_sink.get(), &BodySink::equal, this, [this](ByteRange range) {
        Q_EMIT equal(range);
        onStep();
    });
    connect(m_sink.get(), &BodySink::stepped, this, &Exchange::onStep);
    connect(m_sink.get(), &BodySink::differs, this, [this](qint64 offset, const QByteArray &rest) {
        m_holding = m_sink->mode() != BodySink::Mode::Prove;
        m_rest = rest;
        Q_EMIT differs(offset);
        onStep();
    });
    connect(m_sink.get(), &BodySink::caughtUp, this, [this] {
        m_holding = true;
        Q_EMIT caughtUp();
        onStep();
    });
    onStep();
}

void Exchange::appendFromHere()
{
    m_holding = false;
    m_sink->becomeAppend();
    if (!m_rest.isEmpty())
        m_sink->take(std::exchange(m_rest, {}));
    onStep();
}

void Exchange::refuseDrip()
{
    m_clock.start();
    m_window.start(m_patience);
}

void Exchange::onWindow()
{
    const bool drips = m_drip.endWindow(m_fetched, m_tools.connections.lent(m_url), now());
    if (m_over || m_draining || !drips)
        return;
    m_dripped = true;
    drain();
}

void Exchange::drain()
{
    m_draining = true;
    if (m_sink && !m_over)
        m_transfer.endHere();
    onStep();
}

void Exchange::cut()
{
    m_over = true;
    m_holding = false;
    m_transfer.abort();
    onStep();
}

void Exchange::silence()
{
    m_over = m_settled = true;
    m_window.stop();
    m_transfer.abort();
    if (m_sink) { // it may be emitting
        m_sink->disconnect();
        m_sink.release()->deleteLater();
    }
    if (std::exchange(m_lent, false))
        m_tools.connections.giveBack(m_url);
}

// The more connections there are, the less each holds.
void Exchange::sizeBuffer()
{
    m_transfer.setBufferSize(m_tools.limiter.bufferSize(m_tools.connections.bufferSize()));
}

void Exchange::pump()
{
    while (m_sink && !m_holding && !m_over) {
        const qint64 room = m_sink->room();
        const qint64 there = m_transfer.bytesAvailable();
        const qint64 wanted = std::min(there, room);
        const qint64 allowed = wanted <= 0 || m_draining ? wanted : m_tap.take(wanted);
        const bool isWanted = room > 0 && (wanted <= 0 || allowed > 0); // else the silence is ours
        m_transfer.setWanted(isWanted);
        if (m_window.isActive())
            m_drip.setHeld(!isWanted, now());
        m_held = m_held || (there > 0 && allowed < there);
        if (allowed <= 0)
            return;
        const QByteArray bytes = m_transfer.read(allowed);
        if (bytes.isEmpty())
            return;
        m_fetched += bytes.size();
        m_sink->take(bytes);
        sizeBuffer();
    }
}

// Something came to an end: move on, or see that it was the last.
void Exchange::onStep()
{
    pump();
    if (m_draining && !m_over && !m_sink) {
        m_over = true;
        m_transfer.abort();
    }
    const bool directed = m_sink || !m_isAccepted || m_draining;
    if (m_over && directed && !m_holding && (!m_sink || m_sink->isIdle()) && !std::exchange(m_settled, true))
        Q_EMIT settled();
}

} // namespace longhaul
