// SPDX-License-Identifier: MIT
#pragma once

#include "detailspage.h"

class QLabel;

namespace longhaul {

class SpeedGraph;
class SpeedHistory;

// The speed of the last minutes: a graph, and its facts in a sentence above ("speedSentence").
class SpeedPage : public DetailsPage
{
    Q_OBJECT

public:
    // `history` must outlive the page.
    explicit SpeedPage(const SpeedHistory &history, QWidget *parent = nullptr);

private:
    QWidget *makeContent() override;
    void fill(const DownloadTask &task) override;

    const SpeedHistory &m_history;
    QLabel *m_sentence = nullptr;
    SpeedGraph *m_graph = nullptr;
};

} // namespace longhaul
