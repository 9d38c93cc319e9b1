// SPDX-License-Identifier: MIT
#include "answerreader.h"

#include "byterange.h"
#include "httpheaders.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace longhaul {

namespace {

constexpr qsizetype kMostHead = 256 << 10; // bytes
constexpr int kMostInterims = 100;
constexpr qsizetype kMostLine = 4096; // of a chunk's size or a trailer

// One past the empty line that ends a head; -1 while it has not come. Bare LF counts (RFC 9112 2.2).
// Looked for behind `from`.
qsizetype endOfHead(QByteArrayView input, qsizetype from)
{
    for (qsizetype at = input.indexOf('\n', from); at >= 0;
         at = input.indexOf('\n', at + 1)) { // a body may follow
        const QByteArrayView next = input.sliced(at + 1);
        if (next.startsWith('\n'))
            return at + 2;
        if (next.startsWith("\r\n"))
            return at + 3;
    }
    return -1;
}

// A line without what ends it; blanks are left: they may be bytes of a file.
QByteArray withoutEnd(const QByteArray &line) { return line.endsWith('\r') ? line.chopped(1) : line; }

// Strict (RFC 9112 7.1): another reading of it would be another file.
std::optional<qint64> parseChunkSize(const QByteArray &digits)
{
    bool ok = std::all_of(digits.begin(), digits.end(), [](char c) { return std::isxdigit(uchar(c)); });
    const qint64 size = ok ? digits.toLongLong(&ok, 16) : 0;
    return ok ? std::optional(size) : std::nullopt;
}

} // namespace

AnswerReader::State AnswerReader::feed(const QByteArray &input, QByteArray *body)
{
    m_untouched = m_untouched && input.isEmpty();
    if (m_at == m_input.size()) {
        m_input = input;
        m_at = 0;
    } else {
        m_input = m_input.mid(m_at) + input;
        m_at = 0;
    }
    while (step(body)) {
    }
    return state();
}

AnswerReader::State AnswerReader::state() const
{
    switch (m_stage) {
    case Stage::Head: return State::Head;
    case Stage::Done: return State::Done;
    case Stage::Broken: return State::Broken;
    case Stage::Body:
    case Stage::ChunkSize:
    case Stage::ChunkData:
    case Stage::ChunkEnd:
    case Stage::Trailer: break;
    }
    return State::Body;
}

qint64 AnswerReader::plain() const
{
    if (m_at < m_input.size() || (m_stage != Stage::Body && m_stage != Stage::ChunkData))
        return 0;
    return m_left < 0 ? ByteRange::kOpenEnd : m_left;
}

AnswerReader::State AnswerReader::passed(qint64 bytes)
{
    bodyMoved(bytes);
    return state();
}

AnswerReader::State AnswerReader::close(bool reset)
{
    if (m_stage != Stage::Done)
        m_stage = m_stage == Stage::Body && m_left < 0 && !reset ? Stage::Done : Stage::Broken;
    m_persistent = false;
    return state();
}

// Does what can be done with the input; false when that is nothing.
bool AnswerReader::step(QByteArray *body)
{
    switch (m_stage) {
    case Stage::Head: return takeHead();
    case Stage::Body:
    case Stage::ChunkData: return takeBody(body);
    case Stage::ChunkSize: return takeChunkSize();
    case Stage::ChunkEnd:
        if (!hasLine())
            return false;
        if (!takeLine().isEmpty()) // the chunk was longer than its size
            return fail();
        m_stage = Stage::ChunkSize;
        return true;
    case Stage::Trailer:
        if (!hasLine())
            return false;
        if (takeLine().isEmpty())
            m_stage = Stage::Done;
        return true;
    case Stage::Done:
    case Stage::Broken: break;
    }
    return false;
}

bool AnswerReader::fail()
{
    m_stage = Stage::Broken;
    return false;
}

