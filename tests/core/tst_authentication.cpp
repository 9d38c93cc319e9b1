// SPDX-License-Identifier: MIT
// Downloads from servers, and over proxies, that want to know who asks: who is told what, and when.
#include "managerrun.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kBasic = "Basic realm=\"here\"";
const QByteArray kBasicAnswer = "Basic " + QByteArray("user:p@ss").toBase64();

Content file() { return Content::random(300'000); }

QUrl withUser(QUrl url)
{
    url.setUserName(u"user"_s);
    url.setPassword(u"p@ss"_s);
    return url;
}

QByteArray parameter(const QByteArray &field, const char *name)
{
    const QRegularExpression wanted(u"[ ,]%1=(?:\"([^\"]*)\"|([^\", ]+))"_s.arg(QLatin1String(name)));
    const QRegularExpressionMatch match = wanted.match(QString::fromLatin1(field));
    return (match.captured(1) + match.captured(2)).toLatin1();
}

// Whether `field` is right by RFC 7616 3.4.1 for a challenge of ours with this nonce.
bool isRight(const QByteArray &field, const QByteArray &algorithm, const QByteArray &nonce,
             const Request &request)
{
    const auto hash = [&](const QByteArray &text) {
        return QCryptographicHash::hash(text, algorithm == "MD5" ? QCryptographicHash::Md5
                                                                 : QCryptographicHash::Sha256)
            .toHex();
    };
    const QByteArray tail = ":00000001:" + parameter(field, "cnonce") + ":auth:";
    const QByteArray expected =
        hash(hash("user:here:p@ss") + ':' + nonce + tail + hash(request.method + ':' + request.target));
    return field.startsWith("Digest ") && parameter(field, "username") == "user"
           && parameter(field, "nonce") == nonce && parameter(field, "uri") == request.target
           && parameter(field, "nc") == "00000001" && !parameter(field, "cnonce").isEmpty()
           && parameter(field, "response") == expected;
}

Answer asking(int status, const QByteArray &challenge)
{
    const QByteArray name = status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
    return Answer::status(status, {{name, challenge}}, "who are you?");
}

// Asks each request with a nonce of its own, once used.
Handler digest(const QByteArray &algorithm, const QByteArray &realm = "here")
{
    return [=](const Request &request) {
        static int count = 0;
        const QByteArray field = request.header("Authorization");
        const QByteArray nonce = "n" + QByteArray::number(count);
        if (isRight(field, algorithm, nonce, request)) {
            ++count;
            return Answer::honest(request, file(), {.etag = "\"a\""});
        }
        return asking(401, "Digest realm=\"" + realm + "\", qop=\"auth\", algorithm=" + algorithm
                               + ", nonce=\"" + "n" + QByteArray::number(++count) + '"');
    };
}

Handler basic(int status = 401, const QByteArray &field = "Authorization")
{
    return [=](const Request &request) {
        return request.header(field) == kBasicAnswer ? Answer::honest(request, file(), {.etag = "\"a\""})
                                                     : asking(status, kBasic);
    };
}

bool isKeptQuiet(const DownloadTask &task)
{
    for (const LogLine &line : task.log()) {
        for (const QString &secret : {u"p@ss"_s, u"p%40ss"_s, QString::fromLatin1(kBasicAnswer.mid(6))}) {
            if (line.text.contains(secret))
                return false;
        }
    }
    return !task.reason() || !task.reason()->detail.contains(u"p@ss"_s);
}

} // namespace

class TestAuthentication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asked_data();
    void asked();
    void refused();
    void unasked();
    void ownHeader();
    void redirected_data();
    void redirected();
    void redirectedHome();
    void byProxy_data();
    void byProxy();
    void byBoth();
    void endless();
};

void TestAuthentication::asked_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::newRow("Basic") << QByteArray("Basic");
    QTest::newRow("Digest, MD5") << QByteArray("MD5");
    QTest::newRow("Digest, SHA-256") << QByteArray("SHA-256");
}

