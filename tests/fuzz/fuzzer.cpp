// SPDX-License-Identifier: MIT
// fuzzer TARGET [libFuzzer's own arguments]: see https://llvm.org/docs/LibFuzzer.html for these.
#include "fuzz.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace longhaul;

namespace {

// What libFuzzer starts by itself, to make a find smaller for instance, is told the target by this.
constexpr const char *kVariable = "LONGHAUL_FUZZ_TARGET";

const fuzz::NamedTarget *s_target = nullptr;

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    if (*argc > 1 && fuzz::findTarget((*argv)[1])) {
        qputenv(kVariable, (*argv)[1]);
        std::copy(*argv + 2, *argv + *argc + 1, *argv + 1);
        --*argc;
    }
    s_target = fuzz::findTarget(qgetenv(kVariable));
    if (!s_target) {
        std::fputs("usage: fuzzer TARGET [OPTION...] [CORPUS...]\n", stderr);
        std::exit(2);
    }
    static QCoreApplication app(*argc, *argv);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    s_target->run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}
