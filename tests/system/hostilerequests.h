// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QStringList>
#include <QtEndian>

#include <limits>

// What somebody who means ill writes to the control socket, drawn from a seed.
namespace longhaul::test {

using namespace Qt::StringLiterals;

class HostileRequests
{
public:
    // `folders` and `files` are what may be given as such among the nonsense, `urls` addresses that may work.
    HostileRequests(quint32 seed, const QStringList &urls, const QStringList &folders,
                    const QStringList &files)
        : m_random(seed)
        , m_urls(urls)
        , m_folders(folders)
        , m_files(files)
    {}

    int below(int end) { return m_random.bounded(end); }

    // One or more frames, or what is none.
    QByteArray bytes()
    {
        switch (below(8)) {
        case 0: return noise(below(100'000));
        case 1: return framed(noise(below(1000)));
        case 2: return head(0x7fffffff) + noise(below(1000));       // more than may be sent
        case 3: return head((1 << 20) - 1) + noise(below(200'000)); // the rest never comes
        case 4: return framed(json()).chopped(1 + below(20));       // nor does that
        case 5: return framed(bent(json()));
        case 6: return framed(QByteArray(1 + below(200'000), "[{\""[below(3)]));
        default: break;
        }
        QByteArray several;
        for (int n = 1 + below(30); n > 0; --n)
            several += framed(json());
        return several;
    }

private:
    static QByteArray head(quint32 size)
    {
        QByteArray bytes(4, '\0');
        qToBigEndian(size, bytes.data());
        return bytes;
    }
    static QByteArray framed(const QByteArray &json) { return head(quint32(json.size())) + json; }

    QByteArray noise(int size)
    {
        QByteArray bytes(size, '\0');
        for (char &c : bytes)
            c = char(below(256));
        return bytes;
    }
    QByteArray bent(QByteArray bytes)
    {
        for (int n = 1 + below(4); n > 0 && !bytes.isEmpty(); --n)
            bytes[below(int(bytes.size()))] = char(below(256));
        return bytes;
    }
    QByteArray json() { return QJsonDocument(request()).toJson(QJsonDocument::Compact); }

    // A command that is one, mostly, with members that are right, wrong, or of another command.
    QJsonObject request()
    {
        static const QStringList commands{u"hello"_s, u"show"_s,  u"add"_s,       u"add"_s,
                                          u"list"_s,  u"pause"_s, u"resume"_s,    u"remove"_s,
                                          u"limit"_s, u"adopt"_s, u"readdress"_s, u"quit"_s};
        static const QStringList members{u"name"_s,       u"headers"_s,      u"checksum"_s,
                                         u"onConflict"_s, u"allowMetered"_s, u"connections"_s,
                                         u"rateLimit"_s,  u"priority"_s,     u"withPart"_s,
                                         u"rate"_s,       u"repair"_s,       u"activationToken"_s};
        QJsonObject object{{u"version"_s, below(20) ? 1 : below(3)}, {u"command"_s, anyOf(commands)}};
        QJsonArray urls;
        for (int n = below(4); n > 0; --n)
            urls.append(below(5) ? QJsonValue(anyOf(m_urls)) : value());
        object.insert(u"urls"_s, below(10) ? QJsonValue(urls) : value());
        if (below(2))
            object.insert(u"folder"_s, below(3) ? QJsonValue(anyOf(m_folders)) : wrongPath());
        if (below(2))
            object.insert(u"file"_s, below(3) ? QJsonValue(anyOf(m_files)) : wrongPath());
        for (int n = below(4); n > 0; --n)
            object.insert(anyOf(members), value());
        return object;
    }
    QString anyOf(const QStringList &list) { return list.at(below(int(list.size()))); }

    QJsonValue value()
    {
        static const QString texts[]{u""_s,
                                     u"../../outside"_s,
                                     u"a\nb: c"_s,
                                     u"\u202Egnp.exe"_s,
                                     u"%2e%2e%2f"_s,
                                     u"sha-256:00"_s,
                                     u"rename"_s,
                                     u"high"_s,
                                     u"http://"_s,
                                     u"http://127.0.0.1:1/\u0000"_s,
                                     u"file:///etc/passwd"_s};
        static const double numbers[]{-1,    0,
                                      1,     16,
                                      0.5,   9007199254740993.0,
                                      1e19,  -1e308,
                                      1e308, double(std::numeric_limits<qint64>::min())};
        switch (below(8)) {
        case 0: return {};
        case 1: return below(2) == 0;
        case 2: return numbers[below(int(std::size(numbers)))];
        case 3: return QString(below(50'000), QChar(char16_t(1 + below(0xd000))));
        case 4: return QJsonArray{texts[below(int(std::size(texts)))], u"X-A: b"_s, below(9)};
        case 5: return QJsonObject{{u"command"_s, u"add"_s}};
        default: return texts[below(int(std::size(texts)))];
        }
    }
    // Of those that could lead out of the test's home none that is absolute.
    QJsonValue wrongPath() { return below(2) ? QJsonValue(u"../../outside"_s) : QJsonValue(below(9)); }

    QRandomGenerator m_random;
    const QStringList m_urls;
    const QStringList m_folders;
    const QStringList m_files;
};

} // namespace longhaul::test
