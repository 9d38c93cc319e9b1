// SPDX-License-Identifier: MIT
#include "taskquestions.h"

#include "addressdialog.h"
#include "propertiesdialog.h"
#include "taskcommands.h"

#include "core/userinput.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include <vector>

namespace longhaul {

TaskQuestions::TaskQuestions(DownloadManager &manager, TaskCommands &commands, QWidget *window)
    : QObject(window)
    , m_manager(manager)
    , m_commands(commands)
    , m_window(window)
{}

// Queued: the answer may be given from within the dialog's own closing.
void TaskQuestions::closeWith(DownloadTask *task, QWidget *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(task, &QObject::destroyed, dialog, &QWidget::close, Qt::QueuedConnection);
}

QInputDialog *TaskQuestions::inputFor(DownloadTask *task, const QString &name, const QString &title,
                                      const QString &label)
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(name);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->resize(dialog->fontMetrics().averageCharWidth() * 70, dialog->sizeHint().height());
    closeWith(task, dialog);
    return dialog;
}

void TaskQuestions::askAddress(DownloadTask *task, const QUrl &suggested)
{
    auto *dialog = new AddressDialog(task->resumeData(), suggested, m_window);
    closeWith(task, dialog);
    const QPointer<DownloadTask> guarded(task);
    connect(dialog, &AddressDialog::wanted, this, [this, guarded](const QUrl &url) {
        if (!guarded)
            return;
        if (const auto error = m_manager.readdress(guarded, url))
            Q_EMIT said(message(*error) + QLatin1Char(' ') + advice(error->code));
    });
    dialog->open();
}

void TaskQuestions::askChecksum(DownloadTask *task)
{
    QInputDialog *dialog = inputFor(
        task, QStringLiteral("checksumDialog"), tr("Check checksum"),
        tr("The checksum that the file must have (SHA-256, SHA-512, SHA-1 or MD5, such as sha-256:…):"));
    const QPointer<DownloadTask> guarded(task);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, guarded](const QString &text) {
        const auto digest = parseChecksum(text);
        if (!digest)
            Q_EMIT said(tr("This is no checksum: give its kind, a colon and all its digits."));
        DownloadTask *at = guarded;
        if (!digest || !at || !isAtRest(at->state()))
            return;
        TaskOptions options = at->resumeData().options;
        options.digest = digest;
        at->setOptions(options);
        at->resume();
    });
    dialog->open();
}

void TaskQuestions::askName(DownloadTask *task)
{
    QInputDialog *dialog =
        inputFor(task, QStringLiteral("renameDialog"), tr("Rename"), tr("Name of the file:"));
    dialog->setTextValue(shownName(task->resumeData()));
    const QPointer<DownloadTask> guarded(task);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, guarded](const QString &text) {
        if (!guarded)
            return;
        connect(guarded, &DownloadTask::told, this, &TaskQuestions::said, Qt::SingleShotConnection);
        guarded->rename(text);
    });
    dialog->open();
}

void TaskQuestions::askProperties(const QList<DownloadTask *> &tasks)
{
    if (!tasks.isEmpty())
        (new PropertiesDialog(m_manager.settings(), tasks, m_window))->open();
}

void TaskQuestions::askDelete(const QList<DownloadTask *> &tasks)
{
    if (tasks.isEmpty())
        return;
    auto *box = new QMessageBox(m_window);
    box->setObjectName(QStringLiteral("deleteDialog"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(m_window->windowTitle());
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setText(tasks.size() == 1
                     ? tr("Move “%1” to the trash?").arg(shownName(tasks.constFirst()->resumeData()))
                     : tr("Move the files of %n download(s) to the trash?", nullptr, int(tasks.size())));
    box->setInformativeText(tr("What is deleted is taken off the list as well."));
    QPushButton *yes = box->addButton(tr("Move to trash"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("trashButton"));
    box->addButton(QMessageBox::Cancel);
    const std::vector<QPointer<DownloadTask>> guarded(tasks.begin(), tasks.end());
    connect(box, &QMessageBox::accepted, this, [this, guarded] {
        QList<DownloadTask *> left;
        for (const QPointer<DownloadTask> &task : guarded) {
            if (task)
                left.append(task);
        }
        m_commands.trash(left);
    });
    box->open();
}

} // namespace longhaul
