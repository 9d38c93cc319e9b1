// SPDX-License-Identifier: MIT
// The server and the proxy that scripts/bench loads its clients with: what they promise, or its figures would
// mean nothing.
#include "tests/support/content.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace longhaul;

namespace {

constexpr int kWait = 20'000;
constexpr qint64 kSize = 16 * 64 * 1024;
constexpr qint64 kPart = kSize / 16;

// A server that says its port, then runs until it goes.
class Served
{
public:
    Served(const char *program, const QStringList &arguments)
    {
        m_process.start(QString::fromUtf8(program), arguments);
        if (m_process.waitForReadyRead(kWait))
            m_port = quint16(m_process.readLine().trimmed().toInt());
    }
    ~Served()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    quint16 port() const { return m_port; }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

struct Answer {
    QByteArray head;
    QByteArray body;
    int status() const { return head.mid(9, 3).toInt(); }
    QByteArray field(const QByteArray &name) const
    {
        const qsizetype at = head.indexOf("\r\n" + name + ": ") + 4 + name.size();
        return head.mid(at, head.indexOf('\r', at) - at);
    }
};

// One connection, kept alive.
class Client
{
public:
    explicit Client(const Served &server)
    {
        m_socket.connectToHost(u"127.0.0.1"_s, server.port());
        m_socket.waitForConnected(kWait);
    }
    void ask(const QByteArray &fields = {}, const QByteArray &method = "GET",
             const QByteArray &path = "/f.bin")
    {
        m_socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
        m_socket.flush();
    }
    Answer read(bool hasBody = true)
    {
        Answer answer;
        while (!answer.head.endsWith("\r\n\r\n")) {
            const QByteArray next = take(1);
            if (next.isEmpty())
                return answer;
            answer.head += next;
        }
        if (hasBody)
            answer.body = take(answer.field("Content-Length").toLongLong());
        return answer;
    }
    Answer get(const QByteArray &fields = {})
    {
        ask(fields);
        return read();
    }

private:
    QByteArray take(qint64 count)
    {
        while (m_socket.bytesAvailable() < count && m_socket.waitForReadyRead(kWait)) {
        }
        return m_socket.read(count);
    }

    QTcpSocket m_socket;
};

QByteArray range(qint64 begin, qint64 end)
{
    return "Range: bytes=" + QByteArray::number(begin) + '-' + QByteArray::number(end - 1) + "\r\n";
}

} // namespace

class TestBenchServer : public QObject
{
    Q_OBJECT

    Q_DISABLE_COPY_MOVE(TestBenchServer)

public:
    TestBenchServer() = default;

private:
    QTemporaryDir m_folder;
    const QByteArray m_content = test::Content::random(kSize).readAll();

    QStringList with(QStringList options) const { return options << m_folder.path(); }

    // Milliseconds in which the whole of the answer came.
    static qint64 timeOf(Client &client, const QByteArray &fields)
    {
        QElapsedTimer clock;
        clock.start();
        client.get(fields);
        return clock.elapsed();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(u"f.bin"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(m_content), kSize);
    }

    void servesFilesAndRangesOnOneConnection()
    {
        const Served server(LONGHAUL_BENCHSERVER, with({}));
        Client client(server);
        const Answer whole = client.get();
        QCOMPARE(whole.status(), 200);
        QCOMPARE(whole.field("Accept-Ranges"), "bytes");
        QVERIFY(whole.body == m_content);
        const Answer middle = client.get(range(100, 5000));
        QCOMPARE(middle.status(), 206);
        QCOMPARE(middle.field("Content-Range"), "bytes 100-4999/" + QByteArray::number(kSize));
        QVERIFY(middle.body == m_content.mid(100, 4900));
        QVERIFY(client.get("Range: bytes=-7\r\n").body == m_content.last(7));
        QVERIFY(client.get("Range: bytes=1000000-\r\n").body == m_content.mid(1'000'000));
        QCOMPARE(client.get("Range: bytes=99999999-\r\n").status(), 416);
        QCOMPARE(client.get("Range: bytes=0-1,5-6\r\n").status(), 200);
        QCOMPARE(client.get(range(1, 2) + "If-Range: " + whole.field("ETag") + "\r\n").status(), 206);
        QCOMPARE(client.get(range(1, 2) + "If-Range: \"other\"\r\n").status(), 200);
    }

