"""The big picture of the race: field, trails, arrows of the focused method, and what lies outside the view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from math import floor, isfinite, log10
from typing import Any, Literal

import numpy as np

from core.nn.update_rules import LookingAhead, Rolling
from core.optimizers import surfaces
from core.optimizers.algorithm import MovePoint
from core.optimizers.given import GivenGradients
from core.optimizers.regression import Regression
from core.optimizers.settings import GIVEN, METHODS, loss_of
from core.optimizers.surfaces import Loss
from core.run.explanation import Focus
from core.run.timeline import Timeline
from core.run.values import Floats, Same
from playground.playback.view import View
from playground.tab.histories import extremes
from playground.tab.marked import Path, stretches, things
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Arrow, Dot, Segment
from widgets.plots.marks.contours import Field
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.note import Note
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot
from widgets.plots.viewport import Rectangle
from widgets.surface.view import SurfaceView

COLOURS: dict[str, str] = {
    "sgd": "black", "momentum": "orange", "nesterov": "green", "adagrad": "purple", "rmsprop": "vermillion",
    "adam": "blue", "newton": "sky",
}  # fmt: skip
_LITTLE = 0.01  # of the usual size of a function's values
_STEEP = 6  # how much higher the walls are than the middle where only a log height shows the valley
_CORNERS = 24.0  # px from side to side around a method that is spoken of
MOST_POINTS = 4096  # of a trail; thinning by powers of two keeps the kept points where they are


def home_of(loss: Loss, start: tuple[float, float]) -> Rectangle:
    """Return the rectangle to show: the surface's own, or one around start and minimum, start well inside."""
    if isinstance(loss, surfaces.Surface):
        rectangle = loss.rectangle
    elif isinstance(loss, Regression) and (minimum := loss.minimum()):
        away = max(abs(a - b) for a, b in zip(minimum, start, strict=True))
        reach = 1.5 * away + min(1.0, loss.unit)  # of a target of 1e-12 the whole race is as small
        rectangle = (minimum[0] - reach, minimum[0] + reach, minimum[1] - reach, minimum[1] + reach)
    else:
        rectangle = (-5.0, 5.0, -5.0, 5.0)
    return _around(rectangle, start)


def _around(rectangle: Rectangle, start: tuple[float, float]) -> Rectangle:
    x0, x1, y0, y1 = rectangle
    if x0 <= start[0] <= x1 and y0 <= start[1] <= y1:
        return rectangle
    margin_x, margin_y = 0.08 * (x1 - x0), 0.08 * (y1 - y0)
    return (
        min(x0, start[0] - margin_x), max(x1, start[0] + margin_x),
        min(y0, start[1] - margin_y), max(y1, start[1] + margin_y),
    )  # fmt: skip


def _around_ways(start: tuple[float, float], longest: float) -> Rectangle:
    """Return a square around the start that the longest way does not leave, half its side 1, 2 or 5 times a power."""
    reach = max(1e-9, 1.2 * longest)
    power = 10.0 ** floor(log10(reach))
    half = power * next(step for step in (1, 2, 5, 10) if reach <= step * power)
    return start[0] - half, start[0] + half, start[1] - half, start[1] + half


@lru_cache(maxsize=16)
def _field(key: Same, start: tuple[float, float]) -> Field:
    """Return one and the same Field for a function and a start, so that its contours are computed once."""
    (loss,) = key.values
    return Field(loss.value, home_of(loss, start))


@lru_cache(maxsize=16)
def _is_steep(field: Field) -> bool:
    """Tell whether the walls are so much higher than the middle that only a log height shows the valley."""
    z = _sampled(field)
    if np.isnan(z).all():
        return False
    low, middle, high = np.nanmin(z), np.nanmedian(z), np.nanmax(z)
    return bool(high - low > _STEEP * (middle - low))


def near_zero(view: View) -> float:
    """Return a power of ten that is little beside the values of the function in the picture."""
    return _near_zero(_field(Same(loss_of(view.params)), view.params.start))


@lru_cache(maxsize=16)
def _near_zero(field: Field) -> float:
    sizes = np.abs(_sampled(field))
    middle = float(np.nanmedian(sizes)) if np.isfinite(sizes).any() else 0.0
    return float(10.0 ** round(log10(_LITTLE * middle))) if middle > 0 else _LITTLE


def _sampled(field: Field) -> Floats:
    x0, x1, y0, y1 = field.home
    return field.values(*np.meshgrid(np.linspace(x0, x1, 41), np.linspace(y0, y1, 41)))


