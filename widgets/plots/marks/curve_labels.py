"""Markers and labels of curves at the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.base import theme
from widgets.base.labels import APART, draw_label, metrics, plot_font, spread, text_size
from widgets.base.letters import SIDE, paint_letter_mark
from widgets.base.markers import paint_marker
from widgets.base.rendering import Rendering
from widgets.plots.marks.labels import Label, Lines, clearest, marker_box, placed, stretches, write_labels
from widgets.plots.viewport import Viewport

_MARKER = 8.0
_END_MARKER = 12.0
_FOCUSED_WIDER = 2.0
_LABEL_GAP = 13.0
_LEADER_GAP = 2.0
_APART_GAP = 8.0
_OVERHANG = 4.0
_EDGE = 2.0  # px from the edge of the plot to a label
_WAYS = (0, *(way for step in range(1, 7) for way in (-step, step)))  # lines that a label may be lifted or lowered by
_SHIFTS = tuple(way / 2 for step in range(1, 11) for way in (-step, step))  # and a whole column, the nearest first


@dataclass(frozen=True)
class Tag:
    """The label of a curve and the point it speaks of."""

    label: str
    point: QPointF
    colour: str
    shape: str
    focused: bool = False
    ghost: bool = False
    ended: bool = False
    letter: str = ""  # of a run that is compared
    front: bool = True
    hollow: bool = False  # at the foot of a log axis: it is zero

    @property
    def apart(self) -> bool:
        """Whether the label does not stand in the cursor's column."""
        return self.ended or self.ghost

    @property
    def ink(self) -> QColor:
        """What the label is written in."""
        return theme.current().color("muted") if self.ghost else theme.current().ink(self.colour)


def paint_markers(painter: QPainter, viewport: Viewport, rendering: Rendering, tags: Sequence[Tag]) -> None:
    """Paint a marker at the point of each curve that is no ghost, focused ones on top."""
    colours = theme.current()
    seen = viewport.rect.adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG)
    for tag in sorted(tags, key=lambda tag: tag.focused):
        if tag.ghost or not seen.contains(tag.point):
            continue
        if tag.letter and tag.label:
            paint_letter_mark(painter, rendering, tag.point, tag.letter, colours.line(tag.colour), tag.front)
        if tag.letter or not tag.front:
            continue
        shape, size = ("cross", _END_MARKER) if tag.ended else (tag.shape, _MARKER)
        size += _FOCUSED_WIDER if tag.focused else 0.0
        fill, edge = colours.line(tag.colour), colours.color("panel")
        paint_marker(painter, rendering, shape, tag.point, size, *((edge, fill) if tag.hollow else (fill, edge)))


def paint_labels(
    painter: QPainter, viewport: Viewport, rendering: Rendering, tags: Sequence[Tag], lines: Lines = ()
) -> list[QRectF]:
    """Write labels: those at the cursor in one column, of curves that ended before and ghosts where there is room.

    Return what markers and labels take.
    """
    column = in_column(viewport, tags, lines)
    for tag, box in column:
        is_left = box.center().x() < tag.point.x()
        edge = box.right() + _LEADER_GAP if is_left else box.left() - _LEADER_GAP
        _paint_leader(painter, tag, QPointF(edge, box.center().y()))
        _write(painter, rendering, tag, box)
    write_labels(painter, viewport, rendering, _apart(tags), [*(box for _, box in column), *_markers(tags)])
    return [*boxes_of(viewport, tags, column), *_markers(tags)]


def boxes_of(viewport: Viewport, tags: Sequence[Tag], column: Sequence[tuple[Tag, QRectF]]) -> list[QRectF]:
    """Return what labels take, those in the column and those apart."""
    boxes = [box for _, box in column]
    return [*boxes, *(box for _, box in placed(viewport, _apart(tags), [*boxes, *_markers(tags)]))]


def _markers(tags: Sequence[Tag]) -> list[QRectF]:
    return [box for tag in tags if not tag.ghost for box in marker_box(tag.point, _MARKER)]


def _apart(tags: Sequence[Tag]) -> list[Label]:
    """Return the labels that do not stand in the cursor's column."""
    panel = theme.current().color("panel")
    return [
        Label(tag.label, tag.point, tag.ink, panel, _APART_GAP, "above" if tag.ghost else "left")
        for tag in (_told(tag, tags) for tag in tags if tag.label and tag.apart)
    ]


def in_column(viewport: Viewport, tags: Sequence[Tag], lines: Lines = ()) -> list[tuple[Tag, QRectF]]:
    """Return the labels at the cursor with their boxes: right of it; where the picture ends each left of its point."""
    told = [tag for tag in tags if not tag.apart and _says_more(tag, tags)]
    if not _has_room(told, viewport):
        told = [_short(tag) for tag in told]
    column = _fitting([_told(tag, tags) for tag in told], viewport)
    if not column:
        return []
    sizes = [text_size(tag.label, "label") for tag in column]
    x = max(tag.point.x() for tag in column)
    is_left = x + _LABEL_GAP + max(size.width() for size in sizes) > viewport.width
    middles = spread([tag.point.y() for tag in column], APART / 2, viewport.height - APART / 2)
    boxes = []
    for tag, size, middle in zip(column, sizes, middles, strict=True):
        corner = max(_EDGE, tag.point.x() - _LABEL_GAP - size.width()) if is_left else x + _LABEL_GAP
        boxes.append(QRectF(QPointF(corner, middle - size.height() / 2), size))
    return list(zip(column, _off_curves(boxes, viewport, lines), strict=True))


