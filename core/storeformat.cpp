// SPDX-License-Identifier: MIT
#include "storeformat.h"

#include "ahead.h"
#include "checksum.h"
#include "jsontext.h"
#include "storepacking.h"

#include <QCryptographicHash>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace longhaul::storeformat {

namespace {

constexpr QByteArrayView kSumStart = "{\"sum\":\"";
constexpr QByteArrayView kHeadStart = "{\"longhaul\":";
constexpr QByteArrayView kFootStart = "},\"count\":";
constexpr qsizetype kSumDigits = 16;
constexpr qsizetype kPieceSize = 1 << 20; // bytes of a snapshot that are written, or read, at once
constexpr int kTriesPerLine = 64;         // a hostile line must not cost more than its length times this

QByteArray digits(const QByteArray &digest) { return digest.left(kSumDigits / 2).toHex(); }

QByteArray sumOf(QByteArrayView first, QByteArrayView second = {})
{
    Hasher hash(DigestAlgorithm::Sha1);
    hash.add(first.data(), first.size());
    hash.add(second.data(), second.size());
    const QByteArray digest = hash.result();
    if (!digest.isEmpty())
        return digits(digest);
    // OpenSSL has failed, on which no record may depend.
    QCryptographicHash slower(QCryptographicHash::Sha1);
    slower.addData(first);
    slower.addData(second);
    return digits(slower.result());
}

QByteArray withSum(QByteArrayView record)
{
    QByteArray text;
    text.reserve(kSumStart.size() + kSumDigits + 2 + record.size()); // and a newline
    text.append(kSumStart).append(sumOf(record)).append("\",").append(record.sliced(1));
    return text;
}

// What the store itself must know of a record.
struct Head {
    QByteArray key;
    bool removed = false;
};

// `text` is one object, as far as can be told.
Head headOf(QByteArrayView text)
{
    const JsonObjectView record = JsonView(text).toObject();
    const JsonView key = record.value("url");
    const auto plain = key.plainUtf8();
    return {plain ? *plain : key.toString().toUtf8(), record.value("removed").toBool()};
}

// Nothing when the text is damaged.
std::optional<Head> intactHead(QByteArrayView text)
{
    const qsizetype behindSum = kSumStart.size() + kSumDigits;
    if (text.size() <= behindSum + 2 || text.sliced(behindSum, 2) != QByteArrayView("\",")
        || sumOf("{", text.sliced(behindSum + 2)) != text.sliced(kSumStart.size(), kSumDigits)
        || !isPackable(text))
        return {};
    const Head head = headOf(text);
    return head.key.isEmpty() ? std::nullopt : std::optional(head);
}

// What lines say, in order: the packed record of a key, or nothing where it is removed.
using Changes = std::vector<std::pair<QByteArray, std::optional<QByteArray>>>;

void applyTo(const Changes &changes, Records *records)
{
    for (const auto &[key, record] : changes) {
        if (record)
            records->insert(key, *record);
        else
            records->remove(key);
    }
}

struct LineResult {
    int intact = 0;     // records found
    bool exact = false; // the line is one record and nothing else
    qsizetype end = 0;  // where the last intact record ends
};

LineResult readLine(QByteArrayView line, Changes *changes)
{
    LineResult result;
    qsizetype from = 0;
    for (int i = 0; i < kTriesPerLine; ++i) {
        const qsizetype start = line.indexOf(kSumStart, from);
        if (start < 0)
            break;
        const qsizetype end = endOfJson(line, start);
        const QByteArrayView text = end < 0 ? QByteArrayView() : line.sliced(start, end - start);
        const auto head = intactHead(text);
        from = head ? end : start + 1;
        if (!head)
            continue;
        changes->emplace_back(head->key, head->removed ? std::nullopt : std::optional(packed(text)));
        ++result.intact;
        result.exact = start == 0 && end == line.size();
        result.end = end;
    }
    return result;
}

struct SnapshotPiece {
    Changes changes;
    int damaged = 0; // lines
};

SnapshotPiece readPiece(QByteArrayView text)
{
    SnapshotPiece piece;
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype newline = text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline;
        const QByteArrayView line = text.sliced(begin, end - begin);
        const bool frame = line.isEmpty() || line.startsWith(kHeadStart) || line.startsWith(kFootStart);
        if (readLine(line, &piece.changes).intact == 0 && !frame)
            ++piece.damaged;
        begin = end + 1;
    }
    return piece;
}

