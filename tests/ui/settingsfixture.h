// SPDX-License-Identifier: MIT
#pragma once

#include "ui/preferences.h"
#include "ui/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <memory>

namespace longhaul::test {

using namespace std::chrono_literals;

// No field has its default.
inline Settings unusual()
{
    Settings settings;
    settings.folder = QStringLiteral("/srv/files");
    settings.downloadsAtOnce = 17;
    settings.connectionsPerTask = 9;
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

// The settings dialog over preferences of its own, driven as a user does it.
class SettingsFixture : public QObject
{
protected:
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
    void begin()
    {
        m_preferences =
            std::make_unique<Preferences>(m_folder.filePath(QStringLiteral("settings.json")), m_threads);
    }
    void end()
    {
        m_dialog.reset();
        m_preferences.reset();
    }

    QTemporaryDir m_folder;
    QThreadPool m_threads;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<SettingsDialog> m_dialog;
};

} // namespace longhaul::test
