// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"
#include "tests/support/scriptedserver.h"

#include <array>
#include <atomic>

namespace longhaul::test {

// The files that tests of the disk fetch, and the server that has them.
class DiskFiles
{
public:
    enum File {
        Plain,
        Big,      // fetched over several connections
        Changing, // of another version, equal for a while and as long, once that was asked for
        Again,    // likewise
        Bare,     // with nothing to vouch for it
        Over,     // replaces a file as long as it
        Reused,   // the part files of the two have the same name
        ReusedToo,
        Small,             // and the ones behind it
        Quiet = Small + 8, // paused as soon as they are added
        Count = Quiet + 4,
    };

    // `base`: of a server that a process has already; empty: there shall be one.
    explicit DiskFiles(const QUrl &base = {});

    QUrl base() const { return m_base; }
    QUrl url(int file) const;
    int fileOf(const QUrl &url) const; // -1: none of them
    QUrl changeUrl() const { return m_base.resolved(QUrl(QStringLiteral("/change"))); }
    // From now on answers take their time, or do not; the versions are the first ones again.
    void beginRecording();
    void endRecording() { m_paced = false; }

    // What is served now; what `data` is a record of.
    const Content &current(int file) const { return m_files[size_t(file)].versions[version(file)]; }
    const Content &recorded(const ResumeData &data) const;
    // Whether `bytes` are all of any version.
    bool isWhole(const QByteArray &bytes) const;

private:
    struct Served {
        QByteArray path;
        QList<Content> versions;
        qint64 rate = 0; // bytes per second while recording
    };

    qsizetype version(int file) const { return m_changed ? m_files[size_t(file)].versions.size() - 1 : 0; }
    QByteArray etag(int file, qsizetype version) const;
    Answer answer(const Request &request);

    std::array<Served, Count> m_files;
    std::atomic<bool> m_changed = false;
    std::atomic<bool> m_paced = false;
    std::unique_ptr<ScriptedServer> m_server;
    QUrl m_base;
};

} // namespace longhaul::test
