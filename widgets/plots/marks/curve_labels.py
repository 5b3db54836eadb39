"""Markers and labels of curves at the cursor, and marks of changed settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.base import theme
from widgets.base.labels import APART, draw_label, place_beside, spread, text_size
from widgets.base.markers import draw_marker, paint_marker
from widgets.base.rendering import Rendering
from widgets.plots.marks.curves import ChangeMark, Curve, last_value
from widgets.plots.viewport import Viewport

_MARKER = 8.0
_END_MARKER = 12.0
_FOCUSED_WIDER = 2.0
_DIAMOND = 8.0
_DIAMOND_DOWN = 8.0
_LABEL_GAP = 13.0
_LEADER_GAP = 2.0
_APART_GAP = 8.0
_OVERHANG = 4.0


@dataclass(frozen=True)
class Tag:
    """The label of a curve and the point it speaks of."""

    curve: Curve
    point: QPointF
    ended: bool

    @property
    def apart(self) -> bool:
        """Whether the label does not stand in the cursor's column."""
        return self.ended or self.curve.ghost


def paint_tags(
    painter: QPainter, viewport: Viewport, rendering: Rendering, curves: Sequence[Curve], cursor: float | None
) -> None:
    """Paint a marker at each curve's last value up to the cursor, if there is one, and the labels."""
    tags = tags_of(viewport, curves, cursor)
    if cursor is not None:
        _paint_markers(painter, viewport, rendering, tags)
    _paint_labels(painter, viewport, rendering, tags)


def tags_of(viewport: Viewport, curves: Sequence[Curve], cursor: float | None) -> list[Tag]:
    """Where each curve's marker and label stand: at its last value up to the cursor, a ghost's at its last value."""
    tags = []
    for curve in curves:
        found = last_value(curve, None if curve.ghost else cursor)
        if found is None:
            continue
        index, ended = found
        point = viewport.point(float(curve.x[index]), float(curve.y[index]))
        if _is_beside(point, viewport):
            tags.append(Tag(curve, point, ended and not curve.ghost))
    return tags


def _is_beside(point: QPointF, viewport: Viewport) -> bool:
    """Whether a point is a place at all, in the columns that are seen."""
    return isfinite(point.x()) and isfinite(point.y()) and -1 <= point.x() <= viewport.width + 1


def _paint_markers(painter: QPainter, viewport: Viewport, rendering: Rendering, tags: Sequence[Tag]) -> None:
    shown = theme.current()
    seen = viewport.rect.adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)
    for tag in sorted(tags, key=lambda tag: tag.curve.focused):
        if tag.curve.ghost or not seen.contains(tag.point):
            continue
        shape, size = ("cross", _END_MARKER) if tag.ended else (tag.curve.shape, _MARKER)
        size += _FOCUSED_WIDER if tag.curve.focused else 0.0
        paint_marker(painter, rendering, shape, tag.point, size, shown.line(tag.curve.colour), shown.color("panel"))


def _paint_labels(painter: QPainter, viewport: Viewport, rendering: Rendering, tags: Sequence[Tag]) -> None:
    """Labels at the cursor form one column; curves that ended before and ghosts are labelled where there is room."""
    labelled = [tag for tag in tags if tag.curve.label]
    column = _fitting([tag for tag in labelled if not tag.apart], viewport)
    taken = _paint_column(painter, viewport, rendering, column) if column else []
    taken += [_marker_box(tag) for tag in tags if not tag.curve.ghost]
    for tag in (tag for tag in labelled if tag.apart):
        size = text_size(tag.curve.label, "label")
        first = "above" if tag.curve.ghost else "left"
        box = place_beside(tag.point, size, _APART_GAP, viewport.rect, taken, first)
        _paint_tag(painter, rendering, tag, box.topLeft())
        taken.append(box)


def _marker_box(tag: Tag) -> QRectF:
    return QRectF(tag.point.x() - _MARKER / 2, tag.point.y() - _MARKER / 2, _MARKER, _MARKER)


