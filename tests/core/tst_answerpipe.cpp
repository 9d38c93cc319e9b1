// SPDX-License-Identifier: MIT
// An answer crosses from one thread to another: whole, in order, bounded, and nobody waits for ever.
#include "core/answerpipe.h"

#include "tests/support/content.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace longhaul;
using namespace longhaul::test;

namespace {

constexpr qint64 kDefaultLimit = 64 << 10;

QByteArray bytes(qsizetype size) { return QByteArray(size, 'x'); }

// Both ends on one thread, and how often each was called.
struct Ends {
    QObject reader;
    QObject writer;
    int news = 0;
    int rooms = 0;
    AnswerPipe pipe{&reader, [this] { ++news; }};

    Ends()
    {
        pipe.setWriter(&writer, [this] { ++rooms; });
    }
};

void turn() { QCoreApplication::processEvents(); }

// The reader's side of a run over two threads: reads little by little what it took.
class Reader : public QObject
{
public:
    explicit Reader(const Content &content, qint64 limit)
        : m_content(content)
        , m_limit(limit)
    {}
    ~Reader() override { pipe->leave(); }

    void onNews()
    {
        AnswerPipe::News news = pipe->takeNews();
        for (const QByteArray &piece : news.pieces) {
            m_right = m_right && piece == m_content.read(m_at, piece.size());
            m_at += piece.size();
            held += piece.size();
        }
        if (news.end) {
            ended = true;
            loop.quit();
        }
        while (held > 0) {
            const qint64 part = std::min<qint64>(held, 1 + m_random.bounded(int(m_limit)));
            held -= part;
            read.fetch_add(part, std::memory_order_relaxed); // before the writer may know
            pipe->consumed(part);
        }
    }
    bool isRight() const { return m_right && m_at == m_content.size() && ended; }

    std::shared_ptr<AnswerPipe> pipe = std::make_shared<AnswerPipe>(this, [this] { onNews(); });
    std::atomic<qint64> read = 0;
    qint64 held = 0;
    bool ended = false;
    QEventLoop loop;

private:
    const Content m_content;
    const qint64 m_limit;
    qint64 m_at = 0;
    bool m_right = true;
    QRandomGenerator m_random{2};
};

// The writer's: as much as there is room for, whenever it is told that there is.
class Writer : public QObject
{
public:
    Writer(const Content &content, Reader &reader)
        : m_content(content)
        , m_pipe(reader.pipe)
        , m_read(reader.read)
    {}

    void begin()
    {
        m_pipe->setWriter(this, [this] { go(); });
        go();
    }
    void go()
    {
        while (m_at < m_content.size()) {
            const qint64 room = m_pipe->room();
            if (room <= 0)
                return;
            const qint64 most = std::min<qint64>(kPiece, m_content.size() - m_at);
            QByteArray piece = m_content.read(m_at, 1 + m_random.bounded(int(most)));
            m_at += piece.size();
            m_pipe->put(std::move(piece));
            mostUnread = std::max(mostUnread, m_at - m_read.load(std::memory_order_relaxed));
        }
        m_pipe->setWriter(nullptr);
        m_pipe->end({});
    }

    static constexpr qint64 kPiece = 48 << 10;
    qint64 mostUnread = 0; // at least what there was

private:
    const Content m_content;
    const std::shared_ptr<AnswerPipe> m_pipe;
    const std::atomic<qint64> &m_read;
    qint64 m_at = 0;
    QRandomGenerator m_random{1};
};

} // namespace

class TestAnswerPipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inOrder();
    void oneCallForAll();
    void room();
    void otherLimits();
    void nobodyWaits();
    void readerLeaves();
    void readerDies();
    void writerGoes();
    void writerIsReplaced();
    void acrossThreads_data();
    void acrossThreads();
};

void TestAnswerPipe::inOrder()
{
    Ends ends;
    AnswerHead head;
    head.status = 206;
    ends.pipe.put(head);
    ends.pipe.put(QByteArray("a"));
    ends.pipe.put(QByteArray("b"));
    ends.pipe.end({QNetworkReply::ProtocolFailure, QStringLiteral("why"), {}});
    QCOMPARE(ends.news, 0); // nothing is called from within
    const AnswerPipe::News news = ends.pipe.takeNews();
    QVERIFY(news.head && news.head->status == 206);
    QCOMPARE(news.pieces, (std::deque<QByteArray>{"a", "b"}));
    QVERIFY(news.end && news.end->error == QNetworkReply::ProtocolFailure);
    QCOMPARE(news.end->text, QStringLiteral("why"));
    const AnswerPipe::News none = ends.pipe.takeNews();
    QVERIFY(!none.head && none.pieces.empty() && !none.end);
}

void TestAnswerPipe::oneCallForAll()
{
    Ends ends;
    for (int i = 0; i < 10; ++i)
        ends.pipe.put(bytes(1));
    turn();
    QCOMPARE(ends.news, 1);
    ends.pipe.put(bytes(1)); // it has not looked yet
    turn();
    QCOMPARE(ends.news, 1);
    QCOMPARE(ends.pipe.takeNews().pieces.size(), size_t(11));
    ends.pipe.put(bytes(1));
    ends.pipe.end({});
    turn();
    QCOMPARE(ends.news, 2);
}

