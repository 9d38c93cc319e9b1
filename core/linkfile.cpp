// SPDX-License-Identifier: MIT
#include "linkfile.h"

#include "binaryplist.h"
#include "markup.h"
#include "userinput.h"
#include "words.h"

#include <QFileInfo>
#include <QHash>
#include <QStringConverter>

#include <algorithm>
#include <array>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestAddress = 1 << 16; // characters; what is longer is no address

// Gathers links, each address once.
class Links
{
public:
    bool isFull() const { return m_list.size() >= kMostLinks; }

    // Where it is in the list; -1 when `text` is no address, or one too many.
    qsizetype add(const QString &text)
    {
        if (text.size() > kLongestAddress)
            return -1;
        const auto parsed = parseUrl(text);
        const QUrl *url = std::get_if<QUrl>(&parsed);
        if (!url)
            return -1;
        if (const auto known = m_places.constFind(*url); known != m_places.constEnd())
            return *known;
        if (isFull())
            return -1;
        m_places.insert(*url, m_list.size());
        m_list.append({*url, {}});
        return m_list.size() - 1;
    }

    // The first name that says something stays.
    void setName(qsizetype place, const QString &name)
    {
        if (place >= 0 && m_list[place].name.isEmpty())
            m_list[place].name = plainLine(name);
    }

    QList<Link> list() && { return std::move(m_list); }

private:
    QList<Link> m_list;
    QHash<QUrl, qsizetype> m_places;
};

bool isAsciiAlnum(QChar c) { return c.unicode() < 0x80 && c.isLetterOrNumber(); }

bool startsWithScheme(QStringView text)
{
    return text.startsWith("http://"_L1, Qt::CaseInsensitive)
           || text.startsWith("https://"_L1, Qt::CaseInsensitive);
}

// What never belongs to an address: white space, control and invisible characters, quotes, CJK punctuation.
bool endsAddress(QChar c)
{
    constexpr QStringView kEnds = u"<>\"`\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a\u2026"
                                  u"\u3001\u3002\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011"
                                  u"\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5c";
    if (c.unicode() < 0x80 && isAsciiAlnum(c))
        return false;
    return c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
           || kEnds.contains(c);
}

// Without what prose puts behind an address: punctuation, and brackets that it does not open itself.
QStringView withoutTail(QStringView address)
{
    constexpr QStringView kOpening = u"([{";
    constexpr QStringView kClosing = u")]}";
    std::array<qsizetype, 3> open{};
    for (const QChar c : address) {
        if (const qsizetype i = kOpening.indexOf(c); i >= 0)
            ++open[std::size_t(i)];
        else if (const qsizetype j = kClosing.indexOf(c); j >= 0)
            --open[std::size_t(j)];
    }
    while (!address.isEmpty()) {
        const QChar last = address.back();
        const qsizetype opening = kOpening.indexOf(last);
        const qsizetype closing = kClosing.indexOf(last);
        if (opening >= 0)
            --open[std::size_t(opening)];
        else if (closing >= 0 && open[std::size_t(closing)] < 0)
            ++open[std::size_t(closing)];
        else if (!QStringView(u".,;:!?'*|").contains(last))
            break;
        address.chop(1);
    }
    return address;
}

// The address that begins at `begin`, up to where the next one begins or text goes on.
QStringView addressAt(QStringView text, qsizetype begin)
{
    qsizetype end = text.indexOf(u':', begin) + 3;
    for (; end < text.size() && !endsAddress(text[end]); ++end) {
        if (QStringView(u",;|()[]{}'*").contains(text[end]) && startsWithScheme(text.sliced(end + 1)))
            break;
    }
    return text.sliced(begin, end - begin);
}

bool isHostLabel(QStringView label)
{
    return !label.isEmpty() && std::all_of(label.begin(), label.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'-';
    });
}

