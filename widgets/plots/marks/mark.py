"""A mark: a value that a plot shows. It paints itself and tells what of it a pointer is at."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import nan
from typing import ClassVar, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.handle import Handle
from widgets.plots.marks.labels import NO_LINES, Label, write_labels
from widgets.plots.viewport import Viewport

HIT_RADIUS = 10.0


@dataclass(frozen=True)
class Hit:
    """What a pointer is at: the focus that the mark was given for it, and its place in data units.

    The distance is in pixels, greater for what gives way to other marks.
    """

    focus: Hashable
    distance: float
    draggable: bool = False
    place: tuple[float, float] = (nan, nan)


class Mark(Protocol):
    """Equal marks give equal pictures. Those that derive from it write only what they need of it."""

    is_ground: ClassVar[bool] = False
    """Whether it covers the whole plane, in place of the grid; its picture is kept until it or the view changes."""

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint it in pixels of the viewport; what `rendering.lit` names stands out."""
        return

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint what of it lies over all marks."""
        return

    def labels(self, viewport: Viewport) -> Sequence[Label]:
        """What is written beside it, where there is room among the labels of all marks."""
        return ()

    def taken(self, viewport: Viewport) -> Sequence[QRectF]:
        """Where no label should be."""
        return ()

    def along(self, viewport: Viewport) -> Floats:
        """Positions (n, 2) in pixels along its lines, which no label should cover."""
        return NO_LINES

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        """What of it is near enough to a position in pixels to be meant; None: nothing."""
        return None

    def handles(self) -> Sequence[Handle]:
        """What of it can be taken in hand by keys, in the order in which it is read."""
        return ()

    def tip(self, at: QPointF, viewport: Viewport) -> str:
        """The tooltip at a position in pixels; "": none."""
        return ""


def paint_marks(
    painter: QPainter, viewport: Viewport, rendering: Rendering, marks: Sequence[Mark], beneath: Sequence[Mark] = ()
) -> None:
    """Paint marks, each over those before it, and over all of them what is written, off what lies `beneath`, too."""
    for mark in marks:
        mark.paint(painter, viewport, rendering)
    for mark in marks:
        mark.paint_over(painter, viewport, rendering)
    labels = [label for mark in marks for label in mark.labels(viewport)]
    if labels:
        taken = [box for mark in (*beneath, *marks) for box in mark.taken(viewport)]
        lines = [line for mark in marks if len(line := mark.along(viewport))]
        write_labels(painter, viewport, rendering, labels, taken, np.concatenate(lines) if lines else NO_LINES)


def hits_at(marks: Sequence[Mark], at: QPointF, viewport: Viewport) -> list[Hit]:
    """What of each mark is at a position."""
    return [hit for mark in marks if (hit := mark.nearest(at, viewport)) is not None]


def nearest_of(hits: Iterable[Hit]) -> Hit | None:
    """The nearest; of equally near ones always the same, whichever lies on top."""
    return min(hits, key=lambda hit: (hit.distance, str(hit.focus)), default=None)


def tip_at(marks: Sequence[Mark], at: QPointF, viewport: Viewport) -> str:
    """The tooltip of the uppermost mark that has one there."""
    return next((tip for mark in reversed(marks) if (tip := mark.tip(at, viewport))), "")
