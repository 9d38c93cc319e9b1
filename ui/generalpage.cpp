// SPDX-License-Identifier: MIT
#include "generalpage.h"

#include "shades.h"
#include "taskcolumns.h"
#include "valuetext.h"

#include "core/linklife.h"
#include "core/words.h"

#include <QDir>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace longhaul {

namespace {

QString address(const DownloadTask &task) { return shownUrl(task.url()); }

QString finalAddress(const DownloadTask &task)
{
    const QUrl &url = task.resumeData().entity.finalUrl;
    return url.isEmpty() || url == task.url() ? QString() : shownUrl(url);
}

QString earlierAddresses(const DownloadTask &task)
{
    QStringList lines;
    for (const QUrl &url : task.resumeData().earlierUrls)
        lines.append(shownUrl(url));
    return lines.join(u'\n');
}

QString fileName(const DownloadTask &task) { return shownName(task.resumeData()); }

QString folder(const DownloadTask &task)
{
    const ResumeData &data = task.resumeData();
    const QString path =
        data.targetPath.isEmpty() ? data.options.folder : data.targetPath.section(u'/', 0, -2) + u'/';
    return path.isEmpty() ? QString() : QDir::toNativeSeparators(QDir::cleanPath(path));
}

QString partFile(const DownloadTask &task)
{
    const ResumeData &data = task.resumeData();
    const bool isOurs = data.state != TaskState::Completed && data.foreignPath.isEmpty();
    return !isOurs ? QString() : data.partPath.section(u'/', -1); // same folder
}

QString size(const DownloadTask &task)
{
    const std::optional<qint64> total = task.resumeData().entity.total;
    if (!total)
        return GeneralPage::tr("Not known");
    if (*total < 1024)
        return sizeInWords(*total);
    return GeneralPage::tr("%1 (%2 bytes)").arg(sizeInWords(*total), QLocale().toString(*total));
}

QString progress(const DownloadTask &task)
{
    const TaskProgress progress = task.progress();
    if (task.state() == TaskState::Completed)
        return GeneralPage::tr("Complete");
    if (!progress.total)
        return GeneralPage::tr("%1 received").arg(sizeInWords(progress.onDisk));
    // Rounded down: all is there only when it is.
    const int percent =
        *progress.total > 0 ? int(double(progress.onDisk) / double(*progress.total) * 100) : 0;
    return GeneralPage::tr("%1 of %2 (%3 %)")
        .arg(sizeInWords(progress.onDisk), sizeInWords(*progress.total), QLocale().toString(percent));
}

QString speed(const DownloadTask &task)
{
    if (task.state() != TaskState::Running)
        return {};
    const TaskProgress progress = task.progress();
    const QString rate = rateInWords(progress.rate);
    return progress.timeLeft ? GeneralPage::tr("%1, %2 left").arg(rate, timeInWords(*progress.timeLeft))
                             : rate;
}

QString connections(const DownloadTask &task)
{
    const std::optional<int> most = task.resumeData().options.connections;
    const QString wish = most ? QLocale().toString(*most) : QString();
    if (task.state() != TaskState::Running)
        return most ? GeneralPage::tr("At most %1").arg(wish) : QString();
    const QString count = QLocale().toString(task.inFlight().size());
    return most ? GeneralPage::tr("%1 (at most %2)").arg(count, wish) : count;
}

QString limit(const DownloadTask &task)
{
    const qint64 rate = task.resumeData().options.rateLimit;
    return rate > 0 ? GeneralPage::tr("At most %1").arg(rateInWords(rate)) : QString();
}

QString priority(const DownloadTask &task)
{
    const Priority priority = task.resumeData().options.priority;
    return priority == Priority::Normal ? QString() : priorityInWords(priority);
}

QString resumable(const DownloadTask &task)
{
    if (task.state() == TaskState::Completed)
        return {};
    const QString words = resumableInWords(task.resumeData());
    return words.left(1).toUpper() + words.mid(1);
}

QString version(const DownloadTask &task)
{
    const Validators &validators = task.resumeData().entity.validators;
    const QString etag = QString::fromLatin1(validators.etag);
    const QString modified = QString::fromLatin1(validators.lastModified);
    if (task.resumeData().entity.finalUrl.isEmpty()) // it has not answered yet
        return {};
    if (validators.isEmpty())
        return GeneralPage::tr("The server does not mark its versions of the file.");
    if (modified.isEmpty())
        return GeneralPage::tr("The server marks this version with: ETag %1").arg(etag);
    if (etag.isEmpty())
        return GeneralPage::tr("The server marks this version with: Last-Modified %1").arg(modified);
    return GeneralPage::tr("The server marks this version with: ETag %1, Last-Modified %2")
        .arg(etag, modified);
}

QString mediaType(const DownloadTask &task)
{
    return QString::fromLatin1(task.resumeData().entity.mediaType);
}

QString checksum(const DownloadTask &task)
{
    const std::optional<ExpectedDigest> &digest = task.resumeData().options.digest;
    return digest ? digest->toString() : QString();
}

QString foundChecksum(const DownloadTask &task)
{
    const std::optional<FoundDigest> &found = task.resumeData().entity.digest;
    return found ? GeneralPage::tr("%1 (from %2)", "checksum, who told it")
                       .arg(found->digest.toString(), digestSourceName(found->source))
                 : QString();
}

QString vouched(const DownloadTask &task)
{
    const QString words = vouchedInWords(task.resumeData());
    return words.left(1).toUpper() + words.mid(1);
}

QString linkLife(const DownloadTask &task)
{
    const QDateTime dies = linkDies(task.url());
    if (task.state() == TaskState::Completed || !dies.isValid())
        return {};
    if (dies <= QDateTime::currentDateTimeUtc())
        return GeneralPage::tr("No longer, by what it says: it ended %1").arg(dateInWords(dies));
    return task.isLate() ? GeneralPage::tr("Until %1: too early at this speed").arg(dateInWords(dies))
                         : GeneralPage::tr("Until %1").arg(dateInWords(dies));
}

QString foreignFile(const DownloadTask &task)
{
    return QDir::toNativeSeparators(task.resumeData().foreignPath);
}

QString headers(const DownloadTask &task)
{
    QStringList names;
    for (const auto &[name, value] : task.resumeData().options.headers)
        names.append(QString::fromLatin1(name));
    return QLocale().createSeparatedList(names);
}

QString meteredNetworks(const DownloadTask &task)
{
    const std::optional<bool> allowed = task.resumeData().options.allowMetered;
    if (!allowed)
        return {};
    return *allowed ? GeneralPage::tr("It may run on metered networks.")
                    : GeneralPage::tr("It runs on unmetered networks only.");
}

QString added(const DownloadTask &task) { return dateInWords(task.resumeData().added); }
QString completed(const DownloadTask &task) { return dateInWords(task.resumeData().completed); }

// To show one thing more: an entry here.
struct Row {
    const char *key;                           // the value's objectName is this + "Value"
    const char *label;                         // in context "longhaul::GeneralPage"
    QString (*text)(const DownloadTask &task); // empty: not shown
};

constexpr Row kRows[] = {
    {"file", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "File"), &fileName},
    {"folder", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Folder"), &folder},
    {"part", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Part file"), &partFile},
    {"foreign", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "To be continued, once proved"), &foreignFile},
    {"size", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Size"), &size},
    {"progress", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Progress"), &progress},
    {"speed", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Speed"), &speed},
    {"connections", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Connections"), &connections},
    {"limit", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Speed limit"), &limit},
    {"priority", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Priority"), &priority},
    {"resumable", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Can it be resumed"), &resumable},
    {"address", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Address"), &address},
    {"finalAddress", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Answered from"), &finalAddress},
    {"linkLife", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "The link is good"), &linkLife},
    {"earlierAddresses", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Earlier addresses"), &earlierAddresses},
    {"version", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Version"), &version},
    {"mediaType", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Media type"), &mediaType},
    {"checksum", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Expected checksum"), &checksum},
    {"foundChecksum", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Checksum found"), &foundChecksum},
    {"vouched", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Vouched for by"), &vouched},
    {"headers", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Headers sent along"), &headers},
    {"metered", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Network"), &meteredNetworks},
    {"added", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Added"), &added},
    {"completed", QT_TRANSLATE_NOOP("longhaul::GeneralPage", "Completed"), &completed},
};

struct Notice {
    QString headline; // empty: nothing to say
    QString advice;
};

Notice holdNotice(Hold hold)
{
    switch (hold) {
    case Hold::None: return {};
    case Hold::Offline:
        return {GeneralPage::tr("There is no network."),
                GeneralPage::tr("It goes on by itself when the network is back.")};
    case Hold::Metered:
        return {GeneralPage::tr("This network is metered."),
                GeneralPage::tr("It goes on by itself on an unmetered network.")};
    }
    return {};
}

Notice waitingNotice(const DownloadTask &task)
{
    const QString why = task.reason() ? message(*task.reason()) : GeneralPage::tr("Waiting.");
    if (task.hold() != Hold::None)
        return {why, holdNotice(task.hold()).advice};
    const QTime next = QTime::currentTime().addMSecs(int(task.untilRetry().count()));
    return {why, GeneralPage::tr("The next try is at %1.").arg(next.toString(QStringLiteral("HH:mm:ss")))};
}

Notice noticeOf(const DownloadTask &task)
{
    switch (task.state()) {
    case TaskState::Failed:
        return task.reason() ? Notice{message(*task.reason()), advice(task.reason()->code)} : Notice{};
    case TaskState::Waiting: return waitingNotice(task);
    case TaskState::Queued: return holdNotice(task.hold());
    case TaskState::Paused:
        return {
            GeneralPage::tr("Paused."),
            GeneralPage::tr("If its link has expired, give it a new address: what was received is kept.")};
    case TaskState::Running:
    case TaskState::Verifying:
    case TaskState::Completed: return {};
    }
    return {};
}

// A card that stands out from the page.
class Card : public QWidget
{
protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(palette().color(QPalette::Base), palette().color(QPalette::Highlight), 0.15));
        const double radius = fontMetrics().height() / 4.0;
        painter.drawRoundedRect(rect(), radius, radius);
    }
};

} // namespace

GeneralPage::GeneralPage(QWidget *parent)
    : DetailsPage(parent)
{
    setObjectName(QStringLiteral("generalPage"));
}

QWidget *GeneralPage::makeContent()
{
    auto *body = new QWidget;
    body->setObjectName(QStringLiteral("generalBody"));
    body->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(body);
    column->addWidget(makeNotice());
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    column->addLayout(m_form);
    column->addStretch();

    for (const Row &row : kRows) {
        auto *value = new ValueText;
        value->setObjectName(QLatin1String(row.key) + QLatin1String("Value"));
        const QString name = tr(row.label);
        value->setAccessibleName(name);
        auto *label = new QLabel(tr("%1:", "label before a value").arg(name));
        label->setObjectName(QLatin1String(row.key) + QLatin1String("Label"));
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::Text);
        label->setAlignment(Qt::AlignLeading | Qt::AlignTop); // beside the first of several lines
        m_form->addRow(label, value);
        m_values.append(value);
    }

    auto *area = new QScrollArea;
    area->setObjectName(QStringLiteral("generalScrollArea"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus); // the values in it take the keyboard
    area->setWidget(body);
    return area;
}

QWidget *GeneralPage::makeNotice()
{
    m_notice = new Card;
    m_notice->setObjectName(QStringLiteral("taskNotice"));
    m_headline = new ValueText;
    m_headline->setObjectName(QStringLiteral("noticeHeadline"));
    m_headline->setAccessibleName(tr("What happened"));
    QFont bold = m_headline->font();
    bold.setBold(true);
    m_headline->setFont(bold);
    m_advice = new ValueText;
    m_advice->setObjectName(QStringLiteral("noticeAdvice"));
    m_advice->setAccessibleName(tr("What to do"));
    m_newAddress = new QPushButton(tr("New address…"));
    m_newAddress->setObjectName(QStringLiteral("newAddressButton"));
    m_newAddress->setAccessibleName(tr("New address"));
    connect(m_newAddress, &QPushButton::clicked, this, &GeneralPage::newAddressWanted);

    m_repair = new QPushButton(tr("Repair"));
    m_repair->setObjectName(QStringLiteral("repairButton"));
    m_repair->setAccessibleName(tr("Repair"));
    m_repair->setToolTip(tr("Compares the file with a second copy, and fetches again what differs."));
    connect(m_repair, &QPushButton::clicked, this, &GeneralPage::repairWanted);

    auto *grid = new QGridLayout(m_notice);
    grid->addWidget(m_headline, 0, 0);
    grid->addWidget(m_advice, 1, 0);
    grid->addWidget(m_repair, 0, 1, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_newAddress, 0, 2, 2, 1, Qt::AlignVCenter);
    grid->setColumnStretch(0, 1);
    return m_notice;
}

void GeneralPage::fill(const DownloadTask &task)
{
    fillNotice(task);
    for (int i = 0; i < m_values.size(); ++i) {
        const QString text = kRows[i].text(task);
        if (!text.isEmpty())
            m_values.at(i)->setValue(text);
        if (m_form->isRowVisible(i) == text.isEmpty())
            m_form->setRowVisible(i, !text.isEmpty());
    }
}

void GeneralPage::fillNotice(const DownloadTask &task)
{
    const Notice notice = noticeOf(task);
    m_headline->setValue(notice.headline);
    m_advice->setValue(notice.advice);
    m_newAddress->setVisible(task.state() == TaskState::Failed || task.state() == TaskState::Paused);
    m_repair->setVisible(mayRepair(task.resumeData()));
    m_notice->setVisible(!notice.headline.isEmpty());
}

} // namespace longhaul