// "example.org/file.iso", "192.0.2.1:8080/file.iso": a host with a dot, and a path.
bool isBareAddress(QStringView word)
{
    const qsizetype slash = word.indexOf(u'/');
    if (slash < 0 || std::any_of(word.begin(), word.end(), endsAddress))
        return false;
    QStringView host = word.first(slash);
    if (const qsizetype colon = host.indexOf(u':'); colon >= 0) {
        if (host.sliced(colon + 1).toUShort() == 0)
            return false;
        host = host.first(colon);
    }
    const QList<QStringView> labels = host.split(u'.');
    const QStringView last = labels.constLast();
    const auto isDigit = [](QChar c) { return c.isDigit(); };
    const bool isNumber = std::all_of(last.begin(), last.end(), isDigit);
    return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), isHostLabel)
           && (isNumber ? labels.size() == 4
                        : last.size() >= 2 && std::none_of(last.begin(), last.end(), isDigit));
}

// The keys of one [group] of an INI-like file, lower case; of two the first counts.
QHash<QString, QString> groupOf(QStringView text, QStringView group)
{
    QHash<QString, QString> values;
    bool inside = false;
    for (const QStringView line : text.tokenize(u'\n')) {
        const QStringView trimmed = line.trimmed();
        if (trimmed.startsWith(u'[')) {
            if (inside)
                break;
            inside = trimmed.endsWith(u']')
                     && trimmed.sliced(1).chopped(1).compare(group, Qt::CaseInsensitive) == 0;
            continue;
        }
        const qsizetype equals = trimmed.indexOf(u'=');
        if (!inside || equals <= 0)
            continue;
        const QString key = trimmed.first(equals).trimmed().toString().toLower();
        if (!values.contains(key))
            values.insert(key, trimmed.sliced(equals + 1).trimmed().toString());
    }
    return values;
}

// The URL of a property list in XML: the <string> behind <key>URL</key>.
QString urlInXmlPlist(QStringView text)
{
    MarkupReader reader(text);
    QString element;
    bool isNext = false;
    for (auto token = reader.next(); token != MarkupReader::Token::Done; token = reader.next()) {
        if (token == MarkupReader::Token::Text) {
            if (element == "key"_L1)
                isNext = reader.text().trimmed() == "URL"_L1;
            else if (element == "string"_L1 && isNext)
                return withoutEntities(reader.text().left(kLongestAddress));
        } else {
            element = token == MarkupReader::Token::Start ? reader.name() : QString();
        }
    }
    return {};
}

// With its mark, UTF-8, else Latin-1. `isCut`: half a character at the end is no error.
QString decoded(QByteArrayView content, bool isCut)
{
    if (const auto encoding = QStringConverter::encodingForData(content)) {
        QStringDecoder marked(*encoding);
        return marked(content);
    }
    QStringDecoder utf8(QStringConverter::Utf8,
                        isCut ? QStringConverter::Flag::Default : QStringConverter::Flag::Stateless);
    QString text = utf8(content);
    return utf8.hasError() ? QString::fromLatin1(content) : text;
}

QList<Link> oneLink(const QString &address, const QString &name)
{
    Links links;
    links.setName(links.add(address), name);
    return std::move(links).list();
}

QList<Link> linkInDesktopEntry(const QString &text)
{
    const QHash<QString, QString> entry = groupOf(text, u"Desktop Entry");
    if (entry.value(u"type"_s) != "Link"_L1)
        return {};
    return oneLink(entry.value(u"url"_s), entry.value(u"name"_s));
}

