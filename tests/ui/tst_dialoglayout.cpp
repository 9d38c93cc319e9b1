// SPDX-License-Identifier: MIT
// The settings and the properties with larger letters, in Chinese, and from right to left.
#include "dialogdriver.h"
#include "layoutcheck.h"
#include "taskfixture.h"

#include "ui/propertiesdialog.h"
#include "ui/settingsdialog.h"

#include <QCheckBox>
#include <QTabWidget>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace longhaul;
using namespace longhaul::dialogdriver;
using namespace longhaul::test;

class TestDialogLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void settings_data() { rowsOfLooks(); }
    void settings();
    void properties_data() { rowsOfLooks(); }
    void properties();
    void propertiesOfSeveral_data() { rowsOfLooks(); }
    void propertiesOfSeveral();

private:
    void begin();
    static void check(QDialog *dialog);
    static bool isMirrored() { return QApplication::isRightToLeft(); }
    // Whether `first` comes before `second`, as one reads.
    static bool isBefore(const QWidget *first, const QWidget *second);

    std::optional<Look> m_look;
};

void TestDialogLayout::cleanup() { m_look.reset(); }

void TestDialogLayout::begin()
{
    QFETCH(const QString, language);
    QFETCH(const Qt::LayoutDirection, direction);
    if (!hasChinese())
        QSKIP("Built without Qt's LinguistTools: there are no translations.");
    m_look.emplace(direction, language);
}

void TestDialogLayout::check(QDialog *dialog)
{
    QTRY_COMPARE(cutIn(dialog), QString());
    QTRY_COMPARE(misplacedIn(dialog), QString());
}

bool TestDialogLayout::isBefore(const QWidget *first, const QWidget *second)
{
    const int a = first->mapTo(first->window(), first->rect().center()).x();
    const int b = second->mapTo(second->window(), second->rect().center()).x();
    return isMirrored() ? a > b : a < b;
}

void TestDialogLayout::settings()
{
    begin();
    if (!m_look)
        return;
    Desk desk;
    std::unique_ptr<SettingsDialog> dialog(open(new SettingsDialog(desk.preferences)));
    auto *tabs = child<QTabWidget>(dialog.get(), "settingsTabs");
    for (int page = 0; page < tabs->count() && !QTest::currentTestFailed(); ++page) {
        tabs->setCurrentIndex(page);
        check(dialog.get());
    }
    const auto before = [&](const char *a, const char *b) {
        return isBefore(child<QWidget>(dialog.get(), a), child<QWidget>(dialog.get(), b));
    };
    dialog->showPage(SettingsDialog::Page::General);
    QVERIFY(before("folderEdit", "folderButton"));
    dialog->showPage(SettingsDialog::Page::Network);
    QVERIFY(before("limitedCheck", "rateLimitSpin"));
    QVERIFY(before("rateLimitSpin", "rateUnitCombo"));
    // What is wrong is said in as many lines as it needs.
    dialog->showPage(SettingsDialog::Page::General);
    enter(dialog.get(), "folderEdit", u"relative"_s);
    QVERIFY(!problemIn(dialog.get()).isEmpty());
    check(dialog.get());
}

void TestDialogLayout::properties()
{
    begin();
    if (!m_look)
        return;
    TaskFixture fixture;
    QVERIFY(fixture.isOpen());
    ResumeData data = fixture.record(u"n"_s.repeated(120) + u".iso"_s, TaskState::Paused, 10, 100);
    data.options.headers = {{"Cookie", "a=b"}};
    DownloadTask *task = fixture.put(data);
    auto *dialog = open(new PropertiesDialog(fixture.settings(), {task}));
    check(dialog);
    QVERIFY(isBefore(child<QWidget>(dialog, "limitCombo"), child<QWidget>(dialog, "rateLimitSpin")));
    enter(dialog, "checksumEdit", u"abc"_s);
    QVERIFY(!problemIn(dialog).isEmpty());
    check(dialog);
    dialog->close();
}

void TestDialogLayout::propertiesOfSeveral()
{
    begin();
    if (!m_look)
        return;
    TaskFixture fixture;
    QVERIFY(fixture.isOpen());
    ResumeData other = fixture.record(u"b.iso"_s, TaskState::Paused, 10, 100);
    other.options.priority = Priority::High;
    other.options.connections = 7;
    other.options.rateLimit = 1 << 20;
    other.options.allowMetered = true;
    const QList<DownloadTask *> tasks{fixture.put(fixture.record(u"a.iso"_s, TaskState::Paused, 10, 100)),
                                      fixture.put(other)};
    auto *dialog = open(new PropertiesDialog(fixture.settings(), tasks));
    check(dialog);
    dialog->close();
}

QTEST_MAIN(TestDialogLayout)
#include "tst_dialoglayout.moc"
