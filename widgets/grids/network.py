"""A net as a drawing on a board: units in columns, each with a picture of its own, and a line for each weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import metrics, plot_font, text_size
from widgets.grids.grid import Grid, Pixels, Signed

_FINEST, _WIDEST, _STEP = 0.5, 5.0, 0.5  # px of a line, and by how much they differ
_MOST_SMOOTH = 400  # lines that are painted soft: more would take too long
_GAP, _PAD = 4.0, 2.0  # px between a unit and what is written at it, and behind a number on a line

Strokes = dict[tuple[str, bool, float], list[QLineF]]  # by series, whether pale, and width


@dataclass(frozen=True, eq=False)
class Unit:
    """A square: `field` (rows from the top, columns) of −1 to 1 is its picture; words stand before and behind it."""

    box: QRectF
    field: Floats
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, eq=False)
class Lines:
    """The weights (inputs, units) between two columns; the later one may have more units, to which no lines lead.

    Where any are `told` (inputs, units), their numbers are written at their beginnings, and all others are pale.
    """

    weights: Floats
    told: NDArray[np.bool_]
    words: Sequence[Sequence[str]] = ()  # the numbers of `told`


@dataclass(frozen=True, eq=False)
class Network:
    """Columns of units, and between each two a line for each weight: blue above 0, vermillion below, as wide as it is
    large beside `limit`. A unit is told of by column and place, as a cell of a grid is; `chosen` ones have a frame.
    While it moves at every frame its lines need not be `smooth`, which is quicker.
    """

    name: str
    columns: Sequence[Sequence[Unit]]
    lines: Sequence[Lines]
    limit: float
    chosen: Sequence[tuple[int, int]] = ()
    smooth: bool = True

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return column and unit at a point, None where there is none."""
        places = ((c, u, unit.box) for c, column in enumerate(self.columns) for u, unit in enumerate(column))
        return next(((c, u) for c, u, box in places if box.contains(x, y)), None)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        self._paint_lines(painter)
        self._paint_units(painter)
        painter.setFont(plot_font("tick"))
        for text, corner in self._words():
            if text:
                _write(painter, text, corner, "muted")
        for text, corner, series in self._numbers():
            size = text_size(text, "tick")
            ground = QRectF(corner, size).adjusted(1 - _GAP, 0, _PAD, 0)  # no stump of a line is left before it
            painter.fillRect(ground, theme.current().color("panel"))
            _write(painter, text, corner, series)

    def _paint_lines(self, painter: QPainter) -> None:
        strokes, colours = self._strokes(), theme.current()
        is_smooth = self.smooth and sum(map(len, strokes.values())) <= _MOST_SMOOTH
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
        for (series, is_pale, width), lines in strokes.items():
            colour = colours.faint(series) if is_pale else colours.line_colour(series)
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLines(lines)

    def _strokes(self) -> Strokes:
        """The lines by their look: few pens are quick."""
        strokes, any_told = defaultdict[tuple[str, bool, float], list[QLineF]](list), self._any_told
        for (begins, ends), lines in zip(pairwise(self.columns), self.lines, strict=True):
            widths, lefts = _widths(lines.weights, self.limit).tolist(), [_left(end) for end in ends]
            for i, begin in enumerate(map(_right, begins)):
                for j, weight in enumerate(lines.weights[i].tolist()):
                    look = _series(weight), any_told and not lines.told[i, j], widths[i][j]
                    strokes[look].append(QLineF(begin, lefts[j]))
        return strokes

    @property
    def _any_told(self) -> bool:
        return any(lines.told.any() for lines in self.lines)

    def _paint_units(self, painter: QPainter) -> None:
        """Paint the pictures, whose colours are found all at once."""
        units = [unit for column in self.columns for unit in column]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("control"), 1.0))
        for unit, pixels in zip(units, _coloured([unit.field for unit in units]), strict=True):
            rows, columns = pixels.shape
            data = pixels.tobytes()  # which the image only looks at
            painter.drawImage(unit.box, QImage(data, columns, rows, 4 * columns, QImage.Format.Format_RGB32))
            painter.drawRect(unit.box)
        painter.setPen(QPen(theme.current().color("accent_text"), 2.5))
        for c, u in self.chosen:
            painter.drawRect(self.columns[c][u].box)

    def _words(self) -> Iterator[tuple[str, QPointF]]:
        """What stands before and behind units, and the left top corner of each."""
        for column in self.columns:
            for unit in column:
                before = text_size(unit.before, "tick")
                top = unit.box.center().y() - before.height() / 2
                yield unit.before, QPointF(unit.box.left() - before.width() - _GAP, top)
                yield unit.behind, QPointF(unit.box.right() + _GAP, top)

    def _numbers(self) -> Iterator[tuple[str, QPointF, str]]:
        """The weights told, each right behind the unit its line begins at: the left top corner, and the series."""
        for (begins, ends), lines in zip(pairwise(self.columns), self.lines, strict=True):
            room = ends[0].box.left() - begins[0].box.right() - 2 * _GAP
            for i, j in np.argwhere(lines.told).tolist():
                size = text_size(lines.words[i][j], "tick")
                if size.width() > room:  # it would hide the next column
                    continue
                corner = _right(begins[i]) + QPointF(_GAP, -size.height() / 2)
                yield lines.words[i][j], corner, _series(lines.weights[i, j])


def _widths(weights: Floats, limit: float) -> Floats:
    shares = np.nan_to_num(np.abs(weights)) / (limit or 1.0)
    return (np.rint(shares * _WIDEST / _STEP) * _STEP).clip(_FINEST, _WIDEST)


def _series(weight: float) -> str:
    return "vermillion" if weight < 0 else "blue"


def _coloured(fields: Sequence[Floats]) -> Iterator[Pixels]:
    """Return the colours of each field, in its shape."""
    every = Grid(np.concatenate([field.ravel() for field in fields])[None], Signed(1.0)).pixels()[0]
    ends = np.cumsum([field.size for field in fields])
    for field, pixels in zip(fields, np.split(every, ends[:-1]), strict=True):
        yield pixels.reshape(field.shape)


def _write(painter: QPainter, text: str, corner: QPointF, colour: str) -> None:
    painter.setPen(_ink(colour))
    painter.drawText(QPointF(round(corner.x()), round(corner.y() + metrics("tick").ascent())), text)


def _ink(colour: str) -> QColor:
    return theme.current().text_colour(colour)


def _right(unit: Unit) -> QPointF:
    return QPointF(unit.box.right(), unit.box.center().y())


def _left(unit: Unit) -> QPointF:
    return QPointF(unit.box.left(), unit.box.center().y())
