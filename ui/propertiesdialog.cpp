// SPDX-License-Identifier: MIT
#include "propertiesdialog.h"

#include "inputfields.h"
#include "leading.h"
#include "problemlabel.h"
#include "taskfields.h"

#include "core/words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 70; // average characters

// What it is running with is not changed under it.
bool mayChangeAll(const DownloadTask *task)
{
    return task && task->state() != TaskState::Running && task->state() != TaskState::Verifying;
}

QList<TaskOptions> optionsOf(const QList<DownloadTask *> &tasks)
{
    QList<TaskOptions> options;
    for (const DownloadTask *task : tasks)
        options.append(task->resumeData().options);
    return options;
}

QString namesOf(const HeaderList &headers)
{
    QStringList names;
    for (const auto &[name, value] : headers)
        names.append(QString::fromLatin1(name));
    return QLocale().createSeparatedList(names);
}

HeaderList changed(HeaderList headers, const HeaderList &changes)
{
    for (const auto &change : changes) {
        headers.removeIf(
            [&](const auto &old) { return old.first.compare(change.first, Qt::CaseInsensitive) == 0; });
    }
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(headers),
                 [](const auto &one) { return !one.second.isEmpty(); });
    return headers;
}

} // namespace

PropertiesDialog::PropertiesDialog(const Settings &settings, const QList<DownloadTask *> &tasks,
                                   QWidget *parent)
    : QDialog(parent)
    , m_tasks(tasks.begin(), tasks.end())
    , m_form(new QFormLayout(this))
    , m_problem(new ProblemLabel(this))
{
    setObjectName("propertiesDialog"_L1);
    setWindowTitle(tr("Properties"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *title = new QLabel(tasks.size() == 1 ? plainLine(shownName(tasks.constFirst()->resumeData()), 255)
                                               : tr("%n download(s)", nullptr, int(tasks.size())));
    title->setObjectName("tasksLabel"_L1);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    alignLeading(*title);
    m_form->addRow(title);
    m_fields = new TaskFields(settings, optionsOf(tasks), m_form);
    if (tasks.size() == 1 && tasks.constFirst()->state() != TaskState::Completed)
        addRowsOfOne(tasks.constFirst());
    addButtons();
    // Queued: nothing closes from within a task's end.
    for (DownloadTask *task : tasks)
        connect(task, &QObject::destroyed, this, &PropertiesDialog::refresh, Qt::QueuedConnection);
    refresh();
    resize(fontMetrics().averageCharWidth() * kWidth, height());
    fitHeight(this);
}

void PropertiesDialog::addRowsOfOne(DownloadTask *task)
{
    const TaskOptions &options = task->resumeData().options;
    m_checksum = new ChecksumField(this);
    m_checksum->setText(options.digest ? options.digest->toString() : QString());
    m_checksum->setCursorPosition(0);
    m_checksumShown = m_checksum->text();
    m_form->addRow(tr("Chec&ksum:"), m_checksum);
    m_headers = new HeadersField(this);
    if (!options.headers.isEmpty())
        m_headers->setPlaceholderText(
            tr("Sent now: %1").arg(namesOf(options.headers)) + u'\n'
            + tr("“Name: value” replaces one or adds one,\n“Name:” takes one away."));
    m_form->addRow(tr("H&eaders:"), m_headers);
    connect(m_checksum, &QLineEdit::textChanged, this, &PropertiesDialog::refresh);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &PropertiesDialog::refresh);
    connect(task, &DownloadTask::stateChanged, this, &PropertiesDialog::refresh);
}

void PropertiesDialog::addButtons()
{
    m_form->addRow(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName("okButton"_L1);
    m_ok->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName("cancelButton"_L1);
    m_form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &PropertiesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &PropertiesDialog::reject);
}

void PropertiesDialog::refresh()
{
    if (std::all_of(m_tasks.begin(), m_tasks.end(), [](const auto &task) { return task.isNull(); })) {
        close();
        return;
    }
    if (m_checksum) {
        const bool may = mayChangeAll(m_tasks.front());
        m_checksum->setReadOnly(!may);
        m_headers->setReadOnly(!may);
        const QString tip = may ? QString() : tr("Pause the download to change this.");
        m_checksum->setToolTip(tip);
        m_headers->setToolTip(tip);
    }
    const QString sentence = problem();
    if (m_problem->setProblem(sentence))
        fitHeight(this);
    m_ok->setEnabled(sentence.isEmpty());
}

bool PropertiesDialog::isOneTouched() const
{
    return m_checksum && (m_checksum->text() != m_checksumShown || !m_headers->headers().isEmpty());
}

QString PropertiesDialog::problem() const
{
    if (isOneTouched() && !mayChangeAll(m_tasks.front()))
        return tr("Pause the download to change its checksum or its headers.");
    for (const QString &sentence :
         {m_checksum ? m_checksum->problem() : QString(), m_headers ? m_headers->problem() : QString()}) {
        if (!sentence.isEmpty())
            return sentence;
    }
    return {};
}

void PropertiesDialog::accept()
{
    if (!problem().isEmpty())
        return;
    for (const QPointer<DownloadTask> &guarded : m_tasks) {
        DownloadTask *task = guarded;
        if (!task)
            continue;
        const TaskOptions before = task->resumeData().options;
        TaskOptions options = before;
        m_fields->take(&options);
        if (isOneTouched()) {
            options.digest = m_checksum->digest();
            options.headers = changed(options.headers, m_headers->headers());
        }
        if (options != before)
            task->setOptions(options);
    }
    QDialog::accept();
}

} // namespace longhaul
