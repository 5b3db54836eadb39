from __future__ import annotations

from collections.abc import Generator
from threading import current_thread, main_thread
from typing import IO, Any

import pytest
from PySide6.QtWidgets import QProgressDialog, QPushButton, QWidget

from playground.export.background import BackgroundExport, Cancelled, Tick

pytestmark = pytest.mark.usefixtures("dressed")


class Parts:
    """An export of five parts to be drawn and five to be written."""

    length = 10

    def __init__(self) -> None:
        self.drawn, self.put_back, self.threads = 0, False, [main_thread()]

    def draw(self) -> Generator[None, None, None]:
        self.threads = []
        try:
            for _ in range(5):
                self.threads.append(current_thread())
                self.drawn += 1
                yield
        finally:
            self.put_back = True

    def write(self, file: IO[bytes], tick: Tick) -> None:
        self.threads.append(current_thread())
        for _ in range(5):
            tick()


def begin(qtbot: Any, export: Any, write: Any = None) -> tuple[BackgroundExport, QWidget]:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    return BackgroundExport(export, write or (lambda tick: export.write(None, tick)), "Exporting…", over), over


def test_it_is_drawn_here_and_written_elsewhere(qtbot: Any) -> None:
    parts = Parts()
    work, _ = begin(qtbot, parts)
    with qtbot.waitSignal(work.ended) as ended:
        work.start(at_once=True)
    assert ended.args == [None]
    assert [thread is main_thread() for thread in parts.threads] == [True] * 5 + [False]
    assert parts.put_back


def press_cancel(over: QWidget) -> None:
    progress = over.findChild(QProgressDialog, "export.progress")
    assert progress is not None
    button = progress.findChild(QPushButton)
    assert button is not None
    button.click()


def test_nothing_happens_before_the_window_could_answer(qtbot: Any) -> None:
    parts = Parts()
    work, over = begin(qtbot, parts)
    work.start(at_once=True)
    progress = over.findChild(QProgressDialog, "export.progress")
    assert progress is not None
    assert progress.isVisible()
    assert parts.drawn == 0
    with qtbot.waitSignal(work.ended):
        progress.cancel()


def test_cancelling_while_drawing_puts_all_back(qtbot: Any) -> None:
    class Endless(Parts):
        def draw(self) -> Generator[None, None, None]:
            try:
                while True:
                    self.drawn += 1
                    yield
            finally:
                self.put_back = True

    parts = Endless()
    work, over = begin(qtbot, parts)
    work.start(at_once=True)
    qtbot.waitUntil(lambda: parts.drawn > 3)
    with qtbot.waitSignal(work.ended) as ended:
        press_cancel(over)
    assert isinstance(ended.args[0], Cancelled)
    assert parts.put_back


def test_cancelling_while_writing_ends_the_writing(qtbot: Any) -> None:
    ticks = []

    def write(tick: Tick) -> None:
        while True:
            ticks.append(1)
            tick()

    work, over = begin(qtbot, Parts(), write)
    work.start(at_once=True)
    qtbot.waitUntil(lambda: len(ticks) > 3)
    with qtbot.waitSignal(work.ended) as ended:
        press_cancel(over)
    assert isinstance(ended.args[0], Cancelled)


def test_a_failure_is_told_and_puts_all_back(qtbot: Any) -> None:
    class Broken(Parts):
        def draw(self) -> Generator[None, None, None]:
            try:
                yield
                raise ValueError("broken")
            finally:
                self.put_back = True

    broken = Broken()
    for export, write in ((broken, None), (Parts(), lambda tick: 1 // 0)):
        work, _ = begin(qtbot, export, write)
        with qtbot.waitSignal(work.ended) as ended:
            work.start(at_once=False)
        assert isinstance(ended.args[0], ValueError if export is broken else ZeroDivisionError)
    assert broken.put_back
