#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What assistive technology finds in a program, and does there.

    atspi.py PID tree                the widgets that can be seen, each as a line of JSON
    atspi.py PID act ROLE NAME ACTION

Waits until the program is on the bus. The exit code is 0 when the action was done, 1 when there is no such
widget or it has no such action now, 2 when the program did not come.
"""
import json
import sys
import time

import pyatspi

PATIENCE = 15  # seconds


def program(pid):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for one in pyatspi.Registry.getDesktop(0):
            if one is not None and one.get_process_id() == pid:
                return one
        time.sleep(0.05)
    sys.exit(2)


def below(one):
    """What is below it, depth first. Widgets come and go meanwhile."""
    for index in range(one.childCount):
        child = one.getChildAtIndex(index)
        if child is not None:
            yield child
            yield from below(child)


def actions(one):
    try:
        found = one.queryAction()
    except NotImplementedError:
        return []
    return [found.getName(index) for index in range(found.nActions)]


def account(one):
    states = one.getState()
    return {
        "role": one.getRoleName(),
        "name": one.name,
        "description": one.description,
        "actions": actions(one),
        "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
        "enabled": states.contains(pyatspi.STATE_ENABLED),
    }


def main(pid, command, *arguments):
    shown = (one for one in below(program(int(pid))) if one.getState().contains(pyatspi.STATE_SHOWING))
    if command == "tree":
        for one in shown:
            print(json.dumps(account(one)))
        return 0
    role, name, action = arguments
    for one in shown:
        if one.getRoleName() == role and one.name == name and action in actions(one):
            return 0 if one.queryAction().doAction(actions(one).index(action)) else 1
    return 1


sys.exit(main(*sys.argv[1:]))
