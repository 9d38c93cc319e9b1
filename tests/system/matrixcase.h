// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QJsonObject>
#include <QStringList>

namespace longhaul::matrix {

using test::Answer;
using test::Content;
using test::Headers;
using test::Request;
using test::Resource;

// What the script of a case may know when it answers.
struct Scene {
    int n = 0;          // scripted requests before this one, over the whole case and both servers
    int run = 0;        // which run of the program asks, from 0
    bool other = false; // asked of the second server: another origin
    QByteArray here;    // "http://127.0.0.1:1234", where the case begins
    QByteArray there;   // the second server
};
// Runs under a lock: never twice at once.
using Script = std::function<Answer(const Request &, const Scene &)>;

// One request as it came, with what was answered.
struct Asked {
    int run = 0;
    bool other = false;
    Request request;
    qint64 at = 0;        // milliseconds since the case began
    int status = 0;       // of the answer; 0 where it had no head
    bool scripted = true; // not of the beginning
};

// How the program comes to have a part of the file before the script takes over.
enum class First {
    Scripted,    // not at all: the script answers from the first request on
    Part,        // stands for both Cut and one of the two below: the case is played twice
    Cut,         // the first body ends with FIN: the program goes on by itself
    Interrupted, // the first body stalls, the program gets SIGINT
    Killed,      // the same with SIGKILL
    Offline,     // the server goes away in the first body, and is back once the program waits
};

enum class Want {
    Complete, // the file is there and equal to the server's
    Refuse,   // exit code 1, no file under a final name, a sentence why: no client could do better
    Either,
};

struct Case;
using Check = std::function<QByteArray(const Case &, const QList<Asked> &)>; // what is wrong, or nothing

struct Case {
    QByteArray name;
    First first = First::Scripted;
    Script script = {}; // after the beginning
    Want want = Want::Complete;

    Resource had = {}; // told with the beginning
    Content old = {};  // served in the beginning; empty: theFile()
    qint64 part = 0;   // how much of it; 0: kPart
    Script begin = {}; // in place of an honest 200; redirects are sent whole, the first other answer in part
    Content now = {};  // what the file must be in the end; null (see has) is theFile()
    bool nowIsEmpty = false;
    QList<Content> also = {}; // would be as right

    QByteArray host = "127.0.0.1"; // of the URL; userinfo may stand before it
    QByteArray path = "/file.bin";
    QStringList more = {};                      // further URLs' paths in the same run
    QString saved = QStringLiteral("file.bin"); // name of the finished file; empty: not checked
    QStringList options = {};
    int timeout = 3;
    std::function<void(const QDir &, int run)> prepare = {}; // before each run: what else is in the folder
    QStringList others = {};                                 // names that are there besides
    Check check = {};
};

// What became of it.
enum class Ending { Right, Stopped, Wrong, Hung, Crashed, Wire, Unclean };

struct Outcome {
    Ending ending = Ending::Right;
    QByteArray text; // why, with the wire log; empty when right
    qint64 milliseconds = 0;
};

constexpr qint64 kSize = 3'000'000;
constexpr qint64 kPart = 1'700'000;

const Content &theFile();
inline QStringList fewRetries() { return {QStringLiteral("--retries"), QStringLiteral("1")}; }

// Cases marked Part played both ways.
QList<Case> allCases();
Outcome play(const Case &which);
QByteArray nameOf(Ending ending);

// By theme; each in its own matrix_*.cpp.
QList<Case> validatorCases();
QList<Case> rangeCases();
QList<Case> wholeAnswerCases();
QList<Case> refusalCases();
QList<Case> bodyCases();
QList<Case> redirectCases();
QList<Case> pageCases();
QList<Case> headCases();
QList<Case> breakCases();
QList<Case> nameCases();

} // namespace longhaul::matrix
