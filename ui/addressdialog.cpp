// SPDX-License-Identifier: MIT
#include "addressdialog.h"

#include "addressfield.h"
#include "problemlabel.h"

#include "core/words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 85; // average characters

} // namespace

AddressDialog::AddressDialog(const ResumeData &task, const QUrl &suggested, QWidget *parent)
    : QDialog(parent)
    , m_old(task.url)
    , m_address(new AddressField(this))
    , m_problem(new ProblemLabel(this))
{
    setObjectName("addressDialog"_L1);
    setWindowTitle(tr("New Address"));
    setAttribute(Qt::WA_DeleteOnClose);

    auto *explanation =
        new QLabel(tr("Longhaul compares the new file with what you have and keeps your bytes "
                      "only if it is the same file."),
                   this);
    explanation->setObjectName("explanationLabel"_L1);
    explanation->setWordWrap(true);
    m_address->setObjectName("addressEdit"_L1);
    m_address->setAccessibleName(tr("New address"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_use = buttons->button(QDialogButtonBox::Ok);
    m_use->setObjectName("useButton"_L1);
    m_use->setText(tr("&Use Address"));
    m_use->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName("cancelButton"_L1);

    auto *form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(explanation);
    form->addRow(tr("&Download:"), makeShown("taskNameEdit", plainLine(shownName(task), 255)));
    form->addRow(tr("&Old address:"), makeShown("oldAddressEdit", shownUrl(task.url)));
    form->addRow(tr("&New address:"), m_address);
    form->addRow(m_problem);
    form->addRow(buttons);

    connect(m_address, &QLineEdit::textChanged, this, &AddressDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &AddressDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
    resize(fontMetrics().averageCharWidth() * kWidth, height());
    fitHeight(this);
    const QUrl first = suggested.isValid() ? normalized(suggested) : AddressField::urlOnClipboard();
    if (first.isValid() && first != m_old)
        m_address->setUrl(first);
    m_address->setFocus();
}

// A line that is read, selected and copied, but not changed.
QLineEdit *AddressDialog::makeShown(const char *name, const QString &text)
{
    auto *line = new QLineEdit(text, this);
    line->setObjectName(QLatin1String(name));
    line->setReadOnly(true);
    line->setFrame(false);
    line->setCursorPosition(0);
    QPalette palette = line->palette();
    palette.setColor(QPalette::Base, Qt::transparent);
    line->setPalette(palette);
    return line;
}

void AddressDialog::refresh()
{
    const QString sentence = problem();
    if (m_problem->setProblem(sentence))
        fitHeight(this);
    m_use->setEnabled(!m_address->urls().isEmpty() && sentence.isEmpty());
}

QString AddressDialog::problem() const
{
    const QList<QUrl> urls = m_address->urls();
    if (urls.size() > 1)
        return tr("Give one address alone.");
    if (urls.value(0) == m_old && !urls.isEmpty())
        return tr("This is the old address.");
    return m_address->problem();
}

void AddressDialog::finish()
{
    if (!m_use->isEnabled())
        return;
    const QUrl url = m_address->urls().constFirst();
    accept();
    Q_EMIT wanted(url);
}

} // namespace longhaul
