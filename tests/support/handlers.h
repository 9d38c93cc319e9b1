// SPDX-License-Identifier: MIT
#pragma once

#include "scriptedserver.h"

// What servers of several tests answer: one file, under every address.
namespace longhaul::test {

inline Handler honest(const Content &content)
{
    return [content](const Request &asked) {
        Resource resource;
        resource.etag = "\"one\"";
        return Answer::honest(asked, content, resource);
    };
}

// So many bytes of it, and then nothing until it is released.
inline Handler stalling(const Content &content, qint64 after)
{
    return [answer = honest(content), after](const Request &asked) {
        return answer(asked).stallBodyAfter(after);
    };
}

} // namespace longhaul::test