// `isCut`: an address that reaches the end of the text is not whole.
QList<Link> addressesIn(QStringView text, bool isCut)
{
    Links links;
    bool any = false;
    for (qsizetype at = text.indexOf(u"://"); at >= 0 && !links.isFull(); at = text.indexOf(u"://", at)) {
        const qsizetype begin = text.first(at).endsWith("https"_L1, Qt::CaseInsensitive) ? at - 5 : at - 4;
        const bool isOurs = begin >= 0 && startsWithScheme(text.sliced(begin))
                            && (begin == 0 || !isAsciiAlnum(text[begin - 1]));
        at += 3;
        if (!isOurs)
            continue;
        any = true;
        const QStringView address = addressAt(text, begin);
        at = begin + address.size();
        if (address.size() <= kLongestAddress && !(isCut && at == text.size()))
            links.add(withoutTail(address).toString());
    }
    const QStringView word = text.trimmed();
    if (!any && word.size() <= kLongestAddress && isBareAddress(word))
        links.add("https://"_L1 + word.toString());
    return std::move(links).list();
}

} // namespace

QList<Link> linksInText(const QString &text)
{
    return addressesIn(QStringView(text).left(kMostLinkBytes), text.size() > kMostLinkBytes);
}

QList<Link> linksInHtml(const QString &html, const QUrl &base)
{
    Links links;
    QUrl root = base;
    const auto add = [&](const QString &reference) {
        if (reference.isEmpty() || reference.size() > kLongestAddress)
            return qsizetype(-1);
        const QUrl url(reference.simplified(), QUrl::TolerantMode);
        return links.add((root.isEmpty() ? url : root.resolved(url)).toString(QUrl::FullyEncoded));
    };
    MarkupReader reader(QStringView(html).left(kMostLinkBytes));
    qsizetype open = -1; // the link whose text is being read
    QString words;
    const auto close = [&] {
        links.setName(open, words);
        open = -1;
        words.clear();
    };
    for (auto token = reader.next(); token != MarkupReader::Token::Done && !links.isFull();
         token = reader.next()) {
        if (token == MarkupReader::Token::Text) {
            if (open >= 0 && words.size() < 1000)
                words += withoutEntities(reader.text().left(1000));
        } else if (reader.name() == "a"_L1) {
            close();
            if (token == MarkupReader::Token::Start)
                open = add(reader.attribute(u"href"));
        } else if (token == MarkupReader::Token::Start && reader.name() == "img"_L1) {
            links.setName(add(reader.attribute(u"src")), reader.attribute(u"alt"));
        } else if (token == MarkupReader::Token::Start && reader.name() == "base"_L1) {
            const auto given = parseUrl(reader.attribute(u"href"));
            if (const QUrl *url = std::get_if<QUrl>(&given))
                root = *url;
        }
    }
    close();
    return std::move(links).list();
}

bool isLinkFile(const QString &name)
{
    constexpr std::array kSuffixes{"url"_L1,  "desktop"_L1, "webloc"_L1, "txt"_L1, "lst"_L1,
                                   "list"_L1, "urls"_L1,    "html"_L1,   "htm"_L1, "md"_L1};
    return std::find(kSuffixes.begin(), kSuffixes.end(), QFileInfo(name).suffix().toLower())
           != kSuffixes.end();
}

QList<Link> linksInFile(const QString &name, const QByteArray &content)
{
    const QFileInfo info(name); // its name alone: no disk is asked
    const QString suffix = info.suffix().toLower();
    const bool isCut = content.size() > kMostLinkBytes;
    const QByteArrayView bytes =
        QByteArrayView(content).first(std::min<qsizetype>(content.size(), kMostLinkBytes));
    if (suffix == "webloc"_L1 && bytes.startsWith("bplist"))
        return oneLink(stringInBinaryPlist(bytes, "URL"_L1).value_or(QString()), info.completeBaseName());
    const QString text = decoded(bytes, isCut);
    if (suffix == "webloc"_L1)
        return oneLink(urlInXmlPlist(text), info.completeBaseName());
    if (suffix == "url"_L1)
        return oneLink(groupOf(text, u"InternetShortcut").value(u"url"_s), info.completeBaseName());
    if (suffix == "desktop"_L1)
        return linkInDesktopEntry(text);
    if (suffix == "html"_L1 || suffix == "htm"_L1)
        return linksInHtml(text);
    return addressesIn(text, isCut);
}

} // namespace longhaul
