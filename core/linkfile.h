// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

namespace longhaul {

// An address that somebody dropped, pasted or opened.
struct Link {
    QUrl url;     // http or https with a host, normalised
    QString name; // what its source calls it, as plainLine() gives it; for showing alone; may be empty
    bool operator==(const Link &) const = default;
};

// Addresses in foreign text, each once, in their order. Pure functions on hostile input: at most
// kMostLinkBytes (or as many characters) are looked at and kMostLinks returned; anything that is no address,
// or is cut by that bound, is passed over. User and password stay in the URL: show it through shownUrl().
constexpr qint64 kMostLinkBytes = 8 << 20;
constexpr qsizetype kMostLinks = 10'000;

// Words that begin with http:// or https://; one per line, or anywhere in prose (trailing punctuation and
// brackets that do not belong to the address are left out). A single word such as "example.org/file.iso"
// counts as https.
QList<Link> linksInText(const QString &text);
// The addresses of <a href> and <img src>, relative ones against `base` where it is given.
QList<Link> linksInHtml(const QString &html, const QUrl &base = {});

// Whether a file of this name is read for links: .url, .desktop, .webloc, .txt, .lst, .list, .urls, .html,
// .htm, .md.
bool isLinkFile(const QString &name);
// By the suffix of `name`: .url ([InternetShortcut], URL=), .desktop (Type=Link, URL=), .webloc (property
// list, XML or binary), HTML; else text (UTF-8, UTF-16 with a mark, else Latin-1).
QList<Link> linksInFile(const QString &name, const QByteArray &content);

} // namespace longhaul
