// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace longhaul {

// Answers to HTTP authentication challenges: Basic (RFC 7617) and Digest (RFC 7616; also as RFC 2617 and RFC
// 2069 had it). Pure; challenges are hostile input. `challenges`: the values of all WWW-Authenticate or
// Proxy-Authenticate fields, joined by ", " (RFC 9110 11.6.1).

struct Credentials {
    QString user;
    QString password;
};

// The value of Authorization or Proxy-Authorization for one request: the count of a nonce is always 1.
// `target`: as in the request line. `clientNonce`: random, another one each time, not empty.
// Of what is offered the strongest is answered: Digest with SHA-256, with SHA-512-256 (where the build found
// OpenSSL), with MD5, then Basic; of equally strong ones the first. What cannot be answered is passed over:
// other schemes and algorithms, Digest without a nonce or with auth-int alone, Basic for a user with a colon.
// Nothing when none is left, when the challenges are malformed or above 16 KiB, or when anything given has a
// control character in it: no answer can hold the end of its field.
std::optional<QByteArray> authorization(const QByteArray &challenges, const Credentials &who,
                                        const QByteArray &method, const QByteArray &target,
                                        const QByteArray &clientNonce);

// Whether it was only the nonce of the request that was refused (RFC 7616 3.3): who has answered once with
// these credentials answers again in this case alone, and bounds how often.
bool isStale(const QByteArray &challenges);

} // namespace longhaul
