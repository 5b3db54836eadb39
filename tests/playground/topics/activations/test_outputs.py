"""What a layer hands on: the ranges and the means of its outputs, of the runs beside, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.activations.inside import inside
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.activations import outputs
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.zones import PlacedText
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

Record = Callable[..., Timeline[Any, Any]]


@pytest.fixture
def plot(qapp: Any, freed: Any) -> Plot:
    made = Plot()
    freed(made)
    return made


def handed_on(run: Timeline[Any, Any], t: int, function: Any, layer: int) -> Any:
    params = run.params_at(t)
    return inside(run.frame(t - 1).state.of(function, params).weights, function, params).look.made.outputs[layer]


def over_zero(plot: Plot) -> list[tuple[Any, float]]:
    viewport = Viewport(*plot.home, 300, 200)
    zero = viewport.point(0.0, 0.0).x()
    return [(box, zero) for mark in plot.marks if isinstance(mark, PlacedText) for box in mark.taken(viewport)]


def test_each_net_has_its_range_and_its_mean(record: Record, entry: Any, plot: Plot) -> None:
    run = record(12)
    outputs.draw(plot, View(run, 12, focus=Focus("relu", (1, 0))), entry.texts)
    lines = {str(mark.focus): mark for mark in plot.marks if isinstance(mark, Segment)}
    words = [mark.text for mark in plot.marks if isinstance(mark, PlacedText)]
    for row, function in enumerate(("sigmoid", "tanh", "relu")):
        given = handed_on(run, 12, function, 1)
        assert (lines[function].start[0], lines[function].end[0]) == (given.min(), given.max())
        means = [mark.xy[0] for mark in plot.marks if isinstance(mark, Dot) and mark.xy[1] == -row and mark.over]
        assert means == [float(given.mean())]
        assert words[row].split()[-1] == f"{given.mean():.3f}"
    assert all(box.left() > plot_zero for box, plot_zero in over_zero(plot))  # beside the line of 0, not across it
    x0, x1, _, _ = plot.home
    assert x0 < -1 < max(line.end[0] for line in lines.values()) < x1


def test_runs_beside_stand_under_it(record: Record, entry: Any, plot: Plot) -> None:
    run, other = record(12), record(12, learning_rate=0.1, functions=("tanh",))
    view = View(run, 12, compared=(Compared(run, "A"), Compared(other, "B")), letter="A")
    outputs.draw(plot, view, entry.texts)
    sigmoid, tanh, _ = (mark.text for mark in plot.marks if isinstance(mark, PlacedText))
    assert "B" not in sigmoid
    assert tanh.endswith(f"B {handed_on(other, 12, 'tanh', 0).mean():.3f}".replace("-", "\u2212"))
