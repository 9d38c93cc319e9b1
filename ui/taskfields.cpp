// SPDX-License-Identifier: MIT
#include "taskfields.h"

#include "ratefield.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>

#include <algorithm>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAsSettings = -1; // no wish of its own
constexpr int kUnlimited = 0;
constexpr int kLimited = 1;

template <typename Of>
QList<int> valuesOf(const QList<TaskOptions> &all, Of of)
{
    QList<int> values;
    std::transform(all.begin(), all.end(), std::back_inserter(values), of);
    return values;
}

bool areSame(const QList<int> &values)
{
    return std::all_of(values.begin(), values.end(), [&](int value) { return value == values.constFirst(); });
}

} // namespace

TaskFields::TaskFields(const Settings &settings, const QList<TaskOptions> &of, QFormLayout *form)
    : QObject(form->parentWidget())
    , m_form(form)
    , m_rate(new RateField(tr("Speed at most"), tr("Unit of the speed")))
{
    addConnections(settings, of);
    addLimit(of);
    addPriority(of);
    addMetered(settings, of);
}

TaskFields::Choice TaskFields::makeChoice(const QString &spoken, const char *name,
                                          const QList<std::pair<QString, int>> &entries,
                                          const QList<int> &values)
{
    auto *combo = new QComboBox;
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(spoken);
    const bool same = areSame(values);
    if (!same)
        combo->addItem(tr("Different: left as they are"));
    for (const auto &[text, value] : entries)
        combo->addItem(text, value);
    if (same)
        combo->setCurrentIndex(std::max(0, combo->findData(values.constFirst())));
    return {combo, combo->currentIndex()};
}

void TaskFields::addRow(const QString &label, QWidget *shown)
{
    m_form->addRow(label, shown);
    m_rows.append(shown);
}

void TaskFields::addConnections(const Settings &settings, const QList<TaskOptions> &of)
{
    QList<std::pair<QString, int>> counts{
        {tr("As in Settings (%1)").arg(QLocale().toString(settings.connectionsPerTask)), kAsSettings}};
    for (int count = 1; count <= kMostConnectionsPerTask; ++count)
        counts.append({QLocale().toString(count), count});
    m_connections =
        makeChoice(tr("Connections for one download"), "connectionsCombo", counts,
                   valuesOf(of, [](const auto &one) { return one.connections.value_or(kAsSettings); }));
    addRow(tr("C&onnections:"), m_connections.combo);
}

void TaskFields::addLimit(const QList<TaskOptions> &of)
{
    const qint64 first = of.constFirst().rateLimit;
    const bool same =
        std::all_of(of.begin(), of.end(), [&](const TaskOptions &one) { return one.rateLimit == first; });
    QList<int> values{first > 0 ? kLimited : kUnlimited};
    if (!same)
        values.append(kAsSettings); // another one than the first
    m_limit = makeChoice(tr("Limit of the speed"), "limitCombo",
                         {{tr("None of its own"), kUnlimited}, {tr("At most"), kLimited}}, values);
    m_rate->setRate(same ? first : 0);
    m_rateShown = m_rate->rate();
    const auto update = [this] { m_rate->setEnabled(m_limit.combo->currentData() == QVariant(kLimited)); };
    connect(m_limit.combo, &QComboBox::currentIndexChanged, this, update);
    update();

    auto *row = new QWidget;
    row->setFocusProxy(m_limit.combo);
    row->setFocusPolicy(m_limit.combo->focusPolicy()); // else the label's key would not lead there
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_limit.combo, 1);
    layout->addWidget(m_rate);
    addRow(tr("Speed &limit:"), row);
}

void TaskFields::addPriority(const QList<TaskOptions> &of)
{
    m_priority = makeChoice(tr("Priority in the queue"), "priorityCombo",
                            {{tr("High: before the others"), int(Priority::High)},
                             {tr("Normal"), int(Priority::Normal)},
                             {tr("Low: after the others"), int(Priority::Low)}},
                            valuesOf(of, [](const auto &one) { return int(one.priority); }));
    addRow(tr("&Priority:"), m_priority.combo);
}

void TaskFields::addMetered(const Settings &settings, const QList<TaskOptions> &of)
{
    const QString asSettings =
        settings.allowMetered ? tr("As in Settings (allowed)") : tr("As in Settings (not allowed)");
    m_metered =
        makeChoice(tr("On metered networks"), "meteredCombo",
                   {{asSettings, kAsSettings}, {tr("Allowed"), 1}, {tr("Only unmetered networks"), 0}},
                   valuesOf(of, [](const auto &one) {
                       return one.allowMetered ? int(*one.allowMetered) : kAsSettings;
                   }));
    addRow(tr("Me&tered networks:"), m_metered.combo);
}

bool TaskFields::isChanged(const Choice &choice) { return choice.combo->currentIndex() != choice.shown; }

void TaskFields::take(TaskOptions *options) const
{
    const auto valueOf = [](const Choice &choice) { return choice.combo->currentData().toInt(); };
    if (isChanged(m_connections)) {
        const int count = valueOf(m_connections);
        options->connections = count == kAsSettings ? std::nullopt : std::optional(count);
    }
    if (isChanged(m_limit) || m_rate->rate() != m_rateShown) {
        if (const QVariant limited = m_limit.combo->currentData(); limited.isValid())
            options->rateLimit = limited == QVariant(kLimited) ? m_rate->rate() : 0;
    }
    if (isChanged(m_priority))
        options->priority = Priority(valueOf(m_priority));
    if (isChanged(m_metered)) {
        const int allowed = valueOf(m_metered);
        options->allowMetered = allowed == kAsSettings ? std::nullopt : std::optional(allowed == 1);
    }
}

} // namespace longhaul
