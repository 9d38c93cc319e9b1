// SPDX-License-Identifier: MIT
// What the unfinished file of another program seems to hold.
#include "aria2bytes.h"
#include "core/foreignfile.h"

#include <QBuffer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace longhaul;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

class TestForeignFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void stretches_data();
    void stretches();
    void manyStretches();
    void survey();
    void surveyOfAria2();
    void moved();
    void notAdoptable();
};

namespace {

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

const std::atomic_bool kGoOn = false;

// "x" stands for 1024 bytes that are none of them zero, "0" for as many zeros, "-" for 1023 zeros, "." for
// one byte, not zero.
QByteArray bytesOf(const QByteArray &picture)
{
    QByteArray bytes;
    for (const char c : picture)
        bytes += c == 'x'   ? QByteArray(1024, 'x')
                 : c == '0' ? QByteArray(1024, '\0')
                 : c == '-' ? QByteArray(1023, '\0')
                            : QByteArray(1, '.');
    return bytes;
}

} // namespace

void TestForeignFile::names_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isPartial");
    const auto row = [](const QString &file, const QString &name, bool isPartial) {
        QTest::newRow(qPrintable(file)) << file << name << isPartial;
    };
    row(u"a.iso.crdownload"_s, u"a.iso"_s, true);
    row(u"a.iso.part"_s, u"a.iso"_s, true);
    row(u"a.iso.PART"_s, u"a.iso"_s, true);
    row(u"a.zip.partial"_s, u"a.zip"_s, true);
    row(u"a.zip.opdownload"_s, u"a.zip"_s, true);
    row(u"a.zip.download"_s, u"a.zip"_s, true);
    row(u"Unconfirmed 123456.crdownload"_s, QString(), true);
    row(u"Unconfirmed 1.iso"_s, u"Unconfirmed 1.iso"_s, false);
    row(u".part"_s, QString(), true);
    row(u"a.iso"_s, u"a.iso"_s, false);
    row(u"a.iso.aria2"_s, u"a.iso.aria2"_s, true); // taken away before
}

void TestForeignFile::names()
{
    QFETCH(QString, file);
    QTEST(nameOfForeign(file), "name");
    QTEST(isForeignPartial(file), "isPartial");
    QCOMPARE(foreignPathOf(u"/d/a.iso.aria2"_s), u"/d/a.iso"_s);
    QCOMPARE(foreignPathOf(u"/d/a.part"_s), u"/d/a.part"_s);
}

void TestForeignFile::stretches_data()
{
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<QList<qint64>>("expected"); // begin, end, begin, end, ...
    const auto row = [](const char *picture, const QList<qint64> &expected) {
        QTest::newRow(*picture ? picture : "nothing") << QByteArray(picture) << expected;
    };
    row("", {});
    row("0", {});
    row("0000", {});
    row("x", {0, 1024});
    row("x0", {0, 1024});
    row("x-", {0, 1024}); // at the end not one counts
    row("x0x", {0, 1024, 2048, 3072});
    row("x-x", {0, 3071});
    row("0x", {1024, 2048});
    row("-x", {1023, 2047});
    row("x000.00.", {0, 1024, 4096, 4097, 6145, 6146});
    row(".-.-.", {0, 2049});
}

void TestForeignFile::stretches()
{
    QFETCH(QByteArray, picture);
    QFETCH(QList<qint64>, expected);
    RangeSet set;
    for (qsizetype i = 0; i < expected.size(); i += 2)
        set.add({expected[i], expected[i + 1]});
    // Also where it lies across the blocks in which it is read.
    for (const qint64 before : {0, (1 << 20) - 512, 1 << 20}) {
        QByteArray bytes(before, 'b');
        if (before > 0)
            bytes += QByteArray(2048, '\0');
        const qint64 shift = bytes.size();
        bytes += bytesOf(picture);
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::ReadOnly));
        RangeSet all(ByteRange{0, before});
        for (const ByteRange &range : set.ranges())
            all.add({range.begin + shift, range.end + shift});
        QVERIFY(writtenIn(buffer, kGoOn) == all);
    }
}

