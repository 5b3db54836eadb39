"""Work beside the window: what came of it is told once, in the thread of whoever asked."""

from __future__ import annotations

from threading import Event, current_thread, main_thread
from typing import Any

from pytestqt.qtbot import QtBot

from playground.tab.beside import Beside


def test_what_came_of_it_is_told_in_the_own_thread(qtbot: QtBot) -> None:
    beside, heard = Beside(), list[Any]()
    beside.done.connect(lambda came: heard.append((came, current_thread() is main_thread())))
    with qtbot.waitSignal(beside.done):
        beside.do(lambda: current_thread() is main_thread())
    assert heard == [(False, True)]
    assert not beside.at_work


def test_a_fault_is_what_came_of_it(qtbot: QtBot) -> None:
    beside = Beside()
    with qtbot.waitSignal(beside.done) as done:
        beside.do(lambda: 1 / 0)
    assert isinstance(done.args[0], ZeroDivisionError)


def test_of_what_was_cancelled_or_overtaken_nothing_is_heard(qtbot: QtBot) -> None:
    beside, heard, may_end = Beside(), list[Any](), Event()
    beside.done.connect(heard.append)
    beside.do(lambda: may_end.wait(10) and "first")
    with qtbot.waitSignal(beside.done):
        beside.do(lambda: "second")
    beside.do(lambda: "third")
    beside.cancel()
    may_end.set()
    with qtbot.waitSignal(beside.done):
        beside.do(lambda: "fourth")
    assert heard == ["second", "fourth"]
