// SPDX-License-Identifier: MIT
// What programs write to the control socket.
#include "fuzz.h"
#include "targets.h"

#include "app/controlframe.h"
#include "app/controlrequest.h"

#include "core/platformfile.h"
#include "core/userinput.h"

#include <QJsonDocument>

namespace longhaul::fuzz {

namespace {

void check(const QJsonObject &object)
{
    const auto parsed = controlRequestFromJson(object);
    if (const auto *problem = std::get_if<QString>(&parsed)) {
        REQUIRE(!problem->isEmpty() && !problem->contains(u'\n'));
        REQUIRE(encodeFrame(controlError(*problem)).has_value());
        return;
    }
    const auto &request = std::get<ControlRequest>(parsed);
    REQUIRE(request.urls.size() <= kMostUrls);
    for (const QUrl &url : request.urls)
        REQUIRE(!addressProblem(url));
    const TaskOptions &options = request.options;
    REQUIRE(options.folder.isEmpty() || platformfile::isAbsolutePath(options.folder));
    REQUIRE(options.name.isEmpty() || isFileName(options.name));
    REQUIRE(options.connections.value_or(1) >= 1);
    REQUIRE(options.connections.value_or(1) <= kMostConnectionsPerTask);
    REQUIRE(options.rateLimit >= 0 && options.rateLimit <= kMostRate);
    REQUIRE(request.rate.value_or(0) >= 0 && request.rate.value_or(0) <= kMostRate);
    // As the client would write it.
    const QJsonObject written = toJson(request);
    const auto again = controlRequestFromJson(written);
    REQUIRE(std::holds_alternative<ControlRequest>(again));
    REQUIRE_EQUAL(toJson(std::get<ControlRequest>(again)), written);
    REQUIRE(std::get<ControlRequest>(again).options == options);
}

} // namespace

void control(const QByteArray &bytes)
{
    if (bytes.startsWith('{')) {
        if (const auto json = QJsonDocument::fromJson(bytes); json.isObject())
            check(json.object());
        return;
    }
    for (QByteArray left = bytes;;) {
        const Frame frame = decodeFrame(left);
        REQUIRE(frame.size >= kFrameHeadBytes && frame.size <= kFrameHeadBytes + kMostFrameBytes);
        if (frame.kind == Frame::Kind::Incomplete)
            REQUIRE(left.size() < frame.size || left.size() < kFrameHeadBytes);
        if (frame.kind == Frame::Kind::Incomplete || frame.kind == Frame::Kind::TooLong)
            return;
        REQUIRE(frame.size <= left.size());
        REQUIRE(decodeFrame(left.first(frame.size - 1)).kind == Frame::Kind::Incomplete);
        if (frame.kind == Frame::Kind::Whole) {
            const auto encoded = encodeFrame(frame.object);
            REQUIRE(!encoded || decodeFrame(*encoded).object == frame.object);
            check(frame.object);
        }
        left = left.sliced(frame.size);
    }
}

} // namespace longhaul::fuzz
