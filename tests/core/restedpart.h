// SPDX-License-Identifier: MIT
#pragma once

#include "managerrun.h"

#include "core/platformfile.h"

#include <QTest>

// A part file whose task is at rest, and those who touch it.
namespace longhaul::test {

inline constexpr qint64 kSize = 8 << 20;
inline constexpr qint64 kBegun = 3 << 20;

inline void rewrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

inline QByteArray stampOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? platformfile::stampOf(file.handle()) : QByteArray();
}

// With a strong ETag; each answer stops after so many bytes, where that is not negative.
inline Handler server(const Content &content, qint64 stall = -1)
{
    return [=](const Request &request) {
        Answer answer = Answer::honest(request, content, {.etag = "\"e\""});
        return stall < 0 ? answer : answer.stallBodyAfter(stall);
    };
}

inline TaskOptions oneConnection()
{
    TaskOptions options;
    options.connections = 1;
    return options;
}

inline void pause(DownloadTask *task)
{
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
}

} // namespace longhaul::test
