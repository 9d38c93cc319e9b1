// SPDX-License-Identifier: MIT
// The settings dialog: each control stands for its field, and for nothing else.
#include "settingsfixture.h"

#include <QSignalSpy>

using namespace longhaul;
using namespace longhaul::test;

class TestSettingsDialog : public SettingsFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void showsEachField()
    {
        open(unusual());
        QCOMPARE(control<QLineEdit>("folderEdit")->text(), QStringLiteral("/srv/files"));
        QCOMPARE(control<QSpinBox>("downloadsAtOnceSpin")->value(), 17);
        QCOMPARE(control<QComboBox>("conflictCombo")->currentData().toInt(), int(ConflictPolicy::Skip));
        QCOMPARE(control<QSpinBox>("retriesSpin")->value(), 9);
        QCOMPARE(control<QSpinBox>("timeoutSpin")->value(), 45);
        QCOMPARE(control<QSpinBox>("connectionsPerTaskSpin")->value(), 9);
        QCOMPARE(control<QSpinBox>("connectionsPerHostSpin")->value(), 2);
        QVERIFY(control<QCheckBox>("limitedCheck")->isChecked());
        QCOMPARE(control<QSpinBox>("rateLimitSpin")->value(), 3);
        QCOMPARE(control<QComboBox>("rateUnitCombo")->currentText(), QStringLiteral("MiB/s"));
        QVERIFY(control<QCheckBox>("allowMeteredCheck")->isChecked());
        QCOMPARE(control<QComboBox>("proxyKindCombo")->currentData().toInt(), int(ProxyKind::Socks5));
        QCOMPARE(control<QLineEdit>("proxyHostEdit")->text(), QStringLiteral("proxy.test"));
        QCOMPARE(control<QSpinBox>("proxyPortSpin")->value(), 1080);
        QCOMPARE(control<QLineEdit>("proxyUserEdit")->text(), QStringLiteral("ada"));
        QCOMPARE(control<QLineEdit>("proxyPasswordEdit")->text(), QStringLiteral("s3cret"));
        QCOMPARE(control<QLineEdit>("proxyPasswordEdit")->displayText().count(QLatin1Char('s')), 0);
        QVERIFY(!control<QCheckBox>("backgroundCheck")->isChecked());
        QVERIFY(control<QCheckBox>("autostartCheck")->isChecked());
        QVERIFY(!control<QCheckBox>("notificationsCheck")->isChecked());
        QVERIFY(!control<QCheckBox>("inhibitSleepCheck")->isChecked());
        QCOMPARE(control<QComboBox>("languageCombo")->currentData().toString(), QStringLiteral("zh_CN"));
    }

    // From the defaults to unusual(), by its controls, with OK.
    void writesEachField()
    {
        open(Settings());
        type("folderEdit", QStringLiteral("/srv//files/"));
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(17);
        choose("conflictCombo", int(ConflictPolicy::Skip));
        control<QSpinBox>("retriesSpin")->setValue(9);
        control<QSpinBox>("timeoutSpin")->setValue(45);
        control<QTabWidget>("settingsTabs")->setCurrentIndex(1);
        control<QSpinBox>("connectionsPerTaskSpin")->setValue(9);
        control<QSpinBox>("connectionsPerHostSpin")->setValue(2);
        control<QCheckBox>("limitedCheck")->click();
        control<QSpinBox>("rateLimitSpin")->setValue(3);
        choose("rateUnitCombo", qint64(1) << 20);
        control<QCheckBox>("allowMeteredCheck")->click();
        choose("proxyKindCombo", int(ProxyKind::Socks5));
        type("proxyHostEdit", QStringLiteral(" proxy.test "));
        control<QSpinBox>("proxyPortSpin")->setValue(1080);
        type("proxyUserEdit", QStringLiteral("ada"));
        type("proxyPasswordEdit", QStringLiteral("s3cret"));
        control<QTabWidget>("settingsTabs")->setCurrentIndex(2);
        control<QCheckBox>("backgroundCheck")->click();
        control<QCheckBox>("autostartCheck")->click();
        control<QCheckBox>("notificationsCheck")->click();
        control<QCheckBox>("inhibitSleepCheck")->click();
        choose("languageCombo", QStringLiteral("zh_CN"));
        QCOMPARE(m_preferences->settings(), Settings()); // nothing before OK
        press(QDialogButtonBox::Ok);
        QVERIFY(m_preferences->settings() == unusual());
        QVERIFY(m_dialog->isHidden());

        open(unusual());
        choose("languageCombo", QString());
        choose("proxyKindCombo", int(ProxyKind::System));
        control<QCheckBox>("limitedCheck")->click();
        press(QDialogButtonBox::Ok);
        QCOMPARE(m_preferences->settings().language, QString());
        QCOMPARE(m_preferences->settings().proxy.kind, ProxyKind::System);
        QCOMPARE(m_preferences->settings().proxy.password, QStringLiteral("s3cret")); // for another day
        QCOMPARE(m_preferences->settings().effectiveRateLimit(), 0);
        QCOMPARE(m_preferences->settings().rateLimit, 3 << 20);
    }

    void cancelChangesNothing()
    {
        open(unusual());
        const QSignalSpy changes(m_preferences.get(), &Preferences::settingsChanged);
        type("folderEdit", QStringLiteral("/elsewhere"));
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(1);
        control<QCheckBox>("autostartCheck")->click();
        press(QDialogButtonBox::Cancel);
        QVERIFY(m_dialog->isHidden());
        QVERIFY(m_preferences->settings() == unusual());
        QCOMPARE(changes.size(), 0);

        open(unusual());
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(1);
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(m_dialog->isHidden());
        QVERIFY(m_preferences->settings() == unusual());
    }

    void applyKeepsTheDialog()
    {
        open(unusual());
        QVERIFY(!button(QDialogButtonBox::Apply)->isEnabled()); // nothing to apply yet
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(4);
        QVERIFY(button(QDialogButtonBox::Apply)->isEnabled());
        press(QDialogButtonBox::Apply);
        QVERIFY(m_dialog->isVisible());
        QVERIFY(!button(QDialogButtonBox::Apply)->isEnabled());
        QCOMPARE(m_preferences->settings().downloadsAtOnce, 4);
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(5);
        press(QDialogButtonBox::Cancel);
        QCOMPARE(m_preferences->settings().downloadsAtOnce, 4);
    }

    // What changes while the dialog is open is shown, and survives OK; what the user has touched is the
    // user's.
    void minglesWithOtherChanges()
    {
        open(unusual());
        control<QSpinBox>("downloadsAtOnceSpin")->setValue(4);
        Settings other = unusual();
        other.retries = 1;
        other.limited = false;
        other.downloadsAtOnce = 99;
        m_preferences->setSettings(other);
        QCOMPARE(control<QSpinBox>("retriesSpin")->value(), 1);
        QVERIFY(!control<QCheckBox>("limitedCheck")->isChecked());
        QCOMPARE(control<QSpinBox>("downloadsAtOnceSpin")->value(), 4);
        press(QDialogButtonBox::Ok);
        other.downloadsAtOnce = 4;
        QVERIFY(m_preferences->settings() == other);
    }

    // Each control is named for tests and for screen readers, and the keyboard reaches all of them.
    void everyControlIsNamed()
    {
        open(unusual());
        const char *const names[] = {
            "folderEdit",
            "folderButton",
            "conflictCombo",
            "downloadsAtOnceSpin",
            "retriesSpin",
            "timeoutSpin",
            "limitedCheck",
            "rateLimitSpin",
            "connectionsPerHostSpin",
            "rateUnitCombo",
            "proxyKindCombo",
            "proxyHostEdit",
            "proxyPortSpin",
            "allowMeteredCheck",
            "proxyUserEdit",
            "autostartCheck",
            "backgroundCheck",
            "proxyPasswordEdit",
            "notificationsCheck",
            "inhibitSleepCheck",
            "languageCombo",
            "connectionsPerTaskSpin",
        };
        for (const char *name : names) {
            const auto *widget = control<QWidget>(name);
            QVERIFY2(widget, name);
            QVERIFY2(!widget->accessibleName().isEmpty(), name);
            QVERIFY2(!widget->accessibleName().contains(QLatin1Char('&')), name);
            QVERIFY2(widget->focusPolicy() & Qt::TabFocus, name);
        }
        QTest::keyClick(m_dialog.get(), Qt::Key_F, Qt::AltModifier);
        QVERIFY(control<QLineEdit>("folderEdit")->hasFocus());
        // No mnemonic stands for two things that are visible together.
        auto *tabs = control<QTabWidget>("settingsTabs");
        for (int page = 0; page < tabs->count(); ++page) {
            tabs->setCurrentIndex(page);
            QStringList keys;
            const auto note = [&](const QString &text) {
                const qsizetype at = text.indexOf(QLatin1Char('&'));
                if (at >= 0)
                    keys.append(text.mid(at + 1, 1).toLower());
            };
            for (int tab = 0; tab < tabs->count(); ++tab)
                note(tabs->tabText(tab));
            const auto labels = m_dialog->findChildren<QLabel *>();
            for (const QLabel *label : labels) {
                if (label->isVisible())
                    note(label->text());
            }
            const auto buttons = m_dialog->findChildren<QAbstractButton *>();
            for (const QAbstractButton *one : buttons) {
                if (one->isVisible())
                    note(one->text());
            }
            const qsizetype all = keys.size();
            QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), all);
        }
    }
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
