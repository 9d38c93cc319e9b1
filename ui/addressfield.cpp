// SPDX-License-Identifier: MIT
#include "addressfield.h"

#include "core/linkfile.h"
#include "core/userinput.h"
#include "core/words.h"

#include <QClipboard>
#include <QGuiApplication>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestText = 1 << 16; // some hundreds of addresses; a line is slow to lay out

} // namespace

AddressField::AddressField(QWidget *parent)
    : QLineEdit(parent)
{
    setMaxLength(kLongestText);
    setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    setPlaceholderText(u"https://"_s);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);
}

void AddressField::setUrl(const QUrl &url)
{
    m_given = url;
    setText(shownUrl(url));
    selectAll();
}

QUrl AddressField::urlOnClipboard()
{
    const QString text = QGuiApplication::clipboard()->text();
    // A word such as "example.org/file" may be anything; whole books are not searched.
    if (text.size() > kLongestText || !text.contains("://"_L1))
        return {};
    const QList<Link> links = linksInText(text);
    return links.size() == 1 ? links.constFirst().url : QUrl();
}

QList<QUrl> AddressField::urls() const
{
    if (text().size() >= kLongestText)
        return {}; // the last one may be cut
    QList<QUrl> urls;
    // One address is taken as it stands, blanks and all, as on the command line.
    const auto one = parseUrl(text());
    if (const QUrl *url = std::get_if<QUrl>(&one); url && text().count("://"_L1) == 1) {
        urls.append(*url);
    } else {
        const QList<Link> links = linksInText(text());
        for (const Link &link : links)
            urls.append(link.url);
    }
    for (QUrl &url : urls) {
        QUrl bare = m_given;
        bare.setPassword({});
        if (url.authority() == bare.authority() && url.scheme() == bare.scheme())
            url.setPassword(m_given.password());
    }
    return urls;
}

QString AddressField::problem() const
{
    const QString typed = text().trimmed();
    const auto isBeginOf = [&](QLatin1StringView scheme) {
        return scheme.startsWith(typed, Qt::CaseInsensitive);
    };
    if (isBeginOf("https://"_L1) || isBeginOf("http://"_L1) || !urls().isEmpty())
        return {};
    if (text().size() >= kLongestText)
        return tr("This is too long for one line. Paste long lists into the window itself.");
    const auto parsed = parseUrl(typed);
    const Error *error = std::get_if<Error>(&parsed);
    const Error shown = error ? *error : Error{ErrorCode::InvalidUrl, 0, {}, {}};
    return tr("%1 %2", "what is wrong, and what to do").arg(message(shown), advice(shown.code));
}

} // namespace longhaul
