"""What the mosaic shows of a beat: the digit of the batch so far forwards, or its slopes so far back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.cnn.explained_beats import step_of
from core.run.timeline import Timeline
from playground.playback.view import View, made_in
from playground.topics.cnn.flow import flow_of
from playground.topics.cnn.mosaic import Picture
from playground.words import texts
from widgets.grids.grid import Placed
from widgets.grids.share_bars import Columns
from widgets.grids.tiles import Tiles

Record = Callable[..., Timeline[Any, Any]]


def items(view: View) -> dict[str, Any]:
    made = Picture(view, texts.topic_texts("cnn")).arrange(900.0, 320.0)
    return {getattr(item, "name", "bars"): item for item in made if isinstance(item, Tiles | Placed | Columns)}


def test_forwards_what_comes_later_is_empty_and_read_and_written_are_framed(qapp: Any, record: Record) -> None:
    view = View(record(3), 3, beat="layer_3")
    told, shown = step_of(*made_in(view)), items(view)
    assert told is not None
    np.testing.assert_array_equal(shown["0"].grid.values, told.outputs[0][0])
    np.testing.assert_array_equal(shown["3"].values, told.outputs[3])
    assert np.isnan(shown["4"].values).all()
    assert np.isnan(shown["6"].grid.values).all()
    assert [bar.value for bar in shown["bars"].bars] == [None] * 10
    assert [outline.colour for k in "1234" for _, outline in shown[k].outlines] == ["control", "orange"]


def test_back_the_tiles_hold_slopes_as_far_as_these_have_come(qapp: Any, record: Record) -> None:
    view = View(record(3), 3, beat="back_3")
    told, shown = step_of(*made_in(view)), items(view)
    assert told is not None
    np.testing.assert_array_equal(shown["1"].values, told.outputs[1])
    for k in (2, 3, 4):
        np.testing.assert_array_equal(shown[f"{k}"].values, told.slope(k))
    assert shown["3"].values.min() < 0
    assert [bar.value for bar in shown["bars"].bars] == pytest.approx(told.outputs[-1].tolist())


@pytest.mark.parametrize("beat", ["", "update"])
def test_the_whole_step_is_that_of_the_picture_shown(qapp: Any, record: Record, beat: str) -> None:
    view = View(record(3, push=(0, 1)), 3, beat=beat)
    flow = flow_of(view, view.params)
    assert flow.told is None
    np.testing.assert_array_equal(flow.weights, view.state.weights)
    assert not flow.layers[0][0, :, 0].any()
