// SPDX-License-Identifier: MIT
#include "controlframe.h"

#include <QJsonDocument>
#include <QtEndian>

namespace longhaul {

std::optional<QByteArray> encodeFrame(const QJsonObject &object)
{
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (json.size() > kMostFrameBytes)
        return {};
    QByteArray frame(kFrameHeadBytes, Qt::Uninitialized);
    qToBigEndian(quint32(json.size()), frame.data());
    return frame + json;
}

Frame decodeFrame(const QByteArray &bytes)
{
    Frame frame;
    if (bytes.size() < kFrameHeadBytes)
        return frame;
    const qint64 length = qFromBigEndian<quint32>(bytes.constData());
    if (length > kMostFrameBytes) {
        frame.kind = Frame::Kind::TooLong;
        return frame;
    }
    frame.size = kFrameHeadBytes + length;
    if (bytes.size() < frame.size)
        return frame;
    const QJsonDocument json = QJsonDocument::fromJson(bytes.mid(kFrameHeadBytes, length));
    frame.kind = json.isObject() ? Frame::Kind::Whole : Frame::Kind::NoObject;
    frame.object = json.object();
    return frame;
}

} // namespace longhaul
