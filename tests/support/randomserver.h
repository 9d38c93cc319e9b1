// SPDX-License-Identifier: MIT
#pragma once

#include "scriptedserver.h"

#include <QRandomGenerator>

#include <atomic>

namespace longhaul::test {

// A server of a few files that is never to be trusted: what it is like, and what it does wrong upon each
// request, are drawn from a seed. It lies in every way that a client can find out, and in no other: whoever
// believes only what is vouched for ends up with one version of a file, whole. All functions may be called
// from any thread.
class RandomServer
{
public:
    // `clientTimeout`: in ms; it falls silent for less than that, and for more.
    RandomServer(quint64 seed, int clientTimeout);

    int count() const { return int(m_files.size()); }
    QUrl url(int file) const;
    // Whether the file at `path` is one of the versions; whether these ranges of it are all of one of them.
    bool isVersion(int file, const QString &path) const;
    using Span = std::pair<qint64, qint64>; // [begin, end)
    bool isOfOneVersion(int file, const QString &path, const QList<Span> &ranges) const;

    // From now on each answer is right; what the server is like stays. Answers under way, which may be slow
    // or silent for long, break off.
    void heal();
    // False: as an absent network, from one moment to the next.
    void setReachable(bool reachable);

    // What it is like, and each request with what was done upon it: for the message of a test that fails.
    QByteArray account() const;

private:
    // What can be done upon a request in place of the right thing.
    enum class Trouble {
        Cut,
        Reset,
        ShortSilence, // within a body
        LongSilence,
        Busy,
        BusyFor, // Retry-After
        Failed,
        Denied, // once
        Whole,  // where a part was asked
        WrongBegin,
        WrongTotal,
        NoContentRange,
        OtherEtag,
        NotSatisfiable,
        Multipart,
        Page,
        TooLong,
        Nothing, // not a byte
        Slow,
        Detour, // a redirect
        Count,
    };
    enum class Vouches { Etag, EtagAndDate, Date, YoungDate, WeakEtag, Nothing };

    struct File {
        QList<Content> versions;
        QList<quint64> seeds;     // of theirs
        qint64 changesAfter = -1; // body bytes that the server has sent; -1 is never
    };
    // Drawn once.
    struct Nature {
        Vouches vouches = Vouches::Etag;
        bool chunked = false; // a whole file comes without its length
        bool ranges = true;
        bool redirects = false;
        int most = 0;      // answers side by side; 503 to more; 0: any number
        qint64 rate = 0;   // bytes per second of each answer; 0 is no limit
        qint64 pieces = 0; // of more than these bytes no part is given; 0: of any size
        double trouble = 0;
        double refusal = 0; // of connections
    };

    void drawNature();
    void drawFile();
    qint64 drawSize();
    Answer answer(const Request &request);
    Answer right(const Request &request, int file) const;
    Answer wrong(const Request &request, int file, Trouble trouble);
    Answer wrongPart(const Request &request, int file, Trouble trouble);
    bool refuses();
    int versionOf(int file) const;
    Resource resourceOf(int version) const;
    bool chance(double probability) { return m_random.generateDouble() < probability; }
    void note(const QByteArray &line);

    const int m_timeout;
    QRandomGenerator m_random; // once it is served, used in the server's thread alone
    QList<Trouble> m_troubles; // those that occur: drawn from, with repetitions
    QList<File> m_files;
    const QByteArrayList m_dates; // Last-Modified of the versions
    const QByteArray m_young;     // one that vouches for nothing
    Nature m_nature;
    std::atomic<bool> m_healed = false;
    std::atomic<bool> m_reachable = true;
    mutable QMutex m_mutex; // for m_notes
    QByteArrayList m_notes;
    std::unique_ptr<ScriptedServer> m_server; // goes first
};

} // namespace longhaul::test
