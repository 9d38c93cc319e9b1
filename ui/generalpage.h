// SPDX-License-Identifier: MIT
#pragma once

#include "detailspage.h"

class QFormLayout;
class QPushButton;

namespace longhaul {

class ValueText;

// Where a task's file comes from and goes to, how far it is, what the server says of it, and what went wrong.
// Each value is a ValueText named after its row ("addressValue", "sizeValue", ...); rows that say nothing are
// not shown. Secrets are not: of a URL no password, of a header its name alone.
class GeneralPage : public DetailsPage
{
    Q_OBJECT

public:
    explicit GeneralPage(QWidget *parent = nullptr);

Q_SIGNALS:
    void newAddressWanted();
    void repairWanted();

private:
    QWidget *makeContent() override;
    void fill(const DownloadTask &task) override;
    QWidget *makeNotice();
    void fillNotice(const DownloadTask &task);

    QWidget *m_notice = nullptr; // why it stands still, and the way on
    ValueText *m_headline = nullptr;
    ValueText *m_advice = nullptr;
    QPushButton *m_newAddress = nullptr;
    QPushButton *m_repair = nullptr;
    QFormLayout *m_form = nullptr;
    QList<ValueText *> m_values; // by row
};

} // namespace longhaul
