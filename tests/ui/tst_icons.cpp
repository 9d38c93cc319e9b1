// SPDX-License-Identifier: MIT
// The icons: every one draws something, in the palette's colour, at every size and scale.
#include "ui/icons.h"

#include <QDir>
#include <QPainter>
#include <QPalette>
#include <QTest>

using namespace longhaul;

namespace {

const char *const kNames[] = {
    "add",   "resume",  "pause", "remove",   "folder", "open",  "search", "settings", "quit",
    "limit", "undo",    "link",  "retry",    "copy",   "trash", "queue",  "check",    "warning",
    "clock", "network", "all",   "download", "up",     "down",  "info",
};

const char *const kKinds[] = {"file", "archive", "image", "audio", "video", "document", "program", "disc"};

// How many points of the picture are visible, and the mean of their colours.
struct Ink {
    int points = 0;
    QColor colour;
};

Ink inkOf(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    qint64 red = 0, green = 0, blue = 0;
    Ink ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor colour = image.pixelColor(x, y);
            if (colour.alpha() < 128)
                continue;
            ++ink.points;
            red += colour.red();
            green += colour.green();
            blue += colour.blue();
        }
    }
    if (ink.points > 0)
        ink.colour = QColor(int(red / ink.points), int(green / ink.points), int(blue / ink.points));
    return ink;
}

