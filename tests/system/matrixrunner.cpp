// SPDX-License-Identifier: MIT
#include "matrixcase.h"
#include "program.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using longhaul::test::ScriptedServer;

namespace longhaul::matrix {

namespace {

constexpr int kRuns = 3;
constexpr int kHang = 60'000;
constexpr int kPatience = 15'000; // for the beginning

Content nowOf(const Case &which) { return which.now.size() > 0 || which.nowIsEmpty ? which.now : theFile(); }

// One case on two servers and a few runs of the program.
class Play
{
public:
    explicit Play(const Case &which);
    Outcome run();

private:
    struct Run {
        bool hung = false;
        bool crashed = false;
        bool stopped = false; // by us
        int exitCode = -1;
        QList<QJsonObject> reports;
        QByteArray account;
    };

    Answer answer(const Request &request, bool other);
    Answer beginning(const Request &request, const Scene &scene);
    Run runOnce(int number);
    bool stopInBeginning(Program &program);
    bool isRecorded() const;
    Outcome judge(const Run &last);
    std::pair<Ending, QByteArray> findFault(const Run &last) const;
    std::pair<Ending, QByteArray> findFaultOfComplete(const Run &last) const;
    QByteArray findWireFault() const;
    QByteArray wireLog() const;
    QStringList files() const;
    QByteArray baseOf(const ScriptedServer &server) const
    {
        return "http://127.0.0.1:" + QByteArray::number(server.port());
    }

    const Case &m_case;
    qint64 m_part;
    QTemporaryDir m_home;
    QDir m_folder;
    QByteArray m_log;
    QMutex m_mutex; // for the three below
    QList<Asked> m_asked;
    Scene m_scene;
    bool m_begun = false;
    QElapsedTimer m_clock;
    ScriptedServer m_here;
    ScriptedServer m_there;
};

Play::Play(const Case &which)
    : m_case(which)
    , m_part(which.part > 0 ? which.part : kPart)
    , m_folder(m_home.filePath(u"files"_s))
    , m_here([this](const Request &request) { return answer(request, false); })
    , m_there([this](const Request &request) { return answer(request, true); })
{
    m_clock.start();
    m_folder.mkpath(u"."_s);
    m_begun = which.first == First::Scripted;
    m_scene.here = baseOf(m_here);
    m_scene.there = baseOf(m_there);
}

Answer Play::answer(const Request &request, bool other)
{
    const QMutexLocker lock(&m_mutex);
    Scene scene = m_scene;
    scene.other = other;
    const bool scripted = m_begun;
    Answer answer = scripted ? m_case.script(request, scene) : beginning(request, scene);
    m_scene.n += scripted;
    m_asked.append({scene.run, other, request, m_clock.elapsed(), answer.code(), scripted});
    return answer;
}

Answer Play::beginning(const Request &request, const Scene &scene)
{
    Answer answer = m_case.begin
                        ? m_case.begin(request, scene)
                        : Answer::honest(request, m_case.old.size() > 0 ? m_case.old : theFile(), m_case.had);
    if (answer.code() / 100 == 3)
        return answer;
    m_begun = true;
    if (m_case.first == First::Cut)
        answer.cutBodyAfter(m_part);
    else
        answer.stallBodyAfter(m_part);
    return answer;
}

// Killed only when the program has written down what it has: what a record misses is fetched twice, which
// is right but not what is to be seen here.
bool Play::isRecorded() const
{
    const QByteArray number = QByteArray::number(m_part);
    const QFileInfoList files = QDir(m_home.filePath(u"state"_s)).entryInfoList(QDir::Files);
    return std::any_of(files.begin(), files.end(), [&](const QFileInfo &info) {
        QFile file(info.filePath());
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(number);
    });
}

bool Play::stopInBeginning(Program &program)
{
    if (!program.waitForBytes(m_part - 1, kPatience))
        return false;
    switch (m_case.first) {
    case First::Interrupted: program.sendSignal(SIGINT); return true;
    case First::Killed:
        if (!QTest::qWaitFor([this] { return isRecorded(); }, kPatience))
            m_log += "the part was not recorded before the kill\n";
        program.sendSignal(SIGKILL);
        return true;
    case First::Offline:
        m_here.goOffline();
        program.waitForState(u"waiting"_s, kPatience);
        m_here.goOnline();
        return false;
    case First::Scripted:
    case First::Part:
    case First::Cut: break;
    }
    return false;
}

Play::Run Play::runOnce(int number)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_scene.run = number;
    }
    if (m_case.prepare)
        m_case.prepare(m_folder, number);
    const bool stops = number == 0 && m_case.first != First::Scripted && m_case.first != First::Cut;
    // One connection: each request is the plan's. What many do is for system.randomruns.
    QStringList arguments{
        u"get"_s,         u"--json"_s,
        u"-x"_s,          u"1"_s,
        u"--state-dir"_s, m_home.filePath(u"state"_s),
        u"-d"_s,          m_folder.path(),
        u"--timeout"_s,   QString::number(stops && m_case.first != First::Offline ? 20 : m_case.timeout)};
    arguments += m_case.options;
    const QString base = u"http://%1:%2"_s.arg(QString::fromUtf8(m_case.host)).arg(m_here.port());
    arguments += base + QString::fromUtf8(m_case.path);
    for (const QString &path : m_case.more)
        arguments += base + path;
    for (QString &argument : arguments)
        argument.replace(u"{there}"_s, QString::fromLatin1(m_scene.there));