// False also when none will come: a line that is too long breaks the answer.
bool AnswerReader::hasLine()
{
    const QByteArrayView rest = QByteArrayView(m_input).sliced(m_at);
    if (rest.first(std::min(rest.size(), kMostLine)).contains('\n'))
        return true;
    return rest.size() > kMostLine ? fail() : false;
}

QByteArray AnswerReader::takeLine()
{
    const qsizetype end = m_input.indexOf('\n', m_at);
    const QByteArray line = withoutEnd(m_input.mid(m_at, end - m_at));
    m_at = end + 1;
    return line;
}

bool AnswerReader::takeHead()
{
    const QByteArrayView rest = QByteArrayView(m_input).sliced(m_at);
    const qsizetype end = endOfHead(rest, m_lookedAt);
    m_lookedAt = end < 0 ? std::max<qsizetype>(0, rest.size() - 2) : 0;
    if (end < 0 ? rest.size() > kMostHead : end > kMostHead)
        return fail();
    if (end < 0)
        return false;
    const QByteArray head = rest.first(end).toByteArray();
    m_at += end;
    return useHead(head);
}

bool AnswerReader::useHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> statusLine = lines.takeFirst().trimmed().split(' ');
    bool ok = false;
    const int status = statusLine.size() > 1 ? statusLine[1].toInt(&ok) : 0;
    if (!ok || !statusLine[0].startsWith("HTTP/1.") || status < 100 || status > 999)
        return fail();
    if (status < 200 && status != 101)
        return ++m_interims > kMostInterims ? fail() : true;
    m_head.status = status;
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (line.startsWith(' ') || line.startsWith('\t')) { // goes on with the one before (RFC 9112 5.2)
            if (!m_head.fields.isEmpty())
                m_head.fields.last().second += ' ' + line.trimmed();
        } else if (const QByteArray name = line.left(std::max<qsizetype>(colon, 0)).trimmed();
                   !name.isEmpty()) {
            m_head.fields.append({name, line.mid(colon + 1).trimmed()});
        }
    }
    m_persistent = statusLine[0] != "HTTP/1.0";
    useFraming();
    return m_stage != Stage::Broken;
}

// RFC 9112 6.3 and 9.3.
void AnswerReader::useFraming()
{
    const int status = m_head.status;
    const QByteArray coding = valueOf(m_head.fields, "Transfer-Encoding").trimmed().toLower();
    const bool chunked = coding == "chunked";
    if (!coding.isEmpty() && !chunked) { // nothing else was asked for
        m_stage = Stage::Broken;
        return;
    }
    m_left = chunked ? 0 : parseContentLength(valueOf(m_head.fields, "Content-Length")).value_or(-1);
    m_stage = chunked                                         ? Stage::ChunkSize
              : m_left == 0 || status == 204 || status == 304 ? Stage::Done
                                                              : Stage::Body;
    const QByteArray connection = valueOf(m_head.fields, "Connection");
    m_persistent = (m_persistent || listsToken(connection, "keep-alive")) && !listsToken(connection, "close")
                   && status != 101 && (!chunked || valueOf(m_head.fields, "Content-Length").isEmpty());
}

bool AnswerReader::takeBody(QByteArray *body)
{
    const qsizetype there = m_input.size() - m_at;
    const qsizetype size = m_left < 0 ? there : qsizetype(std::min<qint64>(m_left, there));
    body->append(QByteArrayView(m_input).sliced(m_at, size));
    m_at += size;
    bodyMoved(size);
    return size > 0;
}

void AnswerReader::bodyMoved(qint64 bytes)
{
    if (m_left > 0)
        m_left -= bytes;
    if (m_left == 0)
        m_stage = m_stage == Stage::ChunkData ? Stage::ChunkEnd : Stage::Done;
}

bool AnswerReader::takeChunkSize()
{
    if (!hasLine())
        return false;
    const QByteArray line = takeLine();
    const auto size = parseChunkSize(line.split(';').constFirst().trimmed());
    if (!size)
        return fail();
    m_left = *size;
    m_stage = m_left == 0 ? Stage::Trailer : Stage::ChunkData;
    return true;
}

} // namespace longhaul
