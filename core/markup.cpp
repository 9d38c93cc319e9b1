// SPDX-License-Identifier: MIT
#include "markup.h"

#include <algorithm>
#include <array>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostAttributes = 64; // of one tag; further ones are passed over
constexpr qsizetype kLongestEntity = 10;    // "&#1114111;"

bool isLetter(QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }
bool isSpace(QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f'; }

// `entity` without & and ; -> its text; null when it is none.
QString resolved(QStringView entity)
{
    constexpr std::array kNamed{
        std::pair{"amp"_L1, u'&'},  std::pair{"lt"_L1, u'<'},    std::pair{"gt"_L1, u'>'},
        std::pair{"quot"_L1, u'"'}, std::pair{"apos"_L1, u'\''}, std::pair{"nbsp"_L1, u' '},
    };
    for (const auto &[name, character] : kNamed) {
        if (entity == name)
            return QString(QChar(character));
    }
    if (!entity.startsWith(u'#'))
        return {};
    const bool hex = entity.size() > 1 && (entity[1] == u'x' || entity[1] == u'X');
    bool ok = false;
    const char32_t code = entity.mid(hex ? 2 : 1).toUInt(&ok, hex ? 16 : 10);
    if (!ok || code == 0 || code > QChar::LastValidCodePoint || QChar::isSurrogate(code))
        return {};
    return QString::fromUcs4(&code, 1);
}

} // namespace

MarkupReader::MarkupReader(QStringView text)
    : m_text(text)
{}

MarkupReader::Token MarkupReader::next()
{
    while (m_at < m_text.size()) {
        if (!beginsTag(m_at)) {
            const qsizetype begin = m_at;
            while (m_at < m_text.size() && !beginsTag(m_at))
                ++m_at;
            m_token = m_text.sliced(begin, m_at - begin);
            return Token::Text;
        }
        const QChar kind = m_text[m_at + 1];
        if (kind == u'!' || kind == u'?') {
            if (!skipDeclaration())
                break;
            continue;
        }
        if (!readTag())
            break;
        if (kind == u'/')
            return Token::End;
        if (m_name == "script"_L1 || m_name == "style"_L1)
            skipRawText();
        return Token::Start;
    }
    m_at = m_text.size();
    return Token::Done;
}

bool MarkupReader::beginsTag(qsizetype at) const
{
    if (m_text[at] != u'<' || at + 1 >= m_text.size())
        return false;
    const QChar c = m_text[at + 1];
    return isLetter(c) || c == u'!' || c == u'?'
           || (c == u'/' && at + 2 < m_text.size() && isLetter(m_text[at + 2]));
}

bool MarkupReader::skipDeclaration()
{
    const QStringView end = m_text.sliced(m_at).startsWith(u"<!--") ? u"-->" : u">";
    const qsizetype at = m_text.indexOf(end, m_at + 2);
    m_at = at + end.size();
    return at >= 0;
}

bool MarkupReader::readTag()
{
    m_at += m_text[m_at + 1] == u'/' ? 2 : 1;
    const qsizetype begin = m_at;
    while (m_at < m_text.size() && !isSpace(m_text[m_at]) && m_text[m_at] != u'>' && m_text[m_at] != u'/')
        ++m_at;
    m_name = m_text.sliced(begin, std::min<qsizetype>(m_at - begin, 16)).toString().toLower();
    m_attributes.clear();
    while (m_at < m_text.size()) {
        const QChar c = m_text[m_at];
        if (c == u'>') {
            ++m_at;
            return true;
        }
        if (isSpace(c) || c == u'/')
            ++m_at;
        else if (!readAttribute())
            return false;
    }
    return false;
}

bool MarkupReader::readAttribute()
{
    const qsizetype begin = m_at++; // whatever it is: on we go
    const auto isEnd = [](QChar c) { return isSpace(c) || c == u'>'; };
    while (m_at < m_text.size() && !isEnd(m_text[m_at]) && m_text[m_at] != u'=' && m_text[m_at] != u'/')
        ++m_at;
    const QStringView name = m_text.sliced(begin, m_at - begin);
    QStringView value = u"";
    qsizetype at = m_at;
    while (at < m_text.size() && isSpace(m_text[at]))
        ++at;
    if (at < m_text.size() && m_text[at] == u'=') {
        do
            ++at;
        while (at < m_text.size() && isSpace(m_text[at]));
        if (at >= m_text.size())
            return false;
        const QChar quote = m_text[at];
        qsizetype end = at;
        if (quote == u'"' || quote == u'\'') {
            end = m_text.indexOf(quote, ++at);
            if (end < 0)
                return false;
        } else {
            while (end < m_text.size() && !isEnd(m_text[end]))
                ++end;
        }
        value = m_text.sliced(at, end - at);
        m_at = end + (quote == u'"' || quote == u'\'' ? 1 : 0);
    }
    if (m_attributes.size() < kMostAttributes)
        m_attributes.emplace_back(name, value);
    return true;
}

// Nothing in a script is markup but its own end.
void MarkupReader::skipRawText()
{
    const qsizetype end = m_text.indexOf(u"</"_s + m_name, m_at, Qt::CaseInsensitive);
    m_at = end < 0 ? m_text.size() : end;
}

QString MarkupReader::attribute(QStringView name) const
{
    for (const auto &[key, value] : m_attributes) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return withoutEntities(value);
    }
    return {};
}

QString withoutEntities(QStringView text)
{
    QString result = u""_s;
    result.reserve(text.size());
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype ampersand = text.indexOf(u'&', at);
        if (ampersand < 0)
            break;
        result += text.sliced(at, ampersand - at);
        at = ampersand;
        const qsizetype length = text.mid(at + 1, kLongestEntity).indexOf(u';');
        const QString character = length > 0 ? resolved(text.sliced(at + 1, length)) : QString();
        result += character.isNull() ? u"&"_s : character;
        at += character.isNull() ? 1 : length + 2;
    }
    result += text.mid(at);
    return result;
}

} // namespace longhaul
