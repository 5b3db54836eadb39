"""What the mosaic shows of a view: every map of the digit shown, a cell's field in all of them, what is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.cnn import arrays
from core.data.digits import digits
from core.nn.layers import Conv2D, Dense, Flatten
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.cnn.mosaic import Picture
from playground.topics.cnn.products import MOST
from playground.words import texts
from widgets.base import numbers
from widgets.grids.board import Caption
from widgets.grids.board_series import Polyline, Tag
from widgets.grids.grid import Outline, Placed
from widgets.grids.share_bars import Columns
from widgets.grids.tiles import Tiles

Record = Callable[..., Timeline[Any, Any]]


def picture(timeline: Any, t: int, **given: Any) -> Picture:
    return Picture(View(timeline, t, **given), texts.topic_texts("cnn"))


def named(made: Picture) -> dict[str, Any]:
    return {item.name: item for item in made.arrange(900.0, 320.0) if isinstance(item, Tiles | Placed)}


def test_every_layer_is_there_with_what_it_gives_for_the_digit_shown(qapp: Any, record: Record) -> None:
    timeline = record(3, shown=360, push=(1, 0))
    made = picture(timeline, 3)
    items, row = named(made), arrays(timeline.frame(3).state, timeline.params_at(3))
    assert set(items) == {"0", "kernel 1", "1", "2", "kernel 3", "3", "4", "5", "6"}
    for k in range(1, 5):
        np.testing.assert_array_equal(items[f"{k}"].values, row[f"layer_{k}.output"])
    np.testing.assert_array_equal(items["6"].grid.values[:, 0], row["layer_6.output"])
    np.testing.assert_array_equal(items["kernel 3"].values, row["layer_3.W"].reshape(-1, 3, 3))
    np.testing.assert_array_equal(items["0"].grid.values[1:], digits().images[360][:-1])
    (bars,) = [item for item in made.arrange(900.0, 320.0) if isinstance(item, Columns)]
    assert [bar.value for bar in bars.bars] == row["layer_7.output"].tolist()
    assert [i for i, bar in enumerate(bars.bars) if bar.target] == [6]


@pytest.mark.parametrize("t", [0, 3])
def test_colours_are_full_at_a_percentile_of_their_layer(t: int, qapp: Any, record: Record) -> None:
    timeline = record(3)
    items, row = named(picture(timeline, t)), arrays(timeline.frame(t).state, timeline.params_at(t))
    told = {"1": ("layer_1.output", 88), "kernel 3": ("layer_3.W", 97)}
    for name, (array, percent) in told.items():
        assert items[name].ramp.limit == pytest.approx(np.percentile(np.abs(row[array]), percent), rel=1e-12)
    full = np.percentile(np.abs(row["layer_6.output"]), 95)
    assert items["6"].grid.ramp.limit == pytest.approx(full, rel=1e-12)


def test_a_chosen_cell_lights_its_field_in_every_map_before_it(qapp: Any, record: Record) -> None:
    items = named(picture(record(2), 2, focus=Focus("cell", (3, 4, 2, 1))))
    assert items["0"].grid.outlines == (Outline(1, 0, 7, 7),)
    assert items["1"].outlines == tuple((i, Outline(2, 0, 6, 6, width=2.0)) for i in range(8))
    assert items["2"].outlines == tuple((i, Outline(1, 0, 3, 3, width=2.0)) for i in range(8))
    assert items["3"].outlines == ((4, Outline(2, 1, width=2.0)),)
    assert items["4"].outlines == items["6"].grid.outlines == ()


def test_what_is_pointed_at_goes_before_what_is_chosen(qapp: Any, record: Record) -> None:
    made = picture(record(2), 2, focus=Focus("cell", (3, 4, 2, 1)), pointed=Focus("cell", (1, 2, 0, 0)))
    assert named(made)["1"].outlines == ((2, Outline(0, 0, width=2.0)),)
    assert named(made)["0"].grid.outlines == (Outline(0, 0, 2, 2),)


def test_a_unit_sees_all(qapp: Any, record: Record) -> None:
    items = named(picture(record(2), 2, focus=Focus("cell", (6, 9))))
    assert items["6"].grid.outlines == (Outline(9, 0, 1, 1, width=2.0),)
    assert items["5"].grid.outlines == (Outline(0, 0, 64, 1, width=2.0),)
    assert items["0"].grid.outlines == (Outline(0, 0, 8, 8),)


def test_silent_units_are_empty_and_counted_but_not_while_playing(qapp: Any, record: Record) -> None:
    timeline = record(20)
    playing, still = (picture(timeline, 20, beat=beat) for beat in ("", "update"))
    assert not np.isnan(named(playing)["6"].grid.values).any()
    count = int(np.isnan(named(still)["6"].grid.values).sum())
    assert 0 < count < 40
    told = [item.text for item in still.arrange(900.0, 320.0) if isinstance(item, Caption)]
    assert f"{count} silent" in told


@pytest.mark.parametrize(
    ("name", "row", "column", "focus"),
    [
        ("1", 8 * 3 + 2, 5, Focus("cell", (1, 3, 2, 5))), ("4", 2 * 15 + 1, 0, Focus("cell", (4, 15, 1, 0))),
        ("6", 9, 0, Focus("cell", (6, 9))), ("0", 1, 1, None), ("kernel 1", 2, 2, None),
    ],
)  # fmt: skip
def test_cells_are_told_as_the_formulas_tell_them(
    qapp: Any, record: Record, name: str, row: int, column: int, focus: Any
) -> None:
    assert picture(record(1), 1).focus_at(name, row, column) == focus


def test_of_many_maps_the_first_are_shown_and_all_are_counted(qapp: Any, record: Record) -> None:
    layers = (Conv2D(64, 3, padding="same"), Flatten(), Dense(10, activation="softmax"))
    made = picture(record(1, layers=layers, batch_size=8), 1)
    assert len(named(made)["1"].values) == 32
    told = [item.text for item in made.arrange(900.0, 320.0) if isinstance(item, Caption)]
    assert any(text.startswith("64 maps") for text in told)


def test_kernels_of_the_update_stand_over_what_they_have_become(qapp: Any, record: Record) -> None:
    timeline = record(3)
    before, after = (arrays(timeline.frame(t).state, timeline.params_at(t))["layer_1.W"] for t in (2, 3))
    items = named(picture(timeline, 3, beat="update"))
    np.testing.assert_array_equal(items["kernel 1 before"].values, before.reshape(-1, 3, 3))
    np.testing.assert_array_equal(items["kernel 1"].values, after.reshape(-1, 3, 3))
    assert items["kernel 1 before"].ramp == items["kernel 1"].ramp
    tiles = zip(items["kernel 1 before"].corners, items["kernel 1"].corners, strict=True)
    assert all(x == below_x and y + 3 * items["kernel 1"].cell < below_y for (x, y), (below_x, below_y) in tiles)
    assert "kernel 1 before" not in named(picture(timeline, 3))
    assert "kernel 1 before" not in named(picture(timeline, 0, beat="update"))


def test_each_map_before_has_its_slice_and_its_share_of_a_cell_of_the_second_convolution(
    qapp: Any, record: Record
) -> None:
    timeline = record(3)
    made = picture(timeline, 3, pointed=Focus("cell", (3, 4, 1, 2)))
    row = arrays(timeline.frame(3).state, timeline.params_at(3))
    assert made.sum is not None
    assert np.maximum(made.sum.total, 0) == pytest.approx(row["layer_3.output"][4, 1, 2])
    items = made.arrange(900.0, 320.0)
    (slices,) = [item for item in items if isinstance(item, Tiles) and item.name == "share slices"]
    np.testing.assert_array_equal(slices.values, row["layer_3.W"][4])
    told = [item.text for item in items if isinstance(item, Caption) and item.colour in ("blue", "vermillion")]
    assert [float(text.replace("−", "-")) for text in told] == pytest.approx(made.sum.by_map.tolist(), abs=0.0051)
    pooled = named(made)["2"]
    for tile, (x, y) in enumerate(slices.corners):
        assert x == pooled.rect(tile).left()
        assert y > pooled.rect(tile).bottom()
    assert picture(timeline, 3, pointed=Focus("cell", (1, 4, 1, 2))).sum is None


@pytest.mark.parametrize(("height", "has_keys"), [(320.0, True), (170.0, False)])
def test_keys_of_colours_stand_below_the_digit_where_there_is_room(
    qapp: Any, record: Record, height: float, has_keys: bool
) -> None:
    items = picture(record(1), 1).arrange(900.0, height)
    words = [item for item in items if isinstance(item, Caption) and item.text in ("kernel", "map", "high")]
    assert len(words) == (3 if has_keys else 0)
    digit = next(item for item in items if isinstance(item, Placed) and item.name == "0")
    assert all(word.y > digit.rect.bottom() and word.y + word.height <= height for word in words)


def test_the_value_of_a_chosen_cell_stands_over_it(qapp: Any, record: Record) -> None:
    timeline = record(5)
    for place in ((1, 2, 4, 4), (3, 9, 0, 1), (4, 9, 1, 0)):
        made = picture(timeline, 5, focus=Focus("cell", place))
        (tag,) = [item for item in made.arrange(900.0, 320.0) if isinstance(item, Tag)]
        k, *at = place
        assert tag.text == numbers.compact(float(made.outputs[k][tuple(at)]))
        tiles = named(made)[str(k)]
        x, y = tiles.corners[at[0]]
        assert (tag.x, tag.y) == (x + (at[2] + 0.5) * tiles.cell, y + at[1] * tiles.cell)
        assert not tag.rect.contains(tag.x, tag.y + tiles.cell / 2)  # the cell itself is seen
    assert not [item for item in picture(timeline, 5).arrange(900.0, 320.0) if isinstance(item, Tag)]


def test_the_largest_products_of_dense_are_lines_from_what_it_is_given(qapp: Any, record: Record) -> None:
    timeline = record(5)
    made = picture(timeline, 5, beat="update")
    found = [item for item in made.arrange(900.0, 320.0) if isinstance(item, Polyline)]
    products = made.outputs[5][:, None] * made.weights[5]["W"]
    assert len(found) == MOST
    largest = np.sort(np.abs(products), axis=None)[-MOST:]
    strips = named(made)["5"].rect
    for line in found:
        i, u = (int((y - strips.top()) / strips.height() * 64) for y in line.points[:, 1])
        assert abs(products[i, u]) >= largest[0]
        assert line.colour == ("blue" if products[i, u] > 0 else "orange")
    assert not [item for item in picture(timeline, 5).arrange(900.0, 320.0) if isinstance(item, Polyline)]  # at play
