// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

// The targets. What each takes its bytes for stands here; what must be true of the outcome, where it is
// checked.
namespace longhaul::fuzz {

void answers(const QByteArray &bytes);      // requests over the control socket, the JSON of each on a line
void aria2(const QByteArray &bytes);        // the control file NAME.aria2
void control(const QByteArray &bytes);      // frames of the control socket; what begins with { is one's JSON
void digest(const QByteArray &bytes);       // six fields that may tell a digest, a line each
void disposition(const QByteArray &bytes);  // the value of a Content-Disposition
void fields(const QByteArray &bytes);       // the value of a field that decides about bytes or times
void filename(const QByteArray &bytes);     // Content-Disposition, final URL, first URL, media type, a name
void hashlist(const QByteArray &bytes);     // the name of a file, then a SHA256SUMS
void httpauth(const QByteArray &bytes);     // a user, a password, then the challenges of a server
void journal(const QByteArray &bytes);      // the store's journal, as it is and with its sums made right
void json(const QByteArray &bytes);         // a JSON object, as records are read
void linkfile(const QByteArray &bytes);     // the name of a dropped file, then its content
void linklife(const QByteArray &bytes);     // an address that may be signed
void markup(const QByteArray &bytes);       // HTML
void plist(const QByteArray &bytes);        // a binary property list
void record(const QByteArray &bytes);       // the JSON of one record of the store
void redirect(const QByteArray &bytes);     // the URL asked for, then the value of a Location
void response(const QByteArray &bytes);     // a request, an empty line, the head of its answer
void settings(const QByteArray &bytes);     // settings.json
void snapshot(const QByteArray &bytes);     // downloads.json, as it is and with its sums made right
void answerreader(const QByteArray &bytes); // all that a server sends on one connection
void store(const QByteArray &bytes);        // the files of the store's folder
void userinput(const QByteArray &bytes);    // what somebody typed

} // namespace longhaul::fuzz
