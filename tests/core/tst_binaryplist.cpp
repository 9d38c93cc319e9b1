// SPDX-License-Identifier: MIT
#include "core/binaryplist.h"

#include "plistbytes.h"

#include <QRandomGenerator>
#include <QTest>

using namespace longhaul;
using namespace longhaul::plistbytes;
using namespace Qt::StringLiterals;

class TestBinaryPlist : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("expected");
        const QString url = u"http://a.test/x"_s;
        QTest::newRow("one entry") << webloc("http://a.test/x") << url;
        QTest::newRow("another first") << file({QByteArray("\xd2\x03\x01\x04\x02"), ascii("URL"),
                                                ascii("http://a.test/x"), ascii("Key"), ascii("value")})
                                       << url;
        const QByteArray wide = QByteArray("\x6f\x10\x0f") + [&] {
            QByteArray bytes;
            for (const QChar c : url)
                bytes += bigEndian(c.unicode(), 2);
            return bytes;
        }();
        QTest::newRow("UTF-16") << file({QByteArray("\xd1\x01\x02"), ascii("URL"), wide}) << url;
        QTest::newRow("wide offsets")
            << file({QByteArray("\xd1\0\1\0\2", 5), ascii("URL"), ascii("http://a.test/x")}, {8, 2, 0, 0, 0})
            << url;
        QTest::newRow("a count of 8 bytes") << file(
            {QByteArray("\xd1\x01\x02"), ascii("URL"), QByteArray("\x5f\x13") + bigEndian(1, 8) + "x"})
                                            << u"x"_s;
        QTest::newRow("top is not first")
            << file({ascii("URL"), ascii("x"), QByteArray("\xd1\0\1", 3)}, {1, 1, 0, 2, 0}) << u"x"_s;
        QTest::newRow("empty string") << webloc("") << QString(u""_s);
    }

    void reads()
    {
        QFETCH(QByteArray, file);
        const auto found = stringInBinaryPlist(file, "URL"_L1);
        QVERIFY(found);
        QTEST(*found, "expected");
        QVERIFY(!stringInBinaryPlist(file, "url"_L1));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray sound = webloc("http://a.test/x");
        const QByteArray dict("\xd1\x01\x02");
        const QList<QByteArray> objects{dict, ascii("URL"), ascii("x")};
        const auto withObject = [&](const QByteArray &value) { return file({dict, ascii("URL"), value}); };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("the mark alone") << QByteArray("bplist00");
        QTest::newRow("another version") << QByteArray(sound).replace("bplist00", "bplist15");
        QTest::newRow("no trailer") << sound.first(sound.size() - 32);
        QTest::newRow("offset size 0") << file(objects, {0, 1, 3, 0, 0});
        QTest::newRow("offset size 255")
            << file(objects, {255, 1, 0, 0, 0}).replace(QByteArray(255, '\0'), "");
        QTest::newRow("reference size 0") << file(objects, {1, 0, 0, 0, 0});
        QTest::newRow("2^64-1 objects") << file(objects, {1, 1, ~quint64(0), 0, 0});
        QTest::newRow("top beyond") << file(objects, {1, 1, 0, 3, 0});
        QTest::newRow("top 2^64-1") << file(objects, {1, 1, 0, ~quint64(0), 0});
        QTest::newRow("table beyond") << file(objects, {1, 1, 0, 0, 1000});
        QTest::newRow("table 2^64-1") << file(objects, {1, 1, 0, 0, ~quint64(0)});
        QTest::newRow("table in the mark") << file(objects, {1, 1, 0, 0, 1});
        QTest::newRow("no dictionary") << file({QByteArray("\xa1\x01"), ascii("URL")});
        QTest::newRow("dictionary of itself") << file({QByteArray("\xd1\0\0", 3)});
        QTest::newRow("value is the dictionary") << file({QByteArray("\xd1\1\0", 3), ascii("URL")});
        QTest::newRow("reference beyond") << file({QByteArray("\xd1\x01\x7f"), ascii("URL")});
        QTest::newRow("2^63 entries") << file({QByteArray("\xdf\x13") + bigEndian(quint64(1) << 63, 8)});
        QTest::newRow("more entries than bytes") << file({QByteArray("\xde\x01")});
        QTest::newRow("count is no integer") << withObject("\x5f\x51x");
        QTest::newRow("count of 16 bytes") << withObject(QByteArray("\x5f\x14") + QByteArray(16, '\0'));
        QTest::newRow("string of 2^64-1") << withObject(QByteArray("\x5f\x13") + bigEndian(~quint64(0), 8));
        QTest::newRow("wide string of 2^63")
            << withObject(QByteArray("\x6f\x13") + bigEndian(quint64(1) << 63, 8));
        QTest::newRow("string into the table") << withObject("\x54xyz");
        QTest::newRow("an integer") << withObject("\x10\x01");
        QTest::newRow("a count cut off") << withObject("\x5f");
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!stringInBinaryPlist(bytes, "URL"_L1));
    }

    // Whatever is changed or cut: an answer or none, never a read outside (a sanitizer's or an assertion's
    // business). The seed is fixed, so a finding can be had again.
    void damage()
    {
        const QByteArray sound = webloc("http://a.test/x");
        for (qsizetype size = 0; size < sound.size(); ++size)
            QVERIFY(!stringInBinaryPlist(sound.first(size), "URL"_L1));
        QRandomGenerator random(20'240'201);
        int survived = 0;
        for (int round = 0; round < 100'000; ++round) {
            QByteArray bytes = sound;
            for (int changes = random.bounded(1, 5); changes > 0; --changes)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            survived += stringInBinaryPlist(bytes, "URL"_L1).has_value() ? 1 : 0;
        }
        QVERIFY(survived > 0 && survived < 100'000);
    }
};

QTEST_APPLESS_MAIN(TestBinaryPlist)
#include "tst_binaryplist.moc"
