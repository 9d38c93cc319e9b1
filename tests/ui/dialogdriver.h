// SPDX-License-Identifier: MIT
#pragma once

#include "ui/newdownload.h"
#include "ui/preferences.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

// Dialogs as a user drives them: by their fields' names, by keys and clicks.
namespace longhaul::dialogdriver {

template <typename Widget>
Widget *child(QWidget *dialog, const char *name)
{
    auto *found = dialog->findChild<Widget *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

inline QString textOf(QWidget *dialog, const char *name) { return child<QLineEdit>(dialog, name)->text(); }
inline void enter(QWidget *dialog, const char *name, const QString &text)
{
    child<QLineEdit>(dialog, name)->setText(text);
}
inline void click(QWidget *dialog, const char *name)
{
    QTest::mouseClick(child<QAbstractButton>(dialog, name), Qt::LeftButton);
}
inline bool isEnabled(QWidget *dialog, const char *name) { return child<QWidget>(dialog, name)->isEnabled(); }

// What the dialog says is wrong; empty when nothing.
inline QString problemIn(QWidget *dialog)
{
    const auto *label = child<QLabel>(dialog, "problemLabel");
    return label->isVisibleTo(dialog) ? label->text() : QString();
}

inline QList<NewDownload> wantedOf(const QSignalSpy &spy)
{
    return spy.isEmpty() ? QList<NewDownload>() : spy.constFirst().constFirst().value<QList<NewDownload>>();
}

inline QStringList urlsOf(const QList<NewDownload> &downloads)
{
    QStringList urls;
    for (const NewDownload &download : downloads)
        urls << download.url.toString(QUrl::FullyEncoded);
    return urls;
}

inline void copy(const QString &text) { QGuiApplication::clipboard()->setText(text); }

// Shown as the window shows it.
template <typename Dialog>
Dialog *open(Dialog *dialog)
{
    dialog->open();
    if (!QTest::qWaitForWindowExposed(dialog))
        qFatal("%s was not shown", qPrintable(dialog->objectName()));
    return dialog;
}

// Preferences of a file of their own, with a folder for downloads.
struct Desk {
    QTemporaryDir state;
    QThreadPool threads;
    Preferences preferences{state.filePath(QStringLiteral("settings.json")), threads};

    Desk()
    {
        Settings settings;
        settings.folder = QStringLiteral("/home/me/Downloads");
        preferences.setSettings(settings);
    }
};

} // namespace longhaul::dialogdriver
