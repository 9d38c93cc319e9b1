// SPDX-License-Identifier: MIT
#include "aria2control.h"

#include <QCoreApplication>
#include <QtEndian>

#include <optional>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Aria2Control)
};

constexpr qint64 kBlock = 16 << 10;            // aria2's Piece::BLOCK_LENGTH
constexpr qint64 kMostTotal = qint64(1) << 56; // no sum of two such sizes overflows
constexpr qsizetype kMostStretches = 10'000;   // what a record keeps; the rest is fetched again
constexpr qint64 kMostBegun = 10'000;          // pieces at a time: aria2 has a few
constexpr quint32 kInfoHashSize = 20;

qint64 pieces(qint64 size, qint64 length) { return (size + length - 1) / length; }

// Takes numbers and bytes from the front; from the first that is not there on, nothing.
class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
        : m_rest(bytes)
    {}

    template <typename T>
    T number()
    {
        const QByteArrayView bytes = take(sizeof(T));
        return bytes.isEmpty() ? T(0) : qFromBigEndian<T>(bytes.data());
    }
    QByteArrayView take(qint64 count)
    {
        if (m_short || count > m_rest.size()) {
            m_short = true;
            return {};
        }
        const QByteArrayView bytes = m_rest.first(count);
        m_rest = m_rest.sliced(count);
        return bytes;
    }
    bool isShort() const { return m_short; }
    bool isAtEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
    bool m_short = false;
};

// Pieces of `length` from `begin` on, the last one ending at `end`: those whose bit is set, the first being
// the highest of its byte.
void addSet(RangeSet &holds, QByteArrayView bits, qint64 begin, qint64 end, qint64 length)
{
    const qint64 count = pieces(end - begin, length);
    for (qint64 i = 0; i < count && holds.ranges().size() < kMostStretches; ++i) {
        if (quint8(bits[i / 8]) & (0x80 >> (i % 8))) {
            const qint64 at = begin + i * length;
            holds.add({at, std::min(at + length, end)});
        }
    }
}

bool fits(qint64 size, qint64 length, qint64 bitFieldSize)
{
    return bitFieldSize == pieces(pieces(size, length), 8);
}

// The pieces begun; false when they do not fit.
bool addBegun(RangeSet &holds, Reader &reader, qint64 total, qint64 length)
{
    const qint64 count = reader.number<quint32>();
    if (count > std::min(pieces(total, length), kMostBegun))
        return false;
    for (qint64 i = 0; i < count && !reader.isShort(); ++i) {
        const qint64 index = reader.number<quint32>();
        const qint64 size = reader.number<quint32>();
        const qint64 bitFieldSize = reader.number<quint32>();
        const QByteArrayView bits = reader.take(bitFieldSize);
        if (reader.isShort())
            return false;
        if (index >= pieces(total, length))
            return false;
        const qint64 begin = index * length;
        if (size != std::min(length, total - begin) || !fits(size, kBlock, bitFieldSize))
            return false;
        addSet(holds, bits, begin, begin + size, kBlock);
    }
    return !reader.isShort();
}

} // namespace

std::variant<Aria2Control, QString> parseAria2Control(const QByteArray &bytes)
{
    const QString damaged = Text::tr("its .aria2 file is damaged");
    Reader reader(bytes);
    if (reader.number<quint16>() != 1)
        return reader.isShort() ? damaged : Text::tr("its .aria2 file is of a version that is not known");
    reader.number<quint32>(); // whether to check the info hash
    const auto hashSize = reader.number<quint32>();
    if (hashSize != 0 && hashSize != kInfoHashSize)
        return damaged;
    reader.take(hashSize);
    const qint64 length = reader.number<quint32>();
    const auto total = reader.number<quint64>();
    reader.number<quint64>(); // uploaded
    const qint64 bitFieldSize = reader.number<quint32>();
    if (length == 0 || total == 0 || total > quint64(kMostTotal)
        || !fits(qint64(total), length, bitFieldSize))
        return damaged;
    const QByteArrayView bits = reader.take(bitFieldSize);
    if (reader.isShort())
        return damaged;
    Aria2Control control{qint64(total), {}};
    addSet(control.holds, bits, 0, control.total, length);
    if (!addBegun(control.holds, reader, control.total, length) || !reader.isAtEnd())
        return damaged;
    return control;
}

} // namespace longhaul
