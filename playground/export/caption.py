"""The words around a picture on a slide: title and step above it; below, what runs in it and how it was set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from widgets.base import fonts, letters, markers, numbers, theme

_GAP = 6  # px between the words and the picture
_APART = 14.0  # px between two names, and between title and step
_MARKER = 11.0  # px
_SHARE = 1 / 3  # of the height of a picture, at most, for what stands below it


@dataclass(frozen=True)
class Name:
    """Who is seen in the picture: a mark in the colour of a series, or the letter of a compared run."""

    text: str
    series: str = ""
    marker: str = ""
    letter: str = ""
    front: bool = False

    def width(self) -> float:
        """Return how wide it is, its mark included."""
        return _MARKER + _GAP + _metrics("subtitle").horizontalAdvance(self.text)

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Paint it; `at` is the left end of its base line."""
        colours = theme.current()
        centre = at + QPointF(_MARKER / 2, -_metrics("subtitle").capHeight() / 2)
        if self.letter:
            letters.paint_letter(painter, centre, self.letter, self.front)
        else:
            markers.draw_marker(
                painter, self.marker, centre, _MARKER, colours.line(self.series), colours.color("panel")
            )
        _write(painter, at + QPointF(_MARKER + _GAP, 0), self.text, "subtitle", "text")


@dataclass(frozen=True)
class Caption:
    """What is said of a picture; `last` is the largest step that it tells in the frames of a film."""

    title: str
    unit: str
    step: int
    last: int = 0
    beat: str = ""
    names: tuple[Name, ...] = ()
    settings: str = ""

    def at(self, step: int) -> Caption:
        """Return the caption of another frame."""
        return replace(self, step=step)

    def within(self, size: QSize) -> Caption:
        """Return what has room around a picture of this size: where it is low, only what stands above."""
        has_room = self.below(size.width()) <= _SHARE * size.height()
        return self if has_room else replace(self, names=(), settings="")

    def counter(self) -> str:
        """Return the step in words."""
        step = f"{self.unit[:1].upper()}{self.unit[1:]} {numbers.count(self.step)}"
        return f"{step} · {self.beat}" if self.beat else step

    # How much room it takes.

    def above(self, width: float) -> int:
        """Return the height of what stands above the picture; the same for all frames of a film."""
        lines = len(self._title_lines(width)) + (not self._on_one_line(width))
        return round(lines * _metrics("panel").lineSpacing()) + _GAP

    def below(self, width: float) -> int:
        """Return the height of what stands below it."""
        rows, lines = len(list(_flow(self.names, width))), len(self._setting_lines(width))
        needed = rows * _row_height() + lines * _metrics("subtitle").lineSpacing()
        return round(needed) + _GAP if needed else 0

    def _on_one_line(self, width: float) -> bool:
        widest = replace(self, step=max(self.step, self.last)).counter()
        taken = _metrics("panel").horizontalAdvance(self.title) + _metrics("formula").horizontalAdvance(widest)
        return bool(taken + _APART <= width)

    def _title_lines(self, width: float) -> list[str]:
        return fonts.wrapped(self.title, fonts.role_font("panel"), width)

    def _setting_lines(self, width: float) -> list[str]:
        return fonts.wrapped(self.settings, fonts.role_font("subtitle"), width) if self.settings else []

    # How it is painted.

    def paint(self, painter: QPainter, area: QRectF) -> QRectF:
        """Paint it at the upper and lower edge of an area; return what is left between them."""
        left = area.adjusted(0, self.above(area.width()), 0, -self.below(area.width()))
        self._paint_above(painter, area)
        self._paint_below(painter, area, left.bottom() + _GAP)
        return left

    def _paint_above(self, painter: QPainter, area: QRectF) -> None:
        metrics, width = _metrics("panel"), area.width()
        lines = self._title_lines(width)
        for place, line in enumerate(lines):
            at = area.topLeft() + QPointF(0, place * metrics.lineSpacing() + metrics.ascent())
            _write(painter, at, line, "panel", "text")
        place = 0 if self._on_one_line(width) else len(lines)
        row = QRectF(area.left(), area.top() + place * metrics.lineSpacing(), width, metrics.height())
        painter.setFont(fonts.role_font("formula"))
        painter.setPen(theme.current().color("text"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.counter())

    def _paint_below(self, painter: QPainter, area: QRectF, top: float) -> None:
        metrics = _metrics("subtitle")
        lower = (_row_height() - metrics.lineSpacing()) / 2
        base = top + metrics.ascent()
        for row in _flow(self.names, area.width()):
            x = area.left()
            for name in row:
                name.paint(painter, QPointF(x, base + lower))
                x += name.width() + _APART
            base += _row_height()
        for line in self._setting_lines(area.width()):
            _write(painter, QPointF(area.left(), base), line, "subtitle", "muted")
            base += metrics.lineSpacing()


def _metrics(role: str) -> QFontMetricsF:
    return QFontMetricsF(fonts.role_font(role))


def _row_height() -> float:
    """Return the height of a row of names, in which a letter has room."""
    return max(_metrics("subtitle").lineSpacing(), letters.SIDE + 4.0)


def _write(painter: QPainter, at: QPointF, text: str, role: str, token: str) -> None:
    painter.setFont(fonts.role_font(role))
    painter.setPen(theme.current().color(token))
    painter.drawText(at, text)


def _flow(names: Sequence[Name], width: float) -> Iterator[list[Name]]:
    """Yield names row by row, as many in one as have room."""
    row: list[Name] = []
    taken = 0.0
    for name in names:
        if row and taken + name.width() > width:
            yield row
            row, taken = [], 0.0
        row.append(name)
        taken += name.width() + _APART
    if row:
        yield row
