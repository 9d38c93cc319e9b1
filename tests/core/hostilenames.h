// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QString>

// What hostile servers call their files, and how to tell that a name is safe.
namespace longhaul::hostilenames {

// Why `name` breaks what safeName() promises; empty when it keeps it. Written apart from the code it tests.
inline QString complaint(const QString &name, int maxBytes)
{
    if (name.isEmpty())
        return {};
    if (name.toUtf8().size() > maxBytes)
        return QStringLiteral("too long");
    if (!name.isValidUtf16())
        return QStringLiteral("half a surrogate pair");
    if (name != name.normalized(QString::NormalizationForm_C))
        return QStringLiteral("not NFC");
    if (name.startsWith(u'.') || name.startsWith(u'~') || name.front().isSpace())
        return QStringLiteral("bad start");
    if (name.endsWith(u'.') || name.back().isSpace())
        return QStringLiteral("bad end");
    for (const QChar c : name) {
        const char16_t u = c.unicode();
        if (u < 0x20 || (u >= 0x7f && u < 0xa0) || QStringView(u"/\\<>:\"|?*").contains(c))
            return QStringLiteral("forbidden character %1").arg(u, 4, 16);
        if ((u >= 0x200b && u <= 0x200f) || (u >= 0x2028 && u <= 0x202e) || (u >= 0x2060 && u <= 0x206f)
            || u == 0xfeff || u == 0x00ad || u == 0x061c || u >= 0xfffe)
            return QStringLiteral("invisible character %1").arg(u, 4, 16);
    }
    static const QRegularExpression device(
        QStringLiteral("^(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\.|$)"),
        QRegularExpression::CaseInsensitiveOption);
    return device.match(name).hasMatch() ? QStringLiteral("device name") : QString();
}

inline QByteArray hexOf(const QByteArray &bytes) { return bytes.toHex(' '); }

// Random bytes with a taste for what means something in a header or a name.
inline QByteArray hostileBytes(QRandomGenerator &random)
{
    static const QList<QByteArray> spices =
        QByteArray("attachment|;|filename|=|*|filename*=UTF-8''|\"|'|\\|/|..|.| "
                   "|%2F|%00|%|%E2%82%AC|filename*0*=utf-8''|"
                   "filename=|CON|nul.|COM1|lpt\xc2\xb9|=?UTF-8?B?|=?utf-8?Q?|?=|=?|.tar.gz|.html|; "
                   "filename=\"|~|\r\n|"
                   "\xe2\x80\xae|\xe2\x80\x8b|\xef\xbb\xbf|e\xcc\x81|\xcc\xb8|<|\xed\xa0\x80|"
                   "\xf0\x9f\x98\x80|\xef\xbf\xbe|"
                   "filename*1=|\xe0\xa5\x98|\xc2\x85|\xe1\x84\x80\xe1\x85\xa1|\xe2\x80\xa8|\xc2\xa0|x")
            .split('|');
    QByteArray bytes = random.bounded(4) == 0 ? QByteArray() : QByteArray("attachment; filename=");
    for (int left = random.bounded(24); left > 0; --left) {
        const int kind = random.bounded(8);
        if (kind == 0)
            bytes += QByteArray(random.bounded(300), static_cast<char>(random.bounded(256)));
        else if (kind < 3)
            bytes += static_cast<char>(random.bounded(256));
        else
            bytes += spices[random.bounded(static_cast<int>(spices.size()))];
    }
    return bytes;
}

} // namespace longhaul::hostilenames
