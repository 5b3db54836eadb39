"""A tile: what one net makes of the plane, its border, and the points, the ones it calls wrongly ringed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from core.activations.inside import Inside, field
from core.activations.settings import Function, Params, data_of
from core.nn.losses import Numbers
from core.nn.metrics import called
from core.run.explanation import Focus
from core.run.values import Floats, kept, locked
from playground.playback.view import View
from playground.topics.activations.shown import CLASSES, net_shown, weights_shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.level_lines import lines_at
from widgets.plots.marks.ground import Shade
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.path import Path
from widgets.plots.marks.points import Clouds, Points, Targets
from widgets.plots.plot import Plot
from widgets.plots.viewport import Rectangle

CELLS = 56  # of the field, along each side
_MARGIN = 0.08  # of each side, around the points
_POINT, _RING = 5.0, 10.0  # px


@dataclass(frozen=True)
class Tile:
    """The picture of one net in a view."""

    view: View
    function: Function
    texts: Texts

    @property
    def params(self) -> Params:
        """The parameters in force."""
        params: Params = self.view.params
        return params

    @cached_property
    def net(self) -> Inside:
        """The net before all points."""
        return net_shown(self.view, self.function)

    @cached_property
    def is_right(self) -> Any:
        """Which points the net calls rightly, (n,)."""
        return called(self.net.look.scores) == data_of(self.params).t

    @property
    def has_left(self) -> bool:
        """Whether the net has left all bounds; what is drawn are its last sound weights."""
        return self.view.state.of(self.function, self.params).status in ("diverged", "out")

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.texts.name(self.function)

    @cached_property
    def share(self) -> str:
        """The share of points called rightly."""
        return numbers.significant(float(self.is_right.mean()), 3)

    @cached_property
    def said(self) -> str:
        """That share in words, or that the net has left."""
        return self.texts.get("panels", "left" if self.has_left else "right").format(share=self.share)

    def draw(self, plot: Plot) -> None:
        """Show the tile."""
        plot.set_names("", "", in_corners=True)
        plot.set_range(*home_of(self.params))
        plot.set_marks(self.marks())
        plot.setAccessibleDescription(f"{self.name}: {self.said}")

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first."""
        data = data_of(self.params)
        picture = [] if self.view.covered else list(self._field())
        return [*picture, Clouds(tuple(self._points())), Targets(data.x, lambda i: Focus("point", (i,)))]

    def _field(self) -> Iterator[Mark]:
        home = home_of(self.params)
        p = _share(self.net.look.weights, self.function, self.params, home)
        yield _ground(p, home)
        yield Path(Focus(self.function), _border(p, home), "black")
        for other in map(self.view.of, self.view.beside):
            if self.function in other.params.functions:
                weights = weights_shown(other, self.function)
                border = _border(_share(weights, self.function, other.params, home), home)
                yield Path(Focus(other.letter), border, "black", True, label=other.letter, at=_middle_of(border))

    def _points(self) -> Iterator[Points]:
        data = data_of(self.params)
        if not self.view.covered:
            yield Points("wrong", data.x[~self.is_right], "black", "circle", _RING, hollow=True)
        yield from _classes(data.x, data.t)


@kept(8)
def _classes(x: Floats, t: Numbers) -> tuple[Points, ...]:
    """Return the points of each class; the same ones while they are, so that their picture is kept."""
    looks = enumerate(CLASSES)
    return tuple(Points(f"class {c}", locked(x[t == c]), colour, marker, _POINT) for c, (colour, marker) in looks)


def home_of(params: Params) -> Rectangle:
    """Return what of the plane the tiles show: the points, with a margin around them."""
    return _home(data_of(params).x)


@kept(8)
def _home(points: Floats) -> Rectangle:
    low, high = points.min(axis=0), points.max(axis=0)
    margin = _MARGIN * np.where(high > low, high - low, 1.0)
    (x0, y0), (x1, y1) = (low - margin).tolist(), (high + margin).tolist()
    return x0, x1, y0, y1


@lru_cache(maxsize=8)
def _middles(home: Rectangle) -> tuple[Floats, Floats]:
    """Return the middles of the cells of the field along both sides."""
    x0, x1, y0, y1 = home
    share = (np.arange(CELLS) + 0.5) / CELLS
    return locked(x0 + share * (x1 - x0)), locked(y0 + share * (y1 - y0))


@kept(32)
def _share(weights: Floats, function: Function, params: Params, home: Rectangle) -> Floats:
    """Return p of class 1 in each cell of a rectangle, (rows from below, columns)."""
    return locked(field(weights, function, params, *_middles(home), single=True))


@kept(32)
def _ground(p: Floats, home: Rectangle) -> Shade:
    """Return how near each cell is to which class, the uppermost row first."""
    return Shade(locked(p[::-1]), home, (CLASSES[0][0], CLASSES[1][0]))


@kept(32)
def _border(p: Floats, home: Rectangle) -> Floats:
    """Return the points of the lines where p is one half, with a gap of nan behind each."""
    return lines_at(0.5, *_mesh(home), p)


@lru_cache(maxsize=8)
def _mesh(home: Rectangle) -> tuple[Floats, Floats]:
    """Return the middles of all cells; made once, for that takes as long as to find the lines."""
    x, y = np.meshgrid(*_middles(home))
    return locked(x), locked(y)


def _middle_of(border: Floats) -> tuple[float, float]:
    """Return a place half way along a border, for its letter; nan where there is none."""
    known = border[np.isfinite(border[:, 0])]
    return (float(known[len(known) // 2, 0]), float(known[len(known) // 2, 1])) if len(known) else (np.nan, np.nan)
