// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"

// Command lines as a shell would hand them over.
namespace longhaul::commandwords {

inline QString zipUrl() { return QStringLiteral("http://h/a.zip"); }

inline Command parsed(const QStringList &arguments)
{
    return parseCommandLine(QStringList{QStringLiteral("longhaul")} + arguments);
}

inline Command get(const QStringList &arguments)
{
    return parsed(QStringList{QStringLiteral("get")} + arguments + QStringList{zipUrl()});
}

inline QString s(const char *text) { return QString::fromUtf8(text); }

// All that a Leave says, to find secrets in it.
inline QString saidBy(const Command &command)
{
    const auto *leave = std::get_if<Leave>(&command);
    return leave ? QString::number(leave->exitCode) + u' ' + leave->text + leave->json : QString();
}

} // namespace longhaul::commandwords
