// SPDX-License-Identifier: MIT
#pragma once

#include "ioqueue.h"
#include "settings.h"

#include <QJsonObject>

#include <functional>
#include <memory>

namespace longhaul {

// To and from JSON. Whatever is missing, malformed or out of range takes its default: reading never fails.
QJsonObject toJson(const Settings &settings);
Settings settingsFromJson(const QJsonObject &object);

// A JSON object in a file of its own (0600, replaced in one step), such as settings.json. Owner's thread;
// writing happens on an I/O thread.
class JsonFile
{
public:
    JsonFile(QString path, QThreadPool &threads);
    ~JsonFile(); // what was asked to be written is written first; blocks

    // The file's object; empty when there is none, or no JSON object in it (it is then set aside as
    // "NAME.damaged" before the next write). Blocks; for the start of the process.
    QJsonObject read();
    // Who is told why a write failed, for each that does, on the I/O thread. Before the first write().
    void onFailure(std::function<void(const QString &reason)> told);
    // Soon, in the order of the calls; of several that wait only the last is written. A failed write leaves
    // the file as it was.
    void write(const QJsonObject &object);

private:
    class Writer;
    QString m_path;
    std::unique_ptr<Writer> m_writer;
    std::unique_ptr<IoQueue> m_io; // goes first: its jobs use m_writer
};

} // namespace longhaul
