"""An index lights one cell in the picture and in its channels; what stands there is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import shapes
from core.data.pictures import colour_channels_last, named_picture
from core.nn.layers import Flatten
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.topics.shapes.picture_apart import Picture, focus_at
from playground.words.texts import topic_texts
from widgets.grids.board import Caption
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("qapp")


def shown(focus: str = "", size: tuple[float, float] = (900.0, 500.0)) -> list[Any]:
    view = View(Timeline(shapes, Recipe("shapes", 1, 0, Params())), 0, focus=Focus.of(focus))
    return list(Picture(view, topic_texts("shapes")).arrange(*size))


def grids(focus: str = "", size: tuple[float, float] = (900.0, 500.0)) -> dict[str, Placed]:
    return {item.name: item for item in shown(focus, size) if isinstance(item, Placed)}


def test_it_is_the_shipped_picture_channels_last() -> None:
    assert colour_channels_last().shape == (8, 8, 3)
    assert np.array_equal(np.moveaxis(colour_channels_last(), 2, 0), named_picture("colour"))
    for k in range(3):
        assert np.array_equal(grids()[f"channel {k}"].grid.values, named_picture("colour")[k])


def test_an_index_is_lit_in_its_channel_and_dashed_in_the_others() -> None:
    lit = {name: placed.grid.outlines for name, placed in grids("pixel 1 4 0").items()}
    assert all([(o.row, o.column) for o in outlines] == [(1, 4)] for outlines in lit.values())
    assert {name for name, (outline,) in lit.items() if not outline.dashed} == {"picture", "channel 0"}
    words = [item.text for item in shown("pixel 1 4 0") if isinstance(item, Caption)]
    assert words[-1] == "picture[1, 4, 0] = 2"


def test_a_place_of_the_picture_has_three_numbers() -> None:
    assert focus_at("picture", 1, 4) == Focus("pixel", (1, 4))
    assert focus_at("channel 2", 1, 4) == Focus("pixel", (1, 4, 2))
    assert focus_at("", 0, 0) is None
    words = [item.text for item in shown("pixel 1 4") if isinstance(item, Caption)]
    assert words[-1] == "picture[1, 4] = [2, 6, 1]"
    assert not any(outline.dashed for placed in grids("pixel 1 4").values() for outline in placed.grid.outlines)


def test_a_typed_picture_that_goes_in_stands_there() -> None:
    for data, channels in (((((1, 2, 3), (4, 5, 6)),), 3), ((((0.5,), (1.0,)), ((0.0,), (0.25,))), 1)):
        params = Params((Flatten(input_shape=(len(data), 2, channels)),), data=(data,))
        view = View(Timeline(shapes, Recipe("shapes", 1, 0, params)), 0, focus=Focus("pixel", (0, 1, channels - 1)))
        placed = list(Picture(view, topic_texts("shapes")).arrange(900.0, 500.0))
        named = {item.name: item.grid.values for item in placed if isinstance(item, Placed)}
        assert set(named) == {"picture", *(f"channel {k}" for k in range(channels))}
        assert np.array_equal(named[f"channel {channels - 1}"], np.array(data)[:, :, channels - 1])
        words = [item.text for item in placed if isinstance(item, Caption)]
        assert words[-1].startswith(f"picture[0, 1, {channels - 1}] = ")
    other = Params((Flatten(input_shape=(8, 8, 3)),))  # nothing typed: the numbers that go in are no picture
    assert Picture(View(Timeline(shapes, Recipe("shapes", 1, 0, other)), 0), topic_texts("shapes")).own is None


@pytest.mark.parametrize("size", [(900.0, 500.0), (330.0, 190.0), (300.0, 420.0), (160.0, 120.0)])
def test_four_grids_lie_beside_each_other_on_the_board(size: tuple[float, float]) -> None:
    rects = [placed.rect for placed in grids("", size).values()]
    assert len(rects) == 4
    for i, rect in enumerate(rects):
        assert rect.left() >= 0
        assert rect.top() >= 0
        assert rect.right() <= size[0]
        assert rect.bottom() <= size[1]
        assert not any(rect.intersects(other) for other in rects[:i])
