// SPDX-License-Identifier: MIT
#include "settingsfile.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <cmath>

namespace longhaul {

namespace {

constexpr qint64 kMostBytes = 4 << 20; // of a settings file: more is not ours

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

} // namespace

QJsonObject toJson(const Settings &settings)
{
    const Proxy &proxy = settings.proxy;
    return {
        {QStringLiteral("folder"), settings.folder},
        {QStringLiteral("downloadsAtOnce"), settings.downloadsAtOnce},
        {QStringLiteral("connectionsPerHost"), settings.connectionsPerHost},
        {QStringLiteral("rateLimit"), settings.rateLimit},
        {QStringLiteral("limited"), settings.limited},
        {QStringLiteral("retries"), settings.retries},
        {QStringLiteral("timeout"), qint64(settings.timeout.count())},
        {QStringLiteral("conflict"), conflictName(settings.conflict)},
        {QStringLiteral("allowMetered"), settings.allowMetered},
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
    settings.folder = folder.startsWith(QLatin1Char('/')) ? folder : QString();
    settings.downloadsAtOnce = int(number(object.value(QLatin1String("downloadsAtOnce")), 1, 100, 3));
    settings.connectionsPerHost = int(number(object.value(QLatin1String("connectionsPerHost")), 1, 6, 6));
    settings.rateLimit = number(object.value(QLatin1String("rateLimit")), 0, qint64(1) << 50, 0);
    settings.retries = int(number(object.value(QLatin1String("retries")), 0, 1000, 5));
    settings.timeout = std::chrono::milliseconds(
        number(object.value(QLatin1String("timeout")), 1000, 86'400'000, settings.timeout.count()));
    settings.conflict =
        conflictFromName(object.value(QLatin1String("conflict")).toString()).value_or(settings.conflict);
    whether(QLatin1String("limited"), settings.limited);
    whether(QLatin1String("allowMetered"), settings.allowMetered);
    whether(QLatin1String("background"), settings.background);
    whether(QLatin1String("autostart"), settings.autostart);
    whether(QLatin1String("notifications"), settings.notifications);
    whether(QLatin1String("inhibitSleep"), settings.inhibitSleep);
    settings.language = object.value(QLatin1String("language")).toString();
    const QJsonObject proxy = object.value(QLatin1String("proxy")).toObject();
    settings.proxy = {named(proxy.value(QLatin1String("kind")).toString(),
                            {ProxyKind::System, ProxyKind::None, ProxyKind::Http, ProxyKind::Socks5},
                            proxyName, ProxyKind::System),
                      proxy.value(QLatin1String("host")).toString(),
                      quint16(number(proxy.value(QLatin1String("port")), 0, 65535, 0)),
                      proxy.value(QLatin1String("user")).toString(),
                      proxy.value(QLatin1String("password")).toString()};
    return settings;
}

// Works on the I/O thread, but for construction.
class JsonFile::Writer
{
public:
    explicit Writer(QString path)
        : m_path(std::move(path))
    {}

    void write(const QJsonObject &object)
    {
        if (m_damaged)
            QFile::rename(m_path, m_path + QStringLiteral(".damaged"));
        m_damaged = false;
        QSaveFile file(m_path);
        if (!file.open(QIODevice::WriteOnly))
            return;
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.write(QJsonDocument(object).toJson());
        file.commit();
    }

    bool m_damaged = false;

private:
    const QString m_path;
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
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonDocument document =
        file.size() <= kMostBytes ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
    m_writer->m_damaged = !document.isObject();
    return document.object();
}

void JsonFile::write(const QJsonObject &object)
{
    m_io->post([writer = m_writer.get(), object] { writer->write(object); });
}

} // namespace longhaul
