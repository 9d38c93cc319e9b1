// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

namespace longhaul {

// A line to search with: what is in it can be cleared by a button, which a screen reader can name.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    // `spoken`: what a screen reader calls the field.
    SearchField(const QString &placeholder, const QString &spoken, QWidget *parent = nullptr);

private:
    void makeClearButton();
};

} // namespace longhaul
