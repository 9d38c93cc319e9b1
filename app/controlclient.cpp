// SPDX-License-Identifier: MIT
#include "controlclient.h"

#include "controlframe.h"
#include "controlplace.h"
#include "platform.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

#include <algorithm>
#include <utility>

namespace longhaul {

using namespace std::chrono_literals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Control)
};

constexpr int kConnect = 2'000;  // ms
constexpr int kAnswer = 10'000;  // ms without a byte: it may be reading a long list just now
constexpr auto kHandOver = 10s;  // between lock and socket: a long list is read
constexpr qsizetype kPart = 400; // addresses in one request: with all their options they fit in a frame
constexpr qsizetype kPartText = 200'000; // characters of them

} // namespace

ControlClient::ControlClient(QString stateDir)
    : m_stateDir(std::move(stateDir))
{}

bool ControlClient::connect()
{
    if (m_socket.state() == QLocalSocket::ConnectedState)
        return true;
    const QString path = controlPath(m_stateDir);
    if (path.isEmpty())
        return false;
    m_socket.connectToServer(path);
    if (!m_socket.waitForConnected(kConnect))
        return false;
    if (platform::isOwnPeer(m_socket.socketDescriptor()))
        return true;
    m_socket.abort();
    return false;
}

ControlClient::Outcome ControlClient::lost()
{
    m_socket.abort();
    return {Outcome::Kind::Lost, Text::tr("The running Longhaul does not answer.")};
}

std::optional<QJsonObject> ControlClient::readFrame()
{
    QByteArray bytes;
    for (Frame frame;; frame = decodeFrame(bytes)) {
        if (frame.kind != Frame::Kind::Incomplete)
            return frame.kind == Frame::Kind::Whole ? std::optional(frame.object) : std::nullopt;
        while (bytes.size() < frame.size) {
            if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(kAnswer))
                return {};
            bytes += m_socket.read(frame.size - bytes.size());
        }
    }
}

ControlClient::Outcome ControlClient::ask(const ControlRequest &request,
                                          const std::function<void(const QJsonObject &)> &onFrame)
{
    const auto frame = encodeFrame(toJson(request));
    if (!frame)
        return {Outcome::Kind::Refused, Text::tr("The request is too long.")};
    if (!connect())
        return lost();
    m_socket.write(*frame);
    while (m_socket.bytesToWrite() > 0) {
        if (!m_socket.waitForBytesWritten(kAnswer))
            return lost();
    }
    for (bool more = true; more;) {
        const auto answer = readFrame();
        if (!answer)
            return lost();
        if (!answer->value(QLatin1String("ok")).toBool())
            return {Outcome::Kind::Refused, answer->value(QLatin1String("error")).toString()};
        if (onFrame)
            onFrame(*answer);
        more = answer->value(QLatin1String("more")).toBool();
    }
    return {};
}

ControlClient::Outcome
ControlClient::askInParts(ControlRequest request,
                          const std::function<void(const QJsonObject &, qsizetype)> &onFrame)
{
    const QList<QUrl> all = std::exchange(request.urls, {});
    qsizetype next = 0;
    do {
        const qsizetype first = next;
        request.urls.clear();
        for (qsizetype text = 0; next < all.size() && next - first < kPart && text < kPartText; ++next) {
            request.urls.append(all[next]);
            text += all[next].toString(QUrl::FullyEncoded).size();
        }
        const Outcome outcome = ask(request, [&](const QJsonObject &frame) {
            if (onFrame)
                onFrame(frame, first);
        });
        if (outcome.kind != Outcome::Kind::Done)
            return outcome;
    } while (next < all.size());
    return {};
}

std::optional<ResumeStore::OpenResult> findOwner(ResumeStore &store, ControlClient &client)
{
    for (const QDeadlineTimer deadline(kHandOver);; QThread::msleep(20)) {
        if (client.connect())
            return {};
        const ResumeStore::OpenResult result = store.open();
        if (result != ResumeStore::OpenResult::LockedByOther || deadline.hasExpired())
            return result;
    }
}

} // namespace longhaul