// What was taken counts until it is read. The writer is told when half of the room is free, once.
void TestAnswerPipe::room()
{
    Ends ends;
    QCOMPARE(ends.pipe.room(), kDefaultLimit);
    ends.pipe.setLimit(100);
    ends.pipe.put(bytes(90));
    QCOMPARE(ends.pipe.room(), 10);
    ends.pipe.put(bytes(30)); // one piece more than there is room for
    QCOMPARE(ends.pipe.room(), -20);
    ends.pipe.takeNews();
    turn();
    QCOMPARE(ends.pipe.room(), -20);
    ends.pipe.consumed(69); // 51 are unread
    turn();
    QCOMPARE(ends.rooms, 0);
    ends.pipe.consumed(1);
    QCOMPARE(ends.rooms, 0); // nothing is called from within
    turn();
    QCOMPARE(ends.rooms, 1);
    ends.pipe.consumed(50);
    turn();
    QCOMPARE(ends.rooms, 1);
    QCOMPARE(ends.pipe.room(), 100);
}

void TestAnswerPipe::otherLimits()
{
    Ends ends;
    ends.pipe.setLimit(100);
    ends.pipe.put(bytes(100));
    QCOMPARE(ends.pipe.room(), 0);
    ends.pipe.setLimit(199); // half of it is not free
    turn();
    QCOMPARE(ends.rooms, 0);
    ends.pipe.setLimit(200);
    turn();
    QCOMPARE(ends.rooms, 1);
    ends.pipe.setLimit(1);
    QCOMPARE(ends.pipe.room(), -99);
    ends.pipe.consumed(99);
    turn();
    QCOMPARE(ends.rooms, 1);
    ends.pipe.consumed(1);
    turn();
    QCOMPARE(ends.rooms, 2);
}

// Who did not ask in vain for room is not called.
void TestAnswerPipe::nobodyWaits()
{
    Ends ends;
    ends.pipe.setLimit(100);
    ends.pipe.put(bytes(99));
    QCOMPARE(ends.pipe.room(), 1);
    ends.pipe.consumed(99);
    turn();
    QCOMPARE(ends.rooms, 0);
    ends.pipe.put(bytes(200));
    QVERIFY(ends.pipe.room() <= 0);
    ends.pipe.setLimit(500);
    QCOMPARE(ends.pipe.room(), 300); // looked by itself, before the call came
    turn();
    QVERIFY(ends.rooms <= 1);
}

void TestAnswerPipe::readerLeaves()
{
    Ends ends;
    ends.pipe.put(bytes(1));
    QVERIFY(!ends.pipe.isLeft());
    ends.pipe.leave();
    QVERIFY(ends.pipe.isLeft());
    turn();
    QCOMPARE(ends.rooms, 1);
    ends.pipe.put(bytes(1));
    ends.pipe.put(AnswerHead());
    ends.pipe.end({});
    turn();
    QVERIFY(ends.news <= 1); // the call that was on its way
    const AnswerPipe::News news = ends.pipe.takeNews();
    QVERIFY(!news.head && news.pieces.empty() && !news.end);
    ends.pipe.setWriter(nullptr);
    ends.pipe.leave(); // again
}

void TestAnswerPipe::readerDies()
{
    Ends ends;
    auto reader = std::make_unique<QObject>();
    int news = 0;
    AnswerPipe pipe(reader.get(), [&news] { ++news; });
    pipe.put(bytes(1));
    pipe.leave();
    reader.reset();
    pipe.put(bytes(1));
    turn();
    QCOMPARE(news, 0);
}

void TestAnswerPipe::writerGoes()
{
    Ends ends;
    ends.pipe.setLimit(1);
    ends.pipe.put(bytes(1));
    QCOMPARE(ends.pipe.room(), 0);
    ends.pipe.setWriter(nullptr);
    ends.pipe.consumed(1);
    ends.pipe.setLimit(2);
    ends.pipe.leave();
    turn();
    QCOMPARE(ends.rooms, 0);
}

void TestAnswerPipe::writerIsReplaced()
{
    Ends ends;
    ends.pipe.setLimit(1);
    ends.pipe.put(bytes(1));
    QCOMPARE(ends.pipe.room(), 0);
    QObject other;
    int rooms = 0;
    ends.pipe.setWriter(&other, [&rooms] { ++rooms; });
    QCOMPARE(ends.pipe.room(), 0);
    ends.pipe.consumed(1);
    turn();
    QCOMPARE(ends.rooms, 0);
    QCOMPARE(rooms, 1);
}

void TestAnswerPipe::acrossThreads_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::newRow("smaller than the pieces") << qint64(1000);
    QTest::newRow("of a few pieces") << qint64(100'000);
}

// Nothing is lost, nothing changes its place, and no more is unread than may be.
void TestAnswerPipe::acrossThreads()
{
    QFETCH(const qint64, limit);
    const Content content = Content::random(64 << 20);
    Reader reader(content, limit);
    reader.pipe->setLimit(limit);
    QThread thread;
    auto *writer = new Writer(content, reader);
    writer->moveToThread(&thread);
    thread.start();
    QMetaObject::invokeMethod(
        writer, [writer] { writer->begin(); }, Qt::QueuedConnection);
    QTimer::singleShot(60'000, &reader.loop, &QEventLoop::quit);
    reader.loop.exec(); // QTest's waiting sleeps
    thread.quit();
    thread.wait();
    const std::unique_ptr<Writer> joined(writer);
    QVERIFY(reader.isRight());
    QVERIFY2(writer->mostUnread <= limit + Writer::kPiece, qPrintable(QString::number(writer->mostUnread)));
}

QTEST_GUILESS_MAIN(TestAnswerPipe)
#include "tst_answerpipe.moc"
