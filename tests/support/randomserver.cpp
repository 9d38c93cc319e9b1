// SPDX-License-Identifier: MIT
#include "randomserver.h"

#include <QFile>

#include <algorithm>
#include <limits>

namespace longhaul::test {

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 MiB = 1024 * KiB;
constexpr qint64 kOpen = std::numeric_limits<qint64>::max();
constexpr qint64 kTooMuch = 9999;
constexpr int kSendBuffer = 256 * KiB; // so that what the server has sent is not far from what came

constexpr const char *kTroubles[] = {
    "cut",        "reset",  "short silence", "long silence", "busy",        "busy for a while",
    "failed",     "denied", "whole",         "wrong begin",  "wrong total", "no Content-Range",
    "other ETag", "416",    "multipart",     "web page",     "too long",    "nothing",
    "slow",       "detour"};

qint64 bounded(QRandomGenerator &random, qint64 least, qint64 behind)
{
    return least + qint64(random.generateDouble() * double(behind - least));
}

QByteArray contentRange(qint64 begin, qint64 end, qint64 total)
{
    return "bytes " + QByteArray::number(begin) + '-' + QByteArray::number(end - 1) + '/'
           + QByteArray::number(total);
}

} // namespace

RandomServer::RandomServer(quint64 seed, int clientTimeout)
    : m_timeout(clientTimeout)
    , m_random(quint32(seed ^ (seed >> 32)))
    , m_dates{httpDate(QDateTime::currentDateTimeUtc().addDays(-30)),
              httpDate(QDateTime::currentDateTimeUtc().addDays(-20))}
    , m_young(httpDate(QDateTime::currentDateTimeUtc().addSecs(-2)))
{
    static_assert(std::size(kTroubles) == size_t(Trouble::Count));
    drawNature();
    const double files = m_random.generateDouble();
    for (int left = files < 0.7 ? 1 : files < 0.9 ? 2 : 3; left > 0; --left)
        drawFile();
    ServerOptions options;
    options.sendBufferBytes = kSendBuffer;
    options.refuses = [this] { return refuses(); };
    m_server =
        std::make_unique<ScriptedServer>([this](const Request &request) { return answer(request); }, options);
}

void RandomServer::drawNature()
{
    const double vouches = m_random.generateDouble();
    m_nature.vouches = vouches < 0.35   ? Vouches::Etag
                       : vouches < 0.65 ? Vouches::EtagAndDate
                       : vouches < 0.75 ? Vouches::Date
                       : vouches < 0.83 ? Vouches::YoungDate
                       : vouches < 0.9  ? Vouches::WeakEtag
                                        : Vouches::Nothing;
    m_nature.chunked = chance(0.1);
    m_nature.ranges = chance(0.92);
    m_nature.redirects = chance(0.15);
    if (chance(0.15))
        m_nature.most = m_random.bounded(1, 5);
    if (chance(0.6))
        m_nature.rate = bounded(m_random, MiB / 2, 8 * MiB);
    if (chance(0.1))
        m_nature.pieces = bounded(m_random, 100 * KiB, 2 * MiB);
    m_nature.trouble = chance(0.1) ? 0 : m_random.generateDouble() * 0.6;
    m_nature.refusal = chance(0.2) ? m_random.generateDouble() * 0.4 : 0;
    // Some kinds, some of them often: a server is seldom wrong in every way at once.
    const int kinds = m_random.bounded(1, 8);
    for (int i = 0; i < kinds; ++i)
        m_troubles.append(Trouble(m_random.bounded(int(Trouble::Count))));
}

qint64 RandomServer::drawSize()
{
    const double kind = m_random.generateDouble();
    if (kind < 0.04)
        return 0;
    if (kind < 0.12)
        return bounded(m_random, 1, 64 * KiB);
    if (kind < 0.25)
        return bounded(m_random, 64 * KiB, 2 * MiB);
    return kind < 0.92 ? bounded(m_random, 2 * MiB, 8 * MiB) : bounded(m_random, 8 * MiB, 12 * MiB);
}

void RandomServer::drawFile()
{
    File file;
    const qint64 size = drawSize();
    file.seeds = {m_random.generate64(), m_random.generate64()};
    file.versions.append(Content::random(size, file.seeds[0]));
    if (chance(0.35)) { // of the same size or of another one; one that is empty would not be believed
        file.versions.append(
            Content::random(std::max<qint64>(1, chance(0.5) ? size : drawSize()), file.seeds[1]));
        file.changesAfter = bounded(m_random, 0, size + size / 4 + 1);
    }
    m_files.append(file);
}

QUrl RandomServer::url(int file) const { return m_server->url(QStringLiteral("/file%1.bin").arg(file)); }

