// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace longhaul {

// An http or https address in which there is nothing that parsing, normalising (resumedata.h) and writing it
// again could change. Most are like that, and parsing a hundred thousand takes its time. False may be wrong,
// true is not. Pure.
bool isPlainUrl(QByteArrayView url);

} // namespace longhaul
