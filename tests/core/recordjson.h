// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"
#include "core/storeformat.h"

#include <QJsonDocument>
#include <QJsonObject>

// Records as Qt's JSON, for what tests look at or damage.
namespace longhaul::recordjson {

inline QJsonObject objectOf(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }
inline QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}
inline QByteArray lineOf(const QJsonObject &object) { return storeformat::recordLine(textOf(object)); }
inline QJsonObject recordOf(const QByteArray &packedText)
{
    return objectOf(storeformat::recordOf(packedText));
}

} // namespace longhaul::recordjson