void TestAuthentication::asked()
{
    QFETCH(const QByteArray, scheme);
    ScriptedServer server(scheme == "Basic" ? basic() : digest(scheme));
    ManagerRun run;
    run.end();
    run.settings().connectionsPerTask = 1;
    run.restart();
    DownloadTask *task = run.manager().add(withUser(server.url(u"/a%20b?c=d"_s)));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    QVERIFY(file().matchesFile(task->resumeData().targetPath));
    QVERIFY(isKeptQuiet(*task));
    // Never before it is asked for, and nowhere but in its field.
    QVERIFY(!server.requests().first().has("Authorization"));
    const QList<Request> requests = server.requests();
    for (const Request &request : requests) {
        QCOMPARE(request.target, QByteArray("/a%20b?c=d"));
        QCOMPARE(request.header("Host"), "127.0.0.1:" + QByteArray::number(server.port()));
    }
}

// It is answered once, and the refusal stands.
void TestAuthentication::refused()
{
    for (const QByteArray &challenge :
         {kBasic, QByteArray("Digest realm=x, nonce=y, qop=auth"), QByteArray("Negotiate"), QByteArray()}) {
        ScriptedServer server([=](const Request &) { return asking(401, challenge); });
        ManagerRun run;
        run.end();
        run.settings().retries = 0;
        run.restart();
        DownloadTask *task = run.manager().add(withUser(server.url()));
        QTRY_COMPARE(task->state(), TaskState::Failed);
        QCOMPARE(int(task->reason()->code), int(ErrorCode::AccessDenied));
        QVERIFY(isKeptQuiet(*task));
        const bool answers = challenge.startsWith("Basic") || challenge.startsWith("Digest");
        QCOMPARE(server.requestCount(), answers ? 2 : 1);
        QCOMPARE(server.requests().last().has("Authorization"), answers);
    }
}

void TestAuthentication::unasked()
{
    ScriptedServer server([](const Request &request) { return Answer::honest(request, file()); });
    ManagerRun run;
    DownloadTask *task = run.manager().add(withUser(server.url()));
    QTRY_COMPARE(task->state(), TaskState::Completed);
    const QList<Request> requests = server.requests();
    for (const Request &request : requests)
        QVERIFY(!request.head.contains("user") && !request.has("Authorization"));
}

// The user's own field is what is sent, and all that is.
void TestAuthentication::ownHeader()
{
    ScriptedServer server(basic());
    ManagerRun run;
    run.end();
    run.settings().retries = 0;
    run.restart();
    TaskOptions options;
    options.headers = {{"Authorization", "Bearer x"}};
    DownloadTask *task = run.manager().add(withUser(server.url()), options);
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(server.requests().first().header("Authorization"), QByteArray("Bearer x"));
}

void TestAuthentication::redirected_data()
{
    QTest::addColumn<QByteArray>("target"); // %1: the other's port
    QTest::newRow("to another port") << QByteArray("http://127.0.0.1:%1/");
    QTest::newRow("to another host") << QByteArray("http://localhost:%1/");
    QTest::newRow("without a scheme") << QByteArray("//127.0.0.1:%1/");
    QTest::newRow("with a user that it chose") << QByteArray("http://user:p%40ss@127.0.0.1:%1/");
    QTest::newRow("with a user alone") << QByteArray("http://user@127.0.0.1:%1/");
}

// Another may ask as it likes.
void TestAuthentication::redirected()
{
    QFETCH(QByteArray, target);
    ScriptedServer other([](const Request &) { return asking(401, kBasic); });
    target.replace("%1", QByteArray::number(other.port()));
    ScriptedServer server([=](const Request &request) {
        return request.header("Authorization") == kBasicAnswer ? Answer::redirect(302, target)
                                                               : asking(401, kBasic);
    });
    ManagerRun run;
    run.end();
    run.settings().retries = 0;
    run.restart();
    DownloadTask *task = run.manager().add(withUser(server.url()));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QVERIFY(other.requestCount() > 0);
    const QList<Request> requests = other.requests();
    for (const Request &request : requests)
        QVERIFY(!request.has("Authorization"));
    QVERIFY(isKeptQuiet(*task));
}

