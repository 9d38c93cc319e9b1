// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

#include <QCommandLineParser>

namespace longhaul {

// Those and what `get`, and `add`, has beside them.
void addGetOptions(QCommandLineParser &parser);
void addAddOptions(QCommandLineParser &parser);
void addAdoptOptions(QCommandLineParser &parser); // and its FILE
QCommandLineOption stateDirOption();
QCommandLineOption jsonOption();
QCommandLineOption repairOption();

// The options of a parsed command line as values. What is malformed is told as a sentence.
class OptionReader
{
public:
    explicit OptionReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {}

    bool isSet(const char *name) const { return m_parser.isSet(QString::fromLatin1(name)); }

    // All but the URLs, which are there already. They return the problem; empty when all is well.
    QString read(GetCommand &command) const;
    QString read(AddCommand &command) const;
    QString read(AdoptCommand &command) const; // and but the file

    bool isStateDirGiven() const { return !value("state-dir").isEmpty(); }
    QString stateDir() const; // absolute
    QString settingsFile() const;

private:
    QString value(const char *name) const { return m_parser.value(QString::fromLatin1(name)); }
    QString bad(const char *name, const QString &wanted) const;
    QString number(const char *name, int least, int most, const QString &wanted, int &result) const;
    QString rate(qint64 &bytesPerSecond) const;
    QString limits(Settings &settings) const;
    QString task(TaskOptions &options, qsizetype urls) const;
    QString line(TaskOptions &options) const;
    QString headers(TaskOptions &options) const;
    QString conflict(TaskOptions &options) const;
    QString checksum(TaskOptions &options, qsizetype urls) const;
    QString place(TaskOptions &options, qsizetype urls) const;

    const QCommandLineParser &m_parser;
};

} // namespace longhaul