def _fitting(column: list[Tag], viewport: Viewport) -> list[Tag]:
    """The labels there is room for: focused ones first, else in the order given."""
    room = max(1, int((viewport.height - APART) // APART) + 1)
    kept = sorted(column, key=lambda tag: not tag.curve.focused)[:room]
    return [tag for tag in column if tag in kept]


def _paint_column(painter: QPainter, viewport: Viewport, rendering: Rendering, column: list[Tag]) -> list[QRectF]:
    """Labels right of the cursor, or left of it where the picture ends; the boxes they take."""
    sizes = [text_size(tag.curve.label, "label") for tag in column]
    x = max(tag.point.x() for tag in column)
    left = x + _LABEL_GAP + max(size.width() for size in sizes) > viewport.width
    x = min(tag.point.x() for tag in column) if left else x
    boxes = []
    for tag, size, middle in zip(column, sizes, label_middles(viewport, [t.point.y() for t in column]), strict=True):
        corner = max(2.0, x - _LABEL_GAP - size.width()) if left else x + _LABEL_GAP
        box = QRectF(QPointF(corner, middle - size.height() / 2), size)
        edge = box.right() + _LEADER_GAP if left else box.left() - _LEADER_GAP
        _paint_leader(painter, tag, QPointF(edge, middle))
        _paint_tag(painter, rendering, tag, box.topLeft())
        boxes.append(box)
    return boxes


def label_middles(viewport: Viewport, wanted: Sequence[float]) -> list[float]:
    """The heights of labels for points at `wanted` pixels down: inside the view and 14 px apart."""
    return spread(wanted, APART / 2, viewport.height - APART / 2)


def _paint_leader(painter: QPainter, tag: Tag, end: QPointF) -> None:
    if abs(end.y() - tag.point.y()) < 2.0:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_ink(tag.curve), 1.0))
    painter.drawLine(tag.point, end)


def _paint_tag(painter: QPainter, rendering: Rendering, tag: Tag, corner: QPointF) -> None:
    panel = theme.current().color("panel")
    draw_label(painter, rendering, corner, tag.curve.label, "label", _ink(tag.curve), panel)


def _ink(curve: Curve) -> QColor:
    return theme.current().color("muted") if curve.ghost else theme.current().ink(curve.colour)


# Marks of changed settings.


def change_mark_boxes(viewport: Viewport, marks: Sequence[ChangeMark]) -> list[tuple[ChangeMark, QRectF]]:
    """Where the diamonds are that are in view, in the order of their steps."""
    boxes = []
    for mark in sorted(marks, key=lambda mark: mark.x):
        across = viewport.point(mark.x, 1.0).x()
        if 0 <= across <= viewport.width:
            box = QRectF(across - _DIAMOND / 2, _DIAMOND_DOWN - _DIAMOND / 2, _DIAMOND, _DIAMOND)
            boxes.append((mark, box.adjusted(-4, -4, 4, 4)))
    return boxes


def paint_change_marks(
    painter: QPainter, viewport: Viewport, rendering: Rendering, marks: Sequence[ChangeMark]
) -> None:
    """Diamonds along the top, each with its text if that ends before the next diamond; the tooltip has it anyway."""
    boxes = change_mark_boxes(viewport, marks)
    shown = theme.current()
    for index, (mark, box) in enumerate(boxes):
        edge = boxes[index + 1][1].left() if index + 1 < len(boxes) else viewport.width
        draw_marker(painter, "diamond", box.center(), _DIAMOND, shown.color("text"), shown.color("panel"))
        size = text_size(mark.text, "tick")
        if box.right() + size.width() <= edge:
            corner = QPointF(box.right(), box.center().y() - size.height() / 2)
            draw_label(painter, rendering, corner, mark.text, "tick", shown.color("muted"), shown.color("panel"))
