// SPDX-License-Identifier: MIT
#pragma once

#include "diskfiles.h"
#include "diskworld.h"

namespace longhaul::test {

// Some ten seconds in which all that changes files happens at least once: downloads beside each other, over
// many connections, without validators, of a file that becomes another one, over a file that is there;
// paused, begun again, removed together with their part file and another one added in their place; the store
// compacted, closed and opened. Marks in the trace tell of what was "added N" and "removed N"
// (DiskFiles::File), and how late the event loop was at most ("late MICROSECONDS").
class DiskScenario : public QObject
{
    Q_OBJECT

public:
    DiskScenario(const QString &root, const DiskFiles &files);

    // Blocks. Empty, or what went wrong.
    QByteArray play();

private:
    struct Step {
        int at; // ms
        std::function<void()> act;
    };

    void plan();
    void at(int ms, std::function<void()> act) { m_steps.append({ms, std::move(act)}); }
    bool makeOldFile();
    QString folderOf(int file) const;
    void add(int file);
    void remove(int file);
    DownloadTask *task(int file);
    void fill(int number);
    void restart();
    void changeFiles();

    const DiskFiles &m_files;
    DiskWorld m_world;
    QList<Step> m_steps;
    QByteArray m_failure;
};

} // namespace longhaul::test