    void servesNothingElse()
    {
        const Served server(LONGHAUL_BENCHSERVER, with({}));
        Client client(server);
        for (const char *path : {"/none.bin", "/", "/..", "/../../etc/passwd"}) {
            client.ask({}, "GET", path);
            QCOMPARE(client.read().status(), 404);
        }
        client.ask({}, "HEAD", "/x/f.bin?query=1");
        const Answer head = client.read(false);
        QCOMPARE(head.status(), 200);
        QCOMPARE(head.field("Content-Length"), QByteArray::number(kSize));
        client.ask("Connection: close\r\n", "GET");
        QVERIFY(client.read().body == m_content);
        client.ask();
        QVERIFY(client.read().head.isEmpty());
    }

    // A clock says only that it was not faster: this machine may be slow.
    void keepsToItsRate()
    {
        const Served server(LONGHAUL_BENCHSERVER, with({u"--rate"_s, QString::number(2 * kSize)}));
        Client client(server);
        QVERIFY(timeOf(client, {}) >= 450);
        QVERIFY(timeOf(client, range(0, kSize / 2)) >= 225);
    }

    void everySecondLineIsSlow()
    {
        const Served server(LONGHAUL_BENCHSERVER,
                            with({u"--rate"_s, QString::number(20 * kPart), u"--slow-every"_s, u"2"_s}));
        Client fast(server);
        QVERIFY(timeOf(fast, range(0, 10)) < 10'000); // so that it is the first
        Client slow(server);
        QVERIFY(timeOf(slow, range(0, kPart / 2)) >= 450);
        Client fastAgain(server);
        QVERIFY(timeOf(fastAgain, range(0, kPart / 2)) < 450);
    }

    void rangesThatBeginInThePartAreSlow()
    {
        const Served server(LONGHAUL_BENCHSERVER,
                            with({u"--rate"_s, QString::number(20 * kPart), u"--slow-part"_s, u"3"_s}));
        Client client(server);
        QVERIFY(timeOf(client, range(3 * kPart, 3 * kPart + kPart / 2)) >= 450);
        QVERIFY(timeOf(client, range(3 * kPart - 1, 3 * kPart + kPart / 2)) < 450);
        QVERIFY(timeOf(client, range(4 * kPart, 4 * kPart + kPart / 2)) < 450);
    }

    void refusesMoreThanItsNumber()
    {
        const Served server(LONGHAUL_BENCHSERVER,
                            with({u"--rate"_s, QString::number(kSize), u"--at-once"_s, u"1"_s}));
        Client first(server);
        Client second(server);
        first.ask();
        QVERIFY(first.read(false).status() == 200);
        QCOMPARE(second.get().status(), 503);
        Answer later = second.get();
        while (later.status() == 503) // until the first one has its body
            later = second.get();
        QCOMPARE(later.status(), 200);
        QVERIFY(later.body == m_content);
    }

    void theProxyDelaysRequests()
    {
        const Served server(LONGHAUL_BENCHSERVER, with({}));
        const Served proxy(LONGHAUL_DELAYPROXY, {QString::number(server.port()), u"200"_s});
        Client client(proxy);
        for (int i = 0; i < 2; ++i) {
            QElapsedTimer clock;
            clock.start();
            QVERIFY(client.get().body == m_content);
            QVERIFY(clock.elapsed() >= 200);
        }
    }
};

QTEST_GUILESS_MAIN(TestBenchServer)
#include "tst_benchserver.moc"
