// SPDX-License-Identifier: MIT
#pragma once

#include "content.h"
#include "request.h"

#include <QDateTime>

#include <functional>
#include <variant>

namespace longhaul::test {

// What is done on a connection, one after the other. Waiting, holding and ending begin when the kernel has
// taken every byte of the steps before.
namespace step {
struct Bytes {
    QByteArray bytes;
};
struct Body { // content[begin, end), made while it is sent; counted as body bytes
    Content content;
    qint64 begin = 0;
    qint64 end = 0;
    bool chunked = false; // in chunks of at most 64 KiB, without the last (empty) one
    qint64 rate = 0;      // bytes per second on average; 0 is no limit
};
struct Wait {
    int ms = 0;
};
struct Hold { // until ScriptedServer::release(), or until the client closes
};
struct HalfClose { // FIN, and the connection stays open until the client closes. Over TLS: no close_notify
};
struct Close { // FIN (over TLS after close_notify), and closed as soon as the client closes, or after 1 s
};
struct Reset { // RST, once the client's kernel has all bytes before it (or has not moved for 2 s)
};
} // namespace step
using Step =
    std::variant<step::Bytes, step::Body, step::Wait, step::Hold, step::HalfClose, step::Close, step::Reset>;

// IMF-fixdate (RFC 9110 5.6.7).
QByteArray httpDate(const QDateTime &when);

// What honest() tells of a file beside its bytes; what is empty is not sent.
struct Resource {
    QByteArray etag = {}; // with quotes, and W/ for a weak one
    QByteArray lastModified = {};
    QByteArray contentType = "application/octet-stream";
    QByteArray date = {}; // empty: now
    Headers extra = {};
};

// All that the server does upon one request. A value: build it, bend it, return it from the handler.
// Builders set a true Content-Length; what bends the body afterwards leaves the head as it is: that is the
// lie. Offsets "after n" count bytes of this answer's body; a body that is shorter than n is not touched. An
// answer made by raw(), script() or silence() has no head and no body: only pause() and then...() apply to
// it, all else stops the program.
class Answer
{
public:
    Answer() = default; // not a byte, and closed with FIN

    // 200 with the whole content, whatever was asked (a server without ranges).
    static Answer whole(const Content &content, const Headers &extra = {});
    // What a right static server says (RFC 9110 13 and 14): 200, 206, 304, 405, 412 or 416. Several ranges at
    // once are ignored, as 14.2 allows, and so are the preconditions by date other than If-Range.
    static Answer honest(const Request &request, const Content &content, const Resource &resource = {});
    static Answer status(int code, const Headers &headers = {}, const QByteArray &body = {});
    static Answer redirect(int code, const QByteArray &location);
    // These bytes and then FIN.
    static Answer raw(const QByteArray &bytes);
    // These steps; kept alive unless they end the connection.
    static Answer script(const QList<Step> &steps);
    // Not a byte until the client closes or the server releases (then FIN).
    static Answer silence();

    // The head.
    Answer &withStatus(int code, const QByteArray &reason);
    Answer &withHeader(const QByteArray &name, const QByteArray &value); // one more
    Answer &withoutHeader(const QByteArray &name);
    Answer &replaceHeader(const QByteArray &name, const QByteArray &value);
    Answer &interim(int code, const Headers &headers = {}); // sent before the head
    Answer &http10();                                       // HTTP/1.0, and closed
    Answer &withoutLength();                                // ended by FIN alone
    Answer &chunked();                                      // in place of Content-Length

    // The body.
    Answer &withBody(const QByteArray &bytes) { return withBody(Content::fromBytes(bytes)); }
    Answer &withBody(const Content &content) { return withBody(content, 0, content.size()); }
    Answer &withBody(const Content &content, qint64 begin, qint64 end);
    Answer &cutBodyAfter(qint64 n) { return atBody(n, step::Close{}); }
    Answer &resetBodyAfter(qint64 n) { return atBody(n, step::Reset{}); }
    Answer &stallBodyAfter(qint64 n) { return atBody(n, step::Hold{}); }
    Answer &pauseBodyAfter(qint64 n, int ms) { return atBody(n, step::Wait{ms}); }
    Answer &rate(qint64 bytesPerSecond);

    // Before the first byte.
    Answer &pause(int ms);
    // After the last byte. Without one of these: closed when the request or this head says so, else kept
    // alive.
    Answer &thenKeepAlive() { return then({}); }
    Answer &thenClose() { return then({step::Close{}}); }
    Answer &thenHalfClose() { return then({step::HalfClose{}}); }
    Answer &thenReset() { return then({step::Reset{}}); }
    Answer &thenHold() { return then({step::Hold{}, step::Close{}}); }

    int code() const { return m_code; } // 0 without a head
    // The steps of this answer to that request: no body to HEAD, nor with 1xx, 204, 304.
    QList<Step> steps(const Request &request) const;

private:
    Answer &atBody(qint64 n, const Step &what);
    Answer &then(const QList<Step> &steps);
    void requireHead() const;
    void setBody(const Content &content, qint64 begin, qint64 end);
    QByteArray headBytes() const;
    void appendBody(QList<Step> &steps) const;

    int m_pauseMs = 0;
    QList<Step> m_script; // in place of head and body
    int m_code = 0;       // 0: m_script
    QByteArray m_reason;
    QByteArray m_version = "HTTP/1.1";
    QByteArray m_interim;
    Headers m_headers;
    Content m_content;
    qint64 m_begin = 0;
    qint64 m_end = 0;
    bool m_chunked = false;
    qint64 m_rate = 0;
    QList<std::pair<qint64, Step>> m_marks; // by offset in the body
    std::optional<QList<Step>> m_then;
};

// Called for each request in the server's thread, never twice at once.
using Handler = std::function<Answer(const Request &)>;

} // namespace longhaul::test
