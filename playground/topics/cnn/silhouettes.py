"""Silhouette by place: how much closer a held-out digit lies to its own class than to the next, through the net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from core.cnn.readings import silhouettes
from playground.playback.view import View
from playground.tab.marked import runs_in
from playground.words.texts import Texts
from widgets.base import numbers, theme
from widgets.base.labels import text_height
from widgets.base.letters import dashes
from widgets.grids.board import Caption, Item

_NAMES, _NUMBER, _LOW = 96.0, 52.0, -0.25  # px for names and for a number; the left end of the axis, 1 being the right


@dataclass(frozen=True)
class Stripe:
    """A lying bar from 0 to a value; hollow and dashed for a run beside the one in front."""

    rect: QRectF
    letter: str = ""  # of such a run

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if not self.letter:
            painter.fillRect(self.rect, colours.line_colour("blue"))
            return
        pen = QPen(colours.color("text"), 1.0)
        pen.setDashPattern(dashes(self.letter, 1.0))
        painter.setPen(pen)
        painter.drawRect(self.rect)


@dataclass(frozen=True)
class Zero:
    """The line of 0, where a digit lies as close to another class as to its own."""

    x: float
    height: float

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setPen(QPen(theme.current().color("control"), 1.0))
        painter.drawLine(QPointF(self.x, 0), QPointF(self.x, self.height))


@dataclass(frozen=True)
class Silhouettes:
    """Those of the runs in a view, place below place."""

    view: View
    texts: Texts

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place a bar for each place and run, with its number."""
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        runs = sorted(runs_in(self.view), key=lambda run: run.letter)
        values = [silhouettes(run.state.weights, run.params.layers) for run in runs]
        places = list(dict.fromkeys(place for found in values for place in found))
        left, scale = _NAMES, (width - _NAMES - _NUMBER) / (1 - _LOW)
        zero, high = left - _LOW * scale, min(height / len(places), 22.0 * len(runs))
        yield Zero(zero, high * len(places))
        for i, place in enumerate(places):
            y = (i + 0.5) * high - text_height("tick") / 2
            yield Caption(self.texts.get("silhouette", place), 0, y, "tick", "text", widest=_NAMES - 6)
            for j, (run, found) in enumerate(zip(runs, values, strict=True)):
                if place in found:
                    row = QRectF(0, i * high + j * high / len(runs), width, high / len(runs))
                    yield from self._one(run.letter, found[place], row, zero, scale)

    def _one(self, letter: str, value: float, row: QRectF, zero: float, scale: float) -> Iterator[Item]:
        begin, end = sorted((zero, zero + value * scale))
        yield Stripe(QRectF(begin, row.top() + 2, end - begin, row.height() - 4),
                     "" if letter == self.view.letter else letter)  # fmt: skip
        told, y = f"{letter} {numbers.fixed(value, 2)}".strip(), row.center().y() - text_height("tick") / 2
        yield Caption(told, row.right(), y, "tick", "text", "right", moves=True)
