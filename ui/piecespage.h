// SPDX-License-Identifier: MIT
#pragma once

#include "detailspage.h"
#include "piecesmap.h"

class QLabel;

namespace longhaul {

Pieces piecesOf(const DownloadTask &task);

// The map of the file, a sentence above ("piecesSentence") and the meaning of its colours below.
class PiecesPage : public DetailsPage
{
    Q_OBJECT

public:
    explicit PiecesPage(QWidget *parent = nullptr);

private:
    QWidget *makeContent() override;
    void fill(const DownloadTask &task) override;

    QLabel *m_sentence = nullptr;
    PiecesMap *m_map = nullptr;
};

} // namespace longhaul
