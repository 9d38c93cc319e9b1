// SPDX-License-Identifier: MIT
// The settings to and from JSON, and the file they lie in.
#include "core/settingsfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <semaphore>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

Settings other()
{
    Settings settings;
    settings.folder = u"/d/Übung"_s;
    settings.downloadsAtOnce = 7;
    settings.connectionsPerTask = 16;
    settings.connectionsPerHost = 2;
    settings.rateLimit = (qint64(1) << 40) + 1;
    settings.limited = false;
    settings.retries = 0;
    settings.timeout = std::chrono::milliseconds(1500);
    settings.conflict = ConflictPolicy::Skip;
    settings.allowMetered = true;
    settings.proxy = {ProxyKind::Socks5, u"proxy.example"_s, 1080, u"user"_s, u"pass\"word"_s};
    settings.background = settings.notifications = settings.inhibitSleep = false;
    settings.autostart = true;
    settings.language = u"zh_CN"_s;
    return settings;
}

QByteArray textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write a test's file");
}

QJsonObject objectOf(const QString &path) { return QJsonDocument::fromJson(textOf(path)).object(); }

} // namespace

class TestSettingsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_temp = std::make_unique<QTemporaryDir>(); }

    void thereAndBack()
    {
        QCOMPARE(settingsFromJson(toJson(other())), other());
        QCOMPARE(settingsFromJson(toJson(Settings())), Settings());
        QCOMPARE(settingsFromJson({}), Settings());
    }

    // Each field takes its default for each value that it cannot have, and the others stay.
    void hostileValues_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const QList<std::pair<const char *, QList<QJsonValue>>> values{
            {"folder", {u"relative"_s, u":/resource"_s, u"/a\0b"_s, 5}},
            {"downloadsAtOnce", {0, -1, 101, 1.5, 1e300, u"3"_s}},
            {"connectionsPerTask", {0, 17, u"4"_s}},
            {"connectionsPerHost", {0, 33, QJsonValue::Null}},
            {"rateLimit", {-1, 0.5, QJsonArray{1}}},
            {"limited", {0, u"yes"_s}},
            {"retries", {-1, 1001}},
            {"timeout", {0, 999, 86'400'001}},
            {"conflict", {u"destroy"_s, 1}},
            {"allowMetered", {1, u"true"_s}},
            {"language", {u"../../x"_s, u"a b"_s, u"waytoolonganame_for_it"_s, 1}},
            {"proxy", {u"none"_s, 3, QJsonObject{{u"kind"_s, u"magic"_s}}}},
        };
        for (const auto &[key, list] : values) {
            for (qsizetype i = 0; i < list.size(); ++i)
                QTest::addRow("%s %d", key, int(i)) << QString::fromLatin1(key) << list[i];
        }
    }
    void hostileValues()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QJsonObject object = toJson(other());
        object.insert(key, value);
        QJsonObject expected = toJson(other());
        expected.insert(key, toJson(Settings()).value(key));
        QCOMPARE(toJson(settingsFromJson(object)), expected);
    }

    void hostileProxy()
    {
        const auto proxyOf = [](const QJsonObject &proxy) {
            return settingsFromJson({{u"proxy"_s, proxy}}).proxy;
        };
        QCOMPARE(proxyOf({{u"port"_s, 65536}}).port, quint16(0));
        QCOMPARE(proxyOf({{u"port"_s, -1}}).port, quint16(0));
        QCOMPARE(proxyOf({{u"host"_s, u"a\r\nb"_s}}).host, QString());
        QCOMPARE(proxyOf({{u"host"_s, u"a/b"_s}}).host, QString());
        QCOMPARE(proxyOf({{u"host"_s, u"::1"_s}}).host, u"::1"_s);
        QCOMPARE(proxyOf({{u"host"_s, u"[::1]"_s}}).host, u"::1"_s); // as sockets take it
        QCOMPARE(proxyOf({{u"host"_s, u"fe80::1%eth0"_s}}).host, u"fe80::1%eth0"_s);
    }

    // However large, a limit stays one.
    void hugeRate()
    {
        for (const QJsonValue &rate : {QJsonValue(1e16), QJsonValue(1e18), QJsonValue(1e300)})
            QCOMPARE(settingsFromJson({{u"rateLimit"_s, rate}}).rateLimit, qint64(1) << 50);
    }

    void writesForItsOwnerAlone()
    {
        const QString path = m_temp->filePath(u"a/b/settings.json"_s);
        {
            JsonFile file(path, m_threads);
            QCOMPARE(file.read(), QJsonObject());
            file.write(toJson(other()));
        }
        QCOMPARE(settingsFromJson(objectOf(path)), other());
        const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        QCOMPARE(QFile::permissions(path), owner);
        QCOMPARE(QFile::permissions(m_temp->filePath(u"a/b"_s)), owner | QFile::ExeOwner | QFile::ExeUser);
        QCOMPARE(QDir(m_temp->filePath(u"a/b"_s)).entryList(QDir::Files), QStringList{u"settings.json"_s});
        // Whatever it was before.
        QVERIFY(QFile::setPermissions(path, owner | QFile::ReadOther));
        {
            JsonFile file(path, m_threads);
            file.write({{u"a"_s, 1}});
        }
        QCOMPARE(QFile::permissions(path), owner);
        QCOMPARE(objectOf(path), (QJsonObject{{u"a"_s, 1}}));
    }

    // While the only thread is busy with something else.
    void onlyTheLastOfMany()
    {
        const QString path = m_temp->filePath(u"settings.json"_s);
        QThreadPool threads;
        threads.setMaxThreadCount(1);
        std::binary_semaphore busy(0);
        int written = 0;
        {
            JsonFile file(path, threads);
            threads.start([&busy] { busy.acquire(); });
            for (int i = 0; i < 1000; ++i)
                file.write({{u"i"_s, i}});
            QVERIFY(!QFile::exists(path));
            busy.release();
            while (!QFile::exists(path))
                QThread::yieldCurrentThread();
            written = objectOf(path).value(u"i"_s).toInt(); // the first that came to the disk
            file.write({{u"i"_s, 5000}});
        }
        QCOMPARE(written, 999);
        QCOMPARE(objectOf(path).value(u"i"_s).toInt(), 5000);
    }

    void damagedIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("garbage") << QByteArray("garbage");
        QTest::newRow("torn") << QByteArray("{\"folder\":\"/a");
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("huge") << QByteArray(5 << 20, ' ') + "{}";
    }
    void damagedIsSetAside()
    {
        QFETCH(QByteArray, text);
        const QString path = m_temp->filePath(u"settings.json"_s);
        const QString aside = path + u".damaged"_s;
        setText(path, text);
        setText(aside, "an older one");
        {
            JsonFile file(path, m_threads);
            QCOMPARE(file.read(), QJsonObject());
            QCOMPARE(textOf(path), text); // nothing is changed by reading
            file.write({{u"a"_s, 1}});
            file.write({{u"a"_s, 2}});
        }
        QCOMPARE(textOf(aside), text);
        QCOMPARE(objectOf(path), (QJsonObject{{u"a"_s, 2}}));
    }

    void failedWriteKeepsTheFile()
    {
        const QString path = m_temp->filePath(u"settings.json"_s);
        setText(path, "{\"a\":1}");
        QVERIFY(QDir().mkdir(path + u".new"_s)); // nothing can be written there
        setText(path + u".new/x"_s, "x");
        QStringList failures; // touched by the I/O thread while the file lives
        {
            JsonFile file(path, m_threads);
            file.onFailure([&failures](const QString &reason) { failures.append(reason); });
            QCOMPARE(file.read(), (QJsonObject{{u"a"_s, 1}}));
            file.write({{u"a"_s, 2}});
        }
        QCOMPARE(objectOf(path), (QJsonObject{{u"a"_s, 1}}));
        QCOMPARE(failures.size(), 1);
        QVERIFY(!failures.constFirst().isEmpty());
    }

private:
    QThreadPool m_threads;
    std::unique_ptr<QTemporaryDir> m_temp;
};

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "tst_settingsfile.moc"
