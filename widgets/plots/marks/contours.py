"""Filled contours of a function over the visible rectangle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil, floor, inf, log10
from typing import Any, ClassVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPainterPath, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen, polygon
from widgets.plots.ticks import power_text, step_between, text
from widgets.plots.viewport import Rectangle, Viewport

Function = Callable[[Floats, Floats], Floats]
"""Takes x and y of one shape and gives the values in that shape."""

_CELL = 3.0
_MOST_CELLS = 320
_HOME_CELLS = 80
_ISO_LINE = 1.0
_ROUND_LINE = 1.75
_HATCH = 9.0
_LABELS_PER_LEVEL = 3
_LABEL_EDGE = 18.0
_LABEL_APART = 70.0
_SHORTEST_LABELLED = 60.0
BANDS = 14
_LOWEST_SHARE = 0.005
_WIDEST_DECADES = 6.0
_ZERO_SHARE = 2e-3
_CLOSEST = 0.35
_MOST_ROUND = 4
_STEEP = 6  # how many times as high as the middle a highest value is where a few walls would take all even levels


@dataclass(frozen=True)
class Levels:
    """Rising levels, and how the round ones among them are written, which are drawn thicker and labelled."""

    values: tuple[float, ...]
    round: Mapping[float, str]


@dataclass(frozen=True)
class Field(Mark):
    """A function of the plane; its levels depend on nothing but the function and the home rectangle (data units)."""

    function: Function
    home: Rectangle

    is_ground: ClassVar[bool] = True

    @cached_property
    def levels(self) -> Levels:
        """The levels between bands, lowest first, and which of them are round."""
        x0, x1, y0, y1 = self.home
        sides = np.linspace(x0, x1, _HOME_CELLS + 1), np.linspace(y0, y1, _HOME_CELLS + 1)
        return levels_of(self.values(*np.meshgrid(*sides)))

    def values(self, x: Floats, y: Floats) -> Floats:
        """The function's values as float64, nan where they are not finite."""
        with np.errstate(all="ignore"):
            values = np.broadcast_to(np.asarray(self.function(x, y), dtype=float), x.shape)
        return np.where(np.isfinite(values), values, np.nan)

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        drawn = _shapes(self, viewport)
        if drawn.has_gaps:
            _hatch(painter, viewport.rect)
        _paint_bands(painter, viewport, drawn)
        _paint_lines(painter, drawn)
        _paint_labels(painter, rendering, drawn)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [QRectF(QPointF(), size).translated(corner) for corner, size in _label_boxes(_shapes(self, viewport))]


@dataclass(frozen=True, eq=False)
class FieldShapes:
    """A field in pixels: the area above each level, the level lines, and where round levels are labelled."""

    has_gaps: bool
    ground: QPainterPath
    areas: tuple[QPainterPath, ...]
    lines: QPainterPath
    round_lines: QPainterPath
    labels: tuple[tuple[QPointF, str], ...]


