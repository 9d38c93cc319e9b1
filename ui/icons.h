// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QString>

namespace longhaul {

// Longhaul's own icons (resources/icons/*.svg, monochrome in currentColor), painted in the palette's text
// colour at any size and scale: they follow light, dark, disabled and selected by themselves. An unknown name
// is a programming error (asserted). Names: add, resume, pause, remove, folder, open, search, settings, quit,
// limit, undo, link, retry, copy, trash, queue, check, warning, clock, network, all, download, up, down,
// info.
QIcon icon(const QString &name);

// The program's own icon, in colour.
QIcon applicationIcon();

// For a file of this name: the desktop's where its theme has one, else one of ours by the kind of media
// (file, archive, image, audio, video, document, program, disc). Looks at the name alone; cached.
QIcon fileIcon(const QString &fileName);

} // namespace longhaul
