"""What lies in the Convolution tab, and on its board."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from widgets.grids.grid import Outline, Placed

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from playground.topics.convolution.tab import ConvolutionTab


@pytest.fixture
def find(tab: ConvolutionTab) -> Callable[[type[Any], str], Any]:
    """Look a widget up inside the tab by class and name."""

    def look_up(kind: type[Any], name: str) -> Any:
        found = tab.findChild(kind, name)
        assert found is not None, name
        return found

    return look_up


class Seen:
    """What lies on the board of the sweep, by the names of its grids."""

    def __init__(self, tab: ConvolutionTab) -> None:
        self._tab = tab

    def grid(self, name: str) -> Placed:
        placed = self._tab.sweep.placed(name)
        assert placed is not None, name
        return placed

    def outlines(self, name: str, colour: str) -> set[tuple[int, int, int, int]]:
        """Return the cells of a grid that are framed in a colour: row, column, rows, columns."""
        framed = self.grid(name).grid.outlines
        return {(o.row, o.column, o.rows, o.columns) for o in framed if o.colour == colour}

    def point(self, name: str, row: int, column: int) -> QPoint:
        """Return where a cell of a grid lies."""
        return self.grid(name).cells(Outline(row, column)).center().toPoint()


@pytest.fixture
def seen(tab: ConvolutionTab) -> Seen:
    return Seen(tab)


@pytest.fixture
def wheel() -> Callable[[QWidget, int], None]:
    """Turn the wheel over a widget by eighths of a degree."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    def turn(widget: QWidget, angle: int) -> None:
        spot = QPointF(widget.rect().center())
        delta, nothing = QPoint(0, angle), QPoint()
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(
            spot, widget.mapToGlobal(spot), nothing, delta, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget, event)

    return turn
