// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDebug>
#include <QList>

#include <span>

// What the fuzzer (fuzzer.cpp) and the replay of the corpora (replay.cpp) have in common: the targets.
namespace longhaul::fuzz {

// Feeds foreign bytes to one part of the program and checks, with REQUIRE, what must be true whatever they
// are. Called any number of times, on the thread of the QCoreApplication; leaves nothing behind.
using Target = void (*)(const QByteArray &bytes);

struct NamedTarget {
    const char *name; // also that of its folder in corpus/, and of its file in dictionaries/
    Target run;
};

// All of them, by name.
std::span<const NamedTarget> targets();
// Null when none has this name.
const NamedTarget *findTarget(const QByteArray &name);

// The bytes as a person writes a corpus file: `count` parts, each but the last ended by a newline; those that
// are missing are empty.
QList<QByteArray> lines(const QByteArray &bytes, qsizetype count);

// Ends the process, so that the bytes under way are kept as a find.
[[noreturn]] void fail(const char *condition, const char *file, int line);

} // namespace longhaul::fuzz

#define REQUIRE(condition) ((condition) ? void() : longhaul::fuzz::fail(#condition, __FILE__, __LINE__))
// With both values shown.
#define REQUIRE_EQUAL(a, b)                                                                                  \
    do {                                                                                                     \
        if (!((a) == (b))) {                                                                                 \
            qWarning() << "left: " << (a) << "\nright:" << (b);                                              \
            longhaul::fuzz::fail(#a " == " #b, __FILE__, __LINE__);                                          \
        }                                                                                                    \
    } while (false)