    Run run;
    Program program(m_home.path());
    program.start(arguments);
    if (stops)
        run.stopped = stopInBeginning(program);
    run.hung = !program.waitForEnd(kHang);
    run.crashed = !run.hung && program.hasCrashed() && !(run.stopped && m_case.first == First::Killed);
    run.exitCode = program.exitCode();
    run.reports = program.linesOf(u"report"_s);
    run.account = program.account();
    m_log += "run " + QByteArray::number(number) + " (" + QByteArray::number(program.elapsed())
             + " ms): " + run.account;
    if (!program.strayLines().isEmpty())
        m_log += "stray output: " + program.strayLines().join('\n') + '\n';
    return run;
}

Outcome Play::run()
{
    Run last;
    for (int number = 0; number < kRuns; ++number) {
        last = runOnce(number);
        if (last.hung || last.crashed || last.exitCode == 0)
            break;
    }
    Outcome outcome = judge(last);
    outcome.milliseconds = m_clock.elapsed();
    return outcome;
}

QStringList Play::files() const
{
    QStringList names = m_folder.entryList(QDir::Files | QDir::Hidden);
    for (const QString &other : m_case.others)
        names.removeOne(other);
    return names;
}

std::pair<Ending, QByteArray> Play::findFaultOfComplete(const Run &last) const
{
    const Content now = nowOf(m_case);
    const QString path = last.reports.value(0).value("filePath"_L1).toString();
    if (!path.startsWith(m_folder.path() + u'/') || path.mid(m_folder.path().size() + 1).contains(u'/'))
        return {Ending::Wrong, "the file is not in its folder: " + path.toUtf8()};
    const bool right = now.matchesFile(path)
                       || std::any_of(m_case.also.begin(), m_case.also.end(),
                                      [&](const Content &content) { return content.matchesFile(path); });
    if (!right) {
        return {Ending::Wrong, "complete but wrong: " + QByteArray::number(QFileInfo(path).size())
                                   + " bytes, not " + QByteArray::number(now.size()) + ", other from byte "
                                   + QByteArray::number(now.firstDifference(path).value_or(-1)) + " on"};
    }
    if (m_case.want == Want::Refuse)
        return {Ending::Wrong, "called complete, which nobody can know"};
    if (!m_case.saved.isEmpty() && QFileInfo(path).fileName() != m_case.saved)
        return {Ending::Unclean, "the name is " + path.toUtf8()};
    const QStringList left = files();
    if (left.size() != 1 + m_case.more.size())
        return {Ending::Unclean, "in the folder: " + left.join(u' ').toUtf8()};
    return {};
}

std::pair<Ending, QByteArray> Play::findFault(const Run &last) const
{
    if (last.hung)
        return {Ending::Hung, "did not end"};
    if (last.crashed)
        return {Ending::Crashed, "crashed"};
    if (last.reports.size() != 1 + m_case.more.size() && !(last.stopped && m_case.first == First::Killed))
        return {Ending::Unclean, QByteArray::number(last.reports.size()) + " reports"};
    if (last.exitCode == 0)
        return findFaultOfComplete(last);
    for (const QString &name : files()) {
        if (!name.endsWith(u".part"_s))
            return {Ending::Wrong, "failed, and left a file under a final name: " + name.toUtf8()};
    }
    if (last.exitCode != 1)
        return {Ending::Unclean, "exit code " + QByteArray::number(last.exitCode)};
    const QString sentence = last.reports.value(0).value("error"_L1)["message"_L1].toString();
    static const QRegularExpression oneSentence(u"^[A-Z][^\\n]{10,200}\\.$"_s);
    if (!oneSentence.match(sentence).hasMatch())
        return {Ending::Unclean, "this is no sentence: " + sentence.toUtf8()};
    if (m_case.want == Want::Complete)
        return {Ending::Stopped, "stopped: " + sentence.toUtf8()};
    return {};
}

