"""A board of grids: several matrices side by side with headers, texts and beams between them, painted by one widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.base.kept_images import KeptImages
from widgets.base.labels import fitting, metrics, text_height, text_width, write
from widgets.base.painted import PaintedWidget
from widgets.base.rendering import Rendering, has_controls, rendering_of
from widgets.grids.board_lines import Pages
from widgets.grids.grid import Placed
from widgets.grids.grid_cache import paint_filled, paint_still, still_key
from widgets.grids.grid_painting import paint, paint_frames

_BAR_HEIGHT = 10.0
_ANY = 1e6  # px: as wide as it is
_SHIFTS = {"left": 0.0, "middle": 0.5, "right": 1.0}  # of the width of a line, by how it is aligned


@dataclass(frozen=True)
class Caption:
    """A line of text whose top left (or middle, or right end) is at a point; cut short where it is wider than allowed.

    `role` is a font role, `colour` a token or the name of a series, in whose ink it is written.
    """

    text: str
    x: float
    y: float
    role: str = "subtitle"
    colour: str = "muted"
    align: str = "left"  # middle, right
    widest: float = _ANY
    moves: bool = False  # it says something else at every step

    @property
    def height(self) -> float:
        """The height of the line."""
        return text_height(self.role)

    @property
    def width(self) -> float:
        """The width of the whole text."""
        return text_width(self.text, self.role)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        text = fitting(self.text, self.role, self.widest)
        left = self.x - _SHIFTS[self.align] * text_width(text, self.role)
        painter.setPen(theme.current().text_colour(self.colour))
        write(painter, round(left), round(self.y + metrics(self.role).ascent()), text, self.role)


@dataclass(frozen=True)
class Hint(Caption):
    """A line that says what can be done here; on paper nothing can."""

    control: ClassVar[bool] = True
    moves: bool = True


@dataclass(frozen=True)
class Bar:
    """A key to signed colours: −limit, 0 and limit under a strip, with a word above."""

    still: ClassVar[bool] = True
    x: float
    y: float
    width: float
    limit: str
    word: str = ""

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        strip = QRectF(self.x, self.y, self.width, _BAR_HEIGHT)
        gradient = QLinearGradient(strip.topLeft(), strip.topRight())
        for share, value in ((0.0, -1.0), (0.5, 0.0), (1.0, 1.0)):
            gradient.setColorAt(share, colours.signed(value))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.color("border"), 1.0))
        painter.setBrush(gradient)
        painter.drawRect(strip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for words in self._words(strip):
            words.paint(painter)

    def _words(self, strip: QRectF) -> Iterator[Caption]:
        below, middle = strip.bottom() + 2, strip.center().x()
        yield Caption(f"−{self.limit}", strip.left(), below, "tick")
        yield Caption("0", middle, below, "tick", align="middle")
        yield Caption(f"+{self.limit}", strip.right(), below, "tick", align="right")
        yield Caption(self.word, middle, strip.top() - text_height("tick") - 1, "tick", align="middle")


@dataclass(frozen=True)
class Spot:
    """A place that is told of by its name as the one cell of a grid is, though nothing is painted there."""

    still: ClassVar[bool] = True
    name: str
    rect: QRectF
    cursor: Qt.CursorShape = Qt.CursorShape.ArrowCursor

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column 0 at a point of it, None outside."""
        return (0, 0) if self.rect.contains(x, y) else None

    def paint(self, painter: QPainter) -> None:
        """Paint nothing."""


