// SPDX-License-Identifier: MIT
// Bodies over the wire: whole, or told to be not, however slowly they are read.
#include "replyrun.h"

#include "tests/support/content.h"

#include <QPointer>
#include <QSignalSpy>
#include <QSslError>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 3 << 20;

Content file() { return Content::random(kSize); }

void rowsOfBodies()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<QString>("kind");
    for (const bool tls : {false, true}) {
        for (const char *kind : {"of a length", "chunked", "until the end"})
            QTest::newRow(tls ? (QByteArray(kind) + ", TLS").constData() : kind)
                << tls << QString::fromLatin1(kind);
    }
}

Answer bodyOf(const QString &kind)
{
    Answer answer = Answer::whole(file());
    return kind == u"chunked"_s         ? answer.chunked()
           : kind == u"until the end"_s ? answer.withoutLength()
                                        : answer;
}

} // namespace

class TestSocketReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readAsItComes_data() { rowsOfBodies(); }
    void readAsItComes();
    void readLate_data() { rowsOfBodies(); }
    void readLate();
    void pausedMeansHeld_data() { rowsOfBodies(); }
    void pausedMeansHeld();
    void cut_data() { rowsOfBodies(); }
    void cut();
    void reset_data() { rowsOfBodies(); }
    void reset();
    void halfClosed_data() { rowsOfBodies(); }
    void halfClosed();
    void manyFields();
    void dripped();
    void inSmallPortions_data();
    void inSmallPortions();
    void certificates_data();
    void certificates();
    void deletedFromWithin_data();
    void deletedFromWithin();
};

void TestSocketReply::readAsItComes()
{
    QFETCH(const bool, tls);
    QFETCH(const QString, kind);
    ScriptedServer server([=](const Request &) { return bodyOf(kind); },
                          {.tls = tls ? trustedIdentity() : TlsIdentity()});
    for (const qint64 limit : {10'000, 100'000, 2 << 20}) {
        Network network;
        const auto reply = network.ask(server.url(), limit);
        const Got got = wholeOf(*reply);
        QCOMPARE(got.error, QNetworkReply::NoError);
        QCOMPARE(got.body.size(), kSize);
        QVERIFY(got.body == file().readAll());
    }
}

