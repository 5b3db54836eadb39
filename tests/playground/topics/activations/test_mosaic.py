"""The tiles stand in rows in which their planes are largest, and the chosen one is framed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.activations.explained import Chosen
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.activations.mosaic import Mosaic
from playground.topics.activations.tile import Tile

Record = Callable[..., Timeline[Any, Any]]


@pytest.mark.parametrize(("size", "columns"), [((480, 460), 2), ((390, 230), 3), ((250, 700), 1)])
def test_rows_are_such_that_planes_are_largest(
    record: Record, entry: Any, freed: Any, settle: Any, size: tuple[int, int], columns: int
) -> None:
    mosaic, run = Mosaic(), record(2)
    freed(mosaic)
    mosaic.show_tiles([Tile(View(run, 2), f, entry.texts) for f in ("sigmoid", "tanh", "relu")],
                      Chosen("tanh", 0, 0, 0))  # fmt: skip
    mosaic.resize(*size)
    mosaic.show()
    settle()
    assert len({tile.x() for tile in mosaic.tiles}) == columns
    assert [tile.title.is_chosen for tile in mosaic.tiles] == [False, True, False]


def test_in_turn_each_tile_has_its_squares_drawn_at_every_second_turn(
    record: Record, entry: Any, freed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mosaic, run = Mosaic(), record(2)
    freed(mosaic)
    tiles = [Tile(View(run, 2), f, entry.texts) for f in ("sigmoid", "tanh", "relu")]
    mosaic.show_tiles(tiles, Chosen("tanh", 0, 0, 0))
    drawn: list[list[int]] = []
    for i, place in enumerate(mosaic.tiles):
        monkeypatch.setattr(place.units, "set_arrangement", lambda _, i=i: drawn[-1].append(i))
    for _ in range(12):
        drawn.append([])
        mosaic.show_tiles(tiles, Chosen("tanh", 0, 0, 0), in_turn=True)
    assert max(map(len, drawn)) == 1
    assert sorted(i for turn in drawn for i in turn) == [0, 0, 1, 1, 2, 2]
