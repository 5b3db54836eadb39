"""Small planes beside each other, each with its marks, a title above and words below; a click or Return opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from widgets.base import fonts, theme
from widgets.base.labels import plot_font, text_height
from widgets.base.painted import PaintedWidget
from widgets.base.rendering import rendering_of
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_GAP, _EDGE = 8.0, 6.0  # px between two tiles, and around all of them
_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class PlaneTile:
    """A plane from −reach to reach both ways, at least; `told` are the lines below it."""

    id: str
    title: str
    marks: tuple[Mark, ...]
    reach: float
    told: tuple[str, ...] = ()


class PlaneTiles(PaintedWidget):
    """As many tiles as there are, of equal width; `opened` tells the id of one."""

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
        count = max(1, len(self._tiles))
        width = (self.width() - 2 * _EDGE - (count - 1) * _GAP) / count
        return QRectF(_EDGE + place * (width + _GAP), _EDGE, width, self.height() - 2 * _EDGE)

    def _paint(self, painter: QPainter) -> None:
        for place, tile in enumerate(self._tiles):
            self._paint_tile(painter, tile, self.tile_rect(place), place == self._at)

    def _paint_tile(self, painter: QPainter, tile: PlaneTile, rect: QRectF, is_at: bool) -> None:
        colours, line = theme.current(), text_height("tick") + 2
        plane = rect.adjusted(0, line, 0, -line * len(tile.told))
        painter.setPen(QPen(colours.color("accent" if is_at else "border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(plane, 4, 4)
        self._write(painter, tile.title, QRectF(rect.topLeft(), QPointF(rect.right(), plane.top())), "text")
        for row, words in enumerate(tile.told):
            below = QRectF(rect.left(), plane.bottom() + row * line, rect.width(), line)
            self._write(painter, words, below, "muted")
        if plane.width() > 2 and plane.height() > 2:
            self._paint_marks(painter, tile, plane)

    def _write(self, painter: QPainter, words: str, box: QRectF, ink: str) -> None:
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
