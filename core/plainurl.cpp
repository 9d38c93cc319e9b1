// SPDX-License-Identifier: MIT
#include "plainurl.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace longhaul {

namespace {

constexpr qsizetype kLongestHost = 63; // bytes, as of one label (RFC 1035 2.3.4): surely right
constexpr int kBytesOfAddress = 4;

enum Place : unsigned char { InName = 1, InRest = 2 };
// Where in a plain address a character may stand.
constexpr auto kPlaces = [] {
    std::array<unsigned char, 256> places{};
    for (unsigned char c = 'A'; c <= 'Z'; ++c)
        places[c] = InRest;
    for (unsigned char c = 'a'; c <= 'z'; ++c)
        places[c] = InName | InRest;
    for (unsigned char c = '0'; c <= '9'; ++c)
        places[c] = InName | InRest;
    for (const unsigned char c : std::string_view("_~/?&=+,;"))
        places[c] = InRest;
    for (const unsigned char c : std::string_view("-."))
        places[c] = InName | InRest;
    return places;
}();

bool mayStand(QByteArrayView text, Place place)
{
    return std::all_of(text.begin(), text.end(),
                       [place](char c) { return kPlaces[static_cast<unsigned char>(c)] & place; });
}

// A number from `least` to `most` as it is usually written.
bool isNumber(QByteArrayView digits, int least, int most)
{
    if (digits.isEmpty() || digits.size() > 5 || (digits.front() == '0' && digits.size() > 1)
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    int number = 0;
    for (const char digit : digits)
        number = number * 10 + (digit - '0');
    return number >= least && number <= most;
}

// "1.2" and the like are such addresses, too, written short.
bool isIpv4(QByteArrayView name)
{
    for (int n = 1; n < kBytesOfAddress; ++n) {
        const qsizetype dot = name.indexOf('.');
        if (dot < 0 || !isNumber(name.first(dot), 0, 255))
            return false;
        name = name.sliced(dot + 1);
    }
    return isNumber(name, 0, 255);
}

// A hyphen stands within a word alone.
bool isName(QByteArrayView name)
{
    return name.front() >= 'a' && name.size() <= kLongestHost && mayStand(name, InName)
           && !name.contains("--") && !name.contains("..") && !name.contains("-.") && !name.contains(".-")
           && !name.endsWith('-');
}

} // namespace

bool isPlainUrl(QByteArrayView url)
{
    const bool isTls = url.startsWith("https://");
    const qsizetype host = isTls ? 8 : url.startsWith("http://") ? 7 : 0;
    const qsizetype path = url.indexOf('/', host);
    if (host == 0 || path <= host)
        return false;
    const QByteArrayView authority = url.sliced(host, path - host);
    const qsizetype colon = authority.indexOf(':');
    const QByteArrayView name = authority.first(colon < 0 ? authority.size() : colon);
    if (colon >= 0) {
        const QByteArrayView port = authority.sliced(colon + 1);
        if (!isNumber(port, 1, 65535) || port == (isTls ? "443" : "80")) // which is left out
            return false;
    }
    return !name.isEmpty() && (isName(name) || isIpv4(name)) && mayStand(url.sliced(path), InRest);
}

} // namespace longhaul
