// SPDX-License-Identifier: MIT
#include "httpauth.h"

#include "httpheaders.h"

#include <QCryptographicHash>
#include <QHash>
#include <QList>

#include <algorithm>

#ifdef LONGHAUL_OPENSSL
#include <openssl/evp.h>
#endif

namespace longhaul {

namespace {

constexpr qsizetype kMostBytes = 16 * 1024; // of challenges

struct Challenge {
    QByteArray scheme;                        // in lower case, as the names of the parameters
    QHash<QByteArray, QByteArray> parameters; // unquoted

    bool says(const char *name, const char *value) const
    {
        return parameters.value(name).compare(value, Qt::CaseInsensitive) == 0;
    }
};

// What may stand in a field (RFC 9110 5.5).
bool isFieldText(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\t' || (uchar(c) >= ' ' && c != 0x7f); });
}

// The text between commas outside of quotes.
QList<QByteArray> members(const QByteArray &text)
{
    QList<QByteArray> result(1);
    bool quotes = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == ',' && !quotes) {
            result.append(QByteArray());
            continue;
        }
        if (text[i] == '"')
            quotes = !quotes;
        result.last() += text[i];
        if (text[i] == '\\' && quotes && i + 1 < text.size())
            result.last() += text[++i];
    }
    return result;
}

// Also of a value that should have quotes and has none: many a realm is written so. Nothing when a quote is
// never closed, or stands elsewhere.
std::optional<QByteArray> unquoted(const QByteArray &text)
{
    if (!text.startsWith('"'))
        return text.contains('"') ? std::nullopt : std::optional(text);
    QByteArray result;
    qsizetype i = 1;
    for (; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        result += text[i];
    }
    return i + 1 == text.size() ? std::optional(result) : std::nullopt;
}

// RFC 9110 11.3, 11.6.1. The token68 of a scheme such as Negotiate is dropped or taken for a parameter: those
// that we know have none.
std::optional<QList<Challenge>> challengesIn(const QByteArray &text)
{
    if (text.size() > kMostBytes || !isFieldText(text))
        return std::nullopt;
    QList<Challenge> result;
    const QList<QByteArray> list = members(text);
    for (const QByteArray &member : list) {
        if (member.trimmed().isEmpty())
            continue;
        const bool hasValue = member.contains('=');
        const qsizetype end = hasValue ? member.indexOf('=') : member.size();
        const QList<QByteArray> words = member.left(end).simplified().toLower().split(' ');
        const auto value = unquoted(member.mid(end + 1).trimmed());
        if (words.size() == 2 || !hasValue)
            result.append({words.constFirst(), {}});
        const QByteArray &name = words.constLast();
        if (result.isEmpty() || words.size() > 2 || name.isEmpty() || member.left(end).contains('"')
            || !value)
            return std::nullopt;
        QHash<QByteArray, QByteArray> &parameters = result.last().parameters;
        if (parameters.contains(name)) // each may come once (RFC 9110 11.2)
            return std::nullopt;
        if (hasValue)
            parameters.insert(name, *value);
    }
    return result;
}

struct Algorithm {
    const char *name;
    QByteArray (*hash)(const QByteArray &bytes); // in hexadecimal digits; empty when OpenSSL failed
};

template <QCryptographicHash::Algorithm algorithm>
QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, algorithm).toHex();
}

