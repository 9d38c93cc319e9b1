// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace longhaul {

// What goes over the control socket, both ways: frames of four bytes, big-endian, that tell how many bytes of
// UTF-8 follow, and these, a JSON object. Pure functions on hostile input.

constexpr qint64 kFrameHeadBytes = 4;
constexpr qint64 kMostFrameBytes = 1 << 20; // of the JSON

// Nothing when the object is too large for a frame.
std::optional<QByteArray> encodeFrame(const QJsonObject &object);

struct Frame {
    enum class Kind {
        Incomplete, // more bytes are needed
        Whole,
        NoObject, // whole, but not a JSON object: the next frame may be right
        TooLong,  // it says so itself: no frame can be found behind it
    };
    Kind kind = Kind::Incomplete;
    qint64 size = kFrameHeadBytes; // bytes it takes in all; less than is known of an Incomplete one at first
    QJsonObject object;            // of a Whole one
};

// The frame at the beginning of `bytes`.
Frame decodeFrame(const QByteArray &bytes);

} // namespace longhaul