// Of whole lines.
std::vector<QByteArrayView> inPieces(QByteArrayView text)
{
    std::vector<QByteArrayView> pieces;
    while (!text.isEmpty()) {
        const qsizetype newline = text.size() > kPieceSize ? text.indexOf('\n', kPieceSize) : -1;
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        pieces.push_back(text.first(end));
        text = text.sliced(end);
    }
    return pieces;
}

bool isWhole(QByteArrayView text)
{
    const QByteArrayView before = ",\"sum\":\"";
    const QByteArrayView behind = "\"}\n";
    const qsizetype sumAt = text.size() - behind.size() - kSumDigits;
    const qsizetype cut = sumAt - before.size();
    return cut > 0 && text.startsWith(kHeadStart) && text.endsWith(behind)
           && text.sliced(cut, before.size()) == before
           && text.sliced(sumAt, kSumDigits) == sumOf(text.first(cut));
}

int versionOf(QByteArrayView text)
{
    if (!text.startsWith(kHeadStart))
        return kVersion;
    const QByteArrayView rest = text.sliced(kHeadStart.size());
    bool isNumber = false;
    const int version = rest.first(std::max<qsizetype>(0, rest.indexOf(','))).toByteArray().toInt(&isNumber);
    return isNumber ? version : kVersion;
}

} // namespace

QByteArray recordText(const QByteArray &record) { return packed(withSum(record)); }

QByteArray recordOf(const QByteArray &packedText)
{
    QByteArray text = unpacked(packedText);
    if (text.startsWith(kSumStart))
        text.remove(1, kSumStart.size() - 1 + kSumDigits + 2);
    return text;
}

bool mayHavePart(const QByteArray &packedText) { return unpacked(packedText).contains("\"part\":\""); }

QByteArray recordLine(const QByteArray &record) { return withSum(record) + '\n'; }

QByteArray removalLine(const QByteArray &key)
{
    JsonObjectText record;
    record.putTrue("removed", true);
    record.putText("url", QString::fromUtf8(key));
    return withSum(record.text()) + '\n';
}

bool writeSnapshot(const Records &records, const std::function<bool(const QByteArray &)> &write)
{
    QByteArrayList keys = records.keys();
    std::sort(keys.begin(), keys.end());
    Hasher hash(DigestAlgorithm::Sha1);
    QByteArray piece = kHeadStart.toByteArray() + QByteArray::number(kVersion) + ",\"downloads\":{\n";
    for (const QByteArray &key : std::as_const(keys)) {
        appendJsonString(&piece, QString::fromUtf8(key));
        piece += ':' + unpacked(records.value(key)) + (key == keys.constLast() ? "\n" : ",\n");
        if (piece.size() < kPieceSize)
            continue;
        hash.add(piece.constData(), piece.size());
        if (!write(piece))
            return false;
        piece.clear();
    }
    piece += kFootStart.toByteArray() + QByteArray::number(records.size());
    hash.add(piece.constData(), piece.size());
    const QByteArray digest = hash.result(); // empty: OpenSSL has failed
    return !digest.isEmpty() && write(piece + ",\"sum\":\"" + digits(digest) + "\"}\n");
}

QByteArray snapshot(const Records &records)
{
    QByteArray text;
    writeSnapshot(records, [&text](const QByteArray &piece) {
        text += piece;
        return true;
    });
    return text;
}

Loaded loadSnapshot(const QByteArray &text, const Records &base)
{
    Loaded loaded;
    loaded.whole = isWhole(text);
    loaded.version = versionOf(text);
    if (!loaded.whole)
        loaded.records = base;
    const std::vector<QByteArrayView> pieces = inPieces(text);
    makeAhead<SnapshotPiece>(
        pieces.size(), [&pieces](size_t n) { return readPiece(pieces[n]); },
        [&loaded](const SnapshotPiece &piece) {
            applyTo(piece.changes, &loaded.records);
            loaded.damaged += piece.damaged;
        });
    return loaded;
}

Loaded loadJournal(const QByteArray &text, const Records &base)
{
    Loaded loaded;
    Changes changes;
    const QByteArrayView all(text);
    while (loaded.goodEnd < all.size()) {
        const qsizetype begin = loaded.goodEnd;
        const qsizetype newline = all.indexOf('\n', begin);
        if (newline < 0) {
            // The torn end; unless it is only the newline that is missing.
            loaded.goodEnd = begin + readLine(all.sliced(begin), &changes).end;
            break;
        }
        const QByteArrayView line = all.sliced(begin, newline - begin);
        if (!readLine(line, &changes).exact && !line.isEmpty())
            ++loaded.damaged;
        loaded.goodEnd = newline + 1;
    }
    loaded.records = base;
    applyTo(changes, &loaded.records);
    return loaded;
}

} // namespace longhaul::storeformat
