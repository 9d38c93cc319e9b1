// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

namespace longhaul {

class Actions;
class TaskCommands;
class TaskList;
class TaskQuestions;

// Joins the actions on the selected tasks to what they do, and makes their keys work anywhere in `window`.
// All of them live as long as the window.
void connectTaskActions(QWidget &window, const Actions &actions, const TaskList &list, TaskCommands &commands,
                        TaskQuestions &questions);

} // namespace longhaul
