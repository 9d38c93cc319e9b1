// SPDX-License-Identifier: MIT
// What a screen reader finds in the program, and can do there: over AT-SPI, from another process, in the
// program as it runs on a display.
#include "controlhome.h"
#include "screen.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace longhaul;
using namespace longhaul::controlhome;
using namespace longhaul::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kPython = "/usr/bin/python3"; // the system's own: another one has no pyatspi
constexpr auto kLauncher = "/usr/libexec/at-spi-bus-launcher";

} // namespace

class TestAccessible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void rowIsRead();
    void buttonsWork();
    void settingsWork();
    void everyControlHasAName();

private:
    // As its user has it: one download that has half its bytes, and the program's window.
    void startWith(const Place &place, Program &program);
    Said atspi(const Program &program, const QStringList &arguments) const;
    QList<QJsonObject> tree(const Program &program) const { return atspi(program, {u"tree"_s}).lines; }
    // Of what can be seen in that role.
    QStringList names(const Program &program, const QString &role) const
    {
        QStringList found;
        for (const QJsonObject &one : tree(program)) {
            if (one["role"_L1].toString() == role)
                found << one["name"_L1].toString();
        }
        return found;
    }
    // The first ones of the row. By the clock: QTRY_COMPARE() counts how often it asked, and asking takes
    // long.
    bool cellsBecome(const Program &program, const QStringList &expected) const
    {
        QStringList cells;
        const bool did = QTest::qWaitFor(
            [&] {
                cells = names(program, u"table cell"_s).mid(0, expected.size());
                return cells == expected;
            },
            kPatience);
        if (!did)
            qWarning() << "They are" << cells;
        return did;
    }
    bool act(const Program &program, const QString &role, const QString &name, const QString &action) const
    {
        return QTest::qWaitFor(
            [&] {
                return atspi(program, {u"act"_s, role, name, action}).exitCode == 0;
            },
            kPatience);
    }

    const Content m_content = Content::random(kSize);
    std::unique_ptr<Screen> m_screen;
    std::unique_ptr<ScriptedServer> m_http;
    QTemporaryDir m_dir;
    QProcess m_launcher;
};

void TestAccessible::initTestCase()
{
    QVERIFY2(QFileInfo::exists(QLatin1String(kLauncher)),
             "at-spi2-core is not installed (scripts/test installs it).");
    QProcess python;
    python.start(QLatin1String(kPython), {u"-c"_s, u"import gi; import importlib.util as u; "
                                                   "raise SystemExit(0 if u.find_spec('pyatspi') else 1)"_s});
    QVERIFY2(python.waitForFinished() && python.exitCode() == 0,
             "python3-pyatspi is not installed (scripts/test installs it).");
    m_screen = std::make_unique<Screen>();
    QVERIFY2(m_screen->start(), qPrintable(m_screen->errorString()));
    qputenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1");
    qputenv("QT_ACCESSIBILITY", "1");

    QProcessEnvironment environment = onDisplay(m_screen->display());
    environment.insert(u"HOME"_s, m_dir.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_dir.path());
    environment.insert(u"XDG_CACHE_HOME"_s, m_dir.path());
    environment.insert(u"GSETTINGS_BACKEND"_s, u"memory"_s);
    m_launcher.setProcessEnvironment(environment);
    m_launcher.setProcessChannelMode(QProcess::MergedChannels);
    dieWithTheTest(m_launcher);
    m_launcher.start(QLatin1String(kLauncher), {u"--launch-immediately"_s});
    QVERIFY(m_launcher.waitForStarted());
    QDBusConnection bus = QDBusConnection::sessionBus();
    QVERIFY(bus.isConnected());
    QTRY_VERIFY_WITH_TIMEOUT(bus.interface()->isServiceRegistered(u"org.a11y.Bus"_s), kPatience);
}

void TestAccessible::cleanupTestCase()
{
    // It ends the bus that it started; so it is asked.
    m_launcher.terminate();
    if (!m_launcher.waitForFinished(5000))
        endNow(m_launcher);
    m_screen.reset();
}

void TestAccessible::startWith(const Place &place, Program &program)
{
    m_http = std::make_unique<ScriptedServer>(stalling(m_content));
    const QUrl url = m_http->url(u"/a.bin"_s);
    QVERIFY(program.start(place.words({})));
    QTRY_VERIFY(place.answers());
    QCOMPARE(place.run(place.adding(url)).exitCode, 0);
    QTRY_COMPARE(place.listed(url)["bytes"_L1].toInteger(), kSize / 2);
}

