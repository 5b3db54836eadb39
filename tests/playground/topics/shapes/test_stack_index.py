"""The index of what is lit of each tensor."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from core import shapes
from core.nn.layers import Conv2D, Flatten, MaxPooling2D
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.topics.shapes.stack_board import Picture
from playground.topics.shapes.stack_index import index_of
from playground.words.texts import topic_texts
from widgets.grids.board import Caption
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("qapp")
WIDE = (470.0, 480.0)


def lit(shape: tuple[int, ...], *at: tuple[slice | int, ...]) -> np.ndarray:
    mask = np.zeros(shape, dtype=bool)
    for place in at:
        mask[place] = True
    return mask


@pytest.mark.parametrize(
    ("mask", "index"),
    [
        (lit((4, 8), (1, 5)), ("1", "5")),
        (lit((4, 8), (1, slice(None))), ("1", ":")),
        (lit((9, 9, 3), (slice(2, 5), slice(4, 7), 1)), ("2:5", "4:7", "1")),
        (lit((16,), (slice(None),)), (":",)),
        (lit((28, 28, 1), (3, 4, 0)), ("3", "4", "0")),
        (lit((4, 8), (1, 5), (2, 6)), ()),
        (lit((8,), (1,), (5,)), ()),
        (lit((8,)), ()),
    ],
)
def test_a_block_has_an_index_and_what_is_none_has_not(mask: np.ndarray, index: tuple[str, ...]) -> None:
    assert index_of(mask) == index


def written(params: Params, focus: Focus | None, size: tuple[float, float] = WIDE) -> list[str]:
    """What stands in brackets beside the tensors, from top to bottom."""
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, params))
    timeline.record(len(params.layers))
    picture = Picture(View(timeline, len(params.layers), focus=focus), topic_texts("shapes"))
    said = "".join(item.text for item in picture.arrange(*size) if isinstance(item, Caption) and item.role == "label")
    return [part[: part.index("]") + 1] for part in (f"[{rest}" for rest in said.split("[")[1:])]


def test_of_a_cell_the_index_stands_beside_every_tensor_it_comes_from_and_goes_to() -> None:
    assert written(Params(), Focus("cell", (1, 1, 5))) == ["[n, 1]", "[n, 1, 5]", "[n, 13]", "[n, :]"]
    assert written(Params(), Focus("cell", (3, 2))) == ["[n, :]", "[n, :, :]", "[n, :]", "[n, 2]"]
    assert written(Params(), None) == []


def test_of_a_window_it_is_a_range_and_never_lies_on_the_tensor() -> None:
    params = Params(layers=(Conv2D(2, 3, input_shape=(12, 12, 1)), MaxPooling2D(2), Flatten()))
    assert written(params, Focus("cell", (2, 1, 2, 1)))[:3] == ["[n, 2:6, 4:8, 0]", "[n, 2:4, 4:6, 1]", "[n, 1, 2, 1]"]
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, params))
    for size in (WIDE, (388.0, 380.0), (300.0, 300.0)):
        items = Picture(View(timeline, 0, focus=Focus("cell", (2, 1, 2, 1))), topic_texts("shapes")).arrange(*size)
        said = [QRectF(item.x, item.y, item.width, item.height) for item in items
                if isinstance(item, Caption) and item.text == "]"]  # fmt: skip
        assert len(said) > 1
        assert not any(box.intersects(item.rect) for box in said for item in items if isinstance(item, Placed))
