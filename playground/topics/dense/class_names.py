"""What each class is called, beside points at its outer edge where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from core.nn.losses import Numbers
from core.run.values import Floats, kept, locked
from playground.topics.dense.fields import look_of
from playground.words.texts import Texts
from widgets.plots.marks.captions import Caption, Off
from widgets.plots.marks.mark import Mark

_MOST = 24  # points of a class beside which its name may stand
_STRAIGHT = 0.4  # of a way outwards: what leads no further to a side leads straight up, down, left or right


class _Edge(NamedTuple):
    """The points of a class that lie farthest out, the farthest first, and the side on which nothing lies."""

    number: int
    points: Floats
    side: str


def class_names(points: Floats, targets: Numbers, texts: Texts) -> Iterator[Mark]:
    """Yield the names of classes, in their colours, off these points; (n, 2), with targets (n,) or (n, 1)."""
    for number, edge, side in _edges(points, targets):
        places = [(x, y) for x, y in edge.tolist()]
        name = texts.get("panels", "class").format(c=number)
        yield Caption(name, places[0], look_of(number)[0], side, tuple(places[1:]))
        yield Off(edge)


@kept(4)
def _edges(points: Floats, targets: Numbers) -> tuple[_Edge, ...]:
    flat, ways = targets.reshape(-1), points - points.mean(axis=0)
    return tuple(_edge(int(c), points[flat == c], ways[flat == c]) for c in np.unique(flat))


def _edge(number: int, points: Floats, ways: Floats) -> _Edge:
    """Return the edge of a class; `ways` lead to its points from the middle of all."""
    outwards = ways[np.linalg.norm(ways, axis=1).argmax()]
    order = np.argsort(-(ways @ outwards), kind="stable")[:_MOST]
    return _Edge(number, locked(points[order]), _side(*outwards.tolist()))


def _side(x: float, y: float) -> str:
    straight = _STRAIGHT * float(np.hypot(x, y))
    across = "" if abs(x) <= straight else "right" if x > 0 else "left"
    along = "" if abs(y) <= straight else "above" if y > 0 else "below"
    return f"{across} {along}".strip() or "above"
