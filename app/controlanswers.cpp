// SPDX-License-Identifier: MIT
#include "controlanswers.h"

#include "output.h"
#include "reconcile.h"

#include "ui/preferences.h"

#include <QJsonArray>

namespace longhaul {

namespace {

constexpr qsizetype kFrameFill = 128 << 10; // characters of JSON after which a frame is full enough
constexpr qsizetype kMostShown = 300 << 10; // of one task's; a monstrous address fits in no frame

QJsonObject ok(QJsonObject object = {})
{
    object.insert(QLatin1String("ok"), true);
    return object;
}

ControlReply once(const QJsonObject &object)
{
    return [object] { return object; };
}

QJsonObject refusal(const Error &error)
{
    return controlError(message(error) + QLatin1Char(' ') + advice(error.code));
}

// What is told of a task, cut where it would be too much; `size` grows by about what it takes.
QJsonObject fitting(QJsonObject object, qsizetype &size)
{
    qsizetype takes = asLine(object).size();
    if (takes > kMostShown) {
        object = {{QLatin1String("url"), object.value(QLatin1String("url")).toString().left(1000)},
                  {QLatin1String("state"), object.value(QLatin1String("state"))},
                  {QLatin1String("bytes"), object.value(QLatin1String("bytes"))},
                  {QLatin1String("total"), object.value(QLatin1String("total"))}};
        takes = asLine(object).size();
    }
    size += takes;
    return object;
}

} // namespace

ControlAnswers::ControlAnswers(DownloadManager &manager, Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_preferences(preferences)
{}

ControlReply ControlAnswers::answer(const QJsonObject &request)
{
    const auto parsed = controlRequestFromJson(request);
    if (const auto *problem = std::get_if<QString>(&parsed))
        return once(controlError(*problem));
    return carryOut(std::get<ControlRequest>(parsed));
}

ControlReply ControlAnswers::carryOut(const ControlRequest &request)
{
    using enum ControlRequest::Command;
    switch (request.command) {
    case Hello: return once(ok());
    case Show:
        Q_EMIT showWanted(request.activationToken, m_manager.find(request.urls.value(0)));
        return once(ok());
    case Add: return add(request);
    case List: return tasks(request.urls.isEmpty() ? allUrls() : request.urls);
    case Pause:
    case Resume: return change(request);
    case Remove: return remove(request);
    case Limit: return limit(request);
    case Readdress: return readdress(request);
    case Adopt: return adopt(request);
    }
    return once(controlError({}));
}

ControlReply ControlAnswers::add(const ControlRequest &request)
{
    QList<QUrl> urls;
    Extras extras;
    for (const QUrl &url : request.urls) {
        const bool isThere = m_manager.find(url) != nullptr;
        DownloadTask *task = m_manager.add(url, request.options);
        const bool isTried = m_manager.find(url) != task; // as the new address of another one
        urls.append(task->url());
        QJsonObject &extra = extras[task->url()];
        extra.insert(QLatin1String("known"), isThere || isTried);
        QString note;
        if (isTried)
            note = tr("%1 is just being tried as its new address.").arg(shownUrl(url));
        else if (isThere && isAtRest(task->state()))
            note = continueTask(*task, request.options);
        else if (isThere)
            adjustTask(*task, request.options);
        if (!note.isEmpty())
            extra.insert(QLatin1String("note"), note);
    }
    return tasks(urls, {}, extras);
}

ControlReply ControlAnswers::change(const ControlRequest &request)
{
    const bool resume = request.command == ControlRequest::Command::Resume;
    if (request.urls.isEmpty()) {
        if (resume)
            m_manager.resumeAll();
        else
            m_manager.pauseAll();
        return tasks(allUrls());
    }
    QList<QUrl> there;
    QJsonArray unknown;
    for (qsizetype i = 0; i < request.urls.size(); ++i) {
        DownloadTask *task = m_manager.find(request.urls[i]);
        if (!task) {
            unknown.append(qint64(i));
            continue;
        }
        there.append(request.urls[i]);
        if (resume && request.repair)
            task->repair();
        else if (resume)
            task->resume();
        else
            task->pause();
    }
    return tasks(there, {{QLatin1String("unknown"), unknown}});
}

ControlReply ControlAnswers::remove(const ControlRequest &request)
{
    QJsonArray unknown;
    for (qsizetype i = 0; i < request.urls.size(); ++i) {
        if (DownloadTask *task = m_manager.find(request.urls[i]))
            m_manager.remove(task, request.withPart);
        else
            unknown.append(qint64(i));
    }
    return once(ok({{QLatin1String("unknown"), unknown}}));
}

ControlReply ControlAnswers::limit(const ControlRequest &request)
{
    Settings settings = m_preferences.settings();
    if (request.rate) {
        settings.limited = *request.rate > 0;
        if (settings.limited)
            settings.rateLimit = *request.rate; // else what it was is kept, for switching it on again
        m_preferences.setSettings(settings);
    }
    return once(ok({{QLatin1String("rate"), settings.effectiveRateLimit()}}));
}

ControlReply ControlAnswers::readdress(const ControlRequest &request)
{
    DownloadTask *task = m_manager.find(request.urls.constFirst());
    if (!task)
        return once(controlError(tr("It is not in the list.")));
    const QUrl &url = request.urls.constLast(); // the same one, where they are equal
    if (task->candidate() != url) {             // else it is being tried already
        if (const auto error = m_manager.readdress(task, url))
            return once(refusal(*error));
    }
    return tasks({task->url()});
}

ControlReply ControlAnswers::adopt(const ControlRequest &request)
{
    const auto adopted = m_manager.adopt(request.urls.constFirst(), request.file, request.options);
    if (const auto *error = std::get_if<Error>(&adopted))
        return once(refusal(*error));
    return tasks({std::get<DownloadTask *>(adopted)->url()});
}

// What is known of them, some hundred at a time: those that are gone by then are left out. `first` goes into
// the first frame.
ControlReply ControlAnswers::tasks(const QList<QUrl> &urls, const QJsonObject &first,
                                   const Extras &extras) const
{
    QHash<quint64, int> places;
    for (const DownloadTask *task : m_manager.queue())
        places.insert(task->number(), int(places.size()) + 1);
    return [this, urls, extras, places, next = qsizetype(0), frame = first]() mutable {
        QJsonArray list;
        for (qsizetype size = 0; next < urls.size() && size < kFrameFill; ++next) {
            const DownloadTask *task = m_manager.find(urls[next]);
            if (!task)
                continue;
            QJsonObject object = objectOf(*task);
            if (const int place = places.value(task->number()); place > 0)
                object.insert(QLatin1String("place"), place);
            const QJsonObject extra = extras.value(urls[next]);
            for (auto it = extra.begin(); it != extra.end(); ++it)
                object.insert(it.key(), it.value());
            list.append(fitting(object, size));
        }
        QJsonObject full = ok(std::exchange(frame, {}));
        full.insert(QLatin1String("downloads"), list);
        if (next < urls.size())
            full.insert(QLatin1String("more"), true);
        return full;
    };
}

QList<QUrl> ControlAnswers::allUrls() const
{
    QList<QUrl> urls;
    urls.reserve(qsizetype(m_manager.tasks().size()));
    for (const auto &task : m_manager.tasks())
        urls.append(task->url());
    return urls;
}

} // namespace longhaul
