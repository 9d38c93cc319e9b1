// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/loopback.h"

#include <cstdint>
#include <optional>
#include <string>

// One file of a folder and one request for it, as benchserver knows them.
namespace longhaul::test {

struct Span {
    int64_t begin = 0;
    int64_t end = 0; // half-open
};

struct Asked {
    std::string method;
    std::string target; // the path alone, without its query
    std::string range;  // the value of Range, perhaps empty; so below
    std::string ifRange;
    bool keepAlive = true;
};

// `head` is a request up to its empty line; nothing when it is none.
std::optional<Asked> parseRequest(const std::string &head);

struct ServedFile {
    Descriptor file;
    int64_t size = 0;
    std::string etag;
    std::string lastModified;
};

// Regular files directly in `folder` alone; nothing otherwise.
std::optional<ServedFile> openServed(int folder, const std::string &target);

struct Choice {
    int status = 200; // 200, 206 or 416
    Span span;
};

// RFC 9110 14.2: one range is served, several are not, and none that If-Range speaks against.
Choice chooseSpan(const Asked &asked, const ServedFile &file);
// Status line and fields, with the empty line.
std::string headOf(const Choice &choice, const ServedFile &file, bool keepAlive);

} // namespace longhaul::test
