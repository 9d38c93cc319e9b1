// SPDX-License-Identifier: MIT
// The translations: complete, with the places of the original, and heard at run time.
#include "core/error.h"
#include "core/words.h"
#include "ui/translations.h"

#include <QApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace longhaul;

namespace {

struct Message {
    QString source;
    bool numerus = false;
    bool unfinished = false;
    QStringList translations; // one, or one for each plural
};

QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    QList<Message> messages;
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QStringView name = xml.name();
        if (name == QLatin1String("message")) {
            messages.append(Message{});
            messages.last().numerus =
                xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        } else if (messages.isEmpty()) {
            continue;
        } else if (name == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (name == QLatin1String("translation")) {
            messages.last().unfinished = xml.attributes().hasAttribute(QLatin1String("type"));
            if (!messages.last().numerus)
                messages.last().translations.append(xml.readElementText());
        } else if (name == QLatin1String("numerusform")) {
            messages.last().translations.append(xml.readElementText());
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

QStringList placesOf(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("%L?(?:[0-9]+|n)"));
    QStringList places;
    for (auto it = place.globalMatch(text); it.hasNext();)
        places.append(it.next().captured());
    places.sort();
    places.removeDuplicates();
    return places;
}

// As plain digits or as the language groups them; empty when it has none.
QString numberIn(const QString &text)
{
    const QStringList places = placesOf(text);
    for (const QString &number : {QStringLiteral("%n"), QStringLiteral("%Ln")}) {
        if (places.contains(number))
            return number;
    }
    return {};
}

QString translationsFolder() { return QStringLiteral(LONGHAUL_SOURCE_DIR "/resources/translations"); }

QString notFound() { return message({ErrorCode::NotFound, 404, {}, {}}); }

const QString kEnglish = QStringLiteral("The server does not have this file (HTTP 404).");
const QString kChinese = QStringLiteral("服务器上没有此文件（HTTP 404）。");

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private:
    static void forget()
    {
        qDeleteAll(qApp->findChildren<QTranslator *>());
        QLocale::setDefault(QLocale::c());
    }

    // This program again, with the system speaking `languages`: what it says by itself.
    static QString saidBySystem(const QString &locale, const QString &languages)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), locale);
        environment.insert(QStringLiteral("LANGUAGE"), languages);
        environment.insert(QStringLiteral("LONGHAUL_TEST_SAYS"), QStringLiteral("1"));
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("saysOnly")});
        return process.waitForFinished() ? QString::fromUtf8(process.readAllStandardError()) : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(QStringLiteral(":/translations/longhaul_zh_CN.qm")))
            QSKIP("Built without Qt's LinguistTools: there are no translations.");
    }
    void cleanup() { forget(); }

    // The child of saidBySystem(); in the parent it checks that nothing is installed.
    void saysOnly()
    {
        if (qEnvironmentVariableIsSet("LONGHAUL_TEST_SAYS")) {
            installTranslations(*qApp, QString());
            fprintf(stderr, "%s", qPrintable(notFound()));
        } else {
            QCOMPARE(notFound(), kEnglish);
        }
    }

    void sourcesHaveNothingNew()
    {
        const QString lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
        if (QStandardPaths::findExecutable(lupdate).isEmpty())
            QSKIP("lupdate is missing.");
        QProcess process;
        process.start(QStringLiteral(LONGHAUL_SOURCE_DIR "/scripts/translate"), {QStringLiteral("--check")});
        QVERIFY(process.waitForFinished(120'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void areComplete_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("plurals");
        QTest::addColumn<int>("least");
        QTest::newRow("English") << QStringLiteral("/longhaul_en.ts") << 2 << 0;
        QTest::newRow("Chinese") << QStringLiteral("/longhaul_zh_CN.ts") << 1 << 200;
    }
    void areComplete()
    {
        QFETCH(QString, file);
        QFETCH(int, plurals);
        QFETCH(int, least);
        const QList<Message> messages = messagesOf(translationsFolder() + file);
        QVERIFY(messages.size() >= least);
        for (const Message &one : messages) {
            const QByteArray text = one.source.toUtf8();
            QVERIFY2(!one.unfinished, text.constData());
            QCOMPARE(one.translations.size(), one.numerus ? plurals : 1);
            for (const QString &translation : one.translations) {
                QVERIFY2(!translation.trimmed().isEmpty(), text.constData());
                QCOMPARE(translation.endsWith(QLatin1Char('\n')), one.source.endsWith(QLatin1Char('\n')));
                QStringList places = placesOf(translation);
                // "One file" may do without its number.
                if (one.numerus && numberIn(translation).isEmpty())
                    places.prepend(numberIn(one.source));
                places.sort();
                QVERIFY2(places == placesOf(one.source), (text + " <> " + translation.toUtf8()).constData());
            }
            // The last form stands for any number.
            if (one.numerus)
                QVERIFY2(!numberIn(one.translations.constLast()).isEmpty(), text.constData());
        }
    }

    void everyLanguageIsThere()
    {
        const QList<Language> all = languages();
        QVERIFY(all.size() >= 2);
        for (const Language &language : all) {
            const QString file = QStringLiteral(":/translations/longhaul_%1.qm").arg(language.code);
            QVERIFY2(QFile::exists(file), qPrintable(language.code));
            QVERIFY(!language.name.isEmpty());
        }
    }

    void changesTexts()
    {
        installTranslations(*qApp, QStringLiteral("zh_CN"));
        QCOMPARE(notFound(), kChinese);
        QCOMPARE(advice(ErrorCode::ServerBusy), QStringLiteral("请稍后重试。"));
        QCOMPARE(rateInWords(1024), QStringLiteral("1.0 KiB/s"));
        QCOMPARE(QCoreApplication::translate("longhaul::SettingsDialog", "Settings"), QStringLiteral("设置"));
        QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("取消"));
        QCOMPARE(QLocale().language(), QLocale::Chinese);
        forget();
        QCOMPARE(notFound(), kEnglish);
        installTranslations(*qApp, QStringLiteral("en"));
        QCOMPARE(notFound(), kEnglish);
    }

    void unknownLanguagesAreEnglish()
    {
        for (const char *language : {"tlh", "fr_FR", "../../etc/passwd", "zh_TW"}) {
            installTranslations(*qApp, QString::fromLatin1(language));
            QCOMPARE(notFound(), kEnglish);
            QCOMPARE(QCoreApplication::translate("longhaul::StatusLine", "%L1 of %Ln download(s) active",
                                                 nullptr, 2),
                     QStringLiteral("%L1 of 2 downloads active"));
            forget();
        }
    }

    void followsTheSystem()
    {
        QVERIFY2(saidBySystem(QStringLiteral("zh_CN.UTF-8"), {}).contains(kChinese), "Chinese");
        QVERIFY2(saidBySystem(QStringLiteral("C.UTF-8"), {}).contains(kEnglish), "C");
        QVERIFY2(saidBySystem(QStringLiteral("de_DE.UTF-8"), {}).contains(kEnglish), "German");
        QVERIFY2(saidBySystem(QStringLiteral("de_DE.UTF-8"), QStringLiteral("de:zh_CN")).contains(kChinese),
                 "German, else Chinese");
        QVERIFY2(
            saidBySystem(QStringLiteral("en_GB.UTF-8"), QStringLiteral("en_GB:zh_CN")).contains(kEnglish),
            "English rather than Chinese");
    }
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
