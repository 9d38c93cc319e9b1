// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <vector>

namespace longhaul {

// Tags and text of HTML and of simple XML, one after another, as far as links need it. Made for hostile
// input: never fails, never goes back, takes time in proportion to the text. Comments, declarations
// (<!DOCTYPE ...>, so no entity is ever defined), scripts and styles are passed over; what is broken at the
// end is left out.
class MarkupReader
{
public:
    enum class Token { Start, End, Text, Done };

    explicit MarkupReader(QStringView text); // must outlive the reader

    Token next();

    // Of the Start or End that next() gave: lower case.
    const QString &name() const { return m_name; }
    // Of a Start: the value of an attribute (lower case), entities resolved; null when it has none.
    QString attribute(QStringView name) const;
    // Of a Text: as it is written.
    QStringView text() const { return m_token; }

private:
    bool beginsTag(qsizetype at) const;
    bool skipDeclaration();
    bool readTag();
    bool readAttribute();
    void skipRawText();

    QStringView m_text;
    qsizetype m_at = 0;
    QStringView m_token;
    QString m_name;
    std::vector<std::pair<QStringView, QStringView>> m_attributes;
};

// "a&amp;b &#x41;" -> "a&b A". The entities of XML, &nbsp; and numbers; others stay as they are.
QString withoutEntities(QStringView text);

} // namespace longhaul
