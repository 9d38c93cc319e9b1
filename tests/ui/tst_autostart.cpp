// SPDX-License-Identifier: MIT
// The autostart entry: what it says, that the desktop's own tools understand it, and that it comes and goes.
#include "core/ioqueue.h"
#include "ui/autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;

class TestAutostart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void text();
    void quoting_data();
    void quoting();
    void runsWhatItNames();
    void comesAndGoes();
    void staysAsItIs();
    void lastCallCounts();

private:
    QString entryPath() const { return m_config.filePath(u"autostart/longhaul.desktop"_s); }
    QByteArray entry() const
    {
        QFile file(entryPath());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_config;
    QThreadPool m_threads;
};

namespace {

QString execLine(const QString &program)
{
    for (const QString &line : autostartEntry(program).split(u'\n')) {
        if (line.startsWith(u"Exec="_s))
            return line.mid(5);
    }
    return {};
}

} // namespace

void TestAutostart::initTestCase() { qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_config.path())); }

void TestAutostart::text()
{
    const QStringList lines = autostartEntry(u"/usr/bin/longhaul"_s).split(u'\n');
    QCOMPARE(lines.first(), u"[Desktop Entry]"_s);
    QVERIFY(lines.contains(u"Type=Application"_s));
    QVERIFY(lines.contains(u"Exec=\"/usr/bin/longhaul\" --background"_s));
    QVERIFY(lines.contains(u"X-GNOME-Autostart-enabled=true"_s));
    QVERIFY(lines.last().isEmpty());
}

void TestAutostart::quoting_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("exec"); // the path alone
    QTest::newRow("space") << u"/opt/my apps/longhaul"_s << uR"("/opt/my apps/longhaul")"_s;
    QTest::newRow("dollar") << u"/opt/$HOME/l"_s << uR"("/opt/\\$HOME/l")"_s;
    QTest::newRow("quote") << u"/opt/a\"b/l"_s << uR"("/opt/a\\"b/l")"_s;
    QTest::newRow("backtick") << u"/opt/`id`/l"_s << uR"("/opt/\\`id\\`/l")"_s;
    QTest::newRow("backslash") << u"/opt/a\\b/l"_s << uR"("/opt/a\\\\b/l")"_s;
    QTest::newRow("field code") << u"/opt/%U/l"_s << uR"("/opt/%%U/l")"_s;
    QTest::newRow("semicolon and friends")
        << u"/opt/a;b&c|d<e>(f)*?#~/l"_s << uR"("/opt/a;b&c|d<e>(f)*?#~/l")"_s;
    QTest::newRow("line break") << u"/opt/a\nHidden=true/l"_s << uR"("/opt/a\nHidden=true/l")"_s;
    QTest::newRow("Chinese") << u"/opt/下载/l"_s << u"\"/opt/下载/l\""_s;
}

void TestAutostart::quoting()
{
    QFETCH(QString, program);
    QFETCH(QString, exec);
    QCOMPARE(execLine(program), exec + u" --background"_s);

    QTemporaryDir dir;
    const QString path = dir.filePath(u"longhaul.desktop"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(autostartEntry(program).toUtf8());
    file.close();
    QProcess validate;
    validate.setProcessChannelMode(QProcess::MergedChannels);
    validate.start(u"desktop-file-validate"_s, {path});
    QVERIFY2(validate.waitForStarted(),
             "desktop-file-validate is not installed (scripts/test installs desktop-file-utils).");
    QVERIFY(validate.waitForFinished());
    const QByteArray said = validate.readAll();
    QVERIFY2(validate.exitCode() == 0 && said.isEmpty(), said.constData());
}

// A desktop unquotes like this: the value's escapes first, then the shell-like ones within the quotes.
void TestAutostart::runsWhatItNames()
{
    QTemporaryDir dir;
    const QString folder = dir.filePath(u"a b$c`d\"e\\f%g;h"_s);
    QVERIFY(QDir().mkpath(folder));
    const QString program = folder + u"/longhaul"_s;
    QFile script(program);
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nprintf '%s' \"$*\" > \"$(dirname \"$0\")/said\"\n");
    script.setPermissions(script.permissions() | QFileDevice::ExeOwner);
    script.close();

    QString line = execLine(program);
    line.replace(u"\\\\"_s, u"\\"_s).replace(u"%%"_s, u"%"_s);
    QCOMPARE(QProcess::execute(u"/bin/sh"_s, {u"-c"_s, line}), 0);
    QFile said(folder + u"/said"_s);
    QVERIFY(said.open(QIODevice::ReadOnly));
    QCOMPARE(said.readAll(), "--background");
}

void TestAutostart::comesAndGoes()
{
    IoQueue io(m_threads);
    setAutostart(true, u"/usr/bin/longhaul"_s, io);
    io.drain();
    QCOMPARE(entry(), autostartEntry(u"/usr/bin/longhaul"_s).toUtf8());
    setAutostart(true, u"/opt/longhaul"_s, io); // it has moved
    io.drain();
    QCOMPARE(entry(), autostartEntry(u"/opt/longhaul"_s).toUtf8());
    setAutostart(false, u"/opt/longhaul"_s, io);
    io.drain();
    QVERIFY(!QFile::exists(entryPath()));
    setAutostart(false, u"/opt/longhaul"_s, io); // nothing there to delete
    io.drain();
    QCOMPARE(
        QDir(m_config.filePath(u"autostart"_s)).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size(), 0);
}

void TestAutostart::staysAsItIs()
{
    IoQueue io(m_threads);
    setAutostart(true, u"/usr/bin/longhaul"_s, io);
    io.drain();
    const QDateTime old = QDateTime::fromSecsSinceEpoch(1'000'000'000);
    QFile file(entryPath());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(old, QFileDevice::FileModificationTime));
    file.close();
    setAutostart(true, u"/usr/bin/longhaul"_s, io);
    io.drain();
    QCOMPARE(QFileInfo(entryPath()).lastModified(), old);
}

void TestAutostart::lastCallCounts()
{
    IoQueue io(m_threads);
    for (int i = 0; i < 50; ++i)
        setAutostart(i % 2 == 0, u"/usr/bin/longhaul"_s, io);
    io.drain();
    QVERIFY(!QFile::exists(entryPath()));
}

QTEST_GUILESS_MAIN(TestAutostart)
#include "tst_autostart.moc"
