// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace longhaul {

// Where a dialog says why it cannot go on: hidden while there is nothing to say. objectName "problemLabel".
class ProblemLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ProblemLabel(QWidget *parent = nullptr);
    bool setProblem(const QString &sentence); // empty: none. Whether anything changed
};

// Makes a dialog of fields as high as what it shows needs at its present width.
void fitHeight(QWidget *dialog);

} // namespace longhaul
