"""Curve and rug: the function as it is, and where the inputs of the chosen unit lie on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.activations import arrays
from core.activations.settings import FUNCTIONS
from core.nn import activations
from core.run.explanation import Focus
from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.activations.curve import CurveAndRug
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.ground import ColourGround
from widgets.plots.marks.points import Points

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
    (zones,) = (mark for mark in shown.marks() if isinstance(mark, ColourGround))
    flat = np.isnan(zones.shares[0, :, 0])
    assert flat.any() == (function not in ("leaky-relu",))


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
    assert shown.span[0] < shown.now.min()
    plain = CurveAndRug(View(run, 3, focus=Focus("relu", (0, 0))), entry.texts)
    assert plain.span == (-6.0, 6.0)


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
