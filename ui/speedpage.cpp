// SPDX-License-Identifier: MIT
#include "speedpage.h"

#include "leading.h"
#include "speedgraph.h"

#include "core/words.h"

#include <QLabel>
#include <QVBoxLayout>

namespace longhaul {

namespace {

QString speedInWords(const QList<SpeedSample> &samples, bool running)
{
    if (samples.isEmpty())
        return SpeedPage::tr("Its speed is drawn here while it is downloading.");
    const QString average = rateInWords(averageRate(samples));
    const QString peak = rateInWords(peakRate(samples));
    if (!running)
        return SpeedPage::tr("%1 on average, %2 at most.").arg(average, peak);
    return SpeedPage::tr("%1 now, %2 on average, %3 at most.")
        .arg(rateInWords(samples.last().rate), average, peak);
}

} // namespace

SpeedPage::SpeedPage(const SpeedHistory &history, QWidget *parent)
    : DetailsPage(parent)
    , m_history(history)
{
    setObjectName(QStringLiteral("speedPage"));
}

QWidget *SpeedPage::makeContent()
{
    auto *body = new QWidget;
    body->setObjectName(QStringLiteral("speedBody"));
    auto *column = new QVBoxLayout(body);
    m_sentence = new QLabel;
    m_sentence->setObjectName(QStringLiteral("speedSentence"));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_graph = new SpeedGraph;
    column->addWidget(m_sentence);
    column->addWidget(m_graph, 1);
    return body;
}

void SpeedPage::fill(const DownloadTask &task)
{
    const QList<SpeedSample> samples = m_history.samples(&task);
    const QString words = speedInWords(samples, task.state() == TaskState::Running);
    m_sentence->setText(words);
    // Without a graph the sentence stands alone, in the middle.
    if (samples.isEmpty())
        m_sentence->setAlignment(Qt::AlignCenter);
    else
        alignLeading(*m_sentence);
    m_graph->setVisible(!samples.isEmpty());
    m_graph->setSamples(samples);
    if (m_graph->accessibleDescription() != words)
        m_graph->setAccessibleDescription(words);
}

} // namespace longhaul
