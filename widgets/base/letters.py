"""How the runs that are compared are told apart: a letter in a square, and a line of its own kind for each."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.labels import plot_font
from widgets.base.markers import draw_sprite, sprite
from widgets.base.rendering import Rendering

SIDE = 15.0
_DASHES = {"A": (8.0, 3.0, 2.0, 3.0), "B": (5.0, 4.0), "C": (1.5, 3.0), "D": (8.0, 3.0)}


def dashes(letter: str, width: float) -> tuple[float, ...]:
    """Return the dashes of a run that is not in front, in widths of its line; none without a letter."""
    return tuple(part / width for part in _DASHES.get(letter, ()))


def paint_letter(painter: QPainter, centre: QPointF, letter: str, filled: bool) -> None:
    """Paint the square of a run: filled for the one in front, with an edge like its lines for the others."""
    colours = theme.current()
    _draw(painter, centre, letter, colours.color("text"), colours.color("panel"), filled)


def paint_letter_mark(
    painter: QPainter, rendering: Rendering, centre: QPointF, letter: str, colour: QColor, filled: bool = False
) -> None:
    """Paint the square of a run in a colour, while playing from a sprite."""
    panel = theme.current().color("panel")
    if rendering.smooth or rendering.vector:
        _draw(painter, centre, letter, colour, panel, filled)
        return
    image = _sprite(letter, colour.rgba(), panel.rgba(), filled, rendering.scale)
    draw_sprite(painter, image, centre.x(), centre.y(), rendering.scale)


@lru_cache(maxsize=64)
def _sprite(letter: str, colour: int, panel: int, filled: bool, scale: float) -> QImage:
    colours = QColor.fromRgba(colour), QColor.fromRgba(panel)
    return sprite(SIDE + 4, scale, lambda painter, middle: _draw(painter, middle, letter, *colours, filled))


def _draw(painter: QPainter, centre: QPointF, letter: str, ink: QColor, ground: QColor, filled: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, SIDE, SIDE)
    box.moveCenter(centre)
    pen = QPen(ink, 1.5)
    if not filled:
        pen.setDashPattern([2.0, 1.5] if letter != "C" else [0.8, 1.4])
    painter.setPen(pen)
    painter.setBrush(ink if filled else ground)
    painter.drawRoundedRect(box, 3.5, 3.5)
    painter.setFont(plot_font("label"))
    painter.setPen(ground if filled else ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()