@dataclass(frozen=True)
class Button(Spot):
    """A place that can be pressed and looks so, with words on it."""

    still: ClassVar[bool] = False
    control: ClassVar[bool] = True
    cursor: Qt.CursorShape = Qt.CursorShape.PointingHandCursor
    words: str = ""

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color("control"), 1.0))
        painter.setBrush(colours.color("panel"))
        painter.drawRoundedRect(self.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._paint_face(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_face(self, painter: QPainter) -> None:
        middle = self.rect.center().y() - text_height("label") / 2
        Caption(self.words, self.rect.center().x(), middle, "label", "text", "middle").paint(painter)


class Painted(Protocol):
    """Anything that paints itself at its place; what says that it is `still` stays from step to step.

    What says that it is a `control`, a button or a scroll bar, is not painted on paper.
    """

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""


@runtime_checkable
class Hittable(Painted, Protocol):
    """One that has cells to point at, as a grid has."""

    @property
    def name(self) -> str: ...

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None: ...


Item = Placed | Painted
Arrange = Callable[[float, float], Sequence[Item]]


class GridBoard(PaintedWidget):
    """Shows what `arrange(width, height)` places, which must be a function of the size alone until it is set anew.

    Cells are told by the name of their grid, row and column, counted as in `grid`.
    """

    hovered = Signal(str, int, int)
    left = Signal()
    clicked = Signal(str, int, int)
    opened = Signal(str, int, int)  # by a double click
    pressed = Signal(str, int, int)
    dragged = Signal(str, int, int)
    released = Signal()
    pulled = Signal(float)  # so many px up since the press
    moved = Signal(float, float)  # so many px to the right and down since the press
    turned = Signal(int)  # so many rows further down, where not all are in view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrange: Arrange = lambda _width, _height: ()
        self._items: Sequence[Item] | None = None
        self._parted: tuple[list[Item], list[Item]] | None = None  # the items: those that stay, all others
        self._kept = KeptImages()
        self._under: tuple[str, int, int] | None = None
        self._pressed: tuple[str, int, int] | None = None
        self._pressed_at = QPointF()
        self._drawable: frozenset[str] = frozenset()

    # What is set.

    def set_arrangement(self, arrange: Arrange) -> None:
        """Show what this places."""
        self._arrange = arrange
        self._forget()
        self.update()

    def set_drawable(self, names: frozenset[str]) -> None:
        """Name the grids that can be drawn on with the mouse: over them the pointer is a cross."""
        self._drawable = names

    # What is shown.

    def items(self) -> Sequence[Item]:
        """What is placed now: nothing while the board is empty and says why."""
        if self.empty_text:
            return ()
        if self._items is None:
            self._items = tuple(self._arrange(float(self.width()), float(self.height())))
        return self._items

    def _parts(self) -> tuple[list[Item], list[Item]]:
        """The items that stay from step to step, and those that are painted anew."""
        items = self.items()
        if self._parted is None or not items:
            self._parted = [i for i in items if _is_still(i)], [i for i in items if _is_painted(i)]
        return self._parted

    def placed(self, name: str) -> Placed | None:
        """The grid of that name, None if it is not shown."""
        return next((item for item in self.items() if isinstance(item, Placed) and item.name == name), None)

    def cell_at(self, position: QPointF) -> tuple[str, int, int] | None:
        """Name, row and column of the cell at a point of the widget; None where there is none."""
        for item in reversed(self.items()):
            if isinstance(item, Placed | Hittable) and (cell := item.cell_at(position.x(), position.y())):
                return (item.name, *cell)
        return None

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    # How it is painted.

    def _paint_here(self, painter: QPainter, dirty: QRect) -> None:
        rendering = rendering_of(painter, True)
        if self.empty_text or rendering.vector:
            super()._paint_here(painter, dirty)
            return
        painter.drawImage(0, 0, self._backdrop(rendering.scale))
        self._paint_moving(painter, rendering)

    def _paint(self, painter: QPainter) -> None:
        rendering = rendering_of(painter, True)
        self._paint_still(painter, rendering)
        self._paint_moving(painter, rendering)

    def _paint_still(self, painter: QPainter, rendering: Rendering) -> None:
        for item in self._parts()[0]:
            if isinstance(item, Placed):
                paint_still(painter, item, rendering)
            else:
                item.paint(painter)

    def _paint_moving(self, painter: QPainter, rendering: Rendering) -> None:
        for item in self._parts()[1]:
            if getattr(item, "control", False) and not has_controls():
                continue
            if not isinstance(item, Placed):
                item.paint(painter)
            elif item.grid.kept:
                paint_filled(painter, item, rendering)
                paint_frames(painter, item)
            else:
                paint(painter, item, rendering)

    def _backdrop(self, scale: float) -> QImage:
        """What stays from step to step, as one picture; painted anew only when it would look otherwise."""
        parts = (still_key(item, scale) if isinstance(item, Placed) else item for item in self._parts()[0])
        self._kept.prepare(tuple(parts), self.width(), self.height(), scale)
        return self._kept.image("still", partial(self._paint_backdrop, rendering=Rendering(scale=scale)))

    def _paint_backdrop(self, painter: QPainter, rendering: Rendering) -> None:
        ground = self.rect().adjusted(0, 0, 1, 1)  # the last device pixel may be part of a logical one
        painter.fillRect(ground, theme.current().color("panel"))
        self._paint_still(painter, rendering)

    # Events.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            way = event.position() - self._pressed_at
            self.pulled.emit(-way.y())
            self.moved.emit(way.x(), way.y())
        cell = self.cell_at(event.position())
        if cell != self._under:
            self._under = cell
            self._show_cursor()
            if self._pressed and cell:
                self.dragged.emit(*cell)
            if cell:
                self.hovered.emit(*cell)
            else:
                self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if (pages := self._pages()) and pages.rect.contains(event.position()):
            self.turned.emit(pages.turn_to(event.position().y()))
            return
        self._pressed, self._pressed_at = self.cell_at(event.position()), event.position()
        if self._pressed:
            self.pressed.emit(*self._pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        began, self._pressed = self._pressed, None
        if began:
            self.released.emit()
        if began and began == self.cell_at(event.position()):
            self.clicked.emit(*began)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell:
            self.opened.emit(*cell)

    def _pages(self) -> Pages | None:
        return next((item for item in self.items() if isinstance(item, Pages)), None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._pages() and event.angleDelta().y():
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._forget()

    def _forget(self) -> None:
        self._items = self._parted = None

    def _show_cursor(self) -> None:
        name = self._under[0] if self._under else None
        own = (item.cursor for item in self.items() if isinstance(item, Spot) and item.name == name)
        drawn_on = Qt.CursorShape.CrossCursor if name in self._drawable else Qt.CursorShape.ArrowCursor
        self.setCursor(next(own, drawn_on))


def _is_still(item: Item) -> bool:
    """Whether an item belongs to the backdrop: it is under all others, and the same from step to step."""
    if isinstance(item, Placed):
        return item.grid.kept
    return not item.moves if isinstance(item, Caption) else getattr(item, "still", False)


def _is_painted(item: Item) -> bool:
    """Whether an item is painted at every step: of a grid that stays its outlines may change."""
    return isinstance(item, Placed) or not _is_still(item)


def paint_band(painter: QPainter, near: QLineF, far: QLineF, fill: QColor, edge: QColor) -> None:
    """Paint the area between two edges: a fill that needs no smoothing, and soft lines along its sides."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF([near.p1(), near.p2(), far.p2(), far.p1()]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1.0))
    painter.drawLines([QLineF(near.p1(), far.p1()), QLineF(near.p2(), far.p2())])
