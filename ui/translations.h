// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

class QCoreApplication;

namespace longhaul {

struct Language {
    QString code; // as in Settings::language
    QString name; // in the language itself
};

// The languages that the user can choose from.
QList<Language> languages();

// Makes `app` speak `language` (empty: the system's), Qt's own texts included where the system has them;
// texts without a translation stay English. Once, before the first text is asked for. `app` owns what is
// installed.
void installTranslations(QCoreApplication &app, const QString &language);

} // namespace longhaul
