"""The picture of the stack: shapes, axes, layers and cells as a learner reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import shapes
from core.nn.layers import Conv2D, Dense, Embedding, Flatten, MaxPooling2D, SimpleRNN
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.scenes.mark import Spoken
from playground.topics.shapes.axes import Dimension, Handle, Hatch, JointBox, Passing, Sheets, Tints, Underline
from playground.topics.shapes.stack_axes import AxisLines
from playground.topics.shapes.stack_board import Picture, blocks
from playground.topics.shapes.stack_flow import Band
from playground.words.texts import topic_texts, use_language
from widgets.grids.board import Caption, GridBoard, Spot
from widgets.grids.board_lines import Corners
from widgets.grids.grid import Outline, Placed

pytestmark = pytest.mark.usefixtures("qapp")
PICTURE = (Conv2D(3, 3, padding="same", input_shape=(8, 6, 2)), MaxPooling2D(2), Flatten(), Dense(4))


def picture(params: Params, t: int, focus: str = "", **more: Any) -> Picture:
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, params))
    timeline.record(t)
    return Picture(View(timeline, t, focus=Focus.of(focus), **more), topic_texts("shapes"))


def items(shown: Picture, kind: Any, size: tuple[float, float] = (700.0, 600.0)) -> list[Any]:
    return [item for item in shown.arrange(*size) if isinstance(item, kind)]


def texts(shown: Picture) -> str:
    return " | ".join(caption.text for caption in items(shown, Caption))


def grid(shown: Picture, k: int) -> Placed:
    found: Placed = next(item for item in items(shown, Placed) if item.name == f"tensor {k}")
    return found


def test_shapes_layers_and_weights_are_written() -> None:
    told = texts(picture(Params(), 3))
    for words in ("None | ,  | 4 | ,  | 8 | )", "batch |  ·  | time |  ·  | features", "Embedding(41, 8)", "Flatten()"):
        assert words in told
    for words in ("end to end: 4 × 8 = 32", "last axis: 32 → 16", "weights: 328", "weights: 528"):
        assert words in told
    use_language("zh")
    try:
        assert "批次 |  ·  | 时间" in texts(picture(Params(), 3))
    finally:
        use_language("en")


def test_flatten_lays_out_segments() -> None:
    lines = items(picture(Params(), 3), Dimension)
    eights = [line for line in lines if line.text == "8" and line.colour == "orange"]
    assert len(eights) == 5  # the axis itself, and four of it end to end
    parts = [line.text for line in items(picture(Params(layers=PICTURE), 4), Dimension)]
    assert parts.count("4 × 3") == 2  # of 36 cells 32 are drawn: two whole maps


def test_numbers_are_there_as_far_as_the_data_has_come() -> None:
    for t in range(5):
        shown = picture(Params(layers=PICTURE), t)
        assert [bool(np.isfinite(grid(shown, k).grid.values).all()) for k in range(5)] == [k <= t for k in range(5)]
    values = shapes.arrays(shown.view.state, shown.view.params)
    np.testing.assert_array_equal(grid(shown, 1).grid.values, values["layer_1.output"][0])
    np.testing.assert_array_equal(grid(shown, 4).grid.values, values["layer_4.output"][None])
    shown = picture(Params(layers=PICTURE), 2)
    (passing,) = items(shown, Passing)
    assert passing.rect == items(shown, JointBox)[1].rect
    assert not items(picture(Params(layers=PICTURE), 0), Passing)


def test_small_numbers_are_not_written_as_nothing() -> None:
    shown = picture(Params(), 3)
    assert grid(shown, 0).grid.form is not None  # whole ones
    assert grid(shown, 1).grid.form is None
    assert grid(picture(Params(), 0), 1).grid.form is None


def outlines(shown: Picture, k: int) -> list[Outline]:
    return list(grid(shown, k).grid.outlines)


def test_a_cell_lights_what_it_comes_from_and_goes_to() -> None:
    shown = picture(Params(), 3, "cell 2 13")
    found = [[(o.row, o.column, o.rows, o.columns, o.dashed) for o in outlines(shown, k)] for k in range(4)]
    assert found == [
        [(0, 1, 1, 1, False)], [(1, 5, 1, 1, False)], [(0, 13, 1, 1, False)], [(0, 0, 1, 16, True)],
    ]  # fmt: skip
    shown = picture(Params(layers=PICTURE), 4, "cell 2 1 1 2")
    assert [(o.row, o.column, o.rows, o.columns) for o in outlines(shown, 1)] == [(2, 2, 2, 2)]
    assert [(o.row, o.column, o.rows, o.columns) for o in outlines(shown, 0)] == [(1, 1, 4, 4)]
    assert [o.column for o in outlines(shown, 3)] == [28]


def test_the_slice_in_focus_stands_in_front() -> None:
    params = Params(layers=PICTURE)
    shown = picture(params, 4, "cell 1 0 0 2")
    values = shapes.arrays(shown.view.state, params)["layer_1.output"]
    np.testing.assert_array_equal(grid(shown, 1).grid.values, values[2])
    assert shown.focus_at("tensor 1", 3, 4) == Focus("cell", (1, 3, 4, 2))


def test_what_is_pointed_at_goes_before_what_is_chosen() -> None:
    shown = picture(Params(), 3, "cell 2 13", pointed=Focus("cell", (3, 2)))
    assert shown.cell == (3, (2,))
    assert len(outlines(shown, 2)) == 1
    assert outlines(shown, 2)[0].columns == 32
    assert picture(Params(), 3, "cell 3 16").cell is None
    assert picture(Params(), 3, "layer 2").cell is None


def test_every_drawn_cell_can_be_pointed_at() -> None:
    for params in (Params(), Params(layers=PICTURE), Params(layers=(SimpleRNN(3, input_shape=(None, 2)),))):
        shown = picture(params, 1)
        for place in items(shown, Placed):
            if place.name:
                at = shown.focus_at(place.name, place.grid.rows - 1, place.grid.columns - 1)
                assert at is not None
                assert len(at.at) == len(shown.made.shapes[at.at[0]])
    assert picture(Params(), 1).focus_at("", 0, 0) is None


def test_what_is_left_out_is_counted() -> None:
    layers = (Conv2D(64, 3, input_shape=(224, 224, 3)), Flatten(), Dense(10))
    assert "… 224 × 224" in texts(picture(Params(layers=layers), 1))
    long = Params(layers=(Dense(3, input_shape=(20, 20)), *(Dense(3) for _ in range(20))))
    told = texts(picture(long, 10))
    assert "layers above: " in told
    assert "layers below: " in told
    assert "layers above" not in texts(picture(Params(), 3))


def test_the_batch_is_dotted_until_it_is_fixed() -> None:
    assert {sheet.is_fixed for sheet in items(picture(Params(), 3), Sheets)} == {False}
    assert {sheet.is_fixed for sheet in items(picture(Params(batch_size=32), 3), Sheets)} == {True}


def test_cells_are_one_block_where_they_are() -> None:
    assert blocks(np.array([[1, 2], [1, 3], [2, 2], [2, 3]])) == [(1, 2, 2, 2)]
    assert blocks(np.array([[1, 2], [3, 2]])) == [(1, 2, 1, 1), (3, 2, 1, 1)]
    assert blocks(np.array([[0, 0], [0, 1], [1, 0]])) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1)]


@pytest.mark.parametrize("size", [(700, 600), (420, 300)])
def test_it_is_painted_at_any_size(size: tuple[int, int]) -> None:
    for params in (Params(), Params(layers=PICTURE), Params(layers=(Embedding(9, 4), Dense(2)))):
        board = GridBoard()
        board.resize(*size)
        board.set_arrangement(picture(params, 1, "cell 1 0 0 0").arrange)
        image = board.grab().toImage()
        assert len({image.pixelColor(x, y).name() for x in range(0, size[0], 3) for y in range(0, size[1], 3)}) > 5


def lit_axes(shown: Picture) -> list[tuple[str, str]]:
    return [(line.text, line.colour) for line in items(shown, Dimension) if line.lit]


def test_an_axis_pointed_at_is_lit_wherever_it_goes() -> None:
    shown = picture(Params(), 3, pointed=Focus("axis", (0, 1)))
    assert lit_axes(shown) == [("4", "blue"), ("4", "blue"), *[("8", "orange")] * 4]
    assert len(items(shown, Underline)) == 3
    assert not shown.lit
    assert len(items(picture(Params(), 3, "axis 0 0"), Underline)) == 4
    assert not items(picture(Params(), 3), Underline)
    assert picture(Params(), 3, "axis 1 7").axis is None


def test_what_can_be_dragged_wears_a_handle() -> None:
    names = [spot.name for spot in items(picture(Params(), 3), Spot) if spot.name.startswith("end")]
    assert names == ["end 0 1", "end 1 2", "end 3 1"]
    assert len(items(picture(Params(), 3), Handle)) == 3
    shown = picture(Params(layers=PICTURE), 4)
    names = [spot.name for spot in items(shown, Spot) if spot.name.startswith("end")]
    assert names == ["end 0 2", "end 0 1", "end 0 3", "end 1 3", "end 4 1"]
    assert shown.focus_at("end 0 3", 0, 0) == Focus("axis", (0, 3))
    assert shown.focus_at("joint 2", 0, 0) == Focus("layer", (2,))


def test_the_row_of_a_cell_flows_through_flatten_into_its_segment() -> None:
    shown = picture(Params(), 3, "cell 2 13")
    row, *others = items(shown, Band)
    segments = AxisLines(shown.made, shown.plan(700, 600).places[2], frozenset(), shown.texts).segments()
    assert (row.colour, row.target) == ("blue", segments[1])
    assert [band.dashed for band in others] == [False, False, True]
    assert others[1].source.width() > others[1].target.width() > 3  # one cell into one cell
    tints = items(shown, Tints)
    assert [len(tint.strips) for tint in tints] == [4, 4]
    assert "4 |  ×  | 8" in texts(shown)
    assert not items(picture(Params(), 3), Band)


def test_what_is_not_drawn_is_hatched() -> None:
    layers = (Conv2D(64, 3, input_shape=(224, 9, 3)), Flatten(), Dense(10))
    assert len(items(picture(Params(layers=layers), 0), Hatch)) == 3  # rows twice, the row that Flatten makes
    assert not items(picture(Params(), 3), Hatch)


def test_a_layer_chosen_is_tinted_and_in_view() -> None:
    long = Params(layers=(Dense(3, input_shape=(20, 20)), *(Dense(3) for _ in range(20))))
    shown = picture(long, 0, "layer 15")
    assert [box.look for box in items(shown, JointBox)].count("chosen") == 1
    assert 15 in shown.plan(700, 600).joints


def test_what_a_scene_speaks_of_is_marked() -> None:
    things = Focus("layer", (2,)), Focus("cell", (2, 13)), Focus("tensor", (1,))
    nowhere = Focus("cell", (2, 99)), Focus("layer", (9,)), Focus("point", (1,))
    shown = picture(Params(), 3, spoken=Spoken(named=dict.fromkeys((*things, *nowhere), "")))
    rings = [item.rect for item in items(shown, Corners) if item.is_ring]
    place = grid(shown, 2)
    assert len(rings) == 3
    assert rings[0] == items(shown, JointBox)[1].rect
    assert rings[1] == place.cells(Outline(0, 13))
    assert rings[2] == grid(shown, 1).inner


def test_what_stays_from_step_to_step_is_placed_once() -> None:
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, Params()))
    timeline.record(3)
    texts = topic_texts("shapes")
    first, second = (Picture(View(timeline, t), texts).arrange(700.0, 600.0) for t in (1, 2))
    for kind in (Dimension, JointBox, Sheets, Caption, Handle):
        pairs = zip(*([item for item in items if isinstance(item, kind)] for items in (first, second)), strict=True)
        assert all(one is other for one, other in pairs)
