// SPDX-License-Identifier: MIT
#pragma once

#include "taskfixture.h"

#include "ui/tasklist.h"

#include <QTest>

#include <memory>

namespace longhaul::test {

// A list on the screen, of tasks none of which starts by itself.
class TaskListFixture : public QObject
{
protected:
    std::unique_ptr<TaskFixture> m_fixture;
    std::unique_ptr<TaskModel> m_model;
    std::unique_ptr<TaskFilter> m_filter;
    std::unique_ptr<TaskList> m_list;

    DownloadTask *put(const QString &name, TaskState state = TaskState::Paused, qint64 received = 42,
                      std::optional<qint64> total = 100)
    {
        DownloadTask *task = m_fixture->put(m_fixture->record(name, state, received, total));
        m_model->tellNow();
        return task;
    }
    void makeList()
    {
        m_list = std::make_unique<TaskList>(*m_filter);
        m_list->resize(1100, 400);
        m_list->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_list.get()));
    }
    QModelIndex cellOf(const DownloadTask *task, Column column) const
    {
        return m_filter->indexOf(task).siblingAtColumn(int(column));
    }

    void begin()
    {
        m_fixture = std::make_unique<TaskFixture>();
        QVERIFY(m_fixture->isOpen());
        m_fixture->letNoneStart();
        m_model = std::make_unique<TaskModel>(m_fixture->manager());
        m_filter = std::make_unique<TaskFilter>(*m_model);
        makeList();
    }
    void end()
    {
        m_list.reset();
        m_filter.reset();
        m_model.reset();
        m_fixture.reset();
    }
};

} // namespace longhaul::test
