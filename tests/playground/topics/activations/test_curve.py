"""Curve and rug: the function as it is, and where the inputs of the chosen unit lie on it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from core.activations import arrays
from core.activations.settings import FUNCTIONS
from core.nn import activations
from core.run.explanation import Focus
from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.activations.curve import CurveAndRug
from playground.topics.activations.reach import steps_of
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.labels import placed
from widgets.plots.marks.points import Points, Targets
from widgets.plots.marks.zones import PlacedText, Zone
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

Record = Callable[..., Timeline[Any, Any]]


def rugs(shown: CurveAndRug) -> dict[str, Any]:
    return {mark.name: mark for mark in shown.marks() if isinstance(mark, Points)}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_both_curves_are_those_of_the_function(record: Record, entry: Any, function: Any) -> None:
    run = record(2, functions=(function,))
    shown = CurveAndRug(View(run, 2), entry.texts)
    (curves,) = (mark for mark in shown.marks() if isinstance(mark, Curves))
    value, slope = curves.curves
    np.testing.assert_array_equal(value.y, activations.value(function, value.x))
    known = np.isfinite(slope.y)
    np.testing.assert_array_equal(slope.y[known], activations.slope(function, slope.x[known]))
    assert (~known).sum() == (function in ("relu", "leaky-relu"))  # at the kink
    zones = [mark for mark in shown.marks() if isinstance(mark, Zone)]
    assert bool(zones) == (function not in ("leaky-relu",))
    for zone in zones:
        inside = activations.slope(function, np.linspace(zone.x0, zone.x1, 50))
        assert np.abs(inside).max() < 0.02
        assert zone.name == ("saturated" if inside.any() else "dead zone")


def test_the_rug_is_what_comes_in_at_the_start_and_now(record: Record, entry: Any) -> None:
    run = record(9)
    shown = CurveAndRug(View(run, 9, focus=Focus("tanh", (0, 3))), entry.texts)
    for name, t in (("start", 0), ("now", 8)):
        held = arrays(run.frame(t).state, run.params_at(t))
        z = held["points"] @ held["tanh.layer_1.W"][:, 3] + held["tanh.layer_1.b"][3]
        for target in (0, 1):
            np.testing.assert_allclose(rugs(shown)[f"{name} {target}"].xy[:, 0], z[held["targets"] == target])
    assert rugs(shown)["now 1"].xy[0, 1] > rugs(shown)["now 0"].xy[0, 1]
    assert rugs(shown)["start 0"].faint
    assert not rugs(shown)["now 0"].faint


def test_a_dead_units_rug_lies_left_of_0_and_the_axis_holds_it(record: Record, entry: Any) -> None:
    run = record(3)
    bias = np.array([-20.0, *[0.0] * 7])
    edited = run.fork(run.recipe.edited(3, SetArray("relu.layer_1.b", bias)))
    shown = CurveAndRug(View(edited, 3, focus=Focus("relu", (0, 0))), entry.texts)
    assert shown.counts[1] == 0 < shown.counts[0]
    assert (shown.now < 0).all()
    assert shown.span == (-24.0, 6.0)
    said = [mark for mark in shown.marks() if isinstance(mark, PlacedText)]
    assert [(mark.text, mark.colour) for mark in said][1] == ("now: 0 on the slope ✗", "error")
    plain = CurveAndRug(View(run, 3, focus=Focus("relu", (0, 0))), entry.texts)
    assert plain.span == (-6.0, 6.0)


def test_the_axis_keeps_what_it_had_to_hold_on_the_way(record: Record, entry: Any) -> None:
    run = record(40, learning_rate=10.0, optimizer="sgd", functions=("relu",))
    unit, spans = Focus("relu", (0, 0)), []
    for t in range(8, 41, 8):
        run_to = record(t, learning_rate=10.0, optimizer="sgd", functions=("relu",))
        spans.append(CurveAndRug(View(run_to, t, focus=unit), entry.texts).span)
    assert all(low >= later for (low, _), (later, _) in pairwise(spans))
    assert all(high <= later for (_, high), (_, later) in pairwise(spans))
    assert CurveAndRug(View(run, 5, focus=unit), entry.texts).span == spans[-1]  # what is recorded ahead counts, too
    at_end = CurveAndRug(View(run, 40, focus=unit), entry.texts)
    assert at_end.span[1] > np.concatenate([at_end.now, at_end.start, [6.0]]).max()  # the rug alone needs less


@pytest.mark.parametrize("t", [0, 7, 40, 600])
def test_of_a_long_record_few_steps_are_looked_at(record: Record, t: int) -> None:
    steps = steps_of(View(record(t), t))
    assert steps[0] == 0
    assert len(steps) <= 32
    assert all(step % 8 == 0 for step in steps)


def test_the_place_that_is_dragged_has_f_and_its_slope(record: Record, entry: Any) -> None:
    run = record(1)
    for x in (-2.0, 0.3, 99.0):
        shown = CurveAndRug(View(run, 1, focus=Focus("sigmoid")), entry.texts, x)
        dots = {str(mark.focus): mark for mark in shown.marks() if isinstance(mark, Dot)}
        place = min(x, shown.span[1])
        assert dots["value"].xy[0] == place
        assert dots["value"].xy[1] == pytest.approx(float(activations.sigmoid(np.array(place))))
        assert dots["slope"].xy[1] == pytest.approx(float(activations.slope("sigmoid", np.array([place]))[0]))
        assert dots["x"].draggable


def test_the_tick_of_the_point_told_of_is_ringed_and_each_tick_is_its_point(record: Record, entry: Any) -> None:
    run = record(5)
    shown = CurveAndRug(View(run, 5, focus=Focus("tanh", (1, 2, 17))), entry.texts)
    (ring,) = (mark for mark in shown.marks() if isinstance(mark, Dot) and mark.focus == Focus("told"))
    (targets,) = (mark for mark in shown.marks() if isinstance(mark, Targets))
    assert ring.xy == tuple(targets.xy[17])
    assert ring.xy[0] == shown.now[17]
    viewport = Viewport(-6.0, 6.0, -1.0, 1.0, 300, 150)
    assert ring.nearest(viewport.point(*ring.xy), viewport) is None  # the ticks beside it can be clicked
    assert targets.focus(17) == Focus("point", (17,))


def test_runs_beside_have_their_rug_of_the_same_unit(record: Record, entry: Any) -> None:
    run, other = record(6), record(6, learning_rate=0.1)
    compared = (Compared(run, "A"), Compared(other, "B"))
    view = View(run, 6, focus=Focus("relu", (0, 2)), compared=compared, letter="A")
    shown = CurveAndRug(view, entry.texts)
    alone = CurveAndRug(View(other, 6, focus=Focus("relu", (0, 2))), entry.texts)
    (own, ring) = rugs(shown)["B 0"], rugs(alone)["now 0"]
    np.testing.assert_array_equal(own.xy[:, 0], ring.xy[:, 0])
    assert [mark.text[:1] for mark in shown.marks() if isinstance(mark, PlacedText)] == ["A", "B"]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(("bias", "x"), [(0.0, 1.0), (-20.0, 1.0), (-20.0, -11.0)])
def test_no_word_lies_on_a_curve_or_on_a_rug(
    qapp: Any, record: Record, entry: Any, freed: Any, function: Any, bias: float, x: float
) -> None:
    run, plot = record(3, functions=(function,)), Plot()
    freed(plot)
    edited = run.fork(run.recipe.edited(3, SetArray(f"{function}.layer_1.b", np.full(8, bias))))
    shown = CurveAndRug(View(edited, 3, focus=Focus(function, (0, 0))), entry.texts, x)
    shown.draw(plot)
    viewport, marks = Viewport(*plot.home, 280, 130), shown.marks()  # as small as it stands at 1440 x 900
    curves = np.concatenate(
        [viewport.pixels(c.x, c.y) for mark in marks if isinstance(mark, Curves) for c in mark.curves]
    )
    line = next(mark for mark in marks if isinstance(mark, Segment))
    curves = np.concatenate([curves, viewport.pixels(np.full(99, x), np.linspace(line.start[1], line.end[1], 99))])
    rugs = np.concatenate([viewport.pixels(*mark.xy.T) for mark in marks if isinstance(mark, Points)])
    labels = [label for mark in marks for label in mark.labels(viewport)]
    taken = [box for mark in marks for box in mark.taken(viewport)]
    lines = np.concatenate([mark.along(viewport) for mark in marks])
    drawn = np.concatenate([curves, rugs])
    assert not [label.text for label, box in placed(viewport, labels, taken, lines) if touches(box, drawn)]
    assert not [
        mark.name for mark in marks if isinstance(mark, Zone) for b in mark.taken(viewport) if touches(b, curves)
    ]
    words = [mark for mark in marks if isinstance(mark, PlacedText)]
    assert len(words) == 2
    assert not [mark.text for mark in words for box in mark.taken(viewport) if touches(box, rugs)]


def touches(box: Any, places: Any) -> bool:
    return any(box.contains(QPointF(*place)) for place in places[np.isfinite(places).all(axis=1)].tolist())
