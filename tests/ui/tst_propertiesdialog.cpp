// SPDX-License-Identifier: MIT
// What can be changed of tasks that are in the list already.
#include "dialogdriver.h"
#include "taskfixture.h"

#include "ui/propertiesdialog.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QSpinBox>

#include <memory>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::dialogdriver;

class TestPropertiesDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }

    void showsAndChangesOne();
    void untouchedStays();
    void severalThatDiffer();
    void checksumAndHeaders();
    void secretsAreNotShown();
    void problems();
    void runningIsNotChangedUnderItsFeet();
    void finished();
    void closesWithItsTasks();
    void everythingIsNamed();

private:
    DownloadTask *put(const QString &name, const TaskOptions &options, TaskState state = TaskState::Paused)
    {
        ResumeData data = m_fixture->record(name, state, 10, 100);
        data.options = options;
        return m_fixture->put(data);
    }
    PropertiesDialog *openFor(const QList<DownloadTask *> &tasks)
    {
        return open(new PropertiesDialog(m_fixture->settings(), tasks));
    }
    static QString shown(QWidget *dialog, const char *combo)
    {
        return child<QComboBox>(dialog, combo)->currentText();
    }
    static void choose(QWidget *dialog, const char *combo, const QString &text)
    {
        auto *box = child<QComboBox>(dialog, combo);
        const int index = box->findText(text, Qt::MatchStartsWith);
        QVERIFY2(index >= 0, combo);
        box->setCurrentIndex(index);
    }
    static void type(QWidget *dialog, const QString &headers)
    {
        child<QPlainTextEdit>(dialog, "headersEdit")->setPlainText(headers);
    }

    std::unique_ptr<test::TaskFixture> m_fixture;
};

void TestPropertiesDialog::init()
{
    QLocale::setDefault(QLocale::c());
    m_fixture = std::make_unique<test::TaskFixture>();
    QVERIFY(m_fixture->isOpen());
}

void TestPropertiesDialog::showsAndChangesOne()
{
    TaskOptions options;
    options.connections = 3;
    options.rateLimit = 2 << 20;
    options.priority = Priority::Low;
    options.allowMetered = false;
    DownloadTask *task = put(u"a.iso"_s, options);
    QPointer<PropertiesDialog> dialog = openFor({task});
    QCOMPARE(child<QLabel>(dialog, "tasksLabel")->text(), u"a.iso"_s);
    QCOMPARE(shown(dialog, "connectionsCombo"), u"3"_s);
    QCOMPARE(shown(dialog, "limitCombo"), u"At most"_s);
    QCOMPARE(child<QSpinBox>(dialog, "rateLimitSpin")->value(), 2);
    QVERIFY(shown(dialog, "priorityCombo").startsWith(u"Low"_s));
    QCOMPARE(shown(dialog, "meteredCombo"), u"Only unmetered networks"_s);

    choose(dialog, "connectionsCombo", u"16"_s);
    child<QSpinBox>(dialog, "rateLimitSpin")->setValue(5);
    choose(dialog, "priorityCombo", u"High"_s);
    choose(dialog, "meteredCombo", u"As in Settings"_s);
    QVERIFY(task->resumeData().options == options); // nothing before OK
    click(dialog, "okButton");
    options.connections = 16;
    options.rateLimit = 5 << 20;
    options.priority = Priority::High;
    options.allowMetered.reset();
    QVERIFY(task->resumeData().options == options);
    QTRY_VERIFY(!dialog);

    dialog = openFor({task});
    choose(dialog, "connectionsCombo", u"As in Settings (4)"_s);
    choose(dialog, "limitCombo", u"None"_s);
    QVERIFY(!isEnabled(dialog, "rateLimitSpin"));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(task->resumeData().options == options);
    dialog = openFor({task});
    choose(dialog, "connectionsCombo", u"As in Settings (4)"_s);
    choose(dialog, "limitCombo", u"None"_s);
    click(dialog, "okButton");
    options.connections.reset();
    options.rateLimit = 0;
    QVERIFY(task->resumeData().options == options);
}

