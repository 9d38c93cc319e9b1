// SPDX-License-Identifier: MIT
#pragma once

#include "matrixcase.h"

// Words from which the cases are made.
namespace longhaul::matrix {

// A server that does all right.
Script serve(const Content &content = theFile(), const Resource &resource = {});
// The whole file to whatever is asked.
Script noRanges(const Content &content = theFile(), const Headers &extra = {});
// As `resource` says, but If-Range is not understood: Range always counts.
Script deafToIfRange(const Content &content, const Resource &resource);
// The first answers in this order, then `rest`.
Script first(const QList<Answer> &answers, const Script &rest);
// `n` times `script`, then `rest`.
Script times(int n, const Script &script, const Script &rest);
Script always(const Answer &answer);
// One for requests with Range, the other for those without.
Script byRange(const Script &ranged, const Script &plain);
// What `script` says, bent.
Script bent(const Script &script, const std::function<void(Answer &, const Request &)> &bend);

// 206 with these words in Content-Range and these bytes of the content.
Answer partial(const Content &content, qint64 begin, qint64 end, const QByteArray &contentRange,
               const Headers &extra = {});
QByteArray contentRange(qint64 begin, qint64 end, qint64 total);
// The file from where the request wants it, as one string.
qint64 beginOf(const Request &request);

// Contents that differ from theFile().
const Content &sameSize(); // in every byte
const Content &larger();   // theFile() and more behind it
const Content &smaller();  // another one, still longer than kPart
const Content &tiny();     // another one, shorter than kPart
Content changed(const Content &content, qint64 begin, qint64 end);

// What servers tell of a file.
Resource tagged(const QByteArray &etag = "\"v1\"");
Resource dated(const QByteArray &lastModified = "Sun, 06 Nov 2022 08:49:37 GMT");
Resource both(const QByteArray &etag = "\"v1\"",
              const QByteArray &lastModified = "Sun, 06 Nov 2022 08:49:37 GMT");

// The login page of a hotel.
Answer portal(int status = 200);

// What the first scripted request must have been.
Check resumesWith(const QByteArray &ifRange);
Check plainAgain();
// The second request comes so much later than the first.
Check waits(int ms);
// At the most so many requests.
Check atMost(int n);

} // namespace longhaul::matrix