#ifdef LONGHAUL_OPENSSL
// That of FIPS 180-4. The example in RFC 7616 3.9.2 has SHA-512 cut short instead (erratum 4897).
QByteArray sha512256(const QByteArray &bytes)
{
    QByteArray digest(32, '\0');
    const bool done = EVP_Q_digest(nullptr, "SHA512-256", nullptr, bytes.constData(), size_t(bytes.size()),
                                   reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return done ? digest.toHex() : QByteArray();
}
#endif

// The strongest first; of the two that are equal the one that all understand alike.
constexpr Algorithm kAlgorithms[] = {
    {"SHA-256", hashOf<QCryptographicHash::Sha256>},
#ifdef LONGHAUL_OPENSSL
    {"SHA-512-256", sha512256},
#endif
    {"MD5", hashOf<QCryptographicHash::Md5>},
};

struct Request {
    Credentials who;
    QByteArray method;
    QByteArray target;
    QByteArray clientNonce;
};

QByteArray quoted(QByteArray text) { return '"' + text.replace('\\', "\\\\").replace('"', "\\\"") + '"'; }

// Characters that can be written in two ways are sent in one where the server counts on that (RFC 7616 4,
// RFC 7617 2.1).
QByteArray encoded(const QString &text, const Challenge &challenge)
{
    const bool normal = challenge.says("charset", "UTF-8");
    return (normal ? text.normalized(QString::NormalizationForm_C) : text).toUtf8();
}

// RFC 7616 3.4. Nothing when the challenge is not one for this algorithm.
std::optional<QByteArray> digestAnswer(const Challenge &challenge, const Algorithm &algorithm,
                                       const Request &request)
{
    const auto &given = challenge.parameters;
    QByteArray name = given.value("algorithm", "MD5");
    const bool session = name.toLower().endsWith("-sess");
    name.chop(session ? 5 : 0);
    const bool auth = listsToken(given.value("qop"), "auth");
    const bool old = given.value("qop").isEmpty() && !session; // RFC 2069
    if (challenge.scheme != "digest" || name.compare(algorithm.name, Qt::CaseInsensitive) != 0
        || !given.contains("realm") || !given.contains("nonce") || (!auth && !old))
        return std::nullopt;

    const QByteArray realm = given.value("realm");
    const QByteArray nonce = given.value("nonce");
    const QByteArray user = encoded(request.who.user, challenge);
    QByteArray secret = algorithm.hash(user + ':' + realm + ':' + encoded(request.who.password, challenge));
    if (session)
        secret = algorithm.hash(secret + ':' + nonce + ':' + request.clientNonce);
    const QByteArray middle = auth ? ":00000001:" + request.clientNonce + ":auth:" : QByteArray(":");
    const QByteArray response =
        algorithm.hash(secret + ':' + nonce + middle + algorithm.hash(request.method + ':' + request.target));
    if (response.isEmpty())
        return std::nullopt;

    const bool hidden = challenge.says("userhash", "true");
    QByteArray answer = "Digest username=" + quoted(hidden ? algorithm.hash(user + ':' + realm) : user)
                        + ", realm=" + quoted(realm) + ", nonce=" + quoted(nonce)
                        + ", uri=" + quoted(request.target) + ", response=" + quoted(response);
    if (given.contains("algorithm"))
        answer += ", algorithm=" + given.value("algorithm");
    if (auth)
        answer += ", qop=auth, nc=00000001, cnonce=" + quoted(request.clientNonce);
    if (given.contains("opaque"))
        answer += ", opaque=" + quoted(given.value("opaque"));
    return hidden ? answer + ", userhash=true" : answer;
}

} // namespace

std::optional<QByteArray> authorization(const QByteArray &challenges, const Credentials &who,
                                        const QByteArray &method, const QByteArray &target,
                                        const QByteArray &clientNonce)
{
    const auto offered = challengesIn(challenges);
    const QList<QByteArray> sent{who.user.toUtf8(), who.password.toUtf8(), method, target, clientNonce};
    if (!offered || !std::all_of(sent.begin(), sent.end(), isFieldText))
        return std::nullopt;
    for (const Algorithm &algorithm : kAlgorithms) {
        for (const Challenge &challenge : *offered) {
            if (const auto answer = digestAnswer(challenge, algorithm, {who, method, target, clientNonce}))
                return answer;
        }
    }
    const auto basic = std::find_if(offered->begin(), offered->end(),
                                    [](const Challenge &challenge) { return challenge.scheme == "basic"; });
    if (basic == offered->end() || who.user.contains(u':'))
        return std::nullopt;
    return "Basic " + (encoded(who.user, *basic) + ':' + encoded(who.password, *basic)).toBase64();
}

bool isStale(const QByteArray &challenges)
{
    const auto offered = challengesIn(challenges);
    return offered && std::any_of(offered->begin(), offered->end(), [](const Challenge &challenge) {
               return challenge.scheme == "digest" && challenge.says("stale", "true");
           });
}

} // namespace longhaul
