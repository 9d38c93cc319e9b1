// SPDX-License-Identifier: MIT
// What the tray icon and its tooltip show.
#include "ui/overall.h"
#include "ui/trayicon.h"

#include <QImage>
#include <QLocale>
#include <QPixmap>
#include <QTest>

Q_DECLARE_METATYPE(longhaul::Overall)

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestTrayIcon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizes();
    void bar_data();
    void bar();
    void pictureStaysWhole();
    void toolTip_data();
    void toolTip();

private:
    // A red square.
    static QIcon picture()
    {
        QPixmap pixmap(256, 256);
        pixmap.fill(Qt::red);
        return QIcon(pixmap);
    }
    static QImage image(std::optional<int> percent, int size)
    {
        return trayIcon(picture(), percent).pixmap(size, size).toImage();
    }
    static bool isGreen(const QColor &c) { return c.green() > 150 && c.red() < 110 && c.blue() < 140; }
};

void TestTrayIcon::sizes()
{
    const QList<QSize> sizes = trayIcon(picture(), 42).availableSizes();
    for (const int size : {16, 22, 24, 32, 48, 64})
        QVERIFY(sizes.contains(QSize(size, size)));
}

void TestTrayIcon::bar_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {14, 16, 20, 22, 24, 32, 44, 48, 64})
        QTest::addRow("%d", size) << size;
}

// A row of pixels through the bar: green from the left, as far as the per cent say, then no more.
void TestTrayIcon::bar()
{
    QFETCH(int, size);
    int before = -1;
    for (int percent = 0; percent <= 100; ++percent) {
        const QImage icon = image(percent, size);
        const int y = size - 2 - std::max(1, size / 24); // above the lower edge
        int green = 0;
        while (green < size && isGreen(icon.pixelColor(std::max(1, size / 24) + green, y)))
            ++green;
        const int inner = size - 2 * std::max(1, size / 24);
        QVERIFY(green >= before);
        QVERIFY(std::abs(green - inner * percent / 100.0) <= 1);
        QCOMPARE(green == 0, percent == 0);
        QCOMPARE(green == inner, percent == 100);
        before = green;
    }
    QVERIFY(!isGreen(image({}, size).pixelColor(size / 4, size - 3)));
}

void TestTrayIcon::pictureStaysWhole()
{
    QCOMPARE(image({}, 22).pixelColor(0, 21), QColor(Qt::red)); // the whole square
    const QImage icon = image(50, 22);
    QCOMPARE(icon.pixelColor(11, 0), QColor(Qt::red));
    QCOMPARE(icon.pixelColor(0, 0).alpha(), 0); // smaller, in the middle
    QCOMPARE(icon.pixelColor(21, 0).alpha(), 0);
}

void TestTrayIcon::toolTip_data()
{
    QTest::addColumn<Overall>("overall");
    QTest::addColumn<QString>("words"); // %n is not translated here
    QTest::newRow("nothing") << Overall{} << u"Longhaul"_s;
    QTest::newRow("paused") << Overall{0, 0, 3, {}, 0} << u"Longhaul"_s;
    QTest::newRow("waiting") << Overall{0, 2, 1, 30, 0} << u"2 download(s) waiting"_s;
    QTest::newRow("running") << Overall{3, 2, 0, 42, 5'347'738} << u"3 download(s), 42 %, 5.1 MiB/s"_s;
    QTest::newRow("unknown size") << Overall{1, 0, 0, {}, 2048} << u"1 download(s), 2.0 KiB/s"_s;
}

void TestTrayIcon::toolTip()
{
    QFETCH(Overall, overall);
    QFETCH(QString, words);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(inWords(overall), words);
}

QTEST_MAIN(TestTrayIcon)
#include "tst_trayicon.moc"
