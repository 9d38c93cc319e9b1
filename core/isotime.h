// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QString>

// Times as the store has them: as QDateTime writes and reads Qt::ISODateWithMs (ISO 8601), in UTC, which in
// the common form "2023-11-14T22:13:20.123Z" costs a tenth of what it does there. Pure functions; any thread.
namespace longhaul {

// Empty for an invalid one.
QString isoTime(const QDateTime &time);
// Invalid for what is no time.
QDateTime timeFromIso(const QString &text);

} // namespace longhaul