def path(timeline: Timeline[Any, Any], method: str, begin: int, end: int) -> Floats:
    """Return the points (n, 2) of a method from step `begin` to `end`, thinned, without those after it was out."""
    end = min(end, timeline.recorded)
    stride = 1
    while (end + 1 - begin) // stride > MOST_POINTS:
        stride *= 2
    points = timeline.series.block(f"{method}.x", 2, begin, end + 1, stride)
    is_out = len(points) and not all(map(isfinite, points[-1].tolist()))
    return points[np.isfinite(points).all(axis=1)] if is_out else points


def _way(run: View, method: str) -> tuple[Floats, Floats]:
    """Return the steps (n,) and the points (n, 2) of a method up to the step in view."""
    way = run.timeline.series.block(f"{method}.x", 2, 0, min(run.t, run.timeline.recorded) + 1)
    return np.arange(len(way), dtype=float), way


def affected(view: View, methods: Sequence[str]) -> list[str]:
    """Return the methods whose old run is worth seeing: those the last change concerns, on the same function."""
    recipe = view.timeline.recipe
    old = [other.timeline.recipe for other in view.others]
    if view.compared or not old:
        return list(methods)
    if loss_of(old[0].params) is not loss_of(view.params):
        return []
    if old[0].params != recipe.params:
        return list(methods)
    changed = set(recipe.edits) ^ set(old[0].edits)
    owners = {_owner(change.edit) for change in changed}
    return list(methods) if "" in owners else [method for method in methods if method in owners]


def on_one_surface(view: View) -> Literal["all", "front"]:
    """Tell whether all compared runs go down one function, so that its picture can draw their ways."""
    same = [loss_of(other.timeline.params_at(other.step(view.t))) is loss_of(view.params) for other in view.beside]
    return "all" if all(same) else "front"


def _owner(edit: Any) -> str:
    """Return the method an edit belongs to, or nothing where it concerns all."""
    name = edit.method if isinstance(edit, MovePoint) else edit.name.partition(".")[0]
    return name if name in METHODS else ""


def _glided(points: Floats, share: float) -> Floats:
    """Return the way with its last point a share of the way from the one before."""
    if share >= 1 or len(points) < 2:
        return points
    last = points[-2] + share * (points[-1] - points[-2])
    return np.concatenate([points[:-1], last[None]])


