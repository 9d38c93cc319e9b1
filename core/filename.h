// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace longhaul {

// Pure functions that turn what a server says into one safe file name. Everything that comes in is hostile.

// The last segment of the path, percent-decoded; empty when the path ends in a slash. The query is never part
// of it. Not yet safe: a "%2F" has become a slash, behind which safeName() looks for the name.
QString nameFromUrl(const QUrl &url);

// One path component that can be created on Linux, Windows and macOS: only the part behind the last / or \,
// no control, bidi-override, zero-width or reserved (<>:"|?*) characters (replaced by "_" or dropped), no
// leading dots, spaces or tildes, no trailing dots or spaces, no reserved device name (CON, NUL.txt, COM1,
// ...: "_" goes first), NFC, at most `maxBytes` of UTF-8, cut between characters with the suffix kept
// (.tar.gz as one). Empty when nothing usable is left. safeName(safeName(x)) == safeName(x).
QString safeName(const QString &name, int maxBytes = 255);

// The name for a download: Content-Disposition, else the last segment of `finalUrl`, else of `requestedUrl`,
// else "download" + the suffix of `mediaType` (e.g. "application/zip" -> "download.zip"; .bin for
// application/octet-stream; none for an unknown type). As in Chromium, a name from a URL that has no suffix
// gets that of a known `mediaType`; not from application/octet-stream and text/plain, which servers send for
// want of better. A name from Content-Disposition is left as the server chose it. Always safe, never empty.
QString chooseName(const QByteArray &disposition, const QUrl &finalUrl, const QUrl &requestedUrl,
                   const QByteArray &mediaType);

// "name.tar.gz", 2 -> "name (2).tar.gz"; n <= 1 gives the name itself. At most 255 bytes of UTF-8. Different
// n > 1 give different names; one of them may be `name` itself, where it ends in "(n)" and has no room left.
QString numberedName(const QString &name, int n);

// The name of the part file beside the target: name + ".part". Where 255 bytes would not do the name is cut
// and a short hash of it added, so that "long (2).zip" and "long (3).zip" never share a part file.
QString partName(const QString &name);

// The suffix with its dot, double ones such as ".tar.gz" kept together; empty when there is none. At most 16
// ASCII letters, digits and "+", dots included. Digits alone are a version ("setup-1.2"), unless there are
// three of them (".001" of a split archive).
QString suffixOf(const QString &name);

// True when the name has a suffix that belongs to something other than a web page (".zip", ".iso", ...), by
// the MIME database; false for none, an unknown one, and .html, .htm, .php, .asp and their like.
bool namesABinary(const QString &name);

} // namespace longhaul
