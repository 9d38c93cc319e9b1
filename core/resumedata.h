// SPDX-License-Identifier: MIT
#pragma once

#include "byterange.h"
#include "checksum.h"
#include "error.h"
#include "httpresponse.h"
#include "settings.h"
#include "taskstate.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <variant>

namespace longhaul {

// Header fields that go along with every request of a task, in order; values may be secrets.
using HeaderList = QList<std::pair<QByteArray, QByteArray>>;

// What the user asked for with one task. Optional fields fall back to Settings.
struct TaskOptions {
    QString folder; // absolute; empty: Settings::folder
    QString name;   // a safe file name; empty: the server's
    HeaderList headers;
    std::optional<ExpectedDigest> digest;
    std::optional<ConflictPolicy> conflict;
    std::optional<bool> allowMetered; // whether it may run on a metered network
    std::optional<int> connections;   // transfers side by side, 1..16
    qint64 rateLimit = 0;             // bytes per second for this task; 0: none of its own
    Priority priority = Priority::Normal;
    bool operator==(const TaskOptions &) const = default;
};

// An address kept as its text, which takes a third of the memory: for what is rarely looked at.
class UrlText
{
public:
    UrlText() = default;
    UrlText(const QUrl &url)
        : UrlText(url.toEncoded())
    {}
    // Of a text that QUrl would leave as it is.
    explicit UrlText(const QByteArray &text)
        : m_text(text)
    {
        m_text.squeeze();
    }
    operator QUrl() const { return QUrl::fromEncoded(m_text); }
    bool isEmpty() const { return m_text.isEmpty(); }
    const QByteArray &text() const { return m_text; }
    bool operator==(const UrlText &) const = default;

private:
    QByteArray m_text;
};

// The QUrl of an UrlText that is asked for again and again.
class ParsedUrl
{
public:
    const QUrl &of(const UrlText &text);

private:
    UrlText m_text;
    QUrl m_url;
};

// What is known of the file on the server, from the answers that were accepted.
struct Entity {
    UrlText finalUrl;            // who answered last; never asked again by itself (signed links die)
    std::optional<qint64> total; // bytes
    Validators validators;
    QByteArray mediaType;
    bool ranges = false;                    // the server has shown that it serves ranges
    bool encoded = false;                   // came with a Content-Encoding: only ever one stream from 0
    std::optional<FoundDigest> digest = {}; // that it has, as somebody else than the user says
    bool operator==(const Entity &) const = default;
};

// All that must survive a crash for one task: its record in the store. A fresh task is one whose record has
// no part file and no received bytes.
struct ResumeData {
    UrlText url; // as requested, normalised: the key
    QList<QUrl> earlierUrls;
    Entity entity;
    TaskOptions options;
    QString targetPath; // absolute; empty until the first answer named it
    QString partPath;   // absolute; empty when no part file was made, or none is left
    RangeSet received;  // write() succeeded: true as long as the machine has not crashed
    RangeSet durable;   // was synced: true whatever happened
    QString bootId;     // in which `received` was recorded
    // Of the part file as a run has left it, opaque (platformfile::stampOf): no validator vouches for the
    // bytes of one with another stamp. Empty: not known, as while a run writes.
    QByteArray partStamp;
    bool partDoubted = false; // it was found with another stamp, and not proved since; not stored
    // A file of another program that is to be continued (options have its folder and name). As long as it is
    // set nothing of it is believed between runs: it must be proved to be a part of the file first, and keeps
    // its name until then. Absolute; mostly empty.
    QString foreignPath;
    // A repair: what of `received` has still to be compared with a second fetch.
    RangeSet doubtful;
    // All that was compared so was equal: with nothing doubtful, that the server has sent the same file
    // twice.
    bool twice = false;
    TaskState state = TaskState::Queued;
    std::optional<Error> error; // of the last failure
    QDateTime added, completed; // UTC; invalid when not
    qint64 place = 0;           // in the queue, among tasks of one priority: the lowest goes first
    bool unseen = false;        // ended while no window was open, and was not looked at since
    QJsonObject unknown;        // fields of a newer version, kept as they are
    bool endSeen = false;       // a body whose end nothing marked ended behind `received`; not stored

    bool isFresh() const { return partPath.isEmpty(); }
    // What may be trusted on this boot: `received` in the boot it was recorded in, else `durable`.
    const RangeSet &trusted(const QString &currentBootId) const;
    bool operator==(const ResumeData &) const = default;
};

// Sorts records as they were added. Valid as long as data.url.
using AddedOrder = std::pair<qint64, QByteArrayView>;
inline AddedOrder addedOrder(const ResumeData &data)
{
    return {data.added.isValid() ? data.added.toMSecsSinceEpoch() : 0, data.url.text()};
}

// As requested, without fragment and default port, "/" for an empty path, asWritten(): empty where that is.
QUrl normalized(const QUrl &url);
// The text of that, by which the store knows a record.
QByteArray storeKey(const QUrl &url);
// `url` as the address of a download, normalised; or what is wrong with it: InvalidUrl, UnsupportedScheme.
std::variant<QUrl, Error> addressOf(const QUrl &url);
std::optional<Error> addressProblem(const QUrl &url);

// To and from the store's JSON, compact. What cannot be right is dropped rather than believed: a record with
// a malformed url gives nothing; negative, overlapping or excess ranges are ignored or clipped to the total,
// paths not absolute, or of no file, are dropped, secrets stay inside (the file is its owner's). The ranges
// of an encoded answer, or without a part file, are dropped unless the state is Verifying or Completed, or
// they are all of a file at the target; an unknown state is Paused; Error::retryAfter is not kept. Header
// values and validators keep every byte.
QByteArray toJson(const ResumeData &data);
std::optional<ResumeData> resumeDataFromJson(const QByteArray &json);

// The user's headers that go along with a request to `url`: all of them to the origin they were given for;
// elsewhere those that cannot hold a secret.
HeaderList headersFor(const ResumeData &data, const QUrl &url);
// From now on the task is known by `url`, and remembers its old address; headers that must not go there are
// forgotten. Its list of earlier addresses grows with each time, also when it comes back to an old one.
void readdress(ResumeData *data, const QUrl &url);

// Texts that are the same in both take no memory twice from here on: for lists of very many.
void shareMemory(ResumeData *data, const ResumeData &other);

// When its address stops working, by what that says (linklife.h); invalid: it says nothing.
QDateTime linkDies(const ResumeData &data);

// The part file that it has for itself; empty: none. While it adopts a file, that is not sure.
QString ownPart(const ResumeData &data);

// The digest that the file must have: the user's, else the one found, unless the server has sent the same
// file twice and contradicts itself.
std::optional<ExpectedDigest> wantedDigest(const ResumeData &data);
// Whether the file, which failed by its checksum, can be compared with a second fetch piece by piece.
bool mayRepair(const ResumeData &data);
// Who or what says that the finished file is right, in plain words; empty when it is not finished.
QString vouchedInWords(const ResumeData &data);

// "yes: ...", "no: ..." or "not known: ...": whether the task could go on from its bytes after a stop, in a
// plain sentence.
QString resumableInWords(const ResumeData &data);

// What a list calls the task: the name of its file, or what is expected to become it.
QString shownName(const ResumeData &data);

// This boot's id (QSysInfo::bootUniqueId), or a name made up for this process where the system has none.
QString currentBootId();

} // namespace longhaul
