"""While a scene asks, the stack says what is told and which layers follow, and nothing of what they give."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core import shapes
from core.nn.layers import Conv2D, Dense, Flatten, TimeDistributed
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.topics.shapes.axes import JointBox
from playground.topics.shapes.covered_stack import Picture
from playground.words.texts import topic_texts
from widgets.grids.board import Caption

pytestmark = pytest.mark.usefixtures("qapp")
NET = Params(layers=(Conv2D(5, 3, input_shape=(28, 27, 3)), Flatten(), Dense(10)), batch_size=4)


def items(params: Params, kind: Any, height: float = 500.0, width: float = 460.0) -> list[Any]:
    view = View(Timeline(shapes, Recipe("shapes", 1, 0, params)), 0, covered=True)
    return [item for item in Picture(view, topic_texts("shapes")).arrange(width, height) if isinstance(item, kind)]


def test_what_is_told_stands_there_and_what_follows_from_it_does_not() -> None:
    told = [caption.text for caption in items(NET, Caption)]
    assert "(28, 27, 3)" in "".join(told)
    assert [text for text in told if text == "(?)"] == ["(?)"] * 3
    numbers = {int(n) for text in told for n in re.findall(r"\d+", text)}
    assert numbers == {28, 27, 3, 5, 10, 2}  # Conv2D has a 2; not 4, the batch, nor 26, 25, 3250


@pytest.mark.parametrize("width", [300.0, 460.0, 700.0])
def test_the_names_of_all_axes_are_read(width: float) -> None:
    params = Params(layers=(TimeDistributed(Conv2D(5, 3), input_shape=(10, 128, 128, 3)),))
    names = next(item for item in items(params, Caption, 500.0, width) if "channels" in item.text)
    assert names.x + names.width <= width
    assert names.y + names.height <= items(params, JointBox, 500.0, width)[0].rect.top()


def test_names_stand_over_the_bars_of_their_layers() -> None:
    bars, names = items(NET, JointBox), [c for c in items(NET, Caption) if c.text.startswith(("Conv", "Fl", "De"))]
    assert len(bars) == len(names) == 3
    for bar, name in zip(bars, names, strict=True):
        assert bar.rect.contains(name.x, name.y)
        assert name.moves  # else it would be painted beneath


def test_layers_that_have_no_room_are_counted() -> None:
    low = items(NET, Caption, 200.0)
    assert any("layers below: 2" in caption.text for caption in low)
    assert all(caption.y + caption.height <= 200.0 for caption in low)
