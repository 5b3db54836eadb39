"""What excites a map: its kernel and nine patches, each with what the map gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.cnn import arrays
from core.data.digits import digits
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.cnn.patches import Patches
from playground.words import texts
from widgets.grids.board import Caption
from widgets.grids.grid import Placed

Record = Callable[..., Timeline[Any, Any]]


def shown(timeline: Any, focus: Focus | None) -> Patches:
    return Patches(View(timeline, 20, beat="update", focus=focus), texts.topic_texts("cnn"))


def grids(made: Patches, width: float = 400.0, height: float = 130.0) -> list[Placed]:
    return [item for item in made.arrange(width, height) if isinstance(item, Placed)]


def test_patch_times_kernel_is_the_number_below_it(qapp: Any, record: Record) -> None:
    made = shown(record(20), Focus("cell", (1, 3, 0, 0)))
    kernel, *patches = grids(made)
    row = arrays(made.view.state, made.view.params)
    np.testing.assert_array_equal(kernel.grid.values, row["layer_1.W"][3, 0])
    assert len(patches) == 9
    told = [item.text for item in made.arrange(400.0, 130.0) if isinstance(item, Caption)][2::2]
    for patch, text in zip(patches, told, strict=True):
        z = (patch.grid.values * kernel.grid.values).sum() + row["layer_1.b"][3]
        assert float(text) == pytest.approx(max(z, 0), rel=1e-3)
    assert made.title == "layer 1, conv: map 3"


def test_each_patch_says_of_which_class_it_is_unless_a_scene_asks(qapp: Any, record: Record) -> None:
    made = shown(record(20), None)
    captions = [item.text for item in made.arrange(400.0, 130.0) if isinstance(item, Caption)]
    classes = [f"class {digits().labels[patch.digit]}" for patch in made.found]
    assert [text for text in captions if text.startswith("class")] == classes
    asked = replace(made, view=replace(made.view, covered=True))
    assert not [c for c in asked.arrange(400.0, 130.0) if isinstance(c, Caption) and c.text.startswith("class")]


def test_deeper_down_whole_digits_are_seen_and_there_is_no_one_kernel(qapp: Any, record: Record) -> None:
    timeline = record(20)
    for focus, title in (
        (Focus("cell", (3, 9, 1, 1)), "layer 3, conv: map 9"),
        (Focus("cell", (6, 7)), "layer 6, dense: unit 7"),
    ):
        made = shown(timeline, focus)
        assert [placed.grid.values.shape for placed in grids(made)] == [(8, 8)] * 9
        assert made.title == title
    assert shown(timeline, None).title == "layer 1, conv: map 0"


def test_they_stand_in_the_rows_that_give_them_more_room(qapp: Any, record: Record) -> None:
    made = shown(record(20), None)
    for room, rows in (((300.0, 130.0), 2), ((900.0, 110.0), 1)):
        assert len({item.rect.top() for item in grids(made, *room)}) == rows


@pytest.mark.parametrize("room", [(300.0, 90.0), (900.0, 110.0), (900.0, 600.0)])
def test_all_fit_into_the_room(qapp: Any, record: Record, room: tuple[float, float]) -> None:
    made = shown(record(20), None)
    assert all(item.rect.right() <= room[0] and item.rect.bottom() <= room[1] for item in grids(made, *room))
