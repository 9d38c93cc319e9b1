// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace longhaul {

// Turns SIGINT, SIGTERM and SIGHUP into a signal of the event loop, and makes SIGPIPE and SIGXFSZ harmless
// (the write that causes them fails and is dealt with there). One at a time; the second SIGINT ends the
// process at once: what is recorded is right at any moment.
class Interruption : public QObject
{
    Q_OBJECT

public:
    explicit Interruption(QObject *parent = nullptr);
    ~Interruption() override;

Q_SIGNALS:
    void requested();
};

} // namespace longhaul
