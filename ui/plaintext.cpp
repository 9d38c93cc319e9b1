// SPDX-License-Identifier: MIT
#include "plaintext.h"

#include <QList>

namespace longhaul {

QString plainText(const QString &text)
{
    QString plain;
    for (const char32_t c : text.toUcs4()) {
        if (QChar::isSpace(c))
            plain += u' ';
        else if (QChar::isPrint(c))
            plain += QChar::fromUcs4(c);
    }
    return plain.simplified();
}

} // namespace longhaul
