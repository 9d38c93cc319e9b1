// SPDX-License-Identifier: MIT
// What the user changes of a task that does not run.
#include "managerrun.h"

#include <QSignalSpy>
#include <QTest>

using namespace longhaul;
using test::ManagerRun;

namespace {

const QUrl kUrl(QStringLiteral("http://h.example/a.bin"));

// A finished download, with its file.
DownloadTask *finished(ManagerRun &run)
{
    ResumeData data = run.begun(kUrl, test::Content::random(500), 500);
    QFile::rename(data.partPath, data.targetPath);
    data.partPath.clear();
    data.state = TaskState::Completed;
    return run.manager().putBack(data);
}

} // namespace

class TestWishes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameBeforeThereIsAFile()
    {
        ManagerRun run;
        run.network.set(false, false);
        DownloadTask *task = run.manager().add(kUrl);
        task->rename(QStringLiteral("queued")); // not at rest
        QCOMPARE(shownName(task->resumeData()), QStringLiteral("a.bin"));
        task->pause();
        task->rename(QStringLiteral("../..")); // nothing of it is a name
        QCOMPARE(shownName(task->resumeData()), QStringLiteral("a.bin"));
        task->rename(QStringLiteral("x/b:c.zip"));
        QCOMPARE(shownName(task->resumeData()), QStringLiteral("b_c.zip"));
        run.restart();
        QCOMPARE(shownName(run.manager().find(kUrl)->resumeData()), QStringLiteral("b_c.zip"));
    }

    // The target gets the name; the part file keeps its own until the end.
    void aNameOfAHalf()
    {
        ManagerRun run;
        const ResumeData data = run.begun(kUrl, test::Content::random(1000), 500);
        DownloadTask *task = run.manager().putBack(data);
        task->rename(QStringLiteral("new.bin"));
        QCOMPARE(task->resumeData().targetPath, run.folder() + QStringLiteral("/new.bin"));
        QCOMPARE(task->resumeData().partPath, data.partPath);
    }

    void theNameOfAFinishedFile()
    {
        ManagerRun run;
        DownloadTask *task = finished(run);
        const QString old = task->resumeData().targetPath;
        const QByteArray content = ManagerRun::bytesOf(old);
        task->rename(QStringLiteral("new.bin"));
        QTRY_COMPARE(task->resumeData().targetPath, run.folder() + QStringLiteral("/new.bin"));
        QVERIFY(!QFile::exists(old));
        QCOMPARE(ManagerRun::bytesOf(task->resumeData().targetPath), content);
    }

    void aNameThatIsTaken()
    {
        ManagerRun run;
        DownloadTask *task = finished(run);
        const QString old = task->resumeData().targetPath;
        const QString taken = run.folder() + QStringLiteral("/new.bin");
        QVERIFY(QFile::copy(old, taken));
        const qsizetype said = task->log().size();
        task->rename(QStringLiteral("new.bin"));
        QTRY_VERIFY(task->log().size() > said);
        QCOMPARE(task->resumeData().targetPath, old);
        QVERIFY(QFile::exists(old) && QFile::exists(taken));
    }

    void whatWasSeenIsKept()
    {
        ManagerRun run;
        finished(run)->setUnseen(true);
        run.restart();
        QVERIFY(run.manager().find(kUrl)->resumeData().unseen);
        run.manager().find(kUrl)->setUnseen(false);
        run.restart();
        QVERIFY(!run.manager().find(kUrl)->resumeData().unseen);
    }

    // A file that was refused for its digest may be right by another one.
    void anotherChecksumForgetsTheMismatch()
    {
        ManagerRun run;
        ResumeData data = run.begun(kUrl, test::Content::random(1000), 500);
        data.state = TaskState::Failed;
        data.error = Error{ErrorCode::ChecksumMismatch, 0, {}, {}};
        DownloadTask *task = run.manager().putBack(data);
        TaskOptions options = task->resumeData().options;
        options.connections = 2;
        task->setOptions(options);
        QVERIFY(task->resumeData().error);
        options.digest = ExpectedDigest::parse(QStringLiteral("md5:d41d8cd98f00b204e9800998ecf8427e"));
        task->setOptions(options);
        QVERIFY(!task->resumeData().error);
    }
};

QTEST_GUILESS_MAIN(TestWishes)
#include "tst_wishes.moc"
