// SPDX-License-Identifier: MIT
#pragma once

#include "controlconnection.h"
#include "controlrequest.h"

#include "core/downloadmanager.h"

#include <QHash>

namespace longhaul {

class Preferences;

// What the control socket can do, done through the manager and the preferences, as the window does it.
class ControlAnswers : public QObject
{
    Q_OBJECT

public:
    // Both must outlive it, and it all answers that it gave.
    ControlAnswers(DownloadManager &manager, Preferences &preferences, QObject *parent = nullptr);

    ControlReply answer(const QJsonObject &request);

Q_SIGNALS:
    void showWanted(const QString &activationToken, longhaul::DownloadTask *task); // null: no one of them

private:
    using Extras = QHash<QUrl, QJsonObject>; // members to add to what is told of a task

    ControlReply carryOut(const ControlRequest &request);
    ControlReply add(const ControlRequest &request);
    ControlReply change(const ControlRequest &request);
    ControlReply remove(const ControlRequest &request);
    ControlReply limit(const ControlRequest &request);
    ControlReply readdress(const ControlRequest &request);
    ControlReply adopt(const ControlRequest &request);
    ControlReply tasks(const QList<QUrl> &urls, const QJsonObject &first = {},
                       const Extras &extras = {}) const;
    QList<QUrl> allUrls() const;

    DownloadManager &m_manager;
    Preferences &m_preferences;
};

} // namespace longhaul
