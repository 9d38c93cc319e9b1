// SPDX-License-Identifier: MIT
#include "filename.h"

#include "disposition.h"

#include <QCryptographicHash>
#include <QMimeDatabase>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace longhaul {

namespace {

constexpr qsizetype kLongestName = 255; // NAME_MAX of Linux in bytes; Windows and macOS allow at least that
constexpr qsizetype kLongestSuffix = 16;
constexpr qsizetype kLongestDraft = 4096; // normalising takes quadratic time for a long run of marks

// True when `word` in lower case is in `list`, words with a space before and behind each.
bool isOneOf(const QString &word, QStringView list)
{
    return !word.isEmpty() && !word.contains(u' ') && list.contains(u' ' + word.toLower() + u' ');
}

// Default-ignorable code points (Unicode DerivedCoreProperties), but for variation selectors: those of
// category Cf, some fillers, and what is reserved for more of them.
bool isInvisible(char32_t code)
{
    constexpr char32_t kFillers[] = {0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0};
    const QChar::Category category = QChar::category(code);
    if (category == QChar::Other_NotAssigned)
        return code == 0x2065 || (code >= 0xfff0 && code <= 0xfff8) || (code >= 0xe0000 && code <= 0xe0fff);
    return category == QChar::Other_Format
           || std::find(std::begin(kFillers), std::end(kFillers), code) != std::end(kFillers);
}

bool isForbidden(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: break;
    }
    return code == QChar::ReplacementCharacter || QChar::isNonCharacter(code)
           || (code < 0x80
               && QLatin1StringView("<>:\"|?*/\\").contains(QLatin1Char(static_cast<char>(code))));
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
        return c == u'.' || c.isSpace() || c.category() == QChar::Other_Control
               || c.category() == QChar::Other_Format;
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
    if (isOneOf(stem, u" con prn aux nul conin$ conout$ "))
        return true;
    return stem.size() == 4 && isOneOf(stem.left(3), u" com lpt ")
           && QStringView(u"0123456789\u00b9\u00b2\u00b3").contains(stem[3]);
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

QString nameFromUrl(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    return fromUnknownCharset(QByteArray::fromPercentEncoding(path.mid(path.lastIndexOf('/') + 1)));
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
    // What the MIME database has no own type for.
    constexpr QStringView kFiles = u" bin dat data img raw rom run pak blob dump zst whl crx xpi appimage ";
    const QString suffix = suffixOf(name);
    if (suffix.isEmpty() || isOneOf(suffix.mid(1), kPages))
        return false;
    if (isOneOf(suffix.mid(1), kFiles))
        return true;
    // Not the name itself: "README.x" is known by its beginning.
    return !QMimeDatabase().mimeTypesForFileName(u'x' + suffix).isEmpty();
}

} // namespace longhaul
