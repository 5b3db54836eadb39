"""Small planes beside each other, each with its marks, a title above and words below; a click or Return opens one.

Where that makes them larger they stand below each other, their words at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from widgets.base import fonts, theme
from widgets.base.labels import plot_font, text_height, text_width
from widgets.base.painted import PaintedWidget
from widgets.base.rendering import rendering_of
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_GAP, _EDGE = 8.0, 6.0  # px between two tiles, and around all of them
_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class PlaneTile:
    """A plane from −reach to reach both ways, at least; `told` are the lines below it, or at its right."""

    id: str
    title: str
    marks: tuple[Mark, ...]
    reach: float
    told: tuple[str, ...] = ()


class PlaneTiles(PaintedWidget):
    """As many tiles as there are, of equal size; `opened` tells the id of one."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.smooth = True
        self._tiles: tuple[PlaneTile, ...] = ()
        self._at = -1  # the tile that the keyboard, or the pointer, is at

    def set_tiles(self, tiles: Sequence[PlaneTile]) -> None:
        """Show these."""
        self._tiles = tuple(tiles)
        self.setAccessibleDescription("; ".join(", ".join([tile.title, *tile.told]) for tile in tiles))
        self.update()

    def tiles(self) -> tuple[PlaneTile, ...]:
        """What is shown."""
        return self._tiles

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def tile_rect(self, place: int) -> QRectF:
        """Where a tile lies, title and words included."""
        return self._tile_rect(place, self._is_stacked)

    def plane_rect(self, place: int) -> QRectF:
        """Where the plane of a tile lies."""
        return self._plane_rect(place, self._is_stacked)

    @property
    def _is_stacked(self) -> bool:
        beside, below = (self._plane_rect(0, is_stacked).size() for is_stacked in (False, True))
        return min(below.width(), below.height()) > min(beside.width(), beside.height())

    def _tile_rect(self, place: int, is_stacked: bool) -> QRectF:
        room, count = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), max(1, len(self._tiles))
        if is_stacked:
            height = (room.height() - (count - 1) * _GAP) / count
            return QRectF(room.left(), room.top() + place * (height + _GAP), room.width(), height)
        width = (room.width() - (count - 1) * _GAP) / count
        return QRectF(room.left() + place * (width + _GAP), room.top(), width, room.height())

    def _plane_rect(self, place: int, is_stacked: bool) -> QRectF:
        rect = self._tile_rect(place, is_stacked).adjusted(0, _line(), 0, 0)
        if not is_stacked:
            return rect.adjusted(0, 0, 0, -_line() * max((len(tile.told) for tile in self._tiles), default=0))
        words = max((text_width(told, "tick") for tile in self._tiles for told in tile.told), default=0.0)
        rect.setWidth(max(0.0, rect.width() - ceil(words) - 1 - _GAP))  # words are cut to whole px
        return rect

    def _paint(self, painter: QPainter) -> None:
        for place, tile in enumerate(self._tiles):
            self._paint_tile(painter, tile, place)

    def _paint_tile(self, painter: QPainter, tile: PlaneTile, place: int) -> None:
        rect, plane = self.tile_rect(place), self.plane_rect(place)
        painter.setPen(QPen(theme.current().color("accent" if place == self._at else "border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(plane, 4, 4)
        self._write(painter, tile.title, QRectF(rect.topLeft(), QPointF(rect.right(), plane.top())), "text")
        told = plane.topRight() + QPointF(_GAP, 0) if self._is_stacked else plane.bottomLeft()
        for row, words in enumerate(tile.told):
            self._write(painter, words, QRectF(told.x(), told.y() + row * _line(), rect.right() - told.x(), _line()))
        if plane.width() > 2 and plane.height() > 2:
            self._paint_marks(painter, tile, plane)

    def _write(self, painter: QPainter, words: str, box: QRectF, ink: str = "muted") -> None:
        painter.setFont(plot_font("tick"))
        painter.setPen(theme.current().color(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, fonts.cut(words, painter.fontMetrics(), int(box.width())))

    def _paint_marks(self, painter: QPainter, tile: PlaneTile, plane: QRectF) -> None:
        side = min(plane.width(), plane.height())
        across, up = (tile.reach * length / side for length in (plane.width(), plane.height()))
        viewport = Viewport(-across, across, -up, up, plane.width(), plane.height())
        painter.save()
        painter.setClipRect(plane)
        painter.translate(plane.topLeft())
        rendering = rendering_of(painter, self.smooth)
        for mark in tile.marks:
            mark.paint(painter, viewport, rendering)
        painter.restore()

    # ---- mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_to(next((i for i in range(len(self._tiles)) if self.tile_rect(i).contains(event.position())), -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WAYS and self._tiles:
            self._go_to(min(max(0, self._at + _WAYS[Qt.Key(event.key())]), len(self._tiles) - 1))
        elif event.key() in _RETURN and self._at >= 0:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if 0 <= self._at < len(self._tiles) and not self.empty_text:
            self.opened.emit(self._tiles[self._at].id)

    def _go_to(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self.setToolTip("\n".join([self._tiles[place].title, *self._tiles[place].told]) if place >= 0 else "")
            self.update()


def _line() -> float:
    """Px from one line of words to the next."""
    return text_height("tick") + 2
