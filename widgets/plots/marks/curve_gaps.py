"""How far the curves of compared runs are apart at the cursor: a bar between their letters, with its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.labels import APART, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.curve_labels import Tag, write_value
from widgets.plots.marks.labels import Lines, clearest, stretches
from widgets.plots.viewport import Viewport

_BAR = 2.5
_ASIDE = 4.0  # px from one bar to the next
_FROM_CURSOR = 12.0
_SHARES = (0.5, 0.3, 0.7, 0.15, 0.85)  # of the bar, where its number may stand
_MOVED = tuple(lines for n in range(1, 9) for lines in (-n, n))  # lines above its middle, or below it


class Gap(NamedTuple):
    """Two runs by their letters, and by how much the second is above the first, in words."""

    first: str
    second: str
    text: str


def paint_bars(painter: QPainter, viewport: Viewport, tags: Sequence[Tag], gaps: Sequence[Gap]) -> None:
    """Paint a bar for each gap, as far as it is in view."""
    painter.setPen(QPen(theme.current().color("accent_text"), _BAR))
    for _, low, high in _bars(viewport, tags, gaps):
        painter.drawLine(low, high)


def write_gaps(
    painter: QPainter, viewport: Viewport, rendering: Rendering, tags: Sequence[Tag], gaps: Sequence[Gap],
    taken: Sequence[QRectF], lines: Lines,
) -> None:  # fmt: skip
    """Write the numbers beside the bars, each where nothing else stands and least of the curves runs, or not at all."""
    ink, panel = (theme.current().color(token) for token in ("accent_text", "panel"))
    for gap, box in gap_boxes(viewport, tags, gaps, taken, lines):
        write_value(painter, rendering, box, gap.text, ink, panel)


def gap_boxes(
    viewport: Viewport, tags: Sequence[Tag], gaps: Sequence[Gap], taken: Sequence[QRectF], lines: Lines
) -> Iterator[tuple[Gap, QRectF]]:
    """Yield the gaps whose numbers have room, with where these stand."""
    boxes = list(taken)
    for gap, low, high in _bars(viewport, tags, gaps):
        free = [box for box in _places(gap.text, low, high) if _is_free(box, viewport, boxes)]
        if free:
            boxes.append(clearest(free, stretches(free, viewport, lines)))
            yield gap, boxes[-1]


def _bars(viewport: Viewport, tags: Sequence[Tag], gaps: Sequence[Gap]) -> Iterator[tuple[Gap, QPointF, QPointF]]:
    """Yield the gaps between runs that are in the picture, with the ends of their bars."""
    at = {tag.letter: tag.point for tag in tags if tag.letter and tag.label}
    for place, gap in enumerate(gaps):
        if gap.first in at and gap.second in at:
            x = at[gap.first].x() + place * _ASIDE
            ends = [min(max(at[letter].y(), 0.0), viewport.height) for letter in (gap.first, gap.second)]
            yield gap, QPointF(x, ends[0]), QPointF(x, ends[1])


def _places(text: str, low: QPointF, high: QPointF) -> Iterator[QRectF]:
    """Yield where the number of a bar may stand: right of it, else left; beside it, above or below."""
    size = text_size(text, "label")
    sides = low.x() + _FROM_CURSOR, low.x() - _FROM_CURSOR - size.width()
    beside = (low.y() + share * (high.y() - low.y()) for share in _SHARES)
    moved = ((low.y() + high.y()) / 2 + lines * APART for lines in _MOVED)
    for x, middle in (*product(sides, beside), *((x, middle) for middle in moved for x in sides)):
        yield QRectF(QPointF(x, middle - size.height() / 2), size)


def _is_free(box: QRectF, viewport: Viewport, taken: Sequence[QRectF]) -> bool:
    return viewport.rect.contains(box) and not any(box.intersects(other) for other in taken)
