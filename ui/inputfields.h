// SPDX-License-Identifier: MIT
#pragma once

#include "core/resumedata.h"

#include <QLineEdit>
#include <QPlainTextEdit>

namespace longhaul {

// What the file must have. objectName "checksumEdit".
class ChecksumField : public QLineEdit
{
    Q_OBJECT

public:
    explicit ChecksumField(QWidget *parent = nullptr);

    std::optional<ExpectedDigest> digest() const; // nothing when there is none, or a problem
    QString problem() const;                      // a sentence; empty when there is none
};

// Header fields, one per line. objectName "headersEdit".
class HeadersField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit HeadersField(QWidget *parent = nullptr);

    HeaderList headers() const; // of the lines that are sound
    QString problem() const;    // a sentence; it shows nothing of what is typed, which may be a secret

private:
    HeaderList read(int *badLine) const;
};

} // namespace longhaul
