// SPDX-License-Identifier: MIT
#include "storeformat.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <optional>

namespace longhaul::storeformat {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView kSumStart = "{\"sum\":\"";
constexpr QByteArrayView kHeadStart = "{\"longhaul\":";
constexpr QByteArrayView kFootStart = "},\"count\":";
constexpr qsizetype kSumDigits = 16;
constexpr int kTriesPerLine = 64; // a hostile line must not cost more than its length times this

QByteArray sumOf(QByteArrayView first, QByteArrayView second = {})
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(first);
    hash.addData(second);
    return hash.result().left(kSumDigits / 2).toHex();
}

QByteArray withSum(QJsonObject object)
{
    object.remove("sum"_L1);
    const QByteArray body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return kSumStart.toByteArray() + sumOf(body) + "\"," + body.mid(1);
}

// Where the object that begins at `start` ends, or -1. Only an intact object need be measured rightly.
qsizetype endOfObject(QByteArrayView line, qsizetype start)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = start; i < line.size(); ++i) {
        const char c = line[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            return i + 1;
        }
    }
    return -1;
}

std::optional<QJsonObject> intactObject(QByteArrayView text)
{
    const qsizetype behindSum = kSumStart.size() + kSumDigits;
    if (text.size() <= behindSum + 2 || text.sliced(behindSum, 2) != QByteArrayView("\",")
        || sumOf("{", text.sliced(behindSum + 2)) != text.sliced(kSumStart.size(), kSumDigits))
        return {};
    const QByteArray raw = QByteArray::fromRawData(text.data(), text.size());
    QJsonObject object = QJsonDocument::fromJson(raw).object();
    object.remove("sum"_L1);
    if (object.value("url"_L1).toString().isEmpty())
        return {};
    return object;
}

void apply(Records *records, const QJsonObject &object)
{
    const QString key = object.value("url"_L1).toString();
    if (object.value("removed"_L1).toBool())
        records->remove(key);
    else
        records->insert(key, object);
}

struct LineResult {
    int intact = 0;     // records found
    bool exact = false; // the line is one record and nothing else
    qsizetype end = 0;  // where the last intact record ends
};

LineResult readLine(QByteArrayView line, Records *records)
{
    LineResult result;
    qsizetype from = 0;
    for (int i = 0; i < kTriesPerLine; ++i) {
        const qsizetype start = line.indexOf(kSumStart, from);
        if (start < 0)
            break;
        const qsizetype end = endOfObject(line, start);
        const auto object =
            end < 0 ? std::optional<QJsonObject>() : intactObject(line.sliced(start, end - start));
        from = object ? end : start + 1;
        if (!object)
            continue;
        apply(records, *object);
        ++result.intact;
        result.exact = start == 0 && end == line.size();
        result.end = end;
    }
    return result;
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

QByteArray recordLine(const QJsonObject &record)
{
    QJsonObject object = record;
    object.remove("removed"_L1); // or it would be taken for a removal
    return withSum(object) + '\n';
}

QByteArray removalLine(const QString &key) { return withSum({{u"removed"_s, true}, {u"url"_s, key}}) + '\n'; }

QByteArray snapshot(const Records &records)
{
    QStringList keys = records.keys();
    std::sort(keys.begin(), keys.end());
    QByteArray text = kHeadStart.toByteArray() + QByteArray::number(kVersion) + ",\"downloads\":{\n";
    for (const QString &key : std::as_const(keys)) {
        const QByteArray name = QJsonDocument(QJsonArray{key}).toJson(QJsonDocument::Compact);
        QByteArray line = recordLine(records.value(key));
        line.chop(1);
        text += name.mid(1, name.size() - 2) + ':' + line + (key == keys.constLast() ? "\n" : ",\n");
    }
    text += kFootStart.toByteArray() + QByteArray::number(records.size());
    const QByteArray sum = sumOf(text);
    return text + ",\"sum\":\"" + sum + "\"}\n";
}

Loaded loadSnapshot(const QByteArray &text, const Records &base)
{
    Loaded loaded;
    loaded.whole = isWhole(text);
    loaded.version = versionOf(text);
    if (!loaded.whole)
        loaded.records = base;
    const QByteArrayView all(text);
    for (qsizetype begin = 0; begin < all.size();) {
        const qsizetype newline = all.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? all.size() : newline;
        const QByteArrayView line = all.sliced(begin, end - begin);
        const bool frame = line.isEmpty() || line.startsWith(kHeadStart) || line.startsWith(kFootStart);
        if (readLine(line, &loaded.records).intact == 0 && !frame)
            ++loaded.damaged;
        begin = end + 1;
    }
    return loaded;
}

Loaded loadJournal(const QByteArray &text, const Records &base)
{
    Loaded loaded;
    loaded.records = base;
    const QByteArrayView all(text);
    while (loaded.goodEnd < all.size()) {
        const qsizetype begin = loaded.goodEnd;
        const qsizetype newline = all.indexOf('\n', begin);
        if (newline < 0) {
            // The torn end; unless it is only the newline that is missing.
            loaded.goodEnd = begin + readLine(all.sliced(begin), &loaded.records).end;
            break;
        }
        const QByteArrayView line = all.sliced(begin, newline - begin);
        if (!readLine(line, &loaded.records).exact && !line.isEmpty())
            ++loaded.damaged;
        loaded.goodEnd = newline + 1;
    }
    return loaded;
}

} // namespace longhaul::storeformat
