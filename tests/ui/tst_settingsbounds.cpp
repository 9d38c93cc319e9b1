// SPDX-License-Identifier: MIT
// What the settings dialog does with values that cannot be, or cannot be shown.
#include "settingsfixture.h"

#include <QDir>
#include <QFileDialog>

using namespace longhaul;
using namespace longhaul::test;

class TestSettingsBounds : public SettingsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void looksRoundNothing_data()
    {
        QTest::addColumn<qint64>("rate");
        QTest::addColumn<QString>("shown");
        QTest::newRow("none") << qint64(0) << QStringLiteral("1 MiB/s"); // suggested, switched off
        QTest::newRow("odd") << qint64(1500) << QStringLiteral("1 KiB/s");
        QTest::newRow("tiny") << qint64(1) << QStringLiteral("1 KiB/s");
        QTest::newRow("half") << qint64(3 << 19) << QStringLiteral("1536 KiB/s");
        QTest::newRow("even") << qint64(2 << 20) << QStringLiteral("2 MiB/s");
        QTest::newRow("large") << (qint64(5) << 30) << QStringLiteral("5 GiB/s");
        QTest::newRow("large and odd") << ((qint64(40) << 30) + 1) << QStringLiteral("40960 MiB/s");
        QTest::newRow("largest") << (qint64(1) << 50) << QStringLiteral("1048576 GiB/s");
    }
    void looksRoundNothing()
    {
        QFETCH(qint64, rate);
        QFETCH(QString, shown);
        Settings settings = unusual();
        settings.rateLimit = rate;
        settings.timeout = 2500ms;
        open(settings);
        QCOMPARE(control<QSpinBox>("rateLimitSpin")->text() + QLatin1Char(' ')
                     + control<QComboBox>("rateUnitCombo")->currentText(),
                 shown);
        QCOMPARE(control<QCheckBox>("limitedCheck")->isChecked(), rate > 0);
        QCOMPARE(control<QSpinBox>("rateLimitSpin")->isEnabled(), rate > 0);
        QCOMPARE(control<QSpinBox>("timeoutSpin")->value(), 3);
        control<QCheckBox>("backgroundCheck")->click();
        press(QDialogButtonBox::Apply);
        settings.background = true;
        QVERIFY(m_preferences->settings() == settings);
        if (rate == 0)
            return;
        // Switched off and on again it is still the same.
        control<QCheckBox>("limitedCheck")->click();
        press(QDialogButtonBox::Apply);
        QCOMPARE(m_preferences->settings().effectiveRateLimit(), 0);
        control<QCheckBox>("limitedCheck")->click();
        press(QDialogButtonBox::Apply);
        QCOMPARE(m_preferences->settings().effectiveRateLimit(), rate);
    }

    void hostileValuesClamp()
    {
        Settings settings;
        settings.downloadsAtOnce = 1'000'000;
        settings.connectionsPerTask = 1000;
        settings.connectionsPerHost = -3;
        settings.retries = -1;
        settings.timeout = 0ms;
        settings.rateLimit = std::numeric_limits<qint64>::max();
        settings.conflict = ConflictPolicy(99);
        settings.proxy.kind = ProxyKind(99);
        settings.language = QStringLiteral("tlh");
        settings.folder = QStringLiteral("not/absolute");
        settings.proxy.host = QString(100'000, QLatin1Char('x'));
        open(settings);
        QCOMPARE(control<QSpinBox>("downloadsAtOnceSpin")->value(), 100);
        QCOMPARE(control<QSpinBox>("connectionsPerTaskSpin")->value(), 16);
        QCOMPARE(control<QSpinBox>("connectionsPerHostSpin")->value(), 1);
        QCOMPARE(control<QSpinBox>("retriesSpin")->value(), 0);
        QCOMPARE(control<QSpinBox>("timeoutSpin")->value(), 1);
        QVERIFY(control<QSpinBox>("rateLimitSpin")->value() > 0);
        QCOMPARE(control<QComboBox>("languageCombo")->currentIndex(), 0);
        QCOMPARE(control<QComboBox>("conflictCombo")->currentIndex(), 0);
        QCOMPARE(control<QComboBox>("proxyKindCombo")->currentIndex(), 0);
        QVERIFY(!button(QDialogButtonBox::Ok)->isEnabled()); // the folder

        // What is typed cannot leave the bounds.
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(0);
        QCOMPARE(control<QSpinBox>("downloadsAtOnceSpin")->value(), 1);
        control<QSpinBox>("connectionsPerTaskSpin")->setValue(17);
        QCOMPARE(control<QSpinBox>("connectionsPerTaskSpin")->value(), 16);
        control<QSpinBox>("connectionsPerHostSpin")->setValue(33);
        QCOMPARE(control<QSpinBox>("connectionsPerHostSpin")->value(), 32);
        control<QSpinBox>("proxyPortSpin")->setValue(70'000);
        QCOMPARE(control<QSpinBox>("proxyPortSpin")->value(), 65'535);
    }

    void saysWhatCannotBeUsed()
    {
        open(unusual());
        const auto *problem = control<QLabel>("problemLabel");
        const auto usable = [&] {
            return problem->text().isEmpty() && button(QDialogButtonBox::Ok)->isEnabled()
                   && button(QDialogButtonBox::Apply)->isEnabled();
        };
        const auto refused = [&](const char *word) {
            return problem->isVisible() && problem->text().contains(QLatin1String(word))
                   && problem->text().endsWith(QLatin1Char('.')) && !button(QDialogButtonBox::Ok)->isEnabled()
                   && !button(QDialogButtonBox::Apply)->isEnabled();
        };
        type("folderEdit", QStringLiteral("Downloads"));
        QVERIFY(refused("folder"));
        m_dialog->accept(); // by whatever way
        QVERIFY(m_dialog->isVisible());
        QVERIFY(m_preferences->settings() == unusual());
        type("folderEdit", QString());
        QVERIFY(refused("folder"));
        type("folderEdit", QStringLiteral("~/Down"));
        QVERIFY(usable());
        press(QDialogButtonBox::Apply);
        QCOMPARE(m_preferences->settings().folder, QDir::homePath() + QStringLiteral("/Down"));

        for (const char *host : {"", "a b", "http://proxy", "host/path", "user@host"}) {
            type("proxyHostEdit", QString::fromLatin1(host));
            QVERIFY2(refused("proxy"), host);
        }
        for (const char *host : {"proxy", "10.0.0.1", "::1", "[::1]", "xn--bcher-kva.example"}) {
            type("proxyHostEdit", QString::fromLatin1(host));
            QVERIFY2(usable(), host);
        }
        control<QSpinBox>("proxyPortSpin")->setValue(0);
        QVERIFY(refused("port"));
        choose("proxyKindCombo", int(ProxyKind::None));
        QVERIFY(usable());
        QVERIFY(!control<QLineEdit>("proxyHostEdit")->isEnabled());
    }

    void choosesAFolder()
    {
        open(unusual());
        QTest::mouseClick(control<QPushButton>("folderButton"), Qt::LeftButton);
        auto *chooser = control<QFileDialog>("folderDialog");
        QVERIFY(chooser && chooser->isVisible()); // and this line is reached: nothing was waited for
        Q_EMIT chooser->fileSelected(QStringLiteral("/srv/other"));
        chooser->close();
        press(QDialogButtonBox::Ok);
        QCOMPARE(m_preferences->settings().folder, QStringLiteral("/srv/other"));
    }
};

QTEST_MAIN(TestSettingsBounds)
#include "tst_settingsbounds.moc"