def _told(tag: Tag, tags: Sequence[Tag]) -> Tag:
    """Return a tag that says its letter beside its value where its square and that of another lie on each other."""
    if not tag.letter or _is_clear(tag, tags) or tag.label.split(" ")[0] == tag.letter:
        return tag
    return replace(tag, label=f"{tag.letter}  {tag.label}")


def _has_room(column: Sequence[Tag], viewport: Viewport) -> bool:
    """Tell whether all labels have room right of the last point, or each left of its own."""
    needed = [_LABEL_GAP + text_size(tag.label, "label").width() for tag in column]
    places = [tag.point.x() for tag in column]
    is_right = max(places, default=0.0) + max(needed, default=0.0) <= viewport.width
    return is_right or all(place - room >= _EDGE for place, room in zip(places, needed, strict=True))


def _short(tag: Tag) -> Tag:
    """Return a tag of a run that is compared with its value alone: its square says which run it is."""
    return replace(tag, label=tag.label.split("  ")[-1]) if tag.letter else tag


def _says_more(tag: Tag, tags: Sequence[Tag]) -> bool:
    """Tell whether a tag has words, and not just the letter that its square says already."""
    return bool(tag.label) and not (tag.label == tag.letter and _is_clear(tag, tags))


def _is_clear(tag: Tag, tags: Sequence[Tag]) -> bool:
    """Tell whether no square of another letter lies on that of a tag."""
    ways = [other.point - tag.point for other in tags if other.label and other.letter not in ("", tag.letter)]
    return all(max(abs(way.x()), abs(way.y())) >= SIDE for way in ways)


def _fitting(column: list[Tag], viewport: Viewport) -> list[Tag]:
    """The labels there is room for: focused ones first, else in the order given."""
    room = max(1, int((viewport.height - APART) // APART) + 1)
    kept = sorted(column, key=lambda tag: not tag.focused)[:room]
    return [tag for tag in column if tag in kept]


def _off_curves(boxes: list[QRectF], viewport: Viewport, lines: Lines) -> list[QRectF]:
    """Return boxes below each other, each lifted or lowered to where least of the curves runs, off the others.

    Where some would lie on curves all the same, the whole column goes where none does, if there is such a place.
    """
    found = list(boxes)
    ways = [[box.translated(0, way * APART) for way in _WAYS] for box in boxes]
    runs = stretches([*chain(*ways)], viewport, lines)
    for i, (box, moved) in enumerate(zip(boxes, ways, strict=True)):
        others = [*found[:i], *found[i + 1 :]]
        free = [one for one in moved if viewport.rect.contains(one) and not any(map(one.intersects, others))]
        found[i] = clearest(free or [box], runs)
    if runs is None or not any(map(runs.inside, found)):
        return found
    columns = ([box.translated(0, shift * APART) for box in boxes] for shift in _SHIFTS)
    inside, is_run_through = viewport.rect.contains, runs.inside
    return next((new for new in columns if all(inside(box) and not is_run_through(box) for box in new)), found)


def _write(painter: QPainter, rendering: Rendering, tag: Tag, box: QRectF) -> None:
    panel = theme.current().color("panel")
    if tag.letter:
        write_value(painter, rendering, box, tag.label, tag.ink, panel)
    else:
        draw_label(painter, rendering, box.topLeft(), tag.label, "label", tag.ink, panel)


def write_value(
    painter: QPainter, rendering: Rendering, box: QRectF, text: str, ink: QColor, panel: QColor
) -> None:  # fmt: skip
    """Write a label that tells a value: it is another at each step, so while playing it goes without a casing."""
    if rendering.smooth or rendering.vector:
        draw_label(painter, rendering, box.topLeft(), text, "label", ink, panel)
    else:
        painter.setFont(plot_font("label"))
        painter.setPen(ink)
        painter.drawText(QPointF(round(box.left()), round(box.top() + metrics("label").ascent())), text)


def _paint_leader(painter: QPainter, tag: Tag, end: QPointF) -> None:
    if abs(end.y() - tag.point.y()) < 2.0:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tag.ink, 1.0))
    painter.drawLine(tag.point, end)


def whole_at(point: QPointF, viewport: Viewport) -> QPointF:
    """Where the square of a letter stands whole, as near to a point of the plot as can be."""
    room = SIDE / 2
    inner = viewport.rect.adjusted(room, room, -room, -room)
    if not 0 <= point.y() <= viewport.height or not inner.isValid():
        return point
    x, y = min(max(point.x(), inner.left()), inner.right()), min(max(point.y(), inner.top()), inner.bottom())
    return QPointF(x, y)
