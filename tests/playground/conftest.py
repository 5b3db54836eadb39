"""What tests of pictures share: a plot on paper, and a mouse that goes where data lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from playground.playback.run import Run
from playground.topic_list import topic
from playground.window.window import START

if TYPE_CHECKING:
    from playground.start.app import Program
    from widgets.plots.plot import Plot


@pytest.fixture(autouse=True)
def _no_question_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that no test expects fails it; else it would wait for an answer for ever."""
    monkeypatch.setattr(QMessageBox, "question", lambda *args: pytest.fail(f"asked: {args[2]}"))


@pytest.fixture
def open_at_start(make_program: Callable[[], Program], settle: Callable[[], None]) -> Callable[[], Program]:
    """Open windows with the start page in front, as at a first start; each comes with who serves it."""

    def open_it() -> Program:
        program = make_program()
        program.window.begin_with(START)
        program.window.show()
        program.load()
        settle()
        return program

    return open_it


_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Paper:
    """Stands where a plot does and keeps what it was last told by each of its methods."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[Any, ...]] = {}

    def __getattr__(self, name: str) -> Callable[..., None]:
        def keep(*given: Any, **named: Any) -> None:
            self.told[name] = (*given, *named.values())

        return keep


@pytest.fixture
def run() -> Run:
    """A run of the race as it stands by default."""
    return Run(topic("optimizers"))


def _frames(file: Path | IO[bytes]) -> list[NDArray[np.int64]]:
    with Image.open(file) as film:
        found = []
        for i in range(film.n_frames):  # type: ignore[attr-defined]
            film.seek(i)
            found.append(np.asarray(film.convert("RGB"), dtype=np.int64))
        return found


@pytest.fixture
def frames() -> Callable[[Path | IO[bytes]], list[NDArray[np.int64]]]:
    """Return the pictures of an animation, (rows, columns, 3) each."""
    return _frames


@pytest.fixture
def paper() -> Any:
    return Paper()


class Mouse:
    """Moves, clicks and drags on plots, at places in data units; a place is met but for half a pixel."""

    def move(self, plot: Plot, x: float, y: float) -> None:
        QTest.mouseMove(plot.viewport(), _place(plot, x, y))
        QApplication.processEvents()

    def leave(self, plot: Plot) -> None:
        QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))

    def click(self, plot: Plot, x: float, y: float, *, shift: bool = False, button: Qt.MouseButton = _LEFT) -> None:
        keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(plot.viewport(), button, keys, _place(plot, x, y))

    def drag(self, plot: Plot, *stops: tuple[float, float]) -> None:
        """Press at the first stop, go on over the others, and let go at the last."""
        begin, *others = [_place(plot, *stop) for stop in stops]
        QTest.mousePress(plot.viewport(), _LEFT, pos=begin)
        for place in others:  # QTest.mouseMove would move without the button
            seen = plot.viewport().mapToGlobal(QPointF(place))
            event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), seen, _LEFT, _LEFT, _NONE)
            QApplication.sendEvent(plot.viewport(), event)
        QTest.mouseRelease(plot.viewport(), _LEFT, pos=others[-1])

    def pixel(self, plot: Plot) -> float:
        """How much of the data one pixel is, in the coarser direction."""
        shown = plot.viewport_now()
        return max((shown.x1 - shown.x0) / shown.width, (shown.y1 - shown.y0) / shown.height)


def _place(plot: Plot, x: float, y: float) -> QPoint:
    return plot.widget_position(plot.viewport_now().point(x, y)).toPoint()


@pytest.fixture
def mouse() -> Iterator[Mouse]:
    """A mouse none of whose moves is left out, however fast they follow each other."""
    from widgets.plots.lean_pyqtgraph import pg

    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield Mouse()
    pg.setConfigOption("mouseRateLimit", before)