@lru_cache(maxsize=6)
def _shapes(field: Field, viewport: Viewport) -> FieldShapes:
    from contourpy import FillType, LineType, SerialContourGenerator, ZInterp

    across = np.linspace(0.0, viewport.width, _cells(viewport.width) + 1)
    down = np.linspace(0.0, viewport.height, _cells(viewport.height) + 1)
    grid = np.meshgrid(across, down)
    values = field.values(*viewport.data(*grid))
    gaps = np.isnan(values)
    # The class itself: `contour_generator` would import NumPy's masked arrays for the gaps.
    made: Any = SerialContourGenerator(
        *grid,
        values,
        gaps,
        corner_mask=True,
        fill_type=FillType.OuterOffset,
        line_type=LineType.Separate,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    levels = field.levels
    lines: dict[float, list[Floats]] = {level: made.lines(level) for level in levels.values}
    return FieldShapes(
        has_gaps=bool(gaps.any()),
        ground=_area(made.filled(-inf, inf)) if gaps.any() and not gaps.all() else QPainterPath(),
        areas=tuple(_area(made.filled(level, inf)) for level in levels.values) if not gaps.all() else (),
        lines=_path(line for level, parts in lines.items() if level not in levels.round for line in parts),
        round_lines=_path(line for level in levels.round for line in lines[level]),
        labels=_label_places({words: lines[level] for level, words in levels.round.items()}, viewport),
    )


def _cells(length: float) -> int:
    return max(2, min(_MOST_CELLS, ceil(length / _CELL)))


def _area(filled: tuple[list[Floats], list[np.ndarray[tuple[int], np.dtype[np.uint32]]]]) -> QPainterPath:
    """Outer rings with their holes as one path, odd-even."""
    parts = zip(*filled, strict=True)
    return _path(points[start:stop] for points, offsets in parts for start, stop in pairwise(offsets.tolist()))


def _path(lines: Iterable[Floats]) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        path.addPolygon(polygon(line))
    return path


# Painting.


def _hatch(painter: QPainter, rect: QRectF) -> None:
    """Where the function has no value."""
    colours = theme.current()
    painter.fillRect(rect, colours.color("sunken"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.color("border"), 1.0))
    offset = _HATCH
    while offset < rect.width() + rect.height():
        begin = QPointF(max(0.0, offset - rect.height()), min(offset, rect.height()))
        end = QPointF(min(offset, rect.width()), max(0.0, offset - rect.width()))
        painter.drawLine(begin, end)
        offset += _HATCH


def _paint_bands(painter: QPainter, viewport: Viewport, drawn: FieldShapes) -> None:
    """Each level's whole area over the last one's, so that no seam shows between bands."""
    colours = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if drawn.has_gaps:
        painter.fillPath(drawn.ground, colours.surface(0.0))
    else:
        painter.fillRect(viewport.rect, colours.surface(0.0))
    for band, area in enumerate(drawn.areas, start=1):
        painter.fillPath(area, colours.surface(band / len(drawn.areas)))


def _paint_lines(painter: QPainter, drawn: FieldShapes) -> None:
    colour = theme.current().color("iso_line").rgba()
    for path, width in ((drawn.lines, _ISO_LINE), (drawn.round_lines, _ROUND_LINE)):
        painter.strokePath(path, line_pen(colour, width))


def _paint_labels(painter: QPainter, rendering: Rendering, drawn: FieldShapes) -> None:
    colours = theme.current()
    for (_, words), (corner, _) in zip(drawn.labels, _label_boxes(drawn), strict=True):
        draw_label(painter, rendering, corner, words, "tick", colours.color("text"), colours.color("casing"))


# Labels of round levels.


def _label_boxes(drawn: FieldShapes) -> list[tuple[QPointF, QSizeF]]:
    sizes = [(middle, text_size(words, "tick")) for middle, words in drawn.labels]
    return [(middle - QPointF(size.width() / 2, size.height() / 2), size) for middle, size in sizes]


def _label_places(lines: Mapping[str, list[Floats]], viewport: Viewport) -> tuple[tuple[QPointF, str], ...]:
    """On the longest lines of each round level, where a line lies flattest, away from the edge and from each other."""
    places: list[tuple[QPointF, str]] = []
    for words, parts in lines.items():
        longest = sorted(parts, key=_length, reverse=True)[:_LABELS_PER_LEVEL]
        for line in longest:
            place = _flattest(line, viewport, [point for point, _ in places])
            if place is not None:
                places.append((place, words))
    return tuple(places)


def _length(line: Floats) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _flattest(line: Floats, viewport: Viewport, others: list[QPointF]) -> QPointF | None:
    if _length(line) < _SHORTEST_LABELLED:
        return None
    inner = viewport.rect.adjusted(_LABEL_EDGE, _LABEL_EDGE, -_LABEL_EDGE, -_LABEL_EDGE)
    way = np.diff(line, axis=0)
    middles = (line[:-1] + line[1:]) / 2
    slope = np.abs(way[:, 1]) / (np.hypot(way[:, 0], way[:, 1]) + 1e-9)
    # Equally flat places: the upper one, then the left one, so that the choice is always the same.
    for index in np.lexsort((middles[:, 0], middles[:, 1], np.round(slope, 1))):
        point = QPointF(*middles[index])
        far = all((point - other).manhattanLength() > _LABEL_APART for other in others)
        if inner.contains(point) and far:
            return point
    return None


# Levels: denser near a lowest value, with a few round ones among them; even where a slope has none.


def levels_of(samples: Floats) -> Levels:
    """Levels for a field known by samples (rows, columns; nan where there is no value); none for a flat one.

    A slope, whose lowest value lies at the edge, is seen to be even or not only by levels as far apart as each other.
    """
    finite = samples[np.isfinite(samples)]
    if not len(finite) or finite.max() - finite.min() <= 1e-12 * max(1e-300, float(np.abs(finite).max())):
        return Levels((), {})
    low, high = float(finite.min()), float(finite.max())
    middle = float(
        np.partition(finite, finite.size // 2)[finite.size // 2]
    )  # np.median would load NumPy's masked arrays
    if low not in samples[1:-1, 1:-1] and high - low <= _STEEP * (middle - low):
        return _even_levels(low, high)
    # A sampled minimum near zero is a minimum at zero between the samples.
    low = 0.0 if abs(low) <= _ZERO_SHARE * (high - low) else low
    rank = int(_LOWEST_SHARE * finite.size)
    nearest = float(np.partition(finite, rank)[rank]) - low
    start = max(nearest, (high - low) * 10.0**-_WIDEST_DECADES)
    rising = low + np.geomspace(start, high - low, BANDS + 1)[:-1]
    rounds = _powers(start, high) if low == 0.0 else _even(low, high)
    ratio = ((high - low) / start) ** (1.0 / BANDS)
    return _with_rounds(rising.tolist(), rounds, low, ratio)


def _even_levels(low: float, high: float) -> Levels:
    """Levels a round step apart, every fifth of them named."""
    step = step_between(low, high, BANDS)
    counts = range(ceil(low / step + 0.1), ceil(high / step - 0.1))
    values, rounds = [step * count for count in counts], [step * count for count in counts if count % 5 == 0]
    return Levels(tuple(values), {value: text(value, 5 * step, abs(high)) for value in rounds})


def _powers(start: float, high: float) -> dict[float, str]:
    powers = range(ceil(log10(start)), floor(log10(high * 0.7)) + 1)
    return {10.0**power: power_text(power) for power in powers[-_MOST_ROUND:]}


def _even(low: float, high: float) -> dict[float, str]:
    step = step_between(low, high, _MOST_ROUND)
    values = [step * count for count in range(ceil(low / step + 0.1), floor(high / step) + 1)]
    largest = max((abs(value) for value in values), default=0.0)
    return {value: text(value, step, largest) for value in values}


def _with_rounds(rising: list[float], rounds: dict[float, str], low: float, ratio: float) -> Levels:
    """The levels with the round ones in place of those nearest to them."""

    def is_free(level: float) -> bool:
        return all(abs(np.log((level - low) / (other - low)) / np.log(ratio)) > _CLOSEST for other in rounds)

    values = sorted([level for level in rising if is_free(level)] + list(rounds))
    return Levels(tuple(values), rounds)