// What is not touched is neither rounded nor overtaken by what it was when the dialog opened.
void TestPropertiesDialog::untouchedStays()
{
    TaskOptions options;
    options.rateLimit = 1'234'567;
    options.folder = u"/srv/files"_s;
    options.headers = {{"Cookie", "a=b"}};
    DownloadTask *task = put(u"a.iso"_s, options);
    QSignalSpy recorded(task, &DownloadTask::resumeDataChanged);
    PropertiesDialog *dialog = openFor({task});
    click(dialog, "okButton");
    QVERIFY(recorded.isEmpty());

    dialog = openFor({task});
    options.priority = Priority::High;
    task->setOptions(options);
    choose(dialog, "connectionsCombo", u"2"_s);
    click(dialog, "okButton");
    options.connections = 2;
    QVERIFY(task->resumeData().options == options);
}

void TestPropertiesDialog::severalThatDiffer()
{
    TaskOptions one;
    one.connections = 3;
    one.priority = Priority::High;
    TaskOptions other;
    other.rateLimit = 1 << 20;
    other.priority = Priority::High;
    other.allowMetered = true;
    const QList<DownloadTask *> tasks{put(u"a.iso"_s, one), put(u"b.iso"_s, other)};
    PropertiesDialog *dialog = openFor(tasks);
    QCOMPARE(child<QLabel>(dialog, "tasksLabel")->text(), u"2 download(s)"_s);
    for (const char *name : {"connectionsCombo", "limitCombo", "meteredCombo"})
        QVERIFY2(shown(dialog, name).startsWith(u"Different"_s), name);
    QVERIFY(shown(dialog, "priorityCombo").startsWith(u"High"_s));
    QVERIFY(!isEnabled(dialog, "rateLimitSpin"));
    QVERIFY(!dialog->findChild<QLineEdit *>(u"checksumEdit"_s)); // it belongs to one
    choose(dialog, "connectionsCombo", u"8"_s);
    choose(dialog, "connectionsCombo", u"Different"_s); // and back
    choose(dialog, "limitCombo", u"At most"_s);
    child<QSpinBox>(dialog, "rateLimitSpin")->setValue(2);
    click(dialog, "okButton");
    one.rateLimit = other.rateLimit = 2 << 20;
    QVERIFY(tasks[0]->resumeData().options == one);
    QVERIFY(tasks[1]->resumeData().options == other);
}

void TestPropertiesDialog::checksumAndHeaders()
{
    TaskOptions options;
    options.digest = ExpectedDigest::parse(u"md5:"_s + QString(32, u'a'));
    options.headers = {{"Cookie", "a=b"}, {"Referer", "http://r.test/"}, {"X-One", "1"}};
    DownloadTask *task = put(u"a.iso"_s, options, TaskState::Failed);
    PropertiesDialog *dialog = openFor({task});
    QCOMPARE(textOf(dialog, "checksumEdit"), options.digest->toString());
    enter(dialog, "checksumEdit", QString(40, u'b'));
    type(dialog, u"cookie: c=d\nX-One:\nX-Two: 2\n"_s);
    click(dialog, "okButton");
    options.digest = ExpectedDigest::parse(u"sha-1:"_s + QString(40, u'b'));
    options.headers = {{"Referer", "http://r.test/"}, {"cookie", "c=d"}, {"X-Two", "2"}};
    QVERIFY(task->resumeData().options == options);

    dialog = openFor({task});
    enter(dialog, "checksumEdit", QString());
    click(dialog, "okButton");
    options.digest.reset();
    QVERIFY(task->resumeData().options == options);
}

void TestPropertiesDialog::secretsAreNotShown()
{
    TaskOptions options;
    options.headers = {{"Cookie", "hunter2"}};
    PropertiesDialog *dialog = openFor({put(u"a.iso"_s, options)});
    const auto *headers = child<QPlainTextEdit>(dialog, "headersEdit");
    QVERIFY(headers->placeholderText().contains(u"Cookie"_s));
    QVERIFY(!headers->placeholderText().contains(u"hunter2"_s));
    QVERIFY(headers->toPlainText().isEmpty());
    dialog->close();
}

void TestPropertiesDialog::problems()
{
    DownloadTask *task = put(u"a.iso"_s, {});
    PropertiesDialog *dialog = openFor({task});
    QVERIFY(isEnabled(dialog, "okButton") && problemIn(dialog).isEmpty());
    enter(dialog, "checksumEdit", u"123"_s);
    QVERIFY(!isEnabled(dialog, "okButton") && problemIn(dialog).contains(u"checksum"_s));
    dialog->accept(); // by whatever way
    QVERIFY(dialog->isVisible());
    enter(dialog, "checksumEdit", QString());
    type(dialog, u"Cookie: a=b\nhunter2\n"_s);
    QVERIFY(!isEnabled(dialog, "okButton") && problemIn(dialog).contains(u"Line 2"_s));
    QVERIFY(!problemIn(dialog).contains(u"hunter2"_s));
    type(dialog, QString());
    QVERIFY(isEnabled(dialog, "okButton") && problemIn(dialog).isEmpty());
    dialog->close();
}