// What waits on the way while nobody reads is all there when somebody does: no event is missing.
void TestSocketReply::readLate()
{
    QFETCH(const bool, tls);
    QFETCH(const QString, kind);
    ScriptedServer server([=](const Request &) { return bodyOf(kind); },
                          {.tls = tls ? trustedIdentity() : TlsIdentity()});
    Network network;
    const auto reply = network.ask(server.url(), 300'000);
    QTRY_VERIFY(reply->bytesAvailable() >= 300'000);
    // The server has sent all that the kernels take, and stands; each time all is read at once.
    Got got;
    while (!reply->isFinished() || reply->bytesAvailable() > 0) {
        QTest::qWait(50);
        const QByteArray more = reply->readAll();
        QVERIFY2(!more.isEmpty() || reply->isFinished(), qPrintable(QString::number(got.body.size())));
        got.body += more;
    }
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QVERIFY(got.body == file().readAll());
}

// No more is held than may be, and the server waits.
void TestSocketReply::pausedMeansHeld()
{
    QFETCH(const bool, tls);
    QFETCH(const QString, kind);
    const Content content = Content::random(64 << 20);
    ServerOptions options{.tls = tls ? trustedIdentity() : TlsIdentity(), .sendBufferBytes = 64 << 10};
    ScriptedServer server([=](const Request &) { return bodyOf(kind).withBody(content); }, options);
    Network network;
    const auto reply = network.ask(server.url(), 100'000);
    QTRY_VERIFY(reply->bytesAvailable() >= 100'000);
    QTest::qWait(100);
    QVERIFY2(reply->bytesAvailable() <= 100'000 + (16 << 10),
             qPrintable(QString::number(reply->bytesAvailable())));
    QVERIFY(server.bodyBytesSent() < 32 << 20);
    reply->setReadBufferSize(1 << 20);
    QTRY_VERIFY(reply->bytesAvailable() >= 1 << 20);
}

void TestSocketReply::cut()
{
    QFETCH(const bool, tls);
    QFETCH(const QString, kind);
    ScriptedServer server([=](const Request &) { return bodyOf(kind).cutBodyAfter(2'000'000); },
                          {.tls = tls ? trustedIdentity() : TlsIdentity()});
    Network network;
    const auto reply = network.ask(server.url(), 50'000);
    const Got got = wholeOf(*reply, 40'000, 1);
    // Nothing else told the end: whoever reads has to know that.
    QCOMPARE(got.error,
             kind == u"until the end"_s ? QNetworkReply::NoError : QNetworkReply::RemoteHostClosedError);
    QVERIFY(got.body == file().read(0, 2'000'000)); // all that came is there
}

void TestSocketReply::reset()
{
    QFETCH(const bool, tls);
    QFETCH(const QString, kind);
    ScriptedServer server([=](const Request &) { return bodyOf(kind).resetBodyAfter(2'000'000); },
                          {.tls = tls ? trustedIdentity() : TlsIdentity()});
    Network network;
    const auto reply = network.ask(server.url(), 50'000);
    const Got got = wholeOf(*reply, 40'000, 1);
    QCOMPARE(got.error, QNetworkReply::RemoteHostClosedError);
    QVERIFY(file().read(0, 2'000'000).startsWith(got.body));
    QVERIFY(got.body.size() > 0);
}

// The server sends no more, but has not closed: an answer of a length is whole, one that is cut is told.
void TestSocketReply::halfClosed()
{
    QFETCH(const bool, tls);
    QFETCH(const QString, kind);
    ScriptedServer server([=](const Request &) { return bodyOf(kind).thenHalfClose(); },
                          {.tls = tls ? trustedIdentity() : TlsIdentity()});
    Network network;
    const Got got = fetch(network, server.url());
    QCOMPARE(got.error, QNetworkReply::NoError);
    QVERIFY(got.body == file().readAll());
    QVERIFY(server.waitForOpenConnections(0));
}

// A head of the largest size, of fields of the smallest: nobody is held up for long.
void TestSocketReply::manyFields()
{
    QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n";
    for (int i = 0; answer.size() < (256 << 10) - 20; ++i)
        answer += QByteArray::number(i, 36) + ":\n";
    ScriptedServer server([=](const Request &) { return Answer::raw(answer + "\r\nsmall"); });
    Network network;
    const auto reply = network.ask(server.url());
    QElapsedTimer longest;
    qint64 held = 0;
    QTimer beat; // of the thread that a window has
    connect(&beat, &QTimer::timeout, this, [&] { held = std::max(held, longest.restart()); });
    longest.start();
    beat.start(1);
    QCOMPARE(wholeOf(*reply).body, QByteArray("small"));
    QTest::qWait(5);
    QVERIFY2(held < 500, qPrintable(QString::number(held)));
    QVERIFY(reply->head().fields.size() > 40'000);
}

// Byte by byte, each of them read at once.
void TestSocketReply::dripped()
{
    const QByteArray answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
    QList<Step> steps;
    for (const char c : answer)
        steps << step::Bytes{QByteArray(1, c)} << step::Wait{1};
    ScriptedServer server([=](const Request &) { return Answer::script(steps); });
    Network network;
    QCOMPARE(fetch(network, server.url()).body, QByteArray("abc"));
    QCOMPARE(fetch(network, server.url()).body, QByteArray("abc"));
    QCOMPARE(server.connections().size(), 1);
}

void TestSocketReply::inSmallPortions_data()
{
    QTest::addColumn<bool>("hasLength");
    QTest::addColumn<bool>("isReset");
    QTest::newRow("then another") << true << false;
    QTest::newRow("until the end") << false << false;
    QTest::newRow("reset") << false << true;
}

// Which are let gather: nothing stays behind.
void TestSocketReply::inSmallPortions()
{
    QFETCH(const bool, hasLength);
    QFETCH(const bool, isReset);
    const QByteArray body = file().readAll();
    const QByteArray length = "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    QList<Step> steps{step::Bytes{"HTTP/1.1 200 OK\r\n" + (hasLength ? length : QByteArray()) + "\r\n"}};
    constexpr qsizetype kPortion = 3000;
    for (qsizetype at = 0; at < body.size(); at += kPortion) {
        steps << step::Bytes{body.mid(at, kPortion)};
        if (at % (50 * kPortion) == 0)
            steps << step::Wait{1};
    }
    if (isReset)
        steps << step::Reset{};
    else if (!hasLength)
        steps << step::Close{};
    ScriptedServer server([=](const Request &) { return Answer::script(steps); });
    Network network;
    for (int n = 0; n < 2; ++n) {
        const Got got = fetch(network, server.url());
        QCOMPARE(got.error, isReset ? QNetworkReply::RemoteHostClosedError : QNetworkReply::NoError);
        QVERIFY(isReset ? body.startsWith(got.body) : got.body == body);
    }
    QCOMPARE(server.connections().size(), hasLength ? 1 : 2);
}

void TestSocketReply::certificates_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("host");
    QTest::newRow("trusted") << true << loopbackNames() << u"127.0.0.1"_s;
    QTest::newRow("by name") << true << loopbackNames() << u"localhost"_s;
    QTest::newRow("of another name") << true << QStringList{u"other.example"_s} << u"localhost"_s;
    QTest::newRow("of another address") << true << QStringList{u"127.0.0.2"_s} << u"127.0.0.1"_s;
    QTest::newRow("of an unknown authority") << false << loopbackNames() << u"localhost"_s;
}

void TestSocketReply::certificates()
{
    QFETCH(const bool, known);
    QFETCH(const QStringList, names);
    QFETCH(const QString, host);
    trustedIdentity();
    static const TestAuthority second; // trusted as well
    second.trustHere();
    const TlsIdentity identity = known ? second.issue(names) : selfSignedIdentity(names);
    if (identity.isNull())
        QSKIP("no openssl command");
    ScriptedServer server([](const Request &) { return Answer::status(200, {}, "small"); },
                          {.tls = identity});
    Network network;
    const auto reply = network.ask(server.url(u"/"_s, host));
    QList<QSslError> told;
    connect(reply.get(), &QNetworkReply::sslErrors, this,
            [&](const QList<QSslError> &errors) { told = errors; });
    const Got got = wholeOf(*reply);
    const bool good = known && names == loopbackNames();
    QCOMPARE(got.error, good ? QNetworkReply::NoError : QNetworkReply::SslHandshakeFailedError);
    QCOMPARE(got.body, good ? QByteArray("small") : QByteArray());
    QCOMPARE(server.requestCount(), good ? 1 : 0); // nothing was said to a stranger
    if (!good) {
        QVERIFY(!told.isEmpty());
        QCOMPARE(told.first().certificate(), identity.chain.first());
    }
    QVERIFY(good || server.waitForOpenConnections(0));
}

void TestSocketReply::deletedFromWithin_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<bool>("aborted");
    for (const char *signal : {"metaDataChanged", "readyRead", "finished"}) {
        QTest::newRow(signal) << QString::fromLatin1(signal) << false;
        QTest::newRow((QByteArray(signal) + ", aborted").constData()) << QString::fromLatin1(signal) << true;
    }
}

// Whoever gets a signal may delete the reply later: nothing more comes, and the connection goes.
void TestSocketReply::deletedFromWithin()
{
    QFETCH(const QString, signal);
    QFETCH(const bool, aborted);
    ScriptedServer server([](const Request &) { return Answer::whole(Content::random(100'000)).thenHold(); });
    Network network;
    QPointer<SocketReply> reply = network.ask(server.url(), 10'000).release();
    QStringList signals_;
    const auto on = [&](const QString &name) {
        signals_ += name;
        if (name != signal)
            return;
        if (aborted)
            reply->abort();
        reply->disconnect(this);
        reply->deleteLater();
    };
    connect(reply, &QNetworkReply::metaDataChanged, this, [&] { on(u"metaDataChanged"_s); });
    connect(reply, &QNetworkReply::readyRead, this, [&] {
        reply->readAll();
        on(u"readyRead"_s);
    });
    connect(reply, &QNetworkReply::finished, this, [&] { on(u"finished"_s); });
    QTRY_VERIFY(!reply);
    signals_.removeDuplicates();
    QVERIFY(signals_.size() <= 4 && signals_.contains(signal));
    QVERIFY(server.waitForOpenConnections(0));
}

QTEST_GUILESS_MAIN(TestSocketReply)
#include "tst_socketreply.moc"
