// SPDX-License-Identifier: MIT
#include "settingsfile.h"

#include "platformfile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QMutex>

#include <algorithm>
#include <cmath>

namespace longhaul {

namespace {

constexpr qint64 kMostBytes = 4 << 20; // of a settings file: more is not ours
constexpr qint64 kMostRate = qint64(1) << 50;

QString proxyName(ProxyKind kind)
{
    switch (kind) {
    case ProxyKind::System: return QStringLiteral("system");
    case ProxyKind::None: return QStringLiteral("none");
    case ProxyKind::Http: return QStringLiteral("http");
    case ProxyKind::Socks5: return QStringLiteral("socks5");
    }
    return {};
}

// The one of `all` that is called `name`; else `fallback`.
template <typename T>
T named(const QString &name, std::initializer_list<T> all, QString (*nameOf)(T), T fallback)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](T one) { return nameOf(one) == name; });
    return found == all.end() ? fallback : *found;
}

// A whole number within [least, most]; else `fallback`.
qint64 number(const QJsonValue &value, qint64 least, qint64 most, qint64 fallback)
{
    const double real = value.toDouble(std::nan(""));
    const bool fits = real >= double(least) && real <= double(most) && real == std::floor(real);
    return fits ? value.toInteger(fallback) : fallback;
}

bool isPlain(const QString &text, qsizetype most, QLatin1String alsoAllowed)
{
    return text.size() <= most && std::all_of(text.begin(), text.end(), [&](QChar c) {
               return c.unicode() < 0x80 ? c.isLetterOrNumber() || alsoAllowed.contains(c)
                                         : c.isLetterOrNumber();
           });
}

Proxy proxyFromJson(const QJsonObject &proxy)
{
    const QString host = proxyHost(proxy.value(QLatin1String("host")).toString());
    return {named(proxy.value(QLatin1String("kind")).toString(),
                  {ProxyKind::System, ProxyKind::None, ProxyKind::Http, ProxyKind::Socks5}, proxyName,
                  ProxyKind::System),
            isPlain(host, 253, QLatin1String(".-_:%")) ? host : QString(),
            quint16(number(proxy.value(QLatin1String("port")), 0, 65535, 0)),
            proxy.value(QLatin1String("user")).toString(), proxy.value(QLatin1String("password")).toString()};
}

} // namespace

QJsonObject toJson(const Settings &settings)
{
    const Proxy &proxy = settings.proxy;
    return {
        {QStringLiteral("folder"), settings.folder},
        {QStringLiteral("downloadsAtOnce"), settings.downloadsAtOnce},
        {QStringLiteral("connectionsPerTask"), settings.connectionsPerTask},
        {QStringLiteral("connectionsPerHost"), settings.connectionsPerHost},
        {QStringLiteral("rateLimit"), settings.rateLimit},
        {QStringLiteral("limited"), settings.limited},
        {QStringLiteral("retries"), settings.retries},
        {QStringLiteral("timeout"), qint64(settings.timeout.count())},
        {QStringLiteral("conflict"), conflictName(settings.conflict)},
        {QStringLiteral("allowMetered"), settings.allowMetered},
        {QStringLiteral("findChecksums"), settings.findChecksums},
        {QStringLiteral("background"), settings.background},
        {QStringLiteral("autostart"), settings.autostart},
        {QStringLiteral("notifications"), settings.notifications},
        {QStringLiteral("inhibitSleep"), settings.inhibitSleep},
        {QStringLiteral("language"), settings.language},
        {QStringLiteral("proxy"), QJsonObject{{QStringLiteral("kind"), proxyName(proxy.kind)},
                                              {QStringLiteral("host"), proxy.host},
                                              {QStringLiteral("port"), proxy.port},
                                              {QStringLiteral("user"), proxy.user},
                                              {QStringLiteral("password"), proxy.password}}},
    };
}

