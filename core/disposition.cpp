// SPDX-License-Identifier: MIT
#include "disposition.h"

#include <QHash>

#include <algorithm>
#include <optional>

namespace longhaul {

namespace {

using Parameters = QHash<QByteArray, QByteArray>; // names in lower case; no empty values

constexpr qsizetype kLongestHeader = 16 * 1024;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Reads "type; name=value; name="value"" (RFC 6266 4.1) and forgives what browsers forgive.
class HeaderReader
{
public:
    explicit HeaderReader(const QByteArray &header)
        : m_text(header.left(kLongestHeader))
    {}

    // In lower case; empty when the header begins with a parameter. To be read first.
    QByteArray type();
    // Of two parameters of one name the first wins.
    Parameters parameters();

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    void skipBlanks();
    QByteArray value(bool singleQuotes);
    QByteArray quoted();
    std::optional<QByteArray> singleQuoted();
    QByteArray upToSemicolon();

    QByteArray m_text;
    qsizetype m_at = 0;
};

void HeaderReader::skipBlanks()
{
    while (!atEnd() && isBlank(m_text[m_at]))
        ++m_at;
}

QByteArray HeaderReader::type()
{
    skipBlanks();
    const qsizetype begin = m_at;
    while (!atEnd() && !isBlank(m_text[m_at]) && !QByteArrayView(";,=\"").contains(m_text[m_at]))
        ++m_at;
    const QByteArray token = m_text.mid(begin, m_at - begin).toLower();
    skipBlanks();
    if (atEnd() || m_text[m_at] != '=')
        return token;
    m_at = begin;
    return {};
}

Parameters HeaderReader::parameters()
{
    Parameters result;
    for (;;) {
        while (!atEnd() && (isBlank(m_text[m_at]) || m_text[m_at] == ';' || m_text[m_at] == ','))
            ++m_at;
        if (atEnd())
            return result;
        const qsizetype begin = m_at;
        while (!atEnd() && m_text[m_at] != '=' && m_text[m_at] != ';')
            ++m_at;
        if (atEnd() || m_text[m_at] == ';')
            continue; // a word without a value
        const QByteArray name = m_text.mid(begin, m_at - begin).trimmed().toLower();
        ++m_at;
        const QByteArray content = value(!name.endsWith('*'));
        if (!content.isEmpty() && !result.contains(name))
            result.insert(name, content);
    }
}

QByteArray HeaderReader::value(bool singleQuotes)
{
    skipBlanks();
    if (!atEnd() && m_text[m_at] == '"')
        return quoted();
    if (singleQuotes && !atEnd() && m_text[m_at] == '\'') {
        if (const auto content = singleQuoted())
            return *content;
    }
    return upToSemicolon();
}

// RFC 9110 5.6.4, but "C:\dir\file" as old servers send it is a path and not a row of escapes.
QByteArray HeaderReader::quoted()
{
    const qsizetype begin = ++m_at;
    const QByteArray start = m_text.mid(begin, 4);
    const bool isPath = start.size() == 4 && start[1] == ':' && start[2] == '\\' && start[3] != '\\';
    QByteArray result;
    for (; !atEnd(); ++m_at) {
        char c = m_text[m_at];
        if (c == '"') {
            ++m_at;
            return result;
        }
        if (c == '\\' && m_at + 1 < m_text.size() && (!isPath || m_text[m_at + 1] == '"'))
            c = m_text[++m_at];
        result += c;
    }
    m_at = begin; // never closed
    return upToSemicolon();
}

std::optional<QByteArray> HeaderReader::singleQuoted()
{
    for (qsizetype end = m_text.indexOf('\'', m_at + 1); end >= 0; end = m_text.indexOf('\'', end + 1)) {
        qsizetype behind = end + 1;
        while (behind < m_text.size() && isBlank(m_text[behind]))
            ++behind;
        if (behind < m_text.size() && m_text[behind] != ';')
            continue;
        const QByteArray result = m_text.mid(m_at + 1, end - m_at - 1);
        m_at = behind;
        return result;
    }
    return std::nullopt;
}

QByteArray HeaderReader::upToSemicolon()
{
    const qsizetype begin = m_at;
    while (!atEnd() && m_text[m_at] != ';')
        ++m_at;
    return m_text.mid(begin, m_at - begin).trimmed();
}

bool isHexPair(const QByteArray &text, qsizetype at)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return at + 1 < text.size() && isHex(text[at]) && isHex(text[at + 1]);
}

// "%20" -> " ", or with another `sign` "=20" -> " ". Nothing when a sign stands before anything else.
std::optional<QByteArray> unescaped(const QByteArray &text, char sign)
{
    for (qsizetype at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
        if (!isHexPair(text, at + 1))
            return std::nullopt;
    }
    return QByteArray::fromPercentEncoding(text, sign);
}

// Nothing for an unknown charset, or where the bytes are not of that charset.
std::optional<QString> decoded(const QByteArray &bytes, const QByteArray &charset)
{
    const QByteArray name = charset.trimmed().toLower();
    if (name == "utf-8" || name == "utf8" || name == "us-ascii")
        return bytes.isValidUtf8() ? std::optional(QString::fromUtf8(bytes)) : std::nullopt;
    if (name == "iso-8859-1" || name == "latin1")
        return QString::fromLatin1(bytes);
    return std::nullopt;
}

struct EncodedText {
    QByteArray charset;
    QByteArray bytes;
};

// charset'language'text (RFC 8187 3.2), also without any of the two in front.
std::optional<EncodedText> splitExtended(const QByteArray &value)
{
    QByteArray charset = QByteArrayLiteral("utf-8");
    QByteArray text = value;
    const qsizetype first = value.indexOf('\'');
    const qsizetype second = first < 0 ? -1 : value.indexOf('\'', first + 1);
    if (second >= 0 || (first >= 0 && decoded({}, value.left(first)))) {
        if (first > 0)
            charset = value.left(first);
        text = value.mid(std::max(first, second) + 1);
    }
    const auto bytes = unescaped(text, '%');
    return bytes ? std::optional(EncodedText{charset, *bytes}) : std::nullopt;
}

std::optional<QString> fromExtended(const QByteArray &value)
{
    const auto parts = splitExtended(value);
    return parts ? decoded(parts->bytes, parts->charset) : std::nullopt;
}

// One word of RFC 2047 2 at `*at`, which is moved behind it.
std::optional<EncodedText> encodedWord(const QByteArray &text, qsizetype *at)
{
    const qsizetype mark = text.indexOf('?', *at + 2);
    if (mark < 0 || mark + 3 > text.size() || text[mark + 2] != '?')
        return std::nullopt;
    const qsizetype end = text.indexOf("?=", mark + 3);
    if (end < 0)
        return std::nullopt;
    const QByteArray charset = text.mid(*at + 2, mark - *at - 2).split('*').constFirst();
    QByteArray content = text.mid(mark + 3, end - mark - 3);
    *at = end + 2;
    if (text[mark + 1] == 'Q' || text[mark + 1] == 'q') {
        const auto bytes = unescaped(content.replace('_', ' '), '=');
        return bytes ? std::optional(EncodedText{charset, *bytes}) : std::nullopt;
    }
    const auto base64 = QByteArray::fromBase64Encoding(content, QByteArray::AbortOnBase64DecodingErrors);
    if ((text[mark + 1] != 'B' && text[mark + 1] != 'b') || !base64)
        return std::nullopt;
    return EncodedText{charset, *base64};
}

// Text with RFC 2047 words in it. Nothing when one of them is broken, or there is none.
std::optional<QString> fromEncodedWords(const QByteArray &text)
{
    QString result;
    EncodedText open; // words of one charset: a character may be split between two of them
    qsizetype at = 0;
    bool any = false;
    for (qsizetype next = text.indexOf("=?"); next >= 0; next = text.indexOf("=?", at)) {
        const QByteArray between = text.mid(at, next - at);
        at = next;
        const auto word = encodedWord(text, &at);
        if (!word)
            return std::nullopt;
        const bool isApart = !any || !between.trimmed().isEmpty();
        if (isApart || word->charset.compare(open.charset, Qt::CaseInsensitive) != 0) {
            const auto before = any ? decoded(open.bytes, open.charset) : QString();
            if (!before)
                return std::nullopt;
            result += *before + (isApart ? fromUnknownCharset(between) : QString());
            open = {word->charset, {}};
        }
        open.bytes += word->bytes;
        any = true;
    }
    const auto last = decoded(open.bytes, open.charset);
    return last ? std::optional(result + *last + fromUnknownCharset(text.mid(at))) : std::nullopt;
}

QString fromPlain(const QByteArray &value)
{
    if (const auto text = fromEncodedWords(value))
        return *text;
    if (const auto bytes = unescaped(value, '%'); bytes && bytes->isValidUtf8())
        return QString::fromUtf8(*bytes);
    return fromUnknownCharset(value);
}

// filename*0, filename*1*, ... (RFC 2231 3 and 4), as far as they go without a gap.
std::optional<QString> fromPieces(const Parameters &parameters)
{
    EncodedText joined;
    for (int i = 0;; ++i) {
        const QByteArray key = "filename*" + QByteArray::number(i);
        if (const QByteArray piece = parameters.value(key + '*'); !piece.isEmpty()) {
            const auto bytes = unescaped(piece, '%');
            const auto parts = i == 0  ? splitExtended(piece)
                               : bytes ? std::optional(EncodedText{joined.charset, *bytes})
                                       : std::nullopt;
            if (!parts)
                return std::nullopt;
            joined = {parts->charset, joined.bytes + parts->bytes};
        } else if (parameters.contains(key)) {
            joined.bytes += parameters.value(key);
        } else {
            break;
        }
    }
    return joined.charset.isEmpty() ? fromPlain(joined.bytes) : decoded(joined.bytes, joined.charset);
}

} // namespace

QString fromUnknownCharset(const QByteArray &bytes)
{
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
}

QString nameFromDisposition(const QByteArray &header)
{
    HeaderReader reader(header);
    reader.type();
    const Parameters parameters = reader.parameters();
    if (const auto name = fromExtended(parameters.value("filename*")); name && !name->isEmpty())
        return *name;
    if (const auto name = fromPieces(parameters); name && !name->isEmpty())
        return *name;
    return fromPlain(parameters.value("filename"));
}

bool isAttachment(const QByteArray &header) { return HeaderReader(header).type() == "attachment"; }

} // namespace longhaul
