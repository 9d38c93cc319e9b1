// SPDX-License-Identifier: MIT
#include "binaryplist.h"

#include <QStringConverter>

namespace longhaul {

namespace {

constexpr quint64 kHeaderSize = 8;
constexpr quint64 kTrailerSize = 32;
constexpr quint64 kMostEntries = 1000;      // of the dictionary; a .webloc has one
constexpr quint64 kLongestString = 1 << 16; // characters

// CFBinaryPList.c has the format: a header, objects, a table of their offsets, a trailer of 32 bytes.
// All numbers are big-endian and unsigned.
class Reader
{
public:
    explicit Reader(QByteArrayView data)
        : m_data(data)
    {}

    bool readTrailer()
    {
        const auto size = quint64(m_data.size());
        if (size < kHeaderSize + kTrailerSize || !m_data.startsWith("bplist00"))
            return false;
        const quint64 trailer = size - kTrailerSize;
        m_offsetSize = number(trailer + 6, 1);
        m_referenceSize = number(trailer + 7, 1);
        m_objects = number(trailer + 8, 8);
        m_top = number(trailer + 16, 8);
        m_table = number(trailer + 24, 8);
        return m_offsetSize >= 1 && m_offsetSize <= 8 && m_referenceSize >= 1 && m_referenceSize <= 8
               && m_table >= kHeaderSize && m_table <= trailer
               && m_objects <= (trailer - m_table) / m_offsetSize && m_top < m_objects;
    }

    std::optional<QString> stringFor(QLatin1StringView key) const
    {
        const auto dictionary = object(m_top);
        if (!dictionary || dictionary->type != 0xd || dictionary->count > kMostEntries
            || !fits(dictionary->at, 2 * dictionary->count * m_referenceSize))
            return {};
        const auto reference = [&](quint64 i) {
            return number(dictionary->at + i * m_referenceSize, m_referenceSize);
        };
        for (quint64 i = 0; i < dictionary->count; ++i) {
            if (string(reference(i)) == QString(key))
                return string(reference(dictionary->count + i));
        }
        return {};
    }

private:
    struct Object {
        quint64 type;  // the upper half of its first byte
        quint64 count; // characters or entries
        quint64 at;    // where its content begins
    };

    // Whether `size` bytes from `at` on lie before the table.
    bool fits(quint64 at, quint64 size) const { return at <= m_table && size <= m_table - at; }

    // At most 8 bytes, which the caller knows to be there.
    quint64 number(quint64 at, quint64 size) const
    {
        quint64 value = 0;
        for (quint64 i = 0; i < size; ++i)
            value = value << 8 | quint8(m_data[qsizetype(at + i)]);
        return value;
    }

    std::optional<Object> object(quint64 reference) const
    {
        if (reference >= m_objects)
            return {};
        quint64 at = number(m_table + reference * m_offsetSize, m_offsetSize);
        if (at < kHeaderSize || !fits(at, 1))
            return {};
        const quint64 marker = number(at++, 1);
        Object result{marker >> 4, marker & 0xf, at};
        if (result.count != 0xf)
            return result;
        // The count is an integer object of its own: 0x10, 0x11, 0x12 or 0x13 and 1 to 8 bytes.
        if (!fits(at, 1))
            return {};
        const quint64 integer = number(at++, 1);
        const quint64 size = integer >= 0x10 && integer <= 0x13 ? quint64(1) << (integer & 0xf) : 0;
        if (size == 0 || !fits(at, size))
            return {};
        result.count = number(at, size);
        result.at = at + size;
        return result;
    }

    std::optional<QString> string(quint64 reference) const
    {
        const auto found = object(reference);
        if (!found || found->count > kLongestString)
            return {};
        const bool ascii = found->type == 0x5;
        if (!ascii && found->type != 0x6)
            return {};
        const quint64 size = ascii ? found->count : 2 * found->count;
        if (!fits(found->at, size))
            return {};
        const QByteArrayView bytes = m_data.sliced(qsizetype(found->at), qsizetype(size));
        if (ascii)
            return QString::fromLatin1(bytes);
        QStringDecoder utf16(QStringConverter::Utf16BE);
        return QString(utf16(bytes));
    }

    QByteArrayView m_data;
    quint64 m_offsetSize = 0, m_referenceSize = 0, m_objects = 0, m_top = 0, m_table = 0;
};

} // namespace

std::optional<QString> stringInBinaryPlist(QByteArrayView data, QLatin1StringView key)
{
    Reader reader(data);
    return reader.readTrailer() ? reader.stringFor(key) : std::nullopt;
}

} // namespace longhaul
