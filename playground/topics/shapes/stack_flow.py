"""What flows from tensor to tensor: bands from the cell in focus to those it is made of, and to those it goes to.

Where Flatten stands between, a band also leads from the whole row of the cell to its segment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from core.shapes.cells import Mask
from playground.topics.shapes.stack_plan import Place
from widgets.base import theme


@dataclass(frozen=True)
class Band:
    """A band from cells of one tensor down to cells of the next; one to what is still to be made has dashed sides."""

    still: ClassVar[bool] = True
    source: QRectF
    target: QRectF
    colour: str = "accent"
    dashed: bool = False
    share: float = 0.16

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        ink = shown.line_colour(self.colour)
        top, bottom = self.source.bottom(), self.target.top()
        corners = [
            QPointF(self.source.left(), top), QPointF(self.source.right(), top),
            QPointF(self.target.right(), bottom), QPointF(self.target.left(), bottom),
        ]  # fmt: skip
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown.mix(shown.color("panel"), ink, self.share))
        painter.drawPolygon(QPolygonF(corners))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DashLine if self.dashed else Qt.PenStyle.SolidLine))
        painter.drawLine(corners[0], corners[3])
        painter.drawLine(corners[1], corners[2])


def bands(places: list[Place], lit: dict[int, Mask], k: int) -> Iterator[Band]:
    """Yield the bands between the tensors drawn, from the lit cells of one to those of the next; k has the focus."""
    for upper, lower in pairwise(places):
        source, target = (_around(place, lit.get(place.k)) for place in (upper, lower))
        if source and target:
            yield Band(source, target, dashed=upper.k >= k)


def _around(place: Place, mask: Mask | None) -> QRectF | None:
    """Return the rectangle around the lit cells that are drawn, reaching to the edges of the tensor."""
    if mask is None:
        return None
    cells = np.argwhere(over_slices(mask)[: place.drawn.rows, : place.drawn.columns])
    if not len(cells):
        return None
    (_, first), (_, last) = cells.min(axis=0), cells.max(axis=0)
    left, right = (place.left + i * place.cell[0] for i in (first, last + 1))
    return QRectF(left, place.top, right - left, place.bottom - place.top)


def over_slices(mask: Mask) -> NDArray[np.bool_]:
    """Return which cells (rows, columns) are marked in any of the slices that stand behind each other."""
    if mask.ndim < 3:
        return mask.reshape(1, -1) if mask.ndim < 2 else mask
    return np.asarray(mask.reshape(-1, *mask.shape[-3:])[0].any(axis=-1))
