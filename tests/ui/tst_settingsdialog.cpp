// SPDX-License-Identifier: MIT
// The settings dialog: each control stands for its field, and for nothing else.
#include "ui/preferences.h"
#include "ui/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace longhaul;
using namespace std::chrono_literals;

namespace {

// No field has its default.
Settings unusual()
{
    Settings settings;
    settings.folder = QStringLiteral("/srv/files");
    settings.downloadsAtOnce = 17;
    settings.connectionsPerHost = 2;
    settings.rateLimit = 3 << 20;
    settings.limited = true;
    settings.retries = 9;
    settings.timeout = 45s;
    settings.conflict = ConflictPolicy::Skip;
    settings.allowMetered = true;
    settings.proxy = {ProxyKind::Socks5, QStringLiteral("proxy.test"), 1080, QStringLiteral("ada"),
                      QStringLiteral("s3cret")};
    settings.background = false;
    settings.autostart = true;
    settings.notifications = false;
    settings.inhibitSleep = false;
    settings.language = QStringLiteral("zh_CN");
    return settings;
}

} // namespace

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private:
    template <typename T>
    T *control(const char *name) const
    {
        return m_dialog->findChild<T *>(QLatin1String(name));
    }
    QPushButton *button(QDialogButtonBox::StandardButton which) const
    {
        return control<QDialogButtonBox>("settingsButtons")->button(which);
    }
    void open(const Settings &settings)
    {
        m_preferences->setSettings(settings);
        m_dialog = std::make_unique<SettingsDialog>(*m_preferences);
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    void press(QDialogButtonBox::StandardButton which) { QTest::mouseClick(button(which), Qt::LeftButton); }
    void choose(const char *combo, const QVariant &data)
    {
        auto *box = control<QComboBox>(combo);
        const int index = box->findData(data);
        QVERIFY2(index >= 0, combo);
        box->setCurrentIndex(index);
    }
    // As a user would.
    void type(const char *edit, const QString &text)
    {
        auto *line = control<QLineEdit>(edit);
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, text);
    }

private Q_SLOTS:
    void init()
    {
        m_preferences =
            std::make_unique<Preferences>(m_folder.filePath(QStringLiteral("settings.json")), m_threads);
    }
    void cleanup()
    {
        m_dialog.reset();
        m_preferences.reset();
    }

    void showsEachField()
    {
        open(unusual());
        QCOMPARE(control<QLineEdit>("folderEdit")->text(), QStringLiteral("/srv/files"));
        QCOMPARE(control<QSpinBox>("downloadsAtOnceSpin")->value(), 17);
        QCOMPARE(control<QComboBox>("conflictCombo")->currentData().toInt(), int(ConflictPolicy::Skip));
        QCOMPARE(control<QSpinBox>("retriesSpin")->value(), 9);
        QCOMPARE(control<QSpinBox>("timeoutSpin")->value(), 45);
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
        control<QSpinBox>("connectionsPerHostSpin")->setValue(7);
        QCOMPARE(control<QSpinBox>("connectionsPerHostSpin")->value(), 6);
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
        for (const char *host : {"proxy", "10.0.0.1", "::1", "xn--bcher-kva.example"}) {
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

    // Each control is named for tests and for screen readers, and the keyboard reaches all of them.
    void everyControlIsNamed()
    {
        open(unusual());
        const char *const names[] = {
            "folderEdit",          "folderButton",      "conflictCombo",
            "downloadsAtOnceSpin", "retriesSpin",       "timeoutSpin",
            "limitedCheck",        "rateLimitSpin",     "connectionsPerHostSpin",
            "rateUnitCombo",       "proxyKindCombo",    "proxyHostEdit",
            "proxyPortSpin",       "allowMeteredCheck", "proxyUserEdit",
            "autostartCheck",      "backgroundCheck",   "proxyPasswordEdit",
            "notificationsCheck",  "inhibitSleepCheck", "languageCombo",
        };
        for (const char *name : names) {
            const auto *widget = control<QWidget>(name);
            QVERIFY2(widget, name);
            QVERIFY2(!widget->accessibleName().isEmpty(), name);
            QVERIFY2(!widget->accessibleName().contains(QLatin1Char('&')), name);
            QVERIFY2(widget->focusPolicy() & Qt::TabFocus, name);
        }
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

private:
    QTemporaryDir m_folder;
    QThreadPool m_threads;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<SettingsDialog> m_dialog;
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
