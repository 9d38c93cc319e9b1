// SPDX-License-Identifier: MIT
#include "inputfields.h"

#include "core/userinput.h"

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeaderLines = 3; // shown at once

}

ChecksumField::ChecksumField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName("checksumEdit"_L1);
    setAccessibleName(tr("Checksum"));
    setPlaceholderText(tr("SHA-256, SHA-512, SHA-1 or MD5"));
}

std::optional<ExpectedDigest> ChecksumField::digest() const { return parseChecksum(text()); }

QString ChecksumField::problem() const
{
    if (text().trimmed().isEmpty() || digest())
        return {};
    return tr("The checksum is not complete: SHA-256 has 64 digits, SHA-512 128, SHA-1 40 and MD5 32, from "
              "0 to 9 and a to f.");
}

HeadersField::HeadersField(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName("headersEdit"_L1);
    setAccessibleName(tr("Headers to send, one per line"));
    setPlaceholderText(tr("One per line, such as:") + "\nCookie: name=value"_L1);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    const QMargins margins = contentsMargins();
    setFixedHeight(fontMetrics().lineSpacing() * (kHeaderLines + 1) + margins.top() + margins.bottom());
}

HeaderList HeadersField::headers() const
{
    int badLine = 0;
    return read(&badLine);
}

QString HeadersField::problem() const
{
    int badLine = 0;
    read(&badLine);
    return badLine > 0 ? tr("Line %1 of the headers must be as in “Name: value”.").arg(badLine) : QString();
}

// `badLine`: the first that is not sound, counted from 1; 0 when all are.
HeaderList HeadersField::read(int *badLine) const
{
    HeaderList list;
    const QStringList lines = toPlainText().split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        if (const auto header = parseHeader(lines[i].trimmed()))
            list.append(*header);
        else if (*badLine == 0)
            *badLine = int(i) + 1;
    }
    return list;
}

} // namespace longhaul
