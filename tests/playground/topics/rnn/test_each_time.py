"""One V under every column, and three ways to the same outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.rnn import arrays
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.rnn.each_time import EachTime
from playground.topics.rnn.tab import RnnTab
from widgets.grids.board import Caption
from widgets.grids.grid import Placed

Record = Callable[..., Timeline[Any, Any]]
SIZE = (290.0, 190.0)

pytestmark = pytest.mark.usefixtures("dressed")


def placed(shown: EachTime, name: str) -> list[Placed]:
    return [item for item in shown.arrange(*SIZE) if isinstance(item, Placed) and item.name == name]


def said(shown: EachTime) -> list[str]:
    return [item.text for item in shown.arrange(*SIZE) if isinstance(item, Caption) and item.role == "tick"]


def test_the_same_v_stands_under_every_column(record: Record, entry: Any) -> None:
    run = record(30, task="parity")
    shown = EachTime(View(run, 30, focus=Focus("output", (2, 5, 1))), entry.texts)
    before, told = arrays(run.frame(29).state, run.recipe.params), arrays(run.frame(30).made, run.recipe.params)
    (state,), (out,), every = (placed(shown, name) for name in ("state", "out", "V"))
    assert len(every) == 8
    for time, one in enumerate(every):
        np.testing.assert_array_equal(one.grid.values, before["V"])
        (mark,) = one.grid.outlines
        assert (mark.column, mark.rows) == (1, 16)
        column = state.inner.left() + time * state.cell
        assert column <= one.inner.left() < one.inner.right() <= column + state.cell
    np.testing.assert_allclose(out.grid.values, (told["h"][2, 1:] @ before["V"] + before["c"]).T, rtol=1e-12)


def test_three_ways_are_told_with_their_shapes_and_weights(record: Record, entry: Any) -> None:
    run = record(3, batch_size=7, length=12, units=8, task="echo", symbols=5)
    block, loop, product, weights = said(EachTime(View(run, 3), entry.texts))
    assert "(7, 12, 8) · (8, 5)" in block
    assert "12 times (7, 8)" in loop
    assert "(84, 8)" in product
    assert all(float(text.split()[-1].replace("−", "-")) < 1e-12 for text in (loop, product))
    assert weights.startswith("45 weights")
    assert weights.endswith("5\u2009820")


def test_of_many_to_one_v_works_at_the_last_time_alone(record: Record, entry: Any) -> None:
    shown = EachTime(View(record(3, mode="many-to-one"), 3), entry.texts)
    (one,), (state,) = placed(shown, "V"), placed(shown, "state")
    assert one.inner.left() > state.inner.right() - state.cell
    assert len(said(shown)) == 1


def test_long_sequences_end_in_view(record: Record, entry: Any) -> None:
    run = record(2, length=100)
    shown = EachTime(View(run, 2), entry.texts)
    (state,) = placed(shown, "state")
    assert state.inner.right() <= SIZE[0]
    np.testing.assert_array_equal(state.grid.values[:, -1], arrays(run.frame(2).made, run.recipe.params)["h"][0, -1])


def test_an_output_pointed_at_lights_here_and_under_every_column_of_the_film(tab: RnnTab) -> None:
    tab.each.hovered.emit("out", 2, 5)
    assert tab.pointed == Focus("output", (0, 5, 2))
    out = next(item for item in tab.film.items() if isinstance(item, Placed) and item.name == "out")
    assert [mark.column for mark in out.grid.outlines if mark.dashed and mark.row == 2] == list(range(8))
    tab.each.left.emit()
    assert tab.pointed is None