Settings settingsFromJson(const QJsonObject &object)
{
    Settings settings;
    const auto whether = [&](QLatin1String key, bool &field) { field = object.value(key).toBool(field); };
    const QString folder = object.value(QLatin1String("folder")).toString();
    settings.folder = platformfile::isAbsolutePath(folder) ? folder : QString();
    settings.downloadsAtOnce =
        int(number(object.value(QLatin1String("downloadsAtOnce")), 1, kMostDownloadsAtOnce, 3));
    settings.connectionsPerTask =
        int(number(object.value(QLatin1String("connectionsPerTask")), 1, kMostConnectionsPerTask, 4));
    settings.connectionsPerHost =
        int(number(object.value(QLatin1String("connectionsPerHost")), 1, kMostConnectionsPerHost, 8));
    const QJsonValue rate = object.value(QLatin1String("rateLimit"));
    // More than can be is still a limit, and a limit is never lost.
    settings.rateLimit = rate.toDouble() > double(kMostRate) ? kMostRate : number(rate, 0, kMostRate, 0);
    settings.retries = int(number(object.value(QLatin1String("retries")), 0, 1000, 5));
    settings.timeout = std::chrono::milliseconds(
        number(object.value(QLatin1String("timeout")), 1000, 86'400'000, settings.timeout.count()));
    settings.conflict =
        conflictFromName(object.value(QLatin1String("conflict")).toString()).value_or(settings.conflict);
    whether(QLatin1String("limited"), settings.limited);
    whether(QLatin1String("allowMetered"), settings.allowMetered);
    whether(QLatin1String("findChecksums"), settings.findChecksums);
    whether(QLatin1String("background"), settings.background);
    whether(QLatin1String("autostart"), settings.autostart);
    whether(QLatin1String("notifications"), settings.notifications);
    whether(QLatin1String("inhibitSleep"), settings.inhibitSleep);
    const QString language = object.value(QLatin1String("language")).toString();
    settings.language =
        isPlain(language, 15, QLatin1String("_-@")) ? language : QString(); // part of a file's name
    settings.proxy = proxyFromJson(object.value(QLatin1String("proxy")).toObject());
    return settings;
}

class JsonFile::Writer
{
public:
    explicit Writer(QString path)
        : m_path(std::move(path))
    {}

    // The owner's thread. True when a job must be posted that calls work().
    bool add(const QJsonObject &object)
    {
        const QMutexLocker lock(&m_mutex);
        return !std::exchange(m_next, object);
    }
    // The I/O thread.
    void work()
    {
        QMutexLocker lock(&m_mutex);
        const auto object = std::exchange(m_next, std::nullopt);
        lock.unlock();
        const QString failure = object ? replace(QJsonDocument(*object).toJson()) : QString();
        if (!failure.isEmpty() && m_onFailure)
            m_onFailure(failure);
    }

    // The owner's thread before the first job, then the I/O thread.
    bool m_damaged = false;
    std::function<void(const QString &)> m_onFailure;

private:
    QString newPath() const { return m_path + QStringLiteral(".new"); }

    // Why not; empty when it is done.
    QString replace(const QByteArray &text)
    {
        if (QString failure = setAside(); !failure.isEmpty())
            return failure;
        if (QString failure = writeNew(text); !failure.isEmpty())
            return failure;
        if (const int error = platformfile::renameReplacing(newPath(), m_path); error != 0)
            return platformfile::errorText(error);
        platformfile::syncFolder(QFileInfo(m_path).absolutePath());
        return {};
    }
    QString setAside()
    {
        const int error =
            m_damaged ? platformfile::renameReplacing(m_path, m_path + QStringLiteral(".damaged")) : 0;
        m_damaged = error != 0;
        return m_damaged ? platformfile::errorText(error) : QString();
    }
    // Its owner's alone from the first byte on: what lies there may be a link, or have other permissions.
    QString writeNew(const QByteArray &text)
    {
        constexpr auto kOwner = QFile::ReadOwner | QFile::WriteOwner;
        platformfile::makeOwnFolder(QFileInfo(m_path).absolutePath());
        QFile::remove(newPath());
        QFile file(newPath());
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered, kOwner)
            || !file.setPermissions(kOwner) || file.write(text) != text.size())
            return file.errorString();
        const int error = platformfile::syncData(file.handle());
        return error != 0 ? platformfile::errorText(error) : QString();
    }

    const QString m_path;
    QMutex m_mutex;
    std::optional<QJsonObject> m_next;
};

JsonFile::JsonFile(QString path, QThreadPool &threads)
    : m_path(std::move(path))
    , m_writer(std::make_unique<Writer>(m_path))
    , m_io(std::make_unique<IoQueue>(threads))
{}

JsonFile::~JsonFile() { m_io->drain(); }

QJsonObject JsonFile::read()
{
    QFile file(m_path);
    if (!file.exists())
        return {};
    QJsonDocument document;
    if (file.size() <= kMostBytes && file.open(QIODevice::ReadOnly))
        document = QJsonDocument::fromJson(file.readAll());
    m_writer->m_damaged = !document.isObject();
    return document.object();
}

void JsonFile::onFailure(std::function<void(const QString &)> told)
{
    m_writer->m_onFailure = std::move(told);
}

void JsonFile::write(const QJsonObject &object)
{
    if (m_writer->add(object))
        m_io->post([writer = m_writer.get()] { writer->work(); });
}

} // namespace longhaul
