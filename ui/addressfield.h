// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>
#include <QUrl>

namespace longhaul {

// A line for one address or several. An address that the program puts in is shown without its password; the
// password stays with it as long as scheme, host, port and user do.
class AddressField : public QLineEdit
{
    Q_OBJECT

public:
    explicit AddressField(QWidget *parent = nullptr);

    void setUrl(const QUrl &url); // selected, so that typing replaces it
    // The address on the clipboard, when it holds exactly one; else an invalid URL.
    static QUrl urlOnClipboard();

    // Valid, normalised, each once; none when nothing can be used.
    QList<QUrl> urls() const;
    // Why there are none, as a sentence; empty when there are, or when nothing much has been typed yet.
    QString problem() const;

private:
    QUrl m_given;
};

} // namespace longhaul
