// SPDX-License-Identifier: MIT
#include "filename.h"

#include <QCryptographicHash>
#include <QHash>
#include <QMimeDatabase>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <optional>

namespace longhaul
{

namespace
{

using Parameters = QHash<QByteArray, QByteArray>; // names in lower case; no empty values

constexpr qsizetype kLongestHeader = 16 * 1024;
constexpr qsizetype kLongestName = 255; // NAME_MAX of Linux in bytes; Windows and macOS allow at least that
constexpr qsizetype kLongestSuffix = 16;
constexpr qsizetype kLongestDraft = 4096; // normalising takes quadratic time for a long run of marks

// True when `word` is in `list`, words with a space before and behind each, in any case.
bool isOneOf(const QString &word, QStringView list)
{
    return !word.isEmpty() && !word.contains(u' ') && list.contains(u' ' + word + u' ', Qt::CaseInsensitive);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Reads "type; name=value; name="value"" (RFC 6266 4.1) and forgives what browsers forgive.
class HeaderReader
{
public:
    explicit HeaderReader(const QByteArray &header)
        : m_text(header.left(kLongestHeader))
    {
    }

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

QString fromRaw(const QByteArray &bytes)
{
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
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
            result += *before + (isApart ? fromRaw(between) : QString());
            open = {word->charset, {}};
        }
        open.bytes += word->bytes;
        any = true;
    }
    const auto last = decoded(open.bytes, open.charset);
    return last ? std::optional(result + *last + fromRaw(text.mid(at))) : std::nullopt;
}

QString fromPlain(const QByteArray &value)
{
    if (const auto text = fromEncodedWords(value))
        return *text;
    if (const auto bytes = unescaped(value, '%'); bytes && bytes->isValidUtf8())
        return QString::fromUtf8(*bytes);
    return fromRaw(value);
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

// Default-ignorable code points (Unicode DerivedCoreProperties) that are not of category Cf.
bool isInvisible(char32_t code)
{
    constexpr char32_t kFillers[] = {0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0};
    return QChar::category(code) == QChar::Other_Format ||
           std::find(std::begin(kFillers), std::end(kFillers), code) != std::end(kFillers);
}

bool isForbidden(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: break;
    }
    return code == QChar::ReplacementCharacter || QChar::isNonCharacter(code) ||
           (code < 0x80 && QLatin1StringView("<>:\"|?*/\\").contains(QLatin1Char(static_cast<char>(code))));
}

QString cleaned(const QString &name)
{
    QString result;
    result.reserve(name.size());
    const auto codes = name.toUcs4(); // half a surrogate pair becomes a replacement character
    for (const char32_t code : codes) {
        if (isForbidden(code))
            result += u'_';
        else if (!isInvisible(code))
            result += QChar::fromUcs4(code);
    }
    return result;
}

QString withoutEdges(QStringView name)
{
    const auto isEdge = [](QChar c) {
        return c == u'.' || c.isSpace() || c.category() == QChar::Other_Control ||
               c.category() == QChar::Other_Format;
    };
    while (!name.isEmpty() && (isEdge(name.front()) || name.front() == u'~'))
        name = name.mid(1);
    while (!name.isEmpty() && isEdge(name.back()))
        name.chop(1);
    return name.toString();
}

// The longest start of `text` of at most `maxBytes` of UTF-8, cut between characters as a reader sees them.
QString startOf(const QString &text, qsizetype maxBytes)
{
    qsizetype at = 0;
    qsizetype bytes = 0;
    while (at < text.size()) {
        const bool isPair =
            text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const char16_t unit = text[at].unicode();
        bytes += isPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        if (bytes > maxBytes)
            break;
        at += isPair ? 2 : 1;
    }
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(at);
    if (!finder.isAtBoundary())
        at = finder.toPreviousBoundary() > 0 ? finder.position() : at;
    return text.left(at);
}

// The same, with the suffix kept where there is room for it.
QString shortened(const QString &name, qsizetype maxBytes)
{
    if (name.toUtf8().size() <= maxBytes)
        return name;
    const QString suffix = suffixOf(name);
    const QString stem = startOf(name.chopped(suffix.size()), maxBytes - suffix.size());
    return stem.isEmpty() ? startOf(name, maxBytes) : stem + suffix;
}

// Windows' "Naming Files, Paths, and Namespaces": reserved in any case, with any suffix.
bool isDeviceName(const QString &name)
{
    const QString stem = name.section(u'.', 0, 0).trimmed();
    if (isOneOf(stem, u" CON PRN AUX NUL CONIN$ CONOUT$ "))
        return true;
    return stem.size() == 4 && isOneOf(stem.left(3), u" COM LPT ") &&
           QStringView(u"0123456789\u00b9\u00b2\u00b3").contains(stem[3]);
}

bool isCatchAll(const QByteArray &type)
{
    return type == "application/octet-stream" || type == "binary/octet-stream" || type == "text/plain";
}

// With its dot; empty for an unknown type.
QString suffixOfType(const QByteArray &type)
{
    if (type.endsWith("/octet-stream"))
        return QStringLiteral(".bin");
    const QString suffix = QMimeDatabase().mimeTypeForName(QString::fromLatin1(type)).preferredSuffix();
    return suffix.isEmpty() ? QString() : u'.' + suffix;
}

} // namespace

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

bool isAttachment(const QByteArray &header)
{
    return HeaderReader(header).type() == "attachment";
}

QString nameFromUrl(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    return fromRaw(QByteArray::fromPercentEncoding(path.mid(path.lastIndexOf('/') + 1)));
}

QString safeName(const QString &name, int maxBytes)
{
    const qsizetype slash = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    QString result = name.mid(slash + 1);
    // Each step may undo an earlier one (a cut may leave a space at the end), so go on until nothing changes.
    for (int round = 0; round < 8; ++round) {
        const QString before = result;
        result = shortened(withoutEdges(cleaned(withoutEdges(result))), kLongestDraft);
        result = withoutEdges(result.normalized(QString::NormalizationForm_C));
        result = shortened(isDeviceName(result) ? u'_' + result : result, maxBytes);
        if (result == before)
            break;
    }
    return result;
}

QString chooseName(const QByteArray &disposition, const QUrl &finalUrl, const QUrl &requestedUrl,
                   const QByteArray &mediaType)
{
    const QString given = safeName(nameFromDisposition(disposition));
    if (!given.isEmpty())
        return given;
    const QByteArray type = mediaType.split(';').constFirst().trimmed().toLower();
    for (const QUrl &url : {finalUrl, requestedUrl}) {
        const QString name = safeName(nameFromUrl(url));
        if (name.isEmpty())
            continue;
        const bool isComplete = isCatchAll(type) || !suffixOf(name).isEmpty();
        return isComplete ? name : safeName(name + suffixOfType(type));
    }
    return safeName(QStringLiteral("download") + suffixOfType(type));
}

QString numberedName(const QString &name, int n)
{
    if (n <= 1)
        return name;
    const QString suffix = suffixOf(name);
    const QString tail = QStringLiteral(" (%1)").arg(n) + suffix;
    return startOf(name.chopped(suffix.size()), kLongestName - tail.size()) + tail;
}

QString partName(const QString &name)
{
    const QString tail = QStringLiteral(".part");
    const QByteArray bytes = name.toUtf8();
    if (bytes.size() + tail.size() <= kLongestName)
        return name + tail;
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().left(8);
    const QString end = u'-' + QString::fromLatin1(hash) + tail;
    return startOf(name, kLongestName - end.size()) + end;
}

QString suffixOf(const QString &name)
{
    // The part behind the last dot of `text`, where it may be a suffix and something is before it.
    const auto last = [](QStringView text) -> QStringView {
        const qsizetype dot = text.lastIndexOf(u'.');
        const QStringView suffix = text.mid(dot + 1);
        const auto isLetter = [](QChar c) { return c.unicode() < 0x80 && c.isLetter(); };
        const auto isAllowed = [](QChar c) {
            return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'+');
        };
        const bool hasLetter = std::any_of(suffix.begin(), suffix.end(), isLetter);
        const bool isUsable = dot > 0 && suffix.size() < kLongestSuffix && (hasLetter || suffix.size() == 3);
        return isUsable && std::all_of(suffix.begin(), suffix.end(), isAllowed) ? suffix : QStringView();
    };
    const QStringView outer = last(name);
    if (outer.isEmpty())
        return {};
    qsizetype length = outer.size() + 1;
    if (isOneOf(outer.toString(), u" gz bz2 xz zst lz lz4 lzma lzo bz z br ")) {
        const QStringView inner = last(QStringView(name).chopped(length));
        if (!inner.isEmpty() && inner.size() <= 5 && inner.front().isLetter())
            length += inner.size() + 1;
    }
    return name.right(length);
}

bool namesABinary(const QString &name)
{
    // What servers make pages with. Their types are in the MIME database too, or in none.
    constexpr QStringView kPages =
        u" html htm xhtml xht shtml mhtml mht php php3 php4 php5 phtml asp aspx ashx "
        u"jsp jspx cgi pl cfm do action ";
    const QString suffix = suffixOf(name);
    if (suffix.isEmpty() || isOneOf(suffix.mid(1), kPages))
        return false;
    // Not the name itself: "README.x" is known by its beginning.
    return !QMimeDatabase().mimeTypesForFileName(u'x' + suffix).isEmpty();
}

} // namespace longhaul
