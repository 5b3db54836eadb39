"""Axes keep their colour through the stack: which is whose, and how an axis, a batch and a layer are painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
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
_DISC, _SIGN = 6.5, 3.0  # px of the radius of a handle, and of the sign in it
_HATCH = 5.0  # px between two lines of a hatch
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
    """A dimension line along a side of a tensor, in the colour of its axis, with its size in the middle.

    Of one that leads into the depth the size stands behind its end. One that is `lit` is thick.
    """

    still: ClassVar[bool] = True
    line: QLineF
    text: str
    colour: str
    lit: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setPen(QPen(shown.line_colour(self.colour), 5.0 if self.lit else 2.0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._is_deep)
        aside = QPointF(0, _TICK) if not self.line.dy() else QPointF(_TICK, 0)
        ends = [QLineF(p - aside, p + aside) for p in (self.line.p1(), self.line.p2())]
        painter.drawLines([self.line, *(() if self._is_deep else ends)])
        self._write(painter, shown.text_colour(self.colour), shown.color("panel"))

    @property
    def _is_deep(self) -> bool:
        return bool(self.line.dx() and self.line.dy())

    def _write(self, painter: QPainter, ink: QColor, ground: QColor) -> None:
        """Write the size over a line that goes across, left of one that goes down, behind one into the depth."""
        wide, high = text_width(self.text, "label"), text_height("label")
        middle = self.line.center()
        if self._is_deep:
            box = QRectF(self.line.x2() + 2 * _DISC, self.line.y2() - high / 2, wide + 2, high)
        elif self.line.dy():
            box = QRectF(middle.x() - wide - 6, middle.y() - high / 2, wide + 2, high)
        else:
            box = QRectF(middle.x() - wide / 2 - 3, middle.y() - high / 2, wide + 6, high)
        painter.fillRect(box, ground)
        painter.setFont(plot_font("label"))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)


@dataclass(frozen=True)
class Sheets:
    """The other examples of a batch, two sheets behind the tensor: dotted while their number is not fixed."""

    still: ClassVar[bool] = True
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
class Slices:
    """So many slices of a picture behind the one in front, each a little to the upper right."""

    still: ClassVar[bool] = True
    front: QRectF
    count: int
    apart: float

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(shown.color("border"), 1.0))
        painter.setBrush(shown.color("sunken"))
        for slice in range(self.count, 0, -1):
            painter.drawRect(self.front.translated(slice * self.apart, -slice * self.apart))
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class JointBox:
    """The bar of a layer between two tensors; one that is chosen is tinted."""

    still: ClassVar[bool] = True
    rect: QRectF
    look: Literal["ahead", "chosen"] = "ahead"

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = self.look == "chosen"
        painter.setPen(QPen(shown.color("accent" if is_chosen else "border"), 2.0 if is_chosen else 1.0))
        painter.setBrush(shown.color("selection" if is_chosen else "sunken"))
        painter.drawRoundedRect(self.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class Passing:
    """The edge around the bar of the layer that the data goes through in the step in view."""

    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("accent"), 2.0))
        painter.drawRoundedRect(self.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


@dataclass(frozen=True)
class Underline:
    """A thick line under the size of an axis, in its colour."""

    still: ClassVar[bool] = True
    line: QLineF
    colour: str

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.current().line_colour(self.colour), 3.0))
        painter.drawLine(self.line)


@dataclass(frozen=True)
class Drop:
    """The line where a layer will stand that is being dragged."""

    line: QLineF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.current().color("accent"), 4.0))
        painter.drawLine(self.line)


@dataclass(frozen=True)
class Handle:
    """The end of an axis that can be dragged: a disc with an accent ring and the two ways it goes."""

    still: ClassVar[bool] = True
    centre: QPointF
    across: bool

    @property
    def rect(self) -> QRectF:
        """Where it can be taken hold of."""
        reach = _DISC + 2.0
        return QRectF(self.centre.x() - reach, self.centre.y() - reach, 2 * reach, 2 * reach)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown, out = theme.current(), QPointF(_SIGN, 0) if self.across else QPointF(0, _SIGN)
        aside = QPointF(out.y(), out.x()) * 0.7
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(shown.color("accent"), 2.0))
        painter.setBrush(shown.color("panel"))
        painter.drawEllipse(self.centre, _DISC, _DISC)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shown.color("accent"), 1.5))
        for end in (self.centre + out * 1.2, self.centre - out * 1.2):
            back = (self.centre - end) * 0.5
            painter.drawLines([QLineF(end, end + back + aside), QLineF(end, end + back - aside)])


@dataclass(frozen=True)
class Hatch:
    """What is left out of a tensor: it goes on here, but no cells are drawn."""

    still: ClassVar[bool] = True
    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.rect)
        painter.setPen(QPen(theme.current().color("control"), 1.0))
        box, lines = self.rect, []
        for i in range(int((box.width() + box.height()) / _HATCH) + 1):
            x = box.left() + i * _HATCH
            lines.append(QLineF(x, box.top(), x - box.height(), box.bottom()))
        painter.drawLines(lines)
        painter.restore()


@dataclass(frozen=True)
class Tints:
    """Strips of one axis in two tints, in turn: the places on it, wherever they lie."""

    still: ClassVar[bool] = True
    strips: tuple[QRectF, ...]
    colour: str

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        shown = theme.current()
        full = shown.line_colour(self.colour)
        pale = shown.mix(full, shown.color("panel"), 0.6)
        for i, strip in enumerate(self.strips):
            painter.fillRect(strip, pale if i % 2 else full)