// The largest of them are kept, and none of them is wrong.
void TestForeignFile::manyStretches()
{
    QRandomGenerator random(3);
    QByteArray bytes;
    RangeSet real;
    for (int i = 0; i < 6000; ++i) {
        const int size = random.bounded(1, 2000) + (i % 1000 == 7 ? 50'000 : 0);
        real.add({bytes.size(), bytes.size() + size});
        bytes += QByteArray(size, 'x') + QByteArray(1024 + random.bounded(100), '\0');
    }
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    const RangeSet found = writtenIn(buffer, kGoOn);
    QCOMPARE(found.ranges().size(), 64);
    QVERIFY(found.intersected(real) == found);
    int large = 0;
    for (const ByteRange &range : found.ranges())
        large += range.size() > 50'000;
    QCOMPARE(large, 6);
}

void TestForeignFile::survey()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"a.iso.crdownload"_s);
    write(path, QByteArray(5000, 'a') + QByteArray(3000, '\0'));
    const auto found = surveyForeign(path, {}, {}, kGoOn);
    const auto *bytes = std::get_if<ForeignBytes>(&found);
    QVERIFY(bytes);
    QCOMPARE(bytes->path, path);
    QVERIFY(bytes->holds == RangeSet({0, 5000}));
    QVERIFY(!bytes->total);
}

void TestForeignFile::surveyOfAria2()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"a.iso"_s);
    write(path, QByteArray(250, 'a'));
    write(path + u".aria2"_s, aria2Bytes({}));
    const auto found = surveyForeign(path, {}, {}, kGoOn);
    const auto *bytes = std::get_if<ForeignBytes>(&found);
    QVERIFY(bytes);
    QVERIFY(bytes->holds == RangeSet({0, 250})); // it is shorter than said
    QCOMPARE(bytes->total, 350);
}

// It had got its new name when the program ended.
void TestForeignFile::moved()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"a.iso"_s);
    const QString movedTo = dir.filePath(u"a.iso.part"_s);
    write(movedTo, QByteArray(250, 'a'));
    write(path + u".aria2"_s, aria2Bytes({.bits = QByteArray(1, char(0x80))}));
    auto found = surveyForeign(path, movedTo, {}, kGoOn);
    QVERIFY(std::holds_alternative<ForeignBytes>(found));
    QCOMPARE(std::get<ForeignBytes>(found).path, movedTo);
    QVERIFY(std::get<ForeignBytes>(found).holds == RangeSet({0, 100}));
    write(path, QByteArray(250, 'b')); // that other one is another file
    found = surveyForeign(path, movedTo, {}, kGoOn);
    QCOMPARE(std::get<ForeignBytes>(found).path, path);
}

void TestForeignFile::notAdoptable()
{
    QTemporaryDir dir;
    const auto isRefused = [&](const QString &name) {
        const auto found = surveyForeign(dir.filePath(name), {}, {}, kGoOn);
        const auto *error = std::get_if<Error>(&found);
        return error && error->code == ErrorCode::NotAdoptable && !error->detail.isEmpty();
    };
    write(dir.filePath(u"empty"_s), {});
    write(dir.filePath(u"zeros"_s), QByteArray(5000, '\0'));
    write(dir.filePath(u"whole"_s), "x");
    QVERIFY(QFile::link(dir.filePath(u"whole"_s), dir.filePath(u"link"_s)));
    write(dir.filePath(u"hostile"_s), "x");
    write(dir.filePath(u"hostile.aria2"_s), aria2Bytes({.bitsSize = 0xffffffff}));
    write(dir.filePath(u"huge"_s), "x");
    QFile huge(dir.filePath(u"huge.aria2"_s));
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(qint64(1) << 40));
    for (const QString &name :
         {u"gone"_s, u"empty"_s, u"zeros"_s, u"link"_s, u"hostile"_s, u"huge"_s, u"."_s})
        QVERIFY2(isRefused(name), qPrintable(name));
}

QTEST_GUILESS_MAIN(TestForeignFile)
#include "tst_foreignfile.moc"
