// SPDX-License-Identifier: MIT
#include "windowdialogs.h"

#include "icons.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace longhaul {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::WindowDialogs)
};

QMessageBox *newBox(QWidget &window, const QString &name)
{
    auto *box = new QMessageBox(&window);
    box->setObjectName(name);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(window.windowTitle()); // else a window manager calls it unnamed
    return box;
}

} // namespace

void askBeforeQuit(QWidget &window, const std::function<void()> &quit)
{
    const QString name = QStringLiteral("quitDialog");
    if (window.findChild<QMessageBox *>(name))
        return;
    QMessageBox *box = newBox(window, name);
    box->setIcon(QMessageBox::Question);
    box->setText(Text::tr("Downloads are under way."));
    box->setInformativeText(
        Text::tr("If you quit they stop, and go on from the same byte at the next start."));
    QPushButton *leave = box->addButton(Text::tr("Quit"), QMessageBox::AcceptRole);
    leave->setObjectName(QStringLiteral("quitButton"));
    QPushButton *minimise = box->addButton(Text::tr("Minimise"), QMessageBox::ActionRole);
    minimise->setObjectName(QStringLiteral("minimiseButton"));
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(minimise);
    QObject::connect(leave, &QPushButton::clicked, &window, quit);
    QObject::connect(minimise, &QPushButton::clicked, &window, &QWidget::showMinimized);
    box->open();
}

void showAbout(QWidget &window)
{
    QMessageBox *box = newBox(window, QStringLiteral("aboutDialog"));
    box->setWindowTitle(Text::tr("About Longhaul"));
    box->setIconPixmap(applicationIcon().pixmap(QSize(64, 64), window.devicePixelRatioF()));
    box->setText(Text::tr("Longhaul %1").arg(QStringLiteral(LONGHAUL_VERSION)));
    box->setInformativeText(Text::tr("A download, once begun, is never lost and never wrong.")
                            + QLatin1String("\n\n") + Text::tr("Free software under the MIT License."));
    box->open();
}

} // namespace longhaul
