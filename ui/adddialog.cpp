// SPDX-License-Identifier: MIT
#include "adddialog.h"

#include "addressfield.h"
#include "folderfield.h"
#include "preferences.h"
#include "problemlabel.h"

#include "core/filename.h"
#include "core/userinput.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 85;              // average characters
constexpr int kHeaderLines = 3;         // shown at once
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
    , m_address(new AddressField(this))
    , m_many(new QLabel(this))
    , m_folder(new FolderField(preferences.settings().folder, this))
    , m_name(new QLineEdit(this))
    , m_more(new QToolButton(this))
    , m_checksum(new QLineEdit(this))
    , m_headers(new QPlainTextEdit(this))
    , m_metered(new QComboBox(this))
    , m_problem(new ProblemLabel(this))
{
    setObjectName("addDialog"_L1);
    setWindowTitle(tr("Add Download"));
    setAttribute(Qt::WA_DeleteOnClose);
    addBasicRows();
    addMoreRows(preferences.settings().allowMetered);
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

void AddDialog::addMoreRows(bool allowMetered)
{
    m_more->setObjectName("moreButton"_L1);
    m_more->setText(tr("&More options"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_more->setCheckable(true);
    m_form->addRow(m_more);
    connect(m_more, &QToolButton::toggled, this, &AddDialog::showMore);

    m_checksum->setObjectName("checksumEdit"_L1);
    m_checksum->setAccessibleName(tr("Checksum"));
    m_checksum->setPlaceholderText(tr("SHA-256, SHA-512, SHA-1 or MD5"));
    m_form->addRow(tr("Chec&ksum:"), m_checksum);
    connect(m_checksum, &QLineEdit::textChanged, this, &AddDialog::refresh);

    m_headers->setObjectName("headersEdit"_L1);
    m_headers->setAccessibleName(tr("Headers to send, one per line"));
    m_headers->setPlaceholderText(tr("One per line, such as:") + "\nCookie: name=value"_L1);
    m_headers->setTabChangesFocus(true);
    m_headers->setLineWrapMode(QPlainTextEdit::NoWrap);
    const QMargins margins = m_headers->contentsMargins();
    m_headers->setFixedHeight(m_headers->fontMetrics().lineSpacing() * (kHeaderLines + 1) + margins.top()
                              + margins.bottom());
    m_form->addRow(tr("Hea&ders:"), m_headers);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &AddDialog::refresh);

    m_metered->setObjectName("meteredCombo"_L1);
    m_metered->setAccessibleName(tr("On metered networks"));
    m_metered->addItem(allowMetered ? tr("As in Settings (allowed)") : tr("As in Settings (not allowed)"));
    m_metered->addItem(tr("Allowed"), true);
    m_metered->addItem(tr("Only unmetered networks"), false);
    m_form->addRow(tr("Me&tered networks:"), m_metered);
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
    for (QWidget *field : {static_cast<QWidget *>(m_checksum), static_cast<QWidget *>(m_headers),
                           static_cast<QWidget *>(m_metered)})
        m_form->setRowVisible(field, shown);
    fitHeight(this);
}

void AddDialog::refresh()
{
    m_urls = m_address->urls();
    const QString expected = m_urls.size() == 1 ? safeName(nameFromUrl(m_urls.constFirst())) : QString();
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
    int badLine = 0;
    headers(&badLine);
    if (const QString sentence = m_address->problem(); !sentence.isEmpty())
        return sentence;
    if (const QString sentence = m_folder->problem(); !sentence.isEmpty())
        return sentence;
    if (!isMany() && !isName(m_name->text().trimmed()))
        return tr("The name must be that of a file: no slashes, and not too long.");
    if (const QString text = m_checksum->text().trimmed();
        !isMany() && !text.isEmpty() && !parseChecksum(text))
        return tr(
            "The checksum is not complete: SHA-256 has 64 digits, SHA-512 128, SHA-1 40 and MD5 32, from "
            "0 to 9 and a to f.");
    if (badLine > 0) // not shown: it may hold a secret
        return tr("Line %1 of the headers must be as in “Name: value”.").arg(badLine);
    return {};
}

HeaderList AddDialog::headers(int *badLine) const
{
    HeaderList list;
    const QStringList lines = m_headers->toPlainText().split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        if (const auto header = parseHeader(lines[i].trimmed()))
            list.append(*header);
        else if (badLine && *badLine == 0)
            *badLine = int(i) + 1;
    }
    return list;
}

TaskOptions AddDialog::options() const
{
    TaskOptions options;
    options.folder = m_folder->folder();
    options.headers = headers();
    if (const QVariant allowed = m_metered->currentData(); allowed.isValid())
        options.allowMetered = allowed.toBool();
    if (!isMany()) {
        options.name = m_name->text().trimmed();
        options.digest = parseChecksum(m_checksum->text());
    }
    return options;
}

void AddDialog::finish()
{
    if (!m_download->isEnabled())
        return;
    QList<NewDownload> downloads;
    for (const QUrl &url : std::as_const(m_urls))
        downloads.append({url, options()});
    accept();
    Q_EMIT wanted(downloads);
}

} // namespace longhaul