Said TestAccessible::atspi(const Program &program, const QStringList &arguments) const
{
    QProcess python;
    dieWithTheTest(python);
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(QLatin1String(kPython),
                 QStringList{QStringLiteral(LONGHAUL_SOURCE_DIR "/tests/system/atspi.py"),
                             QString::number(program.pid())}
                     + arguments);
    if (!python.waitForFinished() || python.exitStatus() != QProcess::NormalExit)
        return {};
    Said said;
    said.exitCode = python.exitCode();
    for (const QByteArray &line : python.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            said.lines << QJsonDocument::fromJson(line).object();
    }
    return said;
}

void TestAccessible::rowIsRead()
{
    Place place;
    Program program(place.home());
    startWith(place, program);
    // Name, size and progress, as they are painted, in the order of the columns.
    QVERIFY(cellsBecome(program, {u"a.bin"_s, u"1.4 MiB"_s, u"50 %"_s}));
    QVERIFY(names(program, u"tree"_s).contains(u"Downloads"_s));
    QVERIFY(names(program, u"table column header"_s).mid(0, 4)
            == QStringList({u"Name"_s, u"Size"_s, u"Progress"_s, u"Status"_s}));
    // Who hears only the name hears how it stands as well.
    const QList<QJsonObject> all = tree(program);
    const auto row = std::find_if(all.cbegin(), all.cend(),
                                  [](const QJsonObject &one) { return one["name"_L1] == u"a.bin"_s; });
    QVERIFY(row != all.cend());
    QVERIFY(!row->value("description"_L1).toString().isEmpty());

    m_http->releaseForGood();
    QVERIFY(cellsBecome(program, {u"a.bin"_s, u"1.4 MiB"_s, u"100 %"_s}));
}

void TestAccessible::buttonsWork()
{
    Place place;
    Program program(place.home());
    startWith(place, program);
    const QUrl url = m_http->url(u"/a.bin"_s);
    QVERIFY(act(program, u"table cell"_s, u"a.bin"_s, u"Toggle"_s)); // selects it
    QVERIFY(act(program, u"push button"_s, u"Pause"_s, u"Press"_s));
    QTRY_COMPARE(place.stateOf(url), u"paused"_s);
    m_http->setHandler(honest(m_content));
    m_http->releaseForGood();
    QVERIFY(act(program, u"push button"_s, u"Resume"_s, u"Press"_s));
    QTRY_COMPARE(place.stateOf(url), u"completed"_s);
    QVERIFY(m_content.matchesFile(place.files() + u"/a.bin"_s));
}

// The one that starts the program at login: what the desktop reads there comes and goes.
void TestAccessible::settingsWork()
{
    Place place;
    Program program(place.home());
    QVERIFY(program.start(place.words({})));
    const QString window = m_screen->windowOf(program.pid());
    QVERIFY(m_screen->press(window, u"ctrl+comma"_s));
    QVERIFY(act(program, u"page tab"_s, u"Desktop"_s, u"Press"_s));
    const auto toggle = [&] {
        return act(program, u"check box"_s, u"Start in the background when I log in"_s, u"Toggle"_s)
               && act(program, u"push button"_s, u"Apply"_s, u"Press"_s);
    };
    const QString path = place.inHome(u".config/autostart/longhaul.desktop"_s);
    const auto entry = [&] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QString binary = QFileInfo(QStringLiteral(LONGHAUL_BINARY)).canonicalFilePath();
    QVERIFY(!QFileInfo::exists(path));
    QVERIFY(toggle());
    QTRY_VERIFY2_WITH_TIMEOUT(entry().contains("\nExec=\"" + QFile::encodeName(binary) + "\" --background\n"),
                              entry().constData(), kPatience);
    QVERIFY(toggle());
    QTRY_VERIFY_WITH_TIMEOUT(!QFileInfo::exists(path), kPatience);
}

void TestAccessible::everyControlHasAName()
{
    Place place;
    Program program(place.home());
    startWith(place, program);
    QVERIFY(act(program, u"table cell"_s, u"a.bin"_s, u"Toggle"_s));
    for (const QString &page : {u"General"_s, u"Pieces"_s, u"Speed"_s, u"Log"_s}) {
        QVERIFY(act(program, u"page tab"_s, page, u"Press"_s));
        const QList<QJsonObject> all = tree(program);
        QVERIFY(all.size() > 40);
        for (const QJsonObject &one : all) {
            const QString role = one["role"_L1].toString();
            // Cells without a text are there: nothing is known yet.
            const bool isControl = role != u"table cell"_s && !one["actions"_L1].toArray().isEmpty();
            QVERIFY2(!isControl || !one["name"_L1].toString().isEmpty(),
                     (page.toUtf8() + ": " + QJsonDocument(one).toJson(QJsonDocument::Compact)).constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestAccessible)
#include "tst_accessible.moc"