void TestAuthentication::redirectedHome()
{
    for (const bool absolute : {false, true}) {
        QByteArray home = "/there";
        ScriptedServer server;
        if (absolute)
            home = "http://127.0.0.1:" + QByteArray::number(server.port()) + home;
        server.setHandler([=, answer = basic()](const Request &request) {
            return request.path == "/" ? Answer::redirect(302, home) : answer(request);
        });
        ManagerRun run;
        DownloadTask *task = run.manager().add(withUser(server.url()));
        QTRY_COMPARE(task->state(), TaskState::Completed);
        QVERIFY(file().matchesFile(task->resumeData().targetPath));
    }
}

void TestAuthentication::byProxy_data()
{
    QTest::addColumn<bool>("right");
    QTest::newRow("right") << true;
    QTest::newRow("wrong") << false;
}

void TestAuthentication::byProxy()
{
    QFETCH(const bool, right);
    ScriptedServer proxy(basic(407, "Proxy-Authorization"));
    ManagerRun run;
    run.end();
    run.settings().retries = 0;
    run.settings().proxy = {ProxyKind::Http, u"127.0.0.1"_s, proxy.port(), u"user"_s,
                            right ? u"p@ss"_s : u"x"_s};
    run.restart();
    DownloadTask *task = run.manager().add(QUrl(u"http://far.example/f"_s));
    QTRY_COMPARE(task->state(), right ? TaskState::Completed : TaskState::Failed);
    QVERIFY(isKeptQuiet(*task));
    const QList<Request> requests = proxy.requests();
    QVERIFY(!requests.first().has("Proxy-Authorization"));
    QVERIFY(right || requests.size() == 2);
    for (const Request &request : requests)
        QVERIFY(!request.has("Authorization"));
}

// The server's credentials go through the proxy, and neither's are taken for the other's.
void TestAuthentication::byBoth()
{
    for (const bool stale : {false, true}) {
        ScriptedServer proxy([=](const Request &request) {
            const QByteArray field = request.header("Proxy-Authorization");
            const QByteArray nonce = request.has("Authorization") && stale ? "second" : "first";
            if (!isRight(field, "SHA-256", nonce, request)) {
                const QByteArray old = field.isEmpty() ? "" : ", stale=true";
                return asking(407, "Digest realm=here, qop=auth, algorithm=SHA-256, nonce=" + nonce + old);
            }
            return basic()(request);
        });
        ManagerRun run;
        run.end();
        run.settings().retries = 0;
        run.settings().proxy = {ProxyKind::Http, u"127.0.0.1"_s, proxy.port(), u"user"_s, u"p@ss"_s};
        run.restart();
        DownloadTask *task = run.manager().add(withUser(QUrl(u"http://far.example/f"_s)));
        QTRY_COMPARE(task->state(), TaskState::Completed);
        QVERIFY(file().matchesFile(task->resumeData().targetPath));
    }
}

// A nonce that is never new enough.
void TestAuthentication::endless()
{
    ScriptedServer server(
        [](const Request &) { return asking(401, "Digest realm=x, nonce=y, qop=auth, stale=true"); });
    ManagerRun run;
    run.end();
    run.settings().retries = 0;
    run.restart();
    DownloadTask *task = run.manager().add(withUser(server.url()));
    QTRY_COMPARE(task->state(), TaskState::Failed);
    QCOMPARE(server.requestCount(), 5);
}

QTEST_GUILESS_MAIN(TestAuthentication)
#include "tst_authentication.moc"
