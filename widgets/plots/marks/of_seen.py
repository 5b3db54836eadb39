"""Marks that are made for the part of the plane that is seen: fields and their borders, as fine as that is large."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.labels import Label
from widgets.plots.marks.mark import Hit, Mark
from widgets.plots.viewport import Rectangle, Viewport


@dataclass(frozen=True, eq=False)
class OfSeen(ByIdentity, Mark):
    """The mark that `make` returns for some numbers, further arguments and the rectangle seen (data units).

    `make` is asked whenever it is painted or pointed at: it keeps what it made.
    """

    make: Callable[..., Mark]
    of: Floats
    further: tuple[Hashable, ...]

    def made(self, seen: Rectangle) -> Mark:
        """Return the mark for a rectangle."""
        return self.make(self.of, *self.further, seen)

    def _made(self, viewport: Viewport) -> Mark:
        return self.made((viewport.x0, viewport.x1, viewport.y0, viewport.y1))

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        self._made(viewport).paint(painter, viewport, rendering)

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        self._made(viewport).paint_over(painter, viewport, rendering)

    def labels(self, viewport: Viewport) -> Sequence[Label]:
        return self._made(viewport).labels(viewport)

    def taken(self, viewport: Viewport) -> Sequence[QRectF]:
        return self._made(viewport).taken(viewport)

    def along(self, viewport: Viewport) -> Floats:
        return self._made(viewport).along(viewport)

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        return self._made(viewport).nearest(at, viewport)


@dataclass(frozen=True, eq=False)
class GroundOfSeen(OfSeen):
    """One whose mark covers the whole plane."""

    is_ground: ClassVar[bool] = True
