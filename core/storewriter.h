// SPDX-License-Identifier: MIT
#pragma once

#include "resumedata.h"
#include "storefiles.h"

#include <QHash>
#include <QMutex>
#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace longhaul {

// The records of the store and what of them is still to be written, in order: the owner adds changes, the I/O
// thread makes text of them and writes it. What failed stays, and is written with the next, before it.
//
// A record that is put while an older one of the same key still waits takes its place: only the last one
// counts. Not where it tells of another part file, which may be one that a change in between has set free.
class StoreWriter
{
public:
    struct Outcome {
        quint64 recorded = 0; // else a failure
        QString failure;
    };

    // `news` is called on the thread of `owner`, while that lives, when there are outcomes to take.
    StoreWriter(const QString &folder, QObject *owner, std::function<void()> news);
    Q_DISABLE_COPY_MOVE(StoreWriter)

    // Before the first change.
    StoreFiles files; // later the I/O thread's
    // What was loaded, and how long the journal is (bytes).
    void begin(storeformat::Records records, qint64 journalBytes);

    // The owner's thread. True: work() has to be called for it, and for all that is added until then.
    bool put(quint64 number, const QByteArray &key, const ResumeData &data, bool sync);
    bool remove(quint64 number, const QByteArray &key);
    bool sync(); // all that was added
    // With all that was added. These do not wait for what is being written.
    bool has(const QByteArray &key) const;
    std::optional<ResumeData> find(const QByteArray &key) const;
    std::vector<Outcome> takeOutcomes();

    // Whether records() lacks something that was added.
    bool isBehind() const;
    // The owner's thread, while they are not behind; valid until the next change.
    const storeformat::Records &records() const { return m_records; }

    // The I/O thread: writes what was added; stops at a failure, after which it all is still to be written.
    // Makes the files anew where that is needed; compacts when the journal has grown beyond 1 MiB and
    // four times the snapshot (the snapshot alone where that is large); `last`: beyond 64 KiB.
    void work(bool last = false);

private:
    struct Change {
        quint64 number = 0;               // 0: no one's
        QByteArray key;                   // empty: there is nothing to write for it
        std::unique_ptr<ResumeData> data; // null: the record of the key is removed
        bool sync = false;
    };
    struct Batch {
        std::deque<Change> changes;
        QHash<QByteArray, size_t> latest; // the change of each key
    };
    struct Line {
        quint64 number = 0;
        QByteArray text;
        bool sync = false;
    };

    bool add(Change change);
    const Change *latest(const QByteArray &key) const;
    void takeAdded();
    bool writeLines();
    void rebuild();
    void compact();
    void reportAll();
    void reportFailure();

    QObject *const m_owner;
    const std::function<void()> m_news;

    // The I/O thread.
    std::deque<Line> m_lines; // to be written
    qint64 m_journalBytes = 0;
    qint64 m_compactAt = 0; // not before the journal has grown to this

    mutable QMutex m_mutex;         // for what follows, but the I/O thread reads what it alone changes
    storeformat::Records m_records; // without what was added and taken
    Batch m_taken;                  // what the I/O thread makes lines of
    Batch m_added;
    std::vector<Outcome> m_outcomes;
    bool m_told = false; // the owner will come for the outcomes
};

} // namespace longhaul
