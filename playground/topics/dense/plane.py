"""The plane of Dense & bias: the points, what both nets make of the plane, and the nail at the origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import hypot
from typing import Any

import numpy as np

from core.dense.explained import Chosen
from core.dense.nets import NetName, named, net_of
from core.dense.plane import Line, has_lines
from core.dense.settings import Params, data_of, loss_of
from core.nn.losses import Numbers
from core.nn.metrics import called
from core.run.explanation import Focus
from core.run.timeline import Timeline
from core.run.values import Floats, kept, locked
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.topics.dense.borders import net_border, net_ground, theirs, unit_border, unit_ground
from playground.topics.dense.by_angle import known_to_keys
from playground.topics.dense.class_names import class_names
from playground.topics.dense.fields import (
    CLASSES,
    COLOURS,
    home_of,
    is_plane,
    look_of,
    takes_points,
    wider,
)
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import XY, Arrow, Dot, Measure
from widgets.plots.marks.half_planes import HalfPlanes
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.of_seen import GroundOfSeen, OfSeen
from widgets.plots.marks.path import Path
from widgets.plots.marks.points import Clouds, Points, Targets
from widgets.plots.marks.tags import Tag, Tags
from widgets.plots.plot import Plot
from widgets.plots.viewport import Rectangle

BIAS = "orange"
PAST_EVERY = 10  # steps between the lines that are left behind
MOST_PAST = 12
_RING = 6.0  # px around a point that is called wrongly
_NEAR = 0.08  # of the same, around the nail, where no handle stands
_INSET = 0.1  # of the line seen, between its end and the handle that turns it
_ALONG = 60  # places on a line that tags keep off
_EDGE = 0.04  # of the longer side, from the edge of the picture to a handle


def line_of(state: Any, net: NetName, params: Params) -> Line:
    """Return the line of the only unit of a net without hidden layers."""
    return _line(getattr(state, net).weights, net, params)


@kept(16)
def _line(weights: Floats, net: NetName, params: Params) -> Line:
    own = named(weights, net, params)
    u, v = own["W"][:, 0].tolist()
    return Line((u, v), float(own["b"][0]) if "b" in own else 0.0)


def net_shown(view: View) -> NetName:
    """Return the net whose field and pictures are shown."""
    return "without_bias" if view.options.get("bare") else "with_bias"


def unit_of(view: View) -> int:
    """Return the unit of the last layer that is told of."""
    match view.focus:
        case Focus("unit", (j,)) | Focus("output", (_, j)):
            return min(j, int(view.params.units) - 1)
    return 0


@dataclass(frozen=True)
class Plane(ViewPicture[Params]):
    """What the picture of one view is made of."""

    @cached_property
    def home(self) -> Rectangle:
        """The rectangle that is shown."""
        return home_of(self.params)

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """Layer, from 1, and place of the hidden unit that is told of, if one is."""
        told = Chosen.of(self.view.pointed or self.view.focus, self.view.frame.made, self.params)
        return (told.hidden, told.unit) if told.hidden else ()

    @property
    def _is_still(self) -> bool:
        return bool(self.view.beat)

    @property
    def _of_hidden(self) -> tuple[Floats, tuple[Params, NetName, int, int, bool]]:
        (layer, unit), net = self.hidden, net_shown(self.view)
        return getattr(self.view.state, net).weights, (self.params, net, layer, unit, self._is_still)

    def draw(self, plot: Plot) -> None:
        """Show the view."""
        if is_plane(self.params):
            plot.set_range(*self.home)
            x, y = self.view.columns("points", ("x₁", "x₂"))
            plot.set_names(x, y)
        plot.set_marks(known_to_keys(self.marks(), self.view, self.texts))
        plot.setAccessibleDescription("; ".join(self.said))

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first."""
        if not is_plane(self.params):
            return []
        points = [Clouds(tuple(self.points())), Targets(data_of(self.params).x, _point)]
        lines = list(self.lines()) if has_lines(self.params) else list(self.borders())
        handles = list(self.clouds() if self.view.options.get("draw_points") else self.handles())
        beside = list(self._runs_beside())
        letters = (mark.at for mark in beside if isinstance(mark, Path))
        off = ((0.0, 0.0), *(mark.xy for mark in handles if isinstance(mark, Dot)), *letters)
        paths = [mark.xy for mark in lines if isinstance(mark, Path) and not mark.faint]
        marks = [*self.ground(), *lines, *beside, *points, *self.names(), *self.nail(), *handles]
        return [*marks, self.tags(off, paths)]

    # ---- the nets

    def ground(self) -> Iterator[Mark]:
        """What the net with bias makes of every place."""
        if self.view.covered:
            return
        if self.hidden:
            yield GroundOfSeen(unit_ground, *self._of_hidden)
        elif has_lines(self.params):
            line = line_of(self.view.state, net_shown(self.view), self.params)
            yield HalfPlanes(line.w, line.b, (CLASSES[0][0], CLASSES[1][0]))
        else:
            net = net_shown(self.view)
            further = self.params, net, unit_of(self.view), self._is_still
            yield GroundOfSeen(net_ground, getattr(self.view.state, net).weights, further)

    def lines(self) -> Iterator[Mark]:
        """The lines of both nets, those they left behind faint."""
        if self.view.options.get("past"):
            yield from self._past()
        for net in self._told():
            xy = _ends(line_of(self.view.state, net, self.params), wider(self.home))
            if xy is not None:
                yield Path(Focus(net), xy, COLOURS[net], dashed=net == "without_bias")

    def _told(self) -> Iterator[NetName]:
        """The nets that are told of."""
        return (net for net in COLOURS if not (self.view.covered or self._is_out(net)))

    def _beside(self) -> list[View]:
        """The runs it is compared with, those whose points lie in a plane."""
        views = [] if self.view.covered else [self.view.of(other) for other in self.view.beside]
        return [other for other in views if is_plane(other.params)]

    def _is_out(self, net: NetName) -> bool:
        return bool(getattr(self.view.state, net).status == "out")

    def _past(self) -> Iterator[Mark]:
        last = min(self.view.t, self.view.timeline.recorded)
        steps = range(last // PAST_EVERY * PAST_EVERY, -1, -PAST_EVERY)
        for t in steps[:MOST_PAST]:
            for net, colour in COLOURS.items():
                xy = _ends(_line_at(self.view.timeline, t, net), wider(self.home))
                if xy is not None:
                    yield Path(Focus("past"), xy, colour, dashed=net == "without_bias", faint=True)

    def borders(self) -> Iterator[Mark]:
        """Where z of the unit told of is 0 in both nets: curves, with hidden layers; of a hidden unit in one net."""
        if self.hidden and not self.view.covered:
            yield OfSeen(unit_border, *self._of_hidden)
            return
        for net in self._told():
            further = self.params, net, unit_of(self.view), self._is_still, ""
            yield OfSeen(net_border, getattr(self.view.state, net).weights, further)

    def _runs_beside(self) -> Iterator[Mark]:
        """The lines of runs beside, straight or not, in their dashes: those of the net that is shown."""
        net = net_shown(self.view)
        for other in self._beside():
            params, weights = other.params, getattr(other.state, net).weights
            if not has_lines(params):
                unit = min(unit_of(self.view), params.units - 1)
                yield OfSeen(net_border, weights, (params, net, unit, self._is_still, other.letter))
                continue
            line = line_of(other.state, net, params)
            seen, xy = _ends(line, self.home), _ends(line, wider(self.home))
            if xy is not None:
                yield theirs(net, xy, xy if seen is None else seen[0] + 0.8 * (seen[1] - seen[0]), other.letter)

    def handles(self) -> Iterator[Mark]:
        """Where lines are taken: at both ends to turn them, the solid one in its middle to shift it; w and b.

        Of lines that lie on each other only the solid one is: at the start both turn together.
        """
        if not has_lines(self.params) or self.view.covered:
            return
        lines = {net: line_of(self.view.state, net, self.params) for net in COLOURS}
        for net, line in lines.items():
            ends = _held(line, self.home)
            if ends is None or self._is_out(net) or (net == "without_bias" and line == lines["with_bias"]):
                continue
            yield from self._turns(net, ends)
            if net == "with_bias":
                if self.params.train_bias:
                    yield _handle(Focus("shift"), self._middle(ends), self._word("shift"))
                yield from self._w_and_b(line)

    def _turns(self, net: NetName, ends: Floats) -> Iterator[Dot]:
        turn = self._word("turn")
        for k, at in enumerate(ends):
            if not _hides_nail(at, ends):
                yield _handle(Focus(f"turn {net}", (k,)), at, turn if k else "")

    def _middle(self, ends: Floats) -> Floats:
        """The middle between both ends, or a place beside it where that is at the nail."""
        middle: Floats = ends.mean(axis=0)
        beside: Floats = 0.7 * ends[0] + 0.3 * ends[1]
        return beside if _hides_nail(middle, ends) else middle

    def clouds(self) -> Iterator[Dot]:
        """Where whole classes are taken, in place of the lines while points are drawn: in the middle of each."""
        data = data_of(self.params)
        if takes_points(self.params):
            for c in sorted(set(data.t.ravel().tolist())):
                middle = data.x[data.t.reshape(-1) == c].mean(axis=0)
                yield _handle(Focus("cloud", (int(c),)), middle, self.texts.get("panels", "class").format(c=int(c)))

    def _word(self, key: str) -> str:
        """What a handle is for; it is not written while the run plays, when nobody takes hold of it."""
        return self.texts.get("panels", key) if self.view.beat else ""

    def _w_and_b(self, line: Line) -> Iterator[Mark]:
        yield Measure(Focus("bias"), (0.0, 0.0), line.foot, BIAS)
        yield Arrow(Focus("weight"), (0.0, 0.0), line.w, "black", "w" if self.view.beat else "")

    def nail(self) -> Iterator[Mark]:
        """The ring at the origin with the head of a nail, through which the line without bias runs."""
        for style, size in (("ring", 17.0), ("circle", 6.0)):
            yield Dot(Focus("origin"), (0.0, 0.0), style, "", COLOURS["without_bias"], size=size)

    # ---- the points

    def points(self) -> Iterator[Points]:
        """Rings around those called wrongly and the one in focus, then the points of each class."""
        data = data_of(self.params)
        net = net_shown(self.view)
        if data.has_targets and loss_of(self.params) == "cross-entropy" and not self.view.covered:
            wrong = _wrong(getattr(self.view.state, net).weights, self.params, net)
            if len(wrong):
                yield Points("wrong", wrong, "black", "circle", 8.0 + _RING, hollow=True)
        for focus in (self.view.pointed, self.view.focus):
            if focus and focus.kind in ("point", "output") and focus.at[0] < len(data.x):
                yield Points("chosen", _one(data.x, focus.at[0]), "black", size=8.0 + 2 * _RING, hollow=True)
        stroke = self.view.options.get("stroke")
        if stroke is not None and len(stroke):
            yield Points("stroke", stroke, "black", "circle", 8.0)
        yield from _classes(data.x, data.t) if data.has_targets else (_of_no_class(data.x),)

    # ---- words

    def names(self) -> Iterator[Mark]:
        """What the classes are called, while the run stands; where whole classes are taken that is their handles'."""
        if self._is_still and takes_points(self.params) and not self.view.options.get("draw_points"):
            data = data_of(self.params)
            yield from class_names(data.x, data.t, self.texts)

    def tags(self, off: tuple[XY, ...], paths: Sequence[Floats]) -> Tags:
        """What is told of each line, of the way to it, and of the lines of runs beside; off the handles.

        While the run stands off both lines, too: with them it would leap from place to place.
        """
        words = zip(COLOURS.items(), self.said, strict=False)  # none while a scene asks
        own = [Tag(told, colour, dashed=net == "without_bias") for (net, colour), told in words]
        net = net_shown(self.view)
        theirs = (Tag(_told_of(net, o, self.texts), COLOURS[net], letter=o.letter) for o in self._beside())
        points = data_of(self.params).x
        if along := [_along(xy) for xy in paths if len(xy) == 2 and self._is_still]:
            points = np.concatenate([points, *along])
        return Tags((*own, *self._away(), *theirs), points, off)

    def _away(self) -> Iterator[Tag]:
        if has_lines(self.params) and not self.view.covered:
            distance = abs(line_of(self.view.state, "with_bias", self.params).distance)
            if np.isfinite(distance):
                yield Tag(
                    self.texts.get("panels", "away").format(away=numbers.significant(distance, 3)), BIAS, dashed=True
                )

    @cached_property
    def said(self) -> list[str]:
        """Return a line about each net: its share of right answers, or its loss."""
        return [] if self.view.covered else [_told_of(net, self.view, self.texts) for net in COLOURS]


def _told_of(net: NetName, view: View, texts: Texts) -> str:
    key = "right" if loss_of(view.params) == "cross-entropy" else "lost"
    value = float(view.row[f"{net}.{'accuracy' if key == 'right' else 'loss'}"])
    if np.isnan(value):
        return texts.name(net)
    return texts.get("panels", key).format(name=texts.get("rows", net), value=numbers.significant(value, 3))


def _along(ends: Floats) -> Floats:
    """Return places (n, 2) along a straight line, of which both ends are given."""
    return np.linspace(ends[0], ends[1], _ALONG)


def _point(index: int) -> Focus:
    return Focus("point", (index,))


def _handle(focus: Focus, at: Floats, label: str) -> Dot:
    return Dot(focus, (float(at[0]), float(at[1])), "ring", label, "accent_text", draggable=True, size=13.0)


def _hides_nail(at: Floats, ends: Floats) -> bool:
    (x0, y0), (x1, y1) = ends.tolist()
    return hypot(*at.tolist()) <= _NEAR * hypot(x1 - x0, y1 - y0)


@lru_cache(maxsize=16)
def _held(line: Line, home: Rectangle) -> Floats | None:
    """Where a line is turned (2, 2): near both ends of what is seen of it, whole in the picture."""
    x0, x1, y0, y1 = home
    room = _EDGE * max(x1 - x0, y1 - y0)
    ends = _ends(line, (x0 + room, x1 - room, y0 + room, y1 - room))
    return ends if ends is None else locked(ends + _INSET * (ends[::-1] - ends))


@lru_cache(maxsize=64)
def _ends(line: Line, home: Rectangle) -> Floats | None:
    """Both ends (2, 2) of what is seen of a line."""
    x0, x1, y0, y1 = home
    ends = line.within((x0, y0), (x1, y1))
    return None if ends is None else locked(np.array(ends))


def _line_at(timeline: Timeline[Any, Any], t: int, net: NetName) -> Line:
    frame = timeline.frame(t)
    return line_of(frame.state, net, frame.params)


@kept(4)
def _wrong(weights: Floats, params: Params, net: NetName) -> Floats:
    """The points that a net calls wrongly now."""
    data = data_of(params)
    z = net_of(params, net).bare[0].forward(weights, data.x).outputs[-1]
    return locked(data.x[called(z) != data.t.reshape(-1)])


@kept(8)
def _one(points: Floats, index: int) -> Floats:
    return locked(points[[index]])


def _of_no_class(points: Floats) -> Points:
    return Points("points", points, "black", "circle", 8.0)


@kept(4)
def _classes(points: Floats, targets: Numbers) -> tuple[Points, ...]:
    """The points of each class; where targets are numbers all are of one look."""
    flat = targets.reshape(len(points), -1)
    classes = flat.argmax(axis=1) if flat.shape[1] > 1 else flat[:, 0]
    if flat.shape[1] == 1 and not (np.isin(classes, (0, 1)).all() or targets.dtype.kind == "i"):
        return (_of_no_class(points),)
    groups = ((int(c), locked(points[classes == c])) for c in sorted(set(classes.tolist())))
    return tuple(Points(f"class {c}", xy, *look_of(c), 8.0) for c, xy in groups)