@dataclass(frozen=True)
class Surface:
    """What the picture of one frame is made of."""

    view: View
    texts: Texts

    @cached_property
    def method(self) -> str:
        """The method in focus."""
        return str(self.view.focus)

    @cached_property
    def loss(self) -> Loss:
        """The function raced down."""
        return loss_of(self.view.params)

    @cached_property
    def field(self) -> Field:
        """The function as a field."""
        return _field(Same(self.loss), self.view.params.start)

    @cached_property
    def home(self) -> Rectangle:
        """The rectangle shown: the field's own; where only gradients are given, the recorded ways around the start."""
        if not isinstance(self.loss, GivenGradients):
            return self.field.home
        start, methods = self.view.params.start, self.view.params.methods
        ends = [extremes(self.view, [f"{method}.{axis}" for method in methods]) or (0.0, 0.0) for axis in "xy"]
        return _around_ways(start, max(abs(end - x) for x, of_axis in zip(start, ends, strict=True) for end in of_axis))

    def draw_plane(self, plot: Plot) -> None:
        """Show the frame on the map."""
        plot.set_names(*self._axis_names())
        plot.set_range(*self.home)
        plot.set_marks(self.marks())
        plot.setAccessibleDescription(self.description())

    def marks(self) -> list[Mark]:
        """All that is shown on the map, the lowest first."""
        axes, trails, note = self.hessian_axes(), Trails(tuple(self.trails())), Note(self.note())
        below, above = stretches(self.view, self._paths)
        framed = things(self.view, self._place, _CORNERS)
        field = () if isinstance(self.loss, GivenGradients) else (self.field,)
        return [*field, *axes, *below, trails, *above, *framed, *self.dots(), *self.arrows(), note]

    def spoken(self) -> list[Mark]:
        """All that a scene speaks of, for the relief."""
        below, above = stretches(self.view, self._paths)
        return [*below, *above, *things(self.view, self._place, _CORNERS)]

    def _paths(self, run: View) -> Iterator[Path]:
        """The ways of the methods of a run on the same function."""
        for method in run.params.methods if loss_of(run.params) is self.loss else ():
            yield Path(method, COLOURS[method], partial(_way, run, method))

    def _place(self, run: View, thing: Focus) -> tuple[float, float] | None:
        """Where a method stands that is shown, in a run on the same function."""
        if thing.kind not in run.params.methods or loss_of(run.params) is not self.loss:
            return None
        x, y = getattr(run.state, thing.kind).x.tolist()
        return x, y

    def draw_relief(self, relief: SurfaceView) -> None:
        """Show the frame on the rotatable surface."""
        names = (*self._axis_names(), "f")
        relief.show_surface(self.field, names, _is_steep(self.field), self.trails(), self.dots(), self.spoken())
        relief.setAccessibleDescription(self.description())

    def _axis_names(self) -> tuple[str, str]:
        if isinstance(self.loss, Regression):
            return self.texts.get("panels", "weight_axis"), self.texts.get("panels", "bias_axis")
        return "x", "y"

    def shown(self) -> list[str]:
        """The methods chosen, the focused one last, so that it lies on top."""
        focused = self.method
        return sorted(self.view.params.methods, key=lambda method: method == focused)

    def trails(self) -> list[Trail]:
        """The way each method took, what is recorded ahead, and what it did before the last change."""
        timeline, t, end = self.view.timeline, self.view.t, self.view.recorded
        is_named = t > 0 and self.view.options["names"]
        known, shown = min(t, end), self.shown()
        beside = affected(self.view, shown) if self.view.ghost and not self.view.compared else []
        own = [
            Trail(
                Focus(method),
                _glided(path(timeline, method, 0, known), self.view.share),
                COLOURS[method],
                focused=method == self.method,
                faint_xy=path(timeline, method, known, end) if known < end else None,
                ghost_xy=self._ghost(method) if method in beside else None,
                draggable=t > 0,  # at step 0 it is the start that is dragged
                label=self.texts.name(method) if is_named else "",
                said=self.texts.name(method),
            )
            for method in shown
        ]
        return [*self._compared(), *own]

    def _compared(self) -> Iterator[Trail]:
        """The ways of the runs it is compared with, where they go down the same function.

        Of a way that is the same as that of the run in view only the letter at its end is drawn.
        """
        own = {method: path(self.view.timeline, method, 0, self.view.t) for method in self.view.params.methods}
        for other in self.view.beside:
            step = other.step(self.view.t)
            params = other.timeline.params_at(step)
            for method in params.methods if loss_of(params) is self.loss else ():
                way = path(other.timeline, method, 0, step)
                if method in own and np.array_equal(way, own[method]):
                    way = way[-1:]
                yield Trail(Focus(method), way, COLOURS[method], focused=method == self.method, letter=other.letter)

    def _ghost(self, method: str) -> Floats:
        other = self.view.others[0]
        return path(other.timeline, method, other.since, other.timeline.recorded)

    def _name(self, key: str) -> str:
        """Return what is written beside a mark; nothing where a frame is gone before it is read."""
        return self.texts.get("panels", key) if self.view.options["names"] else ""

    def dots(self) -> list[Dot]:
        """The start, the known minima, and Nesterov's look-ahead point."""
        minima = (Dot(Focus("minimum", (i,)), at, "plus") for i, at in enumerate(getattr(self.loss, "minima", ())))
        start = Dot(Focus("start"), self.view.params.start, "ring", self._name("start"), draggable=True,
                    said=self.texts.get("panels", "start"))  # fmt: skip
        dots = [*minima, start]
        memory = getattr(self.view.frame.made, self.method).memory
        if isinstance(memory, LookingAhead) and self.view.t and self.method in self.view.params.methods:
            ahead = (float(memory.ahead[0]), float(memory.ahead[1]))
            dots.append(Dot(Focus("ahead"), ahead, "ring", self._name("ahead"), "green", over=True))
        return dots

    def arrows(self) -> list[Arrow]:
        """The focused method's last step: what was kept of the velocity, the push of the gradient, and their sum."""
        before = self.view.before
        racer = getattr(self.view.frame.made, self.method)
        wanted = self.view.options["arrows"] and self.method in self.view.params.methods
        if before is None or not wanted or racer.status != "running":
            return []
        old = getattr(before.state, self.method)
        rule = getattr(self.view.frame.used, self.method)
        if isinstance(racer.memory, Rolling | LookingAhead):
            kept = rule.momentum * old.memory.velocity
            return self._velocity_arrows(old.x, kept, -rule.learning_rate * racer.memory.gradient)
        return self._step_arrows(old.x, racer.step, racer.memory.gradient)

    def _velocity_arrows(self, base: Floats, kept: Floats, push: Floats) -> list[Arrow]:
        scale = self.view.options["arrows"]
        ahead = self.method == "nesterov"
        velocity, pushed, total = map(self._name, ("velocity", "push", "total"))
        return [
            _arrow("velocity", base, scale * kept, "orange", velocity),
            _arrow("gradient", base + scale * kept if ahead else base, scale * push, "black", pushed),
            _arrow("step", base, scale * (kept + push), "sky", total),
        ]

    def _step_arrows(self, base: Floats, step: Floats, gradient: Floats) -> list[Arrow]:
        """The step, and beside it the direction straight down, as long as the step."""
        scale, steepness = self.view.options["arrows"], float(np.linalg.norm(gradient))
        arrows = [_arrow("step", base, scale * step, COLOURS[self.method], self._name("total"))]
        if self.method != "sgd" and steepness:
            down = -gradient / steepness * float(np.linalg.norm(step))
            arrows.insert(0, _arrow("gradient", base, scale * down, "black", self._name("downhill")))
        return arrows

    def hessian_axes(self) -> list[Segment]:
        """The directions of strongest and weakest curvature at the focused point; flat directions are long."""
        racer = getattr(self.view.state, self.method)
        if not self.view.options["hessian"] or racer.status == "out":
            return []
        xx, xy, yy = self.loss.hessian(*racer.x.tolist())
        if not np.isfinite([xx, xy, yy]).all():
            return []
        values, vectors = np.linalg.eigh(np.array([[xx, xy], [xy, yy]]))
        x0, x1, y0, y1 = self.home
        lengths = 1 / np.sqrt(np.maximum(np.abs(values), 1e-12))
        halves = 0.14 * min(x1 - x0, y1 - y0) * np.maximum(0.15, lengths / lengths.max()) * vectors  # in columns
        segments = []
        for i, (value, half) in enumerate(zip(values.tolist(), halves.T, strict=True)):
            start, end = (racer.x - half).tolist(), (racer.x + half).tolist()
            label = f"λ {numbers.significant(value, 3)}"
            segments.append(Segment(Focus("axis", (i,)), tuple(start), tuple(end), "", label, dashed=value < 0))
        return segments

    def note(self) -> str:
        """Say in words who left the picture and who diverged."""
        x0, x1, y0, y1 = self.home
        notes = []
        for method in self.view.params.methods:
            racer = getattr(self.view.state, method)
            x, y = racer.x.tolist()
            if racer.status != "running" and not (method == "newton" and self.view.params.function == GIVEN):
                notes.append(self._event("diverged_short", method, self._diverged_at(method)))
            elif racer.status == "running" and not (x0 <= x <= x1 and y0 <= y <= y1):
                notes.append(self._event("left", method, self._left_at(method)))
        return "   ".join(notes[:2])

    def _event(self, key: str, method: str, step: int) -> str:
        return self.texts.get("events", key).format(name=self.texts.name(method), step=step)

    def _diverged_at(self, method: str) -> int:
        steps = self.view.timeline.steps_of.get(f"diverged: {method}", [])
        return max((t for t in steps if t <= self.view.t), default=self.view.t)

    def _left_at(self, method: str) -> int:
        """Return the first step of the method's present stay outside the picture."""
        x0, x1, y0, y1 = self.home
        points = self.view.timeline.series.block(f"{method}.x", 2, 0, self.view.t + 1)
        inside = (points >= (x0, y0)).all(axis=1) & (points <= (x1, y1)).all(axis=1)
        return int(np.flatnonzero(inside)[-1]) + 1 if inside.any() else 0

    def description(self) -> str:
        """One line for a screen reader: where each method stands."""
        places = [(method, *getattr(self.view.state, method).x.tolist()) for method in self.view.params.methods]
        return "; ".join(
            f"{self.texts.name(method)} {numbers.coordinate(x)}, {numbers.coordinate(y)}" for method, x, y in places
        )


def _arrow(name: str, base: Floats, vector: Floats, colour: str, label: str) -> Arrow:
    (x, y), (dx, dy) = base.tolist(), vector.tolist()
    return Arrow(Focus(name), (x, y), (x + dx, y + dy), colour, label)
