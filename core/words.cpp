// SPDX-License-Identifier: MIT
#include "words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::Words)
};

QString withoutPassword(const QString &text)
{
    QUrl url(text, QUrl::TolerantMode);
    if (url.isValid() && !url.host().isEmpty()) {
        if (url.password().isEmpty())
            return text;
        url.setPassword({});
        return url.toString(QUrl::FullyEncoded);
    }
    // No URL, perhaps by a slip: what stands where a password would stand is not shown either.
    static const QRegularExpression password(QStringLiteral("^((?:[a-z][a-z0-9+.-]*:/+)?+[^:/]*):.*@"),
                                             QRegularExpression::CaseInsensitiveOption
                                                 | QRegularExpression::DotMatchesEverythingOption);
    return QString(text).replace(password, QStringLiteral("\\1@"));
}

QString withoutUnprintable(QString text)
{
    text.removeIf(
        [](QChar c) { return !c.isPrint() || c == QChar::LineSeparator || c == QChar::ParagraphSeparator; });
    return text;
}

} // namespace

QString shownUrl(const QString &text) { return withoutUnprintable(withoutPassword(text)); }

QString plainLine(const QString &text, qsizetype most)
{
    // Once more in the end: blanks may have had something invisible between them.
    return withoutUnprintable(text.left(4 * most).simplified()).simplified().left(most).trimmed();
}

QString sizeInWords(qint64 bytes) { return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1); }

QString timeInWords(std::chrono::seconds time)
{
    const qint64 s = time.count();
    const QString tail = QStringLiteral("%1:%2")
                             .arg(s / 60 % 60, s >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                             .arg(s % 60, 2, 10, QLatin1Char('0'));
    return s >= 3600 ? QStringLiteral("%1:%2").arg(s / 3600).arg(tail) : tail;
}

QString shownUrl(const QUrl &url) { return shownUrl(url.toString(QUrl::FullyEncoded)); }

QString rateInWords(qint64 bytesPerSecond) { return Text::tr("%1/s").arg(sizeInWords(bytesPerSecond)); }

} // namespace longhaul
