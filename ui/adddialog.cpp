// SPDX-License-Identifier: MIT
#include "adddialog.h"

#include "addressfield.h"
#include "folderfield.h"
#include "inputfields.h"
#include "preferences.h"
#include "problemlabel.h"
#include "taskfields.h"

#include "core/filename.h"
#include "core/foreignfile.h"
#include "core/words.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 85;              // average characters
constexpr qsizetype kLongestName = 255; // bytes: what file systems take

// A name that the user chose is left as it is; it only has to be one.
bool isName(const QString &name)
{
    return name != "."_L1 && name != ".."_L1 && name.toUtf8().size() <= kLongestName
           && std::none_of(name.begin(), name.end(),
                           [](QChar c) { return c == u'/' || c.category() == QChar::Other_Control; });
}

} // namespace

AddDialog::AddDialog(const Preferences &preferences, QWidget *parent)
    : QDialog(parent)
    , m_form(new QFormLayout(this))
    , m_foreignLabel(new QLabel(this))
    , m_address(new AddressField(this))
    , m_many(new QLabel(this))
    , m_folder(new FolderField(preferences.settings().folder, this))
    , m_name(new QLineEdit(this))
    , m_more(new QToolButton(this))
    , m_checksum(new ChecksumField(this))
    , m_headers(new HeadersField(this))
    , m_problem(new ProblemLabel(this))
{
    setObjectName("addDialog"_L1);
    setWindowTitle(tr("Add Download"));
    setAttribute(Qt::WA_DeleteOnClose);
    addBasicRows();
    addMoreRows(preferences.settings());
    addButtons();
    refresh();
    resize(fontMetrics().averageCharWidth() * kWidth, height());
    showMore(false);
    if (const QUrl url = AddressField::urlOnClipboard(); url.isValid())
        m_address->setUrl(url);
    m_address->setFocus();
}

void AddDialog::addBasicRows()
{
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_foreignLabel->setObjectName("foreignLabel"_L1);
    m_foreignLabel->setTextFormat(Qt::PlainText);
    m_foreignLabel->setWordWrap(true);
    m_form->addRow(m_foreignLabel);
    m_form->setRowVisible(m_foreignLabel, false);
    m_address->setObjectName("addressEdit"_L1);
    m_address->setAccessibleName(tr("Address"));
    m_form->addRow(tr("&Address:"), m_address);
    connect(m_address, &QLineEdit::textChanged, this, &AddDialog::refresh);

    m_many->setObjectName("manyLabel"_L1);
    m_many->setTextFormat(Qt::PlainText);
    m_form->addRow(QString(), m_many);
    m_form->setRowVisible(m_many, false);

    m_form->addRow(tr("&Folder:"), m_folder);
    connect(m_folder, &FolderField::changed, this, &AddDialog::refresh);

    m_name->setObjectName("nameEdit"_L1);
    m_name->setAccessibleName(tr("Name of the file"));
    m_form->addRow(tr("&Name:"), m_name);
    connect(m_name, &QLineEdit::textChanged, this, &AddDialog::refresh);
}

void AddDialog::addMoreRows(const Settings &settings)
{
    m_more->setObjectName("moreButton"_L1);
    m_more->setText(tr("&More options"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_more->setCheckable(true);
    m_form->addRow(m_more);
    connect(m_more, &QToolButton::toggled, this, &AddDialog::showMore);

    m_form->addRow(tr("Chec&ksum:"), m_checksum);
    connect(m_checksum, &QLineEdit::textChanged, this, &AddDialog::refresh);
    m_form->addRow(tr("H&eaders:"), m_headers);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &AddDialog::refresh);
    m_fields = new TaskFields(settings, {TaskOptions()}, m_form);
}

void AddDialog::addButtons()
{
    m_form->addRow(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_download = buttons->button(QDialogButtonBox::Ok);
    m_download->setObjectName("downloadButton"_L1);
    m_download->setText(tr("&Download"));
    m_download->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName("cancelButton"_L1);
    m_form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &AddDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void AddDialog::setLink(const Link &link) { m_address->setUrl(link.url); }

void AddDialog::setForeign(const QString &path)
{
    m_foreign = path;
    setWindowTitle(tr("Continue File"));
    m_foreignLabel->setText(
        tr("“%1” is continued in its folder, if it is a part of the file at this address. "
           "If not, it stays as it is.")
            .arg(plainLine(QFileInfo(path).fileName(), 255)));
    m_form->setRowVisible(m_foreignLabel, true);
    m_form->setRowVisible(m_folder, false);
    m_download->setText(tr("&Continue"));
    refresh();
    fitHeight(this);
}

void AddDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        showMore(m_more->isChecked());
}

void AddDialog::showMore(bool shown)
{
    const Qt::ArrowType folded = isRightToLeft() ? Qt::LeftArrow : Qt::RightArrow;
    m_more->setArrowType(shown ? Qt::DownArrow : folded);
    const QList<QWidget *> rows = QList<QWidget *>{m_checksum, m_headers} + m_fields->rows();
    for (QWidget *row : rows)
        m_form->setRowVisible(row, shown);
    fitHeight(this);
}

void AddDialog::refresh()
{
    m_urls = m_address->urls();
    const QString ofForeign = nameOfForeign(QFileInfo(foreignPathOf(m_foreign)).fileName());
    const QString fromUrl = m_urls.size() == 1 ? nameFromUrl(m_urls.constFirst()) : QString();
    const QString expected = safeName(ofForeign.isEmpty() ? fromUrl : ofForeign);
    m_name->setPlaceholderText(expected.isEmpty() ? tr("As the server calls it") : expected);
    // These belong to one file.
    m_name->setEnabled(!isMany());
    m_checksum->setEnabled(!isMany());
    if (isMany())
        m_many->setText(
            tr("%n address(es): each becomes a download of its own.", nullptr, int(m_urls.size())));
    const bool manyChanged = m_form->isRowVisible(m_many) != isMany();
    m_form->setRowVisible(m_many, isMany());
    const QString sentence = problem();
    if (m_problem->setProblem(sentence) || manyChanged)
        fitHeight(this);
    m_download->setEnabled(!m_urls.isEmpty() && sentence.isEmpty());
}

QString AddDialog::problem() const
{
    if (const QString sentence = m_address->problem(); !sentence.isEmpty())
        return sentence;
    if (isMany() && !m_foreign.isEmpty())
        return tr("Give one address alone.");
    if (const QString sentence = m_folder->problem(); !sentence.isEmpty() && m_foreign.isEmpty())
        return sentence;
    if (!isMany() && !isName(m_name->text().trimmed()))
        return tr("The name must be that of a file: no slashes, and not too long.");
    if (const QString sentence = m_checksum->problem(); !isMany() && !sentence.isEmpty())
        return sentence;
    return m_headers->problem();
}

TaskOptions AddDialog::options() const
{
    TaskOptions options;
    options.folder = m_folder->folder();
    options.headers = m_headers->headers();
    m_fields->take(&options);
    if (!isMany()) {
        options.name = m_name->text().trimmed();
        options.digest = m_checksum->digest();
    }
    return options;
}

void AddDialog::finish()
{
    if (!m_download->isEnabled())
        return;
    QList<NewDownload> downloads;
    for (const QUrl &url : std::as_const(m_urls))
        downloads.append({url, options(), m_foreign});
    accept();
    Q_EMIT wanted(downloads);
}

} // namespace longhaul
