// SPDX-License-Identifier: MIT
#include "jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace longhaul {

namespace {

constexpr qsizetype kSurelyInteger = 18; // digits that fit 64 bits whatever they are
constexpr int kUsualDepth = 8;
constexpr QByteArrayView kByteOrderMark = "\xef\xbb\xbf"; // Qt leaves it out, now and then

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Where the string that begins at `quote` ends, behind its closing quote; -1 when it does not.
qsizetype endOfString(QByteArrayView text, qsizetype quote)
{
    for (qsizetype i = quote + 1; i < text.size(); ++i) {
        if (text[i] == '"')
            return i + 1;
        if (text[i] == '\\')
            ++i;
    }
    return -1;
}

// Whether a text is compact JSON as this program writes it. False may be wrong, true is not.
class UsualForm
{
public:
    explicit UsualForm(QByteArrayView text)
        : m_text(text)
    {}
    bool isObject() { return m_text.isValidUtf8() && object(1) && m_at == m_text.size(); }

private:
    char next() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c) { return next() == c && ++m_at; }

    bool take(QByteArrayView word)
    {
        const bool found = m_text.sliced(m_at).startsWith(word);
        m_at += found ? word.size() : 0;
        return found;
    }

    bool object(int depth)
    {
        if (depth > kUsualDepth || !take('{'))
            return false;
        QByteArrayView last; // in order, each stands there once
        do {
            const qsizetype begin = m_at;
            if (last.isNull() && take('}'))
                return true;
            if (!string())
                return false;
            const QByteArrayView name = m_text.sliced(begin + 1, m_at - begin - 2);
            if ((!last.isNull() && last.compare(name) >= 0) || name.contains('\\') || !take(':')
                || !value(depth))
                return false;
            last = name;
        } while (take(','));
        return take('}');
    }

    bool array(int depth)
    {
        if (depth > kUsualDepth || !take('['))
            return false;
        if (take(']'))
            return true;
        do {
            if (!value(depth))
                return false;
        } while (take(','));
        return take(']');
    }

    bool value(int depth)
    {
        switch (next()) {
        case '"': return string();
        case '{': return object(depth + 1);
        case '[': return array(depth + 1);
        case 't': return take("true");
        case 'f': return take("false");
        case 'n': return take("null");
        default: return integer();
        }
    }

    bool string()
    {
        if (!take('"') || m_text.sliced(m_at).startsWith(kByteOrderMark))
            return false;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"')
                return ++m_at;
            if (static_cast<unsigned char>(c) < 0x20)
                return false;
            if (c == '\\' && (++m_at == m_text.size() || !QByteArrayView("\"\\bfnrt").contains(m_text[m_at])))
                return false;
        }
        return false;
    }

    bool integer()
    {
        const bool negative = take('-');
        const qsizetype begin = m_at;
        while (isDigit(next()))
            ++m_at;
        const qsizetype digits = m_at - begin;
        const bool zero = digits > 0 && m_text[begin] == '0';
        return digits > 0 && digits <= kSurelyInteger && (!zero || (digits == 1 && !negative));
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

std::optional<qint64> plainInteger(QByteArrayView text)
{
    const bool negative = text.startsWith('-');
    const QByteArrayView digits = text.sliced(negative ? 1 : 0);
    if (digits.isEmpty() || digits.size() > kSurelyInteger
        || !std::all_of(digits.begin(), digits.end(), isDigit))
        return {};
    qint64 number = 0;
    for (const char digit : digits)
        number = number * 10 + (digit - '0');
    return negative ? -number : number;
}

char16_t codeOf(QChar c) { return c.unicode(); }
char16_t codeOf(char c) { return static_cast<unsigned char>(c); } // Latin-1

// A string of which no character is written in another way: most are. False: nothing was done.
template <typename Text>
bool appendPlain(QByteArray *json, Text text)
{
    const qsizetype begin = json->size();
    json->resize(begin + text.size() + 2);
    char *to = json->data() + begin;
    *to++ = '"';
    for (const auto character : text) {
        const char16_t c = codeOf(character);
        if (c < 0x20 || c >= 0x7f || c == u'"' || c == u'\\') {
            json->resize(begin);
            return false;
        }
        *to++ = char(c);
    }
    *to = '"';
    return true;
}

} // namespace

qsizetype endOfJson(QByteArrayView text, qsizetype start)
{
    int depth = 0;
    for (qsizetype i = start; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            const qsizetype end = endOfString(text, i);
            if (end < 0 || depth == 0)
                return end;
            i = end - 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth <= 0)
                return depth < 0 ? i : i + 1;
        } else if (c == ',' && depth == 0) {
            return i;
        }
    }
    return -1;
}

