"""Work beside the window: what came of it is told once, in the thread of whoever asked."""

from __future__ import annotations

from threading import Event, current_thread, main_thread
from typing import Any

from pytestqt.qtbot import QtBot

from playground.tab.latest_work import LatestWork


def test_what_came_of_it_is_told_in_the_own_thread(qtbot: QtBot) -> None:
    work, heard = LatestWork(), list[Any]()
    work.done.connect(lambda came: heard.append((came, current_thread() is main_thread())))
    with qtbot.waitSignal(work.done):
        work.do(lambda: current_thread() is main_thread())
    assert heard == [(False, True)]
    assert not work.at_work


def test_a_fault_is_what_came_of_it(qtbot: QtBot) -> None:
    work = LatestWork()
    with qtbot.waitSignal(work.done) as done:
        work.do(lambda: 1 / 0)
    assert isinstance(done.args[0], ZeroDivisionError)


def test_of_what_was_cancelled_or_overtaken_nothing_is_heard(qtbot: QtBot) -> None:
    work, heard, may_end = LatestWork(), list[Any](), Event()
    work.done.connect(heard.append)
    work.do(lambda: may_end.wait(10) and "first")
    with qtbot.waitSignal(work.done):
        work.do(lambda: "second")
    work.do(lambda: "third")
    work.cancel()
    may_end.set()
    with qtbot.waitSignal(work.done):
        work.do(lambda: "fourth")
    assert heard == ["second", "fourth"]
