"""What is written beside marks, where there is room for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from widgets.base import theme
from widgets.base.labels import draw_label, place_beside, text_size
from widgets.base.markers import FOCUSED_MARKER
from widgets.base.rendering import Rendering
from widgets.plots.viewport import Viewport


@dataclass(frozen=True)
class Label:
    """A text beside a point in pixels, by choice on the side `first`; those of low `rank` get their place first."""

    text: str
    point: QPointF
    ink: QColor
    halo: QColor
    gap: float = 4.0
    first: str = "right"
    rank: int = 0


def label_beside(
    viewport: Viewport, point: QPointF, text: str, colour: str, rank: int, first: str = "right", gap: float = 4.0
) -> list[Label]:
    """The label of a mark in the colour of a series, or none where the point is not seen."""
    if not text or not is_place(point) or not viewport.rect.contains(point):
        return []
    colours = theme.current()
    return [Label(text, point, colours.text_colour(colour or "text"), colours.color("casing"), gap, first, rank)]


def write_labels(
    painter: QPainter, viewport: Viewport, rendering: Rendering, labels: Sequence[Label], taken: Sequence[QRectF]
) -> None:
    """Write each label where it covers neither what is taken nor those before it, if there is such a place."""
    boxes = list(taken)
    for label in sorted(labels, key=lambda label: label.rank):
        size = text_size(label.text, "label")
        box = place_beside(label.point, size, label.gap, viewport.rect, boxes, label.first)
        draw_label(painter, rendering, box.topLeft(), label.text, "label", label.ink, label.halo)
        boxes.append(box)


def is_place(point: QPointF) -> bool:
    """Whether a pixel position is one."""
    return isfinite(point.x()) and isfinite(point.y())


def marker_box(place: QPointF, size: float = FOCUSED_MARKER) -> list[QRectF]:
    """The room a marker takes; none where it has no place."""
    half = size / 2
    return [QRectF(place.x() - half, place.y() - half, size, size)] if is_place(place) else []