bool near(const QColor &a, const QColor &b)
{
    return qAbs(a.red() - b.red()) < 6 && qAbs(a.green() - b.green()) < 6 && qAbs(a.blue() - b.blue()) < 6;
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void draws_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : kNames)
            QTest::newRow(name) << QString::fromLatin1(name);
        for (const char *kind : kKinds)
            QTest::newRow(kind) << QStringLiteral("kind-%1").arg(QLatin1String(kind));
    }
    void draws()
    {
        QFETCH(QString, name);
        for (const int size : {16, 24, 48}) {
            for (const qreal scale : {1.0, 1.5, 2.0}) {
                const QPixmap pixmap = icon(name).pixmap(QSize(size, size), scale);
                QCOMPARE(pixmap.size(), QSize(size, size) * scale);
                QCOMPARE(pixmap.devicePixelRatio(), scale);
                const Ink ink = inkOf(pixmap);
                const int area = pixmap.width() * pixmap.height();
                QVERIFY2(ink.points > area / 50, qPrintable(QString::number(ink.points)));
                QVERIFY2(ink.points < area / 2, qPrintable(QString::number(ink.points)));
                // Nothing is cut off: the outermost points are free.
                const QImage image = pixmap.toImage();
                for (int at = 0; at < image.width(); ++at) {
                    QVERIFY(image.pixelColor(at, 0).alpha() < 160);
                    QVERIFY(image.pixelColor(at, image.height() - 1).alpha() < 160);
                    QVERIFY(image.pixelColor(0, at).alpha() < 160);
                    QVERIFY(image.pixelColor(image.width() - 1, at).alpha() < 160);
                }
            }
        }
    }

    void noneIsForgotten()
    {
        QStringList files = QDir(QStringLiteral(":/icons")).entryList();
        for (const char *name : kNames)
            QVERIFY2(files.removeOne(QLatin1String(name) + QLatin1String(".svg")), name);
        for (const char *kind : kKinds)
            QVERIFY2(files.removeOne(QStringLiteral("kind-%1.svg").arg(QLatin1String(kind))), kind);
        QVERIFY(files.removeOne(QStringLiteral("longhaul.svg")));
        QVERIFY(files.removeOne(QStringLiteral("longhaul-symbolic.svg")));
        QCOMPARE(files, QStringList());
    }

    void followsThePalette()
    {
        const QPalette before = QGuiApplication::palette();
        const QIcon held = icon(QStringLiteral("folder")); // made before, as the one of an action
        for (const QColor colour : {QColor(20, 20, 20), QColor(240, 240, 240)}) {
            QPalette palette = before;
            palette.setColor(QPalette::Active, QPalette::WindowText, colour);
            palette.setColor(QPalette::Active, QPalette::HighlightedText, QColor(10, 200, 30));
            palette.setColor(QPalette::Disabled, QPalette::WindowText, QColor(128, 128, 128));
            QGuiApplication::setPalette(palette);
            QVERIFY(near(inkOf(held.pixmap(24)).colour, colour));
            QVERIFY(near(inkOf(held.pixmap(24, QIcon::Active)).colour, colour));
            QVERIFY(near(inkOf(held.pixmap(24, QIcon::Disabled)).colour, QColor(128, 128, 128)));
            QVERIFY(near(inkOf(held.pixmap(24, QIcon::Selected)).colour, QColor(10, 200, 30)));
        }
        QGuiApplication::setPalette(before);
    }

    void paintsSharplyInTheMiddle()
    {
        QPixmap canvas(80, 40);
        canvas.setDevicePixelRatio(2);
        canvas.fill(Qt::transparent);
        QPainter painter(&canvas);
        icon(QStringLiteral("add")).paint(&painter, QRect(0, 0, 40, 20));
        painter.end();
        QImage expected(80, 40, QImage::Format_ARGB32_Premultiplied);
        expected.fill(Qt::transparent);
        QPixmap sharp = icon(QStringLiteral("add")).pixmap(QSize(20, 20), 2.0);
        sharp.setDevicePixelRatio(1);
        painter.begin(&expected);
        painter.drawPixmap(20, 0, sharp);
        painter.end();
        expected.setDevicePixelRatio(2);
        QCOMPARE(canvas.toImage().convertToFormat(expected.format()), expected);
    }

    void theApplicationsIsInColour()
    {
        for (const int size : {16, 22, 32, 48, 64, 256}) {
            const QPixmap pixmap = applicationIcon().pixmap(QSize(size, size), 1.0);
            QCOMPARE(pixmap.size(), QSize(size, size));
            const Ink ink = inkOf(pixmap);
            QVERIFY(ink.points > size * size / 2);
            QVERIFY(ink.colour.saturation() > 40);
        }
        QVERIFY(applicationIcon().pixmap(32).toImage()
                != applicationIcon().pixmap(32, QIcon::Disabled).toImage());
    }

    // The test's theme has no pictures, so ours are taken.
    void filesByKind_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("kind");
        QTest::newRow("archive") << QStringLiteral("a b.tar.gz") << QStringLiteral("archive");
        QTest::newRow("package") << QStringLiteral("x.deb") << QStringLiteral("archive");
        QTest::newRow("capitals") << QStringLiteral("X.ZIP") << QStringLiteral("archive");
        QTest::newRow("photo") << QStringLiteral("x.jpeg") << QStringLiteral("image");
        QTest::newRow("music") << QStringLiteral("x.flac") << QStringLiteral("audio");
        QTest::newRow("film") << QStringLiteral("x.mkv") << QStringLiteral("video");
        QTest::newRow("office") << QStringLiteral("x.docx") << QStringLiteral("document");
        QTest::newRow("pdf") << QStringLiteral("x.pdf") << QStringLiteral("document");
        QTest::newRow("text") << QStringLiteral("x.txt") << QStringLiteral("document");
        QTest::newRow("script") << QStringLiteral("x.sh") << QStringLiteral("program");
        QTest::newRow("windows") << QStringLiteral("setup.exe") << QStringLiteral("program");
        QTest::newRow("phone") << QStringLiteral("x.apk") << QStringLiteral("program");
        QTest::newRow("disc") << QStringLiteral("debian-13.iso") << QStringLiteral("disc");
        QTest::newRow("machine") << QStringLiteral("x.qcow2") << QStringLiteral("disc");
        QTest::newRow("unknown") << QStringLiteral("x.lkjsdf") << QStringLiteral("file");
        QTest::newRow("no suffix") << QStringLiteral("README") << QStringLiteral("file");
        QTest::newRow("nothing") << QString() << QStringLiteral("file");
        QTest::newRow("dot") << QStringLiteral("x.") << QStringLiteral("file");
        QTest::newRow("hostile") << QStringLiteral("../../x.%1").arg(QString(100'000, QLatin1Char('/')))
                                 << QStringLiteral("file");
    }
    void filesByKind()
    {
        QFETCH(QString, file);
        QFETCH(QString, kind);
        QIcon::setThemeName(QStringLiteral("no-such-theme"));
        const QImage image = fileIcon(file).pixmap(24).toImage();
        QVERIFY(!image.isNull());
        QCOMPARE(image, icon(QStringLiteral("kind-") + kind).pixmap(24).toImage());
    }

    void manyFilesAreCheap()
    {
        QElapsedTimer time;
        time.start();
        for (int row = 0; row < 10'000; ++row)
            QVERIFY(!fileIcon(QStringLiteral("file %1.s%2").arg(row).arg(row % 40)).isNull());
        // Measured: 15 ms, most of it for the names. An uncached look-up would take seconds with a theme.
        QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
    }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
