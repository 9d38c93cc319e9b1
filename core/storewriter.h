// SPDX-License-Identifier: MIT
#pragma once

#include "storefiles.h"

#include <QMutex>
#include <QObject>

#include <deque>
#include <functional>
#include <vector>

namespace longhaul {

// What is to be written to the files of the store, in order: the owner adds to it, the I/O thread writes it.
// What failed stays, and is written with the next, before it.
class StoreWriter
{
public:
    struct Change {
        quint64 number = 0; // 0: no one's
        QByteArray line;
        bool sync = false;
        std::optional<storeformat::Records> compact; // not a line, but the records of all lines before it
        bool rebuild = false;
    };
    struct Outcome {
        quint64 recorded = 0; // else a failure
        QString failure;
    };
    struct Outcomes {
        std::vector<Outcome> list;
        bool rebuildDue = false;
        qint64 snapshotBytes = 0;
    };

    // `news` is called on the thread of `owner`, while that lives, when there are outcomes to take.
    StoreWriter(const QString &folder, QObject *owner, std::function<void()> news);

    // The owner's thread.
    void add(Change change);
    Outcomes takeOutcomes();
    // The I/O thread: writes what was added; stops at a failure, after which it all is still to be written.
    void work();

    StoreFiles files; // the owner's thread while loading, then the I/O thread

private:
    bool step();
    void rebuild(qsizetype index);
    bool writeLines();
    void report(size_t changes);
    void reportFailure();

    QObject *const m_owner;
    const std::function<void()> m_news;
    std::deque<Change> m_todo; // the I/O thread
    QMutex m_mutex;            // for what follows
    std::deque<Change> m_added;
    Outcomes m_outcomes;
    bool m_told = false; // the owner will come for the outcomes
};

} // namespace longhaul
