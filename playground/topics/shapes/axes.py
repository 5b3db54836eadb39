"""Axes keep their colour through the stack: which is whose, and how an axis, a batch and a layer are painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.nn.layers import Embedding, Stack, written
from core.nn.layers.shapes import names_of
from widgets.base import theme
from widgets.base.labels import plot_font, text_height, text_width

COLOURS = {
    "batch": "black", "time": "blue", "features": "orange", "rows": "green", "columns": "purple",
    "channels": "vermillion",
}  # fmt: skip
_TICK = 4.0  # px of the ends of a dimension line, to each side
_APART = 4.0  # px between the sheets of a batch


def colour_of(axis: str) -> str:
    """Return the series in whose colour an axis is drawn; of axes without a name of their own all have one."""
    return COLOURS.get(axis, "sky")


def names_in(made: Stack, k: int) -> tuple[str, ...]:
    """Return what the axes of tensor k are called, as written; numbers that are looked up stand in time."""
    sizes = written(made.shapes[k])
    if len(sizes) == 2 and k < len(made.layers) and isinstance(made.layers[k], Embedding):
        return "batch", "time"
    return names_of(len(sizes))


@dataclass(frozen=True)
class Dimension:
    """A dimension line along a side of a tensor, in the colour of its axis, with its size in the middle."""

    line: QLineF
    text: str
    colour: str

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(shown.line_colour(self.colour), 2.0))
        across = self.line.dy() == 0
        ends = [QRectF(p.x(), p.y(), 0, 0).adjusted(*((0, -_TICK, 0, _TICK) if across else (-_TICK, 0, _TICK, 0)))
                for p in (self.line.p1(), self.line.p2())]  # fmt: skip
        painter.drawLines([self.line, *(QLineF(end.topLeft(), end.bottomRight()) for end in ends)])
        self._write(painter, shown.text_colour(self.colour), shown.color("panel"), across)

    def _write(self, painter: QPainter, ink: QColor, ground: QColor, across: bool) -> None:
        """Write the size over a line that goes across, and left of one that goes down."""
        wide, high = text_width(self.text, "label"), text_height("label")
        middle = self.line.center()
        if across:
            box = QRectF(middle.x() - wide / 2 - 3, middle.y() - high / 2, wide + 6, high)
        else:
            box = QRectF(middle.x() - wide - 6, middle.y() - high / 2, wide + 2, high)
        painter.fillRect(box, ground)
        painter.setFont(plot_font("label"))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)


@dataclass(frozen=True)
class Sheets:
    """The other examples of a batch, two sheets behind the tensor: dotted while their number is not fixed."""

    front: QRectF
    is_fixed: bool

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        style = Qt.PenStyle.SolidLine if self.is_fixed else Qt.PenStyle.DotLine
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.current().line_colour(COLOURS["batch"]), 1.0, style))
        painter.setBrush(theme.current().color("panel"))
        for sheet in (2, 1):
            painter.drawRect(self.front.translated(sheet * _APART, -sheet * _APART))
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class JointBox:
    """The bar of a layer between two tensors; `state`: the data has been through, goes through now, or is to come."""

    rect: QRectF
    state: str  # done, now, ahead

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(shown.color("accent" if self.state == "now" else "border"), 2.0 if self.state == "now" else 1.0)
        painter.setPen(edge)
        painter.setBrush(shown.color("panel" if self.state == "ahead" else "sunken"))
        painter.drawRoundedRect(self.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
