"""What is measured of compared runs."""

from __future__ import annotations

from math import nan
from typing import Any

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.tab.measures import Measure, series
from playground.topic_list import topic

CORE = topic("optimizers").core
TIMELINE: Timeline[Any, Any] = Timeline(CORE, Recipe("optimizers", CORE.VERSION, 0, CORE.Params()))
TIMELINE.record(3)
ONE, TWO, THREE = (View(TIMELINE, t) for t in (1, 2, 3))


def test_values_and_how_far_each_is_from_the_first() -> None:
    row = Measure("step", lambda view: float(view.t)).row(ONE, [THREE, ONE])
    assert row == ("step", ("1.000", "3.000", "1.000"), ("+2.000", "0.000"))
    back = Measure("step", lambda view: float(view.t), is_count=True).row(THREE, [ONE])
    assert back == ("step", ("3", "1"), ("−2",))


def test_what_a_run_has_not_is_a_dash() -> None:
    assert Measure("none", lambda view: nan).row(ONE, [TWO]) == ("none", ("–", "–"), ("–",))
    assert series("no.such", "none").row(ONE, [TWO]).values == ("–", "–")


def test_what_tells_of_two_runs_has_no_values_and_no_sign() -> None:
    measure = Measure("apart", between=lambda one, other: float(other.t - one.t), is_count=True)
    assert measure.row(ONE, [TWO, THREE]) == ("apart", ("", "", ""), ("1", "2"))


def test_a_series_is_read_at_the_step() -> None:
    loss = TIMELINE.series.column("sgd.loss")
    row = series("sgd.loss", "loss").row(ONE, [TWO])
    assert row.values == (f"{loss[1]:.3f}", f"{loss[2]:.3f}")
