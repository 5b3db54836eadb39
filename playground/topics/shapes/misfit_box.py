"""A layer that does not fit, opened: what it needs over what it is given, axis under axis, and what would cure it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.nn.layers import text_of
from core.shapes.cures import Cure
from core.shapes.keras_code import call
from core.shapes.misfits import Beside, Misfit
from playground.topics.shapes.axes import colour_of
from playground.words.refusals import sentence
from playground.words.texts import Texts
from widgets.base import theme
from widgets.base.labels import plot_font, text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Placed, Signed

_PAD, _LINE, _CHIP, _BUTTON, _GAP = 10.0, 26.0, 20.0, 24.0, 8.0
_WIDEST = 120.0  # px of a chip


@dataclass(frozen=True)
class Frame:
    """The red edge of a layer that is not built."""

    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(shown.color("error"), 2.0))
        painter.setBrush(shown.mix(shown.color("panel"), shown.color("error"), 0.06))
        painter.drawRoundedRect(self.rect.adjusted(1, 1, -1, -1), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class Chip:
    """One axis that is needed or given: in its colour where it fits, dashed red where it is missing or wrong."""

    rect: QRectF
    text: str
    colour: str
    fits: bool

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self.fits else Qt.PenStyle.DashLine
        painter.setPen(QPen(shown.line(self.colour) if self.fits else shown.color("error"), 1.5, style))
        painter.setBrush(shown.region(self.colour) if self.fits else shown.color("panel"))
        painter.drawRoundedRect(self.rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(plot_font("label"))
        painter.setPen(shown.text_colour(self.colour) if self.fits else shown.color("error"))
        painter.drawText(self.rect, Qt.AlignmentFlag.AlignCenter, self.text)


@dataclass(frozen=True)
class MisfitBox:
    """The box of a misfit, under the tensors of what is built."""

    misfit: Misfit
    layer: str  # as it is called
    texts: Texts

    @classmethod
    def of(cls, misfit: Misfit, layer: object, texts: Texts) -> MisfitBox:
        """Return the box of a misfit, whose layer it is."""
        return cls(misfit, call(layer), texts)

    def rows_of_cures(self, width: float) -> list[list[tuple[int, Cure, float]]]:
        """Return the cures with the width of their buttons, as many in a row as there is room for."""
        rows: list[list[tuple[int, Cure, float]]] = [[]]
        room = width - 2 * _PAD - self._labels()
        for i, cure in enumerate(self.misfit.cures):
            wide = ceil(min(room, text_width(self._words(cure), "subtitle") + text_width(_ends(cure), "label") + 24))
            if rows[-1] and sum(w + _GAP for _, _, w in rows[-1]) + wide > room:
                rows.append([])
            rows[-1].append((i, cure, wide))
        return rows

    def height(self, width: float) -> float:
        """Return how high the box is."""
        waits = text_height("tick") + 2 if self.misfit.waiting else 0.0
        axes = 2 * _LINE if self.misfit.axes else _LINE
        return 2 * _PAD + _LINE + axes + len(self.rows_of_cures(width)) * (_BUTTON + 4) + waits

    def arrange(self, top: float, width: float) -> Iterator[Item]:
        """Place everything from a height of the board on."""
        yield Frame(QRectF(0, top, width, self.height(width)))
        yield from self._title(top + _PAD, width)
        y = top + _PAD + _LINE
        if self.misfit.axes:
            yield from self._axes(y, width)
            y += 2 * _LINE
        else:
            yield _caption(sentence(self.misfit.refusal, self.texts), _PAD, y, width - 2 * _PAD)
            y += _LINE
        yield from self._cures(y, width)
        if self.misfit.waiting:
            names = ", ".join(map(call, self.misfit.waiting))
            y = top + self.height(width) - _PAD - text_height("tick")
            yield Caption(f"{self._needs('waits')}: {names}", _PAD, y, "tick", "muted", "left", width - 2 * _PAD, True)

    def _needs(self, key: str) -> str:
        return self.texts.get("needs", key)

    def _labels(self) -> float:
        return ceil(max(text_width(self._needs(key), "label") for key in ("title", "given", "cures"))) + 12.0

    def _title(self, y: float, width: float) -> Iterator[Item]:
        key = "not_on" if self.misfit.place > 1 else "not_first"
        built = self._needs("not_built")
        room = width - 2 * _PAD - text_width(built, "label") - 12
        yield Caption(self.layer, _PAD, y, "strong", "error", "left", room, True)
        left = _PAD + text_width(self.layer, "strong") + 10
        if (rest := _PAD + room - left) > 60:
            yield _caption(self._needs(key).format(after=self.misfit.after), left, y, rest)
        yield Caption(built, width - _PAD, y, "label", "error", "right", moves=True)

    def _axes(self, y: float, width: float) -> Iterator[Item]:
        left = _PAD + self._labels()
        wide = min(_WIDEST, (width - _PAD - left) / len(self.misfit.axes) - 6)
        for row, key in enumerate(("title", "given")):
            yield Caption(self._needs(key), _PAD, y + row * _LINE + 3, "label", "text", moves=True)
            for i, axis in enumerate(self.misfit.axes):
                rect = QRectF(left + i * (wide + 6), y + row * _LINE, wide, _CHIP)
                yield self._given(axis, rect) if row else self._wanted(axis, rect)

    def _wanted(self, axis: Beside, rect: QRectF) -> Chip:
        name = self.texts.find("axes", axis.name) or axis.name
        if axis.needs == "no":
            return Chip(rect, self._needs("surplus"), colour_of(axis.name), False)
        more = {
            "fixed": self._needs("fixed"),
            "least": self._needs("least").format(size=axis.size),
            "size": str(axis.size),
        }
        text = f"{name}: {more[axis.needs]}" if axis.needs in more else name
        return Chip(rect, text, colour_of(axis.name), True)

    def _given(self, axis: Beside, rect: QRectF) -> Chip:
        return Chip(rect, axis.given or f"— {self._needs('missing')}", colour_of(axis.name), axis.fits)

    def _words(self, cure: Cure) -> str:
        return self.texts.get("cures", cure.key).format(**cure.values)

    def _cures(self, y: float, width: float) -> Iterator[Item]:
        """Yield the buttons, grids of one cell that the board tells of when they are clicked: `cure 0`, …"""
        if not self.misfit.cures:
            yield _caption(self._needs("none"), _PAD, y + 3, width - 2 * _PAD)
            return
        yield Caption(self._needs("cures"), _PAD, y + 4, "label", "text", moves=True)
        for row in self.rows_of_cures(width):
            left = _PAD + self._labels()
            for i, cure, wide in row:
                yield Placed(
                    f"cure {i}", Grid(np.full((1, 1), np.nan), Signed(1.0), frame="control"), left, y, wide, _BUTTON
                )
                ends = _ends(cure)
                yield _caption(self._words(cure), left + 8, y + 4, wide - text_width(ends, "label") - 20)
                yield Caption(ends, left + wide - 8, y + 5, "label", "ok", "right", moves=True)
                left += wide + _GAP
            y += _BUTTON + 4


def _ends(cure: Cure) -> str:
    return f"→ {text_of(cure.ends)}"


def _caption(text: str, x: float, y: float, widest: float) -> Caption:
    return Caption(text, x, y, "subtitle", "text", "left", widest, True)