// A task that starts while its dialog is open.
void TestPropertiesDialog::runningIsNotChangedUnderItsFeet()
{
    m_fixture->network().set(false, false);
    const QUrl nowhere(u"http://h.example/a.iso"_s);
    DownloadTask *task = m_fixture->manager().add(nowhere);
    QTRY_COMPARE(task->hold(), Hold::Offline);
    PropertiesDialog *dialog = openFor({task});
    enter(dialog, "checksumEdit", QString(32, u'a'));
    QVERIFY(isEnabled(dialog, "okButton"));
    QSignalSpy states(task, &DownloadTask::stateChanged);
    QString whileRunning;
    bool mayOk = true;
    connect(task, &DownloadTask::stateChanged, dialog, [&](TaskState state) {
        if (state == TaskState::Running) {
            whileRunning = problemIn(dialog);
            mayOk = isEnabled(dialog, "okButton");
        }
    });
    m_fixture->network().set(true, false);
    QTRY_VERIFY(!states.isEmpty());
    QVERIFY(whileRunning.contains(u"Pause"_s) && !mayOk);
    task->pause();
    QTRY_COMPARE(task->state(), TaskState::Paused);
    QVERIFY(isEnabled(dialog, "okButton"));
    click(dialog, "okButton");
    QVERIFY(task->resumeData().options.digest.has_value());
}

void TestPropertiesDialog::finished()
{
    DownloadTask *task = m_fixture->put(m_fixture->record(u"a.iso"_s, TaskState::Completed, 100, 100));
    PropertiesDialog *dialog = openFor({task});
    QVERIFY(!dialog->findChild<QLineEdit *>(u"checksumEdit"_s)); // to be checked is another thing
    QVERIFY(child<QComboBox>(dialog, "priorityCombo")->isVisible());
    dialog->close();
}

void TestPropertiesDialog::closesWithItsTasks()
{
    const QList<DownloadTask *> tasks{put(u"a.iso"_s, {}), put(u"b.iso"_s, {})};
    QPointer<PropertiesDialog> dialog = openFor(tasks);
    choose(dialog, "priorityCombo", u"High"_s);
    m_fixture->manager().remove(tasks[0], false);
    QCoreApplication::processEvents();
    QVERIFY(dialog && dialog->isVisible());
    click(dialog, "okButton"); // the one that is left
    QCOMPARE(tasks[1]->resumeData().options.priority, Priority::High);
    QTRY_VERIFY(!dialog);
    dialog = openFor({tasks[1]});
    m_fixture->manager().remove(tasks[1], false);
    QTRY_VERIFY(!dialog);
}

void TestPropertiesDialog::everythingIsNamed()
{
    PropertiesDialog *dialog = openFor({put(u"a.iso"_s, {})});
    for (const char *name : {"connectionsCombo", "limitCombo", "rateLimitSpin", "rateUnitCombo",
                             "priorityCombo", "meteredCombo", "checksumEdit", "headersEdit"})
        QVERIFY2(!child<QWidget>(dialog, name)->accessibleName().isEmpty(), name);
    QStringList keys;
    const auto labels = dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (const qsizetype at = label->text().indexOf(u'&'); at >= 0 && label->buddy())
            keys.append(label->text().mid(at + 1, 1).toLower());
    }
    QCOMPARE(keys.size(), 6);
    QCOMPARE(keys.removeDuplicates(), 0);
    for (const auto &[key, name] : {std::pair(Qt::Key_L, "limitCombo"), std::pair(Qt::Key_P, "priorityCombo"),
                                    std::pair(Qt::Key_K, "checksumEdit")}) {
        QTest::keyClick(dialog, key, Qt::AltModifier);
        QVERIFY2(child<QWidget>(dialog, name)->hasFocus(), name);
    }
    dialog->close();
}

QTEST_MAIN(TestPropertiesDialog)
#include "tst_propertiesdialog.moc"