// What holds for every request of every case.
QByteArray Play::findWireFault() const
{
    static const QRegularExpression range(u"^bytes=\\d+-\\d*$"_s);
    for (const Asked &asked : m_asked) {
        const Request &request = asked.request;
        if (request.method != "GET" || request.httpVersion != "HTTP/1.1" || request.target.contains('#'))
            return "an odd request: " + request.head;
        if (request.header("Accept-Encoding") != "identity")
            return "Accept-Encoding: " + request.header("Accept-Encoding");
        if (!request.header("User-Agent").startsWith("Longhaul/"))
            return "User-Agent: " + request.header("User-Agent");
        if (request.has("Range") && !range.match(QString::fromLatin1(request.header("Range"))).hasMatch())
            return "Range: " + request.header("Range");
        if (request.has("If-Range") && (!request.has("Range") || request.header("If-Range").startsWith("W/")))
            return "If-Range without need: " + request.head;
        if (asked.other
            && (request.has("Authorization") || request.has("Cookie") || request.has("X-Secret")
                || request.has("Referer") || request.target.contains("secret")))
            return "a secret went to another origin: " + request.head;
    }
    return m_case.check ? m_case.check(m_case, m_asked) : QByteArray();
}

QByteArray Play::wireLog() const
{
    QByteArray text;
    int count = 0;
    for (const Asked &asked : m_asked) {
        if (++count > 40) {
            text += "  ... " + QByteArray::number(m_asked.size()) + " requests in all\n";
            break;
        }
        text += "  run " + QByteArray::number(asked.run) + (asked.other ? " other " : " ")
                + asked.request.method + ' ' + asked.request.target.left(100);
        for (const char *name : {"Range", "If-Range"}) {
            if (asked.request.has(name))
                text += "; " + QByteArray(name) + ": " + asked.request.header(name);
        }
        text += " -> " + QByteArray::number(asked.status) + '\n';
    }
    return text;
}

Outcome Play::judge(const Run &last)
{
    const QMutexLocker lock(&m_mutex);
    auto [ending, why] = findFault(last);
    if (ending == Ending::Right) {
        why = findWireFault();
        if (!why.isEmpty())
            ending = Ending::Wire;
    }
    if (ending == Ending::Right)
        return {};
    return {ending, nameOf(ending) + ": " + why + '\n' + m_log + wireLog()};
}

// Played twice: once with a cut, once with one of the two signals in turn.
void addBothWays(QList<Case> &cases, const Case &which)
{
    Case one = which;
    one.first = First::Cut;
    one.name += ", cut";
    cases.append(one);
    const bool kill = cases.size() % 4 == 0;
    one.first = kill ? First::Killed : First::Interrupted;
    one.name = which.name + (kill ? ", killed" : ", interrupted");
    cases.append(one);
}

} // namespace

const Content &theFile()
{
    static const Content content = Content::random(kSize, 1);
    return content;
}

QByteArray nameOf(Ending ending)
{
    switch (ending) {
    case Ending::Right: return "right";
    case Ending::Stopped: return "STOPPED";
    case Ending::Wrong: return "WRONG FILE";
    case Ending::Hung: return "HUNG";
    case Ending::Crashed: return "CRASHED";
    case Ending::Wire: return "WIRE";
    case Ending::Unclean: return "UNCLEAN";
    }
    return {};
}

QList<Case> allCases()
{
    QList<Case> cases;
    for (const auto &theme : {validatorCases, rangeCases, wholeAnswerCases, refusalCases, bodyCases,
                              redirectCases, pageCases, headCases, breakCases, nameCases}) {
        const QList<Case> some = theme();
        for (const Case &one : some) {
            if (one.first == First::Part)
                addBothWays(cases, one);
            else
                cases.append(one);
        }
    }
    return cases;
}

Outcome play(const Case &which) { return Play(which).run(); }

} // namespace longhaul::matrix
