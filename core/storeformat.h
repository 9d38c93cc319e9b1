// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>

// The text of the store, apart from files: what tests damage. Pure functions; any thread.
namespace longhaul::storeformat {

// The text of each record, `{"sum":"<16 hex>",...record...}`, packed (storepacking.h), by its key in UTF-8,
// which is its member "url". The sum is the first 8 bytes of the SHA-1 of the text without the sum member.
using Records = QHash<QByteArray, QByteArray>;

// `record` is a compact JSON object that is not empty and has no member "sum" or "removed", as toJson()
// writes it.
QByteArray recordText(const QByteArray &record); // packed
// The record of a packed text, without its sum; it need be no JSON object (a right sum does not make it one).
QByteArray recordOf(const QByteArray &packedText);
// False: it tells of no part file. Without being taken apart.
bool mayHavePart(const QByteArray &packedText);

// One journal line with its newline: a record's text, or that of `{"removed":true,"url":"..."}`.
QByteArray recordLine(const QByteArray &record);
QByteArray removalLine(const QByteArray &key);

// One JSON document, each record on a line of its own and with its own sum, as in the journal:
//   {"longhaul":1,"downloads":{
//   "KEY":{"sum":"<16 hex>",...record...},
//   ...
//   },"count":N,"sum":"<16 hex>"}
// The last sum is that of all the text before its comma: it tells whether the snapshot is whole.
QByteArray snapshot(const Records &records);
// The same in pieces, in order: the whole takes 80 MB for a hundred thousand. False when `write` was, which
// ends it.
bool writeSnapshot(const Records &records, const std::function<bool(const QByteArray &piece)> &write);
constexpr int kVersion = 1; // the number after "longhaul"

struct Loaded {
    Records records;
    int damaged = 0;        // lines that were not intact, the torn last one of a journal not counted
    qint64 goodEnd = 0;     // of a journal: where the last complete line ends; what follows is torn
    bool whole = false;     // of a snapshot: not one bit of it is damaged
    int version = kVersion; // of a snapshot
};
// Applies what is intact in `text` on top of `base`. Never fails: damage is counted. A whole snapshot
// replaces `base`: what it does not name is gone. Records that share a line because the newline between them
// was damaged are found all the same.
Loaded loadSnapshot(const QByteArray &text, const Records &base = {});
Loaded loadJournal(const QByteArray &text, const Records &base = {});

} // namespace longhaul::storeformat