bool RandomServer::isVersion(int file, const QString &path) const
{
    const QList<Content> &versions = m_files[file].versions;
    return std::any_of(versions.begin(), versions.end(),
                       [&](const Content &content) { return content.matchesFile(path); });
}

bool RandomServer::isOfOneVersion(int file, const QString &path, const QList<Span> &ranges) const
{
    QFile part(path);
    if (!part.open(QIODevice::ReadOnly))
        return false;
    const auto holds = [&part](const Content &content, const Span &range) {
        for (qint64 at = range.first; at < range.second; at += MiB) {
            const qint64 n = std::min(MiB, range.second - at);
            const QByteArray want = content.read(at, n);
            if (want.size() != n || !part.seek(at) || part.read(n) != want)
                return false;
        }
        return true;
    };
    const QList<Content> &versions = m_files[file].versions;
    return std::any_of(versions.begin(), versions.end(), [&](const Content &content) {
        return std::all_of(ranges.begin(), ranges.end(),
                           [&](const Span &range) { return holds(content, range); });
    });
}

void RandomServer::heal()
{
    m_healed = true;
    m_server->dropConnections();
}

void RandomServer::setReachable(bool reachable)
{
    m_reachable = reachable;
    if (!reachable)
        m_server->dropConnections();
}

bool RandomServer::refuses() { return !m_reachable || (!m_healed && chance(m_nature.refusal)); }

void RandomServer::note(const QByteArray &line)
{
    const QMutexLocker lock(&m_mutex);
    m_notes.append(line);
}

QByteArray RandomServer::account() const
{
    QByteArray text;
    for (const File &file : m_files) {
        for (const Content &content : file.versions)
            text += "a version of " + QByteArray::number(content.size()) + " bytes, ";
        text += "changes after " + QByteArray::number(file.changesAfter) + "; ";
    }
    text += "vouches " + QByteArray::number(int(m_nature.vouches)) + ", chunked "
            + QByteArray::number(int(m_nature.chunked)) + ", ranges "
            + QByteArray::number(int(m_nature.ranges)) + ", redirects "
            + QByteArray::number(int(m_nature.redirects)) + ", most " + QByteArray::number(m_nature.most)
            + ", rate " + QByteArray::number(m_nature.rate) + ", pieces "
            + QByteArray::number(m_nature.pieces) + ", trouble " + QByteArray::number(m_nature.trouble)
            + ", refusal " + QByteArray::number(m_nature.refusal) + '\n';
    const QMutexLocker lock(&m_mutex);
    return text + m_notes.join('\n') + '\n';
}

int RandomServer::versionOf(int file) const
{
    const qint64 after = m_files[file].changesAfter;
    return after >= 0 && m_server->bodyBytesSent() >= after ? 1 : 0;
}

// What cannot vouch for a version is the same for both.
Resource RandomServer::resourceOf(int version) const
{
    const QByteArray etag = "\"version-" + QByteArray::number(version) + '"';
    const QByteArray &date = m_dates[version];
    switch (m_nature.vouches) {
    case Vouches::Etag: return {.etag = etag};
    case Vouches::EtagAndDate: return {.etag = etag, .lastModified = date};
    case Vouches::Date: return {.lastModified = date};
    case Vouches::YoungDate: return {.lastModified = m_young};
    case Vouches::WeakEtag: return {.etag = "W/\"any\""};
    case Vouches::Nothing: break;
    }
    return {};
}

Answer RandomServer::answer(const Request &request)
{
    bool isFile = false;
    const QByteArray name = request.path.mid(request.path.lastIndexOf('/') + 1);
    const int file = name.mid(qstrlen("file"), name.indexOf('.') - qsizetype(qstrlen("file"))).toInt(&isFile);
    if (!isFile || file < 0 || file >= count())
        return Answer::status(404);
    const QByteArray asked = '#' + QByteArray::number(request.number) + " on "
                             + QByteArray::number(request.connection) + ": " + request.target + ' '
                             + request.header("Range") + ' ' + request.header("If-Range") + " -> ";
    if (m_nature.redirects && !request.path.startsWith("/moved/")) {
        note(asked + "moved");
        return Answer::redirect(302, "/moved" + request.path);
    }
    if (!m_healed && m_nature.most > 0 && m_server->answering() >= m_nature.most) {
        note(asked + "too many");
        return Answer::status(503, {{"Retry-After", "0"}});
    }
    const bool isWrong = !m_healed && chance(m_nature.trouble);
    const Trouble trouble = m_troubles.at(m_random.bounded(int(m_troubles.size())));
    Answer answer = isWrong ? wrong(request, file, trouble) : right(request, file);
    note(asked + QByteArray::number(answer.code()) + " of version " + QByteArray::number(versionOf(file))
         + (isWrong ? ", " + QByteArray(kTroubles[int(trouble)]) : QByteArray()));
    return answer;
}

