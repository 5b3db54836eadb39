"""Where the mosaic puts everything, whatever the layers and the room."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from core.cnn import Params
from core.cnn.readings import twin
from core.cnn.settings import net
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten
from playground.topics.cnn.mosaic_plan import BAR, MOST_MAPS, WIDEST_BAR, plan

LAST = Dense(10, activation="softmax")
STACKS: dict[str, Any] = {
    "default": Params().layers, "twin": twin(Params().layers), "row": (Flatten(), LAST),
    "pool": (AveragePooling2D(2), Dense(5), Flatten(), Dense(3), Dense(3), LAST),
    "many": (Conv2D(64, 3, padding="same"), Conv2D(3, 5), Flatten(), LAST),
}  # fmt: skip


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("room", [(876, 290), (700, 180), (1400, 800)])
def test_nothing_overlaps_and_nothing_is_below_the_room(qapp: Any, name: str, room: tuple[int, int]) -> None:
    layers = STACKS[name]
    made = plan(layers, *room)
    lefts = [column.left for column in made.columns] + [left for _, left in made.strips] + [made.bars]
    rights = [column.left + column.width for column in made.columns] + [left + 12 for _, left in made.strips]
    assert all(right <= left for right, left in zip(rights, lefts[1:], strict=True))
    assert lefts[0] >= 12 + 8 * made.digit_cell
    words = [column.left + column.words for column in made.columns]
    assert all(end <= left for end, left in zip(words, lefts[1:], strict=False))
    assert [k for column in made.columns for k in column.layers] + [k for k, _ in made.strips] == list(
        range(1, len(layers))
    )
    for column in made.columns:
        size = _rows(layers, column.k)
        assert all(y + size * column.cell <= room[1] for _, y in column.units)
        assert all(a[1] <= b[1] for a, b in pairwise(column.units))
        assert all(column.left <= x < column.left + column.width for x, _ in column.units)
        assert len(column.units) <= MOST_MAPS
    if name in ("default", "twin", "row", "pool"):
        assert made.bars + 10 * made.bar <= room[0]
        assert BAR <= made.bar <= WIDEST_BAR


def _rows(layers: Any, k: int) -> int:
    return int(net(layers).stack.shapes[k][2].size or 0)


def test_maps_and_pooled_maps_have_cells_of_one_size(qapp: Any) -> None:
    first, second = plan(Params().layers, 876, 290).columns
    assert (first.layers, second.layers) == ((1, 2), (3, 4))
    assert (len(first.units), len(second.units)) == (8, 16)
    assert first.begins[1] - first.begins[0] == pytest.approx(8 * first.cell + 6)
    assert (first.slices, second.slices) == (1, 8)
    assert (first.across, second.across) == (1, 4)


def test_what_the_height_leaves_of_the_width_parts_the_columns(qapp: Any) -> None:
    made = plan(Params().layers, 876, 230)
    gaps = [after.left - (before.left + before.width) for before, after in pairwise(made.columns)]
    last, strip = made.columns[-1], made.strips[0][1]
    assert gaps == pytest.approx([strip - last.left - last.width])
    assert gaps[0] > 20
    assert made.bars - (made.strips[-1][1] + 12) < 60


def test_a_kernel_of_one_slice_has_room_to_be_seen_twice(qapp: Any) -> None:
    for room in ((876, 290), (700, 180)):
        first = plan(Params().layers, *room).columns[0]
        assert 2 * (3 * first.kernel_cell + 1) + 4 <= first.room


def test_slices_that_would_be_edges_alone_are_left_out(qapp: Any) -> None:
    first, second = plan(Params().layers, 700, 130).columns
    assert first.kernel_cell > 0
    assert second.kernel_cell == second.begins[0] == 0


def test_a_smaller_room_has_smaller_cells(qapp: Any) -> None:
    large, small = (plan(Params().layers, *room) for room in ((1400, 800), (700, 200)))
    assert small.digit_cell < large.digit_cell
    assert small.columns[0].cell < large.columns[0].cell
