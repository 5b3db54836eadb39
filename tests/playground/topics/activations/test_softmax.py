"""The bars are the softmax of the logits, and each handle does what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.activations import Params
from core.nn.activations import softmax
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.activations.softmax import SoftmaxBars, moved, set_to
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.bars import Bars
from widgets.plots.marks.zones import PlacedText
from widgets.plots.plot import Plot

Record = Callable[..., Timeline[Any, Any]]
PARAMS = Params(logits=(3.0, -1.0, 0.5), temperature=2.0)


def shares(params: Params) -> Any:
    return softmax(np.array(params.logits) / params.temperature)


def dots(view: View, entry: Any) -> dict[str, Dot]:
    return {str(mark.focus): mark for mark in SoftmaxBars(view, entry.texts).marks() if isinstance(mark, Dot)}


@pytest.mark.parametrize("temperature", [0.5, 1.0, 20.0])
def test_the_bars_are_the_softmax_of_the_logits(record: Record, entry: Any, temperature: float) -> None:
    run = record(0, logits=(3.0, -1.0, 0.5), temperature=temperature)
    marks = SoftmaxBars(View(run, 0), entry.texts).marks()
    (bars,) = (mark for mark in marks if isinstance(mark, Bars))
    assert [bar.height for bar in bars.bars] == pytest.approx(shares(run.params_at(0)).tolist())
    assert [mark.text for mark in marks if isinstance(mark, PlacedText)] == [
        "3",
        "−1",
        "0.5",
        f"T = {temperature:g}",
        "all: mean 0.833",
    ]


def test_logits_of_many_digits_are_told_in_short(record: Record, entry: Any) -> None:
    """Those that a net made would run into each other."""
    run = record(0, logits=(0.4192562798411, -1.0 / 3.0))
    texts = [mark.text for mark in SoftmaxBars(View(run, 0), entry.texts).marks() if isinstance(mark, PlacedText)]
    assert texts[:2] == ["0.419", "−0.333"]


def test_while_a_scene_asks_the_logits_are_there_and_no_share(
    qapp: Any, freed: Any, record: Record, entry: Any
) -> None:
    plot, run = Plot(), record(0, logits=(3.0, -1.0))
    freed(plot)
    SoftmaxBars(View(run, 0, covered=True), entry.texts).draw(plot)
    assert [getattr(mark, "text", mark) for mark in plot.marks] == ["3", "−1"]
    assert not plot.accessibleDescription()
    SoftmaxBars(View(run, 0), entry.texts).draw(plot)
    assert plot.accessibleDescription()


@pytest.mark.parametrize(("at", "share"), [(0, 0.2), (2, 0.9), (1, 0.5)])
def test_a_bar_drawn_to_a_height_has_that_share_and_the_others_keep_their_odds(at: int, share: float) -> None:
    changed = moved(PARAMS, Focus("logit", (at,)), 0.0, share)
    assert changed
    now = replace(PARAMS, logits=tuple(changed[1]))
    assert shares(now)[at] == pytest.approx(share, abs=1e-3)
    assert [now.logits[i] == PARAMS.logits[i] for i in range(3)] == [i != at for i in range(3)]


@pytest.mark.parametrize("height", [-3.0, 0.0, 1.0, 7.0])
def test_no_bar_can_be_drawn_out_of_0_to_1(height: float) -> None:
    changed = moved(PARAMS, Focus("logit", (0,)), 0.0, height)
    assert changed
    assert np.isfinite(changed[1]).all()


def test_what_is_added_to_all_changes_numbers_and_no_share(record: Record, entry: Any) -> None:
    changed = moved(PARAMS, Focus("shift"), 3.2, 0.0)
    assert changed
    now = replace(PARAMS, logits=tuple(changed[1]))
    np.testing.assert_allclose(shares(now), shares(PARAMS), atol=1e-3)
    assert np.ptp(np.subtract(now.logits, PARAMS.logits)) < 2e-3
    assert now.logits[0] > PARAMS.logits[0] + 1


@pytest.mark.parametrize("handle", ["temperature", "shift"])
def test_a_handle_stays_where_it_was_drawn_to(record: Record, entry: Any, handle: str) -> None:
    for x in (2.1, 2.6, 3.2):
        changed = moved(PARAMS, Focus(handle), x, 0.0)
        assert changed
        name, value = changed
        run = record(0, **{"logits": PARAMS.logits, name: tuple(value) if name == "logits" else value})
        assert dots(View(run, 0), entry)[handle].xy[0] == pytest.approx(x, abs=0.01)


def test_far_off_values_stand_at_the_end_of_their_rail(record: Record, entry: Any) -> None:
    run = record(0, logits=(1002.0, 1001.0), temperature=1000.0)
    placed = dots(View(run, 0), entry)
    assert 2.4 < placed["shift"].xy[0] < 2.6
    assert placed["temperature"].xy[0] == placed["shift"].xy[0]
    assert moved(PARAMS, Focus("value"), 1.0, 1.0) is None


def test_it_is_dragged_in_the_picture(tab: Any, forward: Any) -> None:
    plot = forward("softmax")
    plot.dragged.emit(Focus("temperature"), 4.0, 0.0, True)
    assert tab.run.params.temperature > 10
    plot.dragged.emit(Focus("logit", (3,)), 4.0, 0.9, True)
    assert tab.run.params.logits[3] > 2
    assert not tab.run.recipe.edits


def test_keys_move_it_in_the_picture(tab: Any, forward: Any) -> None:
    plot = forward("softmax")
    plot.number_set.emit(Focus("temperature"), 2.5, True)
    assert tab.run.params.temperature == 2.5
    plot.number_set.emit(Focus("logit", (3,)), 0.9, False)
    assert shares(tab.run.params)[3] == pytest.approx(0.9, abs=1e-3)


def test_keys_set_a_share_the_temperature_and_the_mean_of_all(record: Record, entry: Any) -> None:
    own = {name: dot.own for name, dot in dots(View(record(0), 0), entry).items()}
    assert {name: (span.low, span.high) for name, span in own.items() if span and "logit" not in name} == {
        "temperature": (0.1, 100.0), "shift": (-10.0, 10.0),
    }  # fmt: skip
    _, logits = set_to(PARAMS, Focus("logit", (1,)), 0.25)
    assert shares(replace(PARAMS, logits=tuple(logits)))[1] == pytest.approx(0.25, abs=1e-3)
    assert set_to(PARAMS, Focus("temperature"), 0.7) == ("temperature", 0.7)
    _, logits = set_to(PARAMS, Focus("shift"), 4.0)
    assert np.mean(logits) == pytest.approx(4.0, abs=1e-3)
    assert shares(replace(PARAMS, logits=tuple(logits))) == pytest.approx(shares(PARAMS), abs=1e-3)