QByteArray compactJson(const QByteArray &text)
{
    if (UsualForm(text).isObject())
        return text;
    const QJsonDocument document = QJsonDocument::fromJson(text);
    return document.isObject() ? document.toJson(QJsonDocument::Compact) : QByteArray();
}

QJsonValue JsonView::toValue() const
{
    return QJsonDocument::fromJson('[' + m_text.toByteArray() + ']').array().at(0);
}

std::optional<QByteArray> JsonView::plainUtf8() const
{
    if (!isString() || written().startsWith(kByteOrderMark))
        return {};
    const QByteArrayView inside = written();
    if (!inside.contains('\\'))
        return inside.toByteArray();
    QByteArray plain;
    plain.reserve(inside.size());
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] == '\\' && inside[++i] != '"' && inside[i] != '\\')
            return {};
        plain.append(inside[i]);
    }
    return plain;
}

QString JsonView::toString() const
{
    const auto plain = plainUtf8();
    return plain ? QString::fromUtf8(*plain) : isString() ? toValue().toString() : QString();
}

qint64 JsonView::toInteger(qint64 otherwise) const
{
    if (m_text.isEmpty() || !(isDigit(m_text.front()) || m_text.front() == '-'))
        return otherwise;
    const auto plain = plainInteger(m_text);
    return plain ? *plain : toValue().toInteger(otherwise);
}

QVarLengthArray<JsonView, 4> JsonView::toArray() const
{
    QVarLengthArray<JsonView, 4> values;
    if (!m_text.startsWith('['))
        return values;
    for (qsizetype at = 1; at < m_text.size() - 1;) {
        const qsizetype end = endOfJson(m_text, at);
        if (end < 0)
            break;
        values.append(JsonView(m_text.sliced(at, end - at)));
        at = end + 1;
    }
    return values;
}

JsonObjectView JsonView::toObject() const
{
    JsonObjectView object;
    if (!m_text.startsWith('{'))
        return object;
    for (qsizetype at = 1; at < m_text.size() - 1;) {
        const qsizetype colon = m_text[at] == '"' ? endOfString(m_text, at) : -1;
        const qsizetype end = colon < 0 ? -1 : endOfJson(m_text, colon + 1);
        if (end < 0)
            break;
        object.append(
            {JsonView(m_text.sliced(at, colon - at)), JsonView(m_text.sliced(colon + 1, end - colon - 1))});
        at = end + 1;
    }
    return object;
}

JsonView JsonObjectView::value(QByteArrayView name) const
{
    const auto found = std::find_if(
        begin(), end(), [name](const JsonMember &member) { return member.name.written() == name; });
    return found == end() ? JsonView() : found->value;
}

JsonObjectText::JsonObjectText(qsizetype size)
{
    m_text.reserve(size);
    m_text.append('{');
}

void JsonObjectText::putName(QByteArrayView name)
{
    const bool isFirst = isEmpty();
    const qsizetype begin = m_text.size();
    m_text.resize(begin + name.size() + (isFirst ? 3 : 4));
    char *to = m_text.data() + begin;
    if (!isFirst)
        *to++ = ',';
    *to++ = '"';
    to = std::copy(name.begin(), name.end(), to);
    *to++ = '"';
    *to = ':';
}

void JsonObjectText::put(QByteArrayView name, QByteArrayView json)
{
    putName(name);
    m_text += json;
}

void JsonObjectText::putText(QByteArrayView name, QStringView text)
{
    if (text.isEmpty())
        return;
    putName(name);
    appendJsonString(&m_text, text);
}

void JsonObjectText::putLatin1(QByteArrayView name, QByteArrayView text)
{
    if (text.isEmpty())
        return;
    putName(name);
    if (!appendPlain(&m_text, text))
        appendJsonString(&m_text, QString::fromLatin1(text));
}

void JsonObjectText::putTrue(QByteArrayView name, bool value)
{
    if (value)
        put(name, "true");
}

void appendJsonString(QByteArray *json, QStringView text)
{
    if (appendPlain(json, text))
        return;
    const bool hasControl = std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x20; });
    if (hasControl || !text.isValidUtf16()) {
        const QByteArray array = QJsonDocument(QJsonArray{text.toString()}).toJson(QJsonDocument::Compact);
        json->append(QByteArrayView(array).sliced(1, array.size() - 2));
        return;
    }
    QByteArray utf8 = text.toUtf8();
    if (utf8.contains('\\') || utf8.contains('"'))
        utf8.replace("\\", "\\\\").replace("\"", "\\\"");
    json->append('"').append(utf8).append('"');
}

} // namespace longhaul
