"""Loss by step, and the gradient layer by layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.activations import outputs, small_plots
from widgets.plots.marks.curves import Curves
from widgets.plots.plot import Plot

Record = Callable[..., Timeline[Any, Any]]


@pytest.fixture
def plot(qapp: Any, freed: Any) -> Plot:
    made = Plot()
    freed(made)
    return made


def curves(plot: Plot) -> dict[str, Any]:
    (mark,) = (mark for mark in plot.marks if isinstance(mark, Curves))
    return {str(curve.focus): curve for curve in mark.curves}


def test_every_net_has_a_curve_of_its_loss(record: Record, entry: Any, plot: Plot) -> None:
    run = record(15, functions=("swish", "relu"))
    small_plots.draw_loss(plot, View(run, 9, focus=Focus("relu")), entry.texts)
    for function in ("swish", "relu"):
        shown = curves(plot)[f"{function}.loss"]
        np.testing.assert_array_equal(shown.y, run.series.column(f"{function}.loss"))
        assert shown.focused == (function == "relu")
    assert "Swish: " in plot.accessibleDescription()


def test_the_gradient_of_each_layer_and_what_slopes_of_a_quarter_leave(record: Record, entry: Any, plot: Plot) -> None:
    run = record(3, functions=("sigmoid", "tanh"), layers=6, units=4, init="he")
    small_plots.draw_gradient(plot, View(run, 3), entry.texts)
    row, shown = run.series.row(3), curves(plot)
    for function in ("sigmoid", "tanh"):
        assert shown[function].x.tolist() == [1, 2, 3, 4, 5, 6]
        assert shown[function].y[0] == pytest.approx(row[f"{function}.grad_first"])
        assert shown[function].y[-1] == pytest.approx(row[f"{function}.grad_last"])
    np.testing.assert_allclose(shown["product"].y[1:] / shown["product"].y[:-1], 4)
    assert shown["product"].y[-1] == shown["sigmoid"].y[-1]


def test_a_gradient_of_0_has_no_place_on_the_axis(record: Record, entry: Any, plot: Plot) -> None:
    run = record(0, functions=("relu",), layers=1, dataset=np.array([[0.0, 0, 1], [0, 0, 0]]))
    small_plots.draw_gradient(plot, View(run, 0), entry.texts)
    assert np.isnan(curves(plot)["relu"].y).all()


def test_the_gradients_of_runs_beside_have_their_letters(record: Record, entry: Any, plot: Plot) -> None:
    run, other = record(4, layers=2), record(4, layers=4)
    compared = (Compared(run, "A"), Compared(other, "B"))
    small_plots.draw_gradient(plot, View(run, 4, focus=Focus("relu"), compared=compared, letter="A"), entry.texts)
    shown, row = curves(plot), other.series.row(4)
    for function in ("sigmoid", "tanh", "relu"):
        beside = shown[f"B {function}"]
        assert beside.y[[0, -1]] == pytest.approx([row[f"{function}.grad_first"], row[f"{function}.grad_last"]])
        assert beside.label == ("B" if function == "relu" else "")
    assert plot.home[1] > 4.5 + 1  # the deeper run, and room for names
    assert max(layer for layer, _ in plot.axes["bottom"].ticks()) == 4  # none is numbered that is not there


@pytest.mark.parametrize("draw", [small_plots.draw_gradient, outputs.draw])
def test_what_tells_an_answer_is_left_out(record: Record, entry: Any, plot: Plot, draw: Any) -> None:
    run = record(3)
    for covered in (False, True):
        draw(plot, View(run, 0, covered=covered), entry.texts)
        assert bool(plot.marks) != covered
        assert bool(plot.accessibleDescription()) != covered  # what a screen reader says