Answer RandomServer::right(const Request &request, int file) const
{
    const int version = versionOf(file);
    Request understood = request;
    if (!m_nature.ranges)
        understood.range.reset();
    if (understood.range && !understood.range->last && m_nature.pieces > 0) {
        AskedRange &range = *understood.range;
        range.end = std::min(range.end.value_or(kOpen), range.begin + m_nature.pieces);
    }
    Answer answer = Answer::honest(understood, m_files[file].versions[version], resourceOf(version));
    if (!m_nature.ranges)
        answer.withoutHeader("Accept-Ranges");
    if (m_nature.chunked && answer.code() == 200)
        answer.chunked();
    if (m_nature.rate > 0)
        answer.rate(m_healed ? 4 * m_nature.rate : m_nature.rate);
    return answer;
}

Answer RandomServer::wrong(const Request &request, int file, Trouble trouble)
{
    Answer answer = right(request, file);
    const qint64 size = m_files[file].versions[versionOf(file)].size();
    const qint64 rest = request.range ? std::max<qint64>(0, size - request.range->begin) : size;
    const qint64 some = bounded(m_random, 0, std::max<qint64>(1, chance(0.5) ? rest : rest / 16));
    switch (trouble) {
    case Trouble::Cut: return answer.cutBodyAfter(some);
    case Trouble::Reset: return answer.resetBodyAfter(some);
    case Trouble::ShortSilence: return answer.pauseBodyAfter(some, m_timeout / 3);
    case Trouble::LongSilence: return answer.pauseBodyAfter(some, m_timeout * 2);
    case Trouble::Slow: return answer.rate(bounded(m_random, 20 * KiB, 500 * KiB));
    case Trouble::Nothing: return chance(0.5) ? Answer() : Answer::script({step::Reset{}});
    case Trouble::Busy: return Answer::status(chance(0.5) ? 503 : 429);
    case Trouble::BusyFor:
        return Answer::status(chance(0.5) ? 503 : 429,
                              {{"Retry-After", QByteArray::number(m_random.bounded(2))}});
    case Trouble::Failed: return Answer::status(500);
    case Trouble::Denied: return Answer::status(403);
    case Trouble::Detour: return Answer::redirect(307, "/moved" + request.path);
    case Trouble::Page:
        return Answer::status(200, {{"Content-Type", "text/html"}}, "<!DOCTYPE html><html>Log in</html>");
    case Trouble::OtherEtag: // of the same bytes, as servers beside each other give them
        return answer.replaceHeader("ETag", "\"other-" + QByteArray::number(versionOf(file)) + '"');
    case Trouble::Whole:
    case Trouble::WrongBegin:
    case Trouble::WrongTotal:
    case Trouble::NoContentRange:
    case Trouble::NotSatisfiable:
    case Trouble::Multipart:
    case Trouble::TooLong:
    case Trouble::Count: break;
    }
    return wrongPart(request, file, trouble);
}

// Those that are wrong as answers to a range; right to any other request.
Answer RandomServer::wrongPart(const Request &request, int file, Trouble trouble)
{
    Answer answer = right(request, file);
    if (answer.code() != 206)
        return answer;
    const int version = versionOf(file);
    const Content &content = m_files[file].versions[version];
    const qint64 begin = request.range->begin;
    const qint64 end = std::min(content.size(), request.range->end.value_or(kOpen));
    Request other = request;
    switch (trouble) {
    case Trouble::Whole: other.range.reset(); return right(other, file);
    case Trouble::WrongBegin:
        other.range->begin += m_random.bounded(1, 2000);
        other.range->end.reset();
        return right(other, file);
    case Trouble::WrongTotal: // larger: a smaller one would be believed where none is known
        return answer.replaceHeader("Content-Range", contentRange(begin, end, content.size() + 4711))
            .replaceHeader("Content-Length", QByteArray::number(end - begin))
            .withBody(content, begin, end);
    case Trouble::NoContentRange: return answer.withoutHeader("Content-Range");
    case Trouble::NotSatisfiable:
        return Answer::status(416, {{"Content-Range", "bytes */" + QByteArray::number(content.size())}});
    case Trouble::Multipart: return answer.replaceHeader("Content-Type", "multipart/byteranges; boundary=x");
    case Trouble::TooLong: // right up to where it should end
        if (chance(0.5))
            answer.chunked();
        return answer.replaceHeader("Content-Range", contentRange(begin, end, content.size()))
            .withBody(Content::random(content.size() + kTooMuch, m_files[file].seeds[version]), begin,
                      end + kTooMuch);
    default: return answer;
    }
}

} // namespace longhaul::test
