// SPDX-License-Identifier: MIT
#include "matrixcase.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QThread>

#include <atomic>
#include <cstdio>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
namespace matrix = longhaul::matrix;

namespace {
constexpr int kAtOnce = 12;
}

// What the program makes of servers of all kinds, as a user meets them: it is run on an address up to three
// times, as by one who presses Resume. LONGHAUL_MATRIX=text plays the cases whose names hold the text.
class TestMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ends_data();
    void ends();

private:
    QList<matrix::Case> m_cases;
    std::vector<matrix::Outcome> m_outcomes;
};

void TestMatrix::initTestCase()
{
    const QByteArray only = qgetenv("LONGHAUL_MATRIX");
    const QList<matrix::Case> all = matrix::allCases();
    for (const matrix::Case &one : all) {
        if (one.name.contains(only))
            m_cases.append(one);
    }
    m_outcomes.resize(size_t(m_cases.size()));
    std::atomic<qsizetype> next = 0;
    const auto work = [&] {
        const QEventLoop loop; // gives the thread its event dispatcher
        for (qsizetype i = next++; i < m_cases.size(); i = next++)
            m_outcomes[size_t(i)] = matrix::play(m_cases.at(i));
    };
    QElapsedTimer clock;
    clock.start();
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < kAtOnce; ++i) {
        threads.emplace_back(QThread::create(work));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
    qInfo("%d cases in %d s", int(m_cases.size()), int(clock.elapsed() / 1000));
}

void TestMatrix::ends_data()
{
    QTest::addColumn<int>("which");
    for (int i = 0; i < int(m_cases.size()); ++i)
        QTest::newRow(m_cases.at(i).name.constData()) << i;
}

void TestMatrix::ends()
{
    QFETCH(int, which);
    const matrix::Outcome &outcome = m_outcomes.at(size_t(which));
    if (qEnvironmentVariableIsSet("LONGHAUL_MATRIX_TIMES"))
        qInfo("%d ms", int(outcome.milliseconds));
    if (outcome.ending != matrix::Ending::Right) // whole: QtTest cuts long messages
        std::fprintf(stderr, "%s: %s\n", m_cases.at(which).name.constData(), outcome.text.constData());
    QVERIFY2(outcome.ending == matrix::Ending::Right,
             outcome.text.left(outcome.text.indexOf('\n')).constData());
}

QTEST_GUILESS_MAIN(TestMatrix)

#include "tst_matrix.moc"
