"""The tiles stand in rows in which their planes are largest, all alike, and the chosen one is framed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QRect

from core.activations.explained import Chosen
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.activations.legend import Legend
from playground.topics.activations.mosaic import Mosaic, free_place, places
from playground.topics.activations.tile import Tile
from playground.topics.activations.tile_frame import TileTitle

Record = Callable[..., Timeline[Any, Any]]
WORDS = ("Units", "on the slope", "nearly flat", "flat", "p = 0.5", "called wrongly")
THREE = ("sigmoid", "tanh", "relu")


@pytest.fixture
def mosaic(record: Record, entry: Any, freed: Any) -> Mosaic:
    made, run = Mosaic(), record(2)
    freed(made)
    made.set_words("", WORDS)
    made.show_tiles([Tile(View(run, 2), f, entry.texts) for f in THREE], Chosen("tanh", 0, 0, 0))  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(("size", "columns"), [((480, 460), 2), ((480, 230), 3), ((250, 700), 1)])
def test_rows_are_such_that_planes_are_largest(
    mosaic: Mosaic, settle: Any, size: tuple[int, int], columns: int
) -> None:
    mosaic.resize(*size)
    mosaic.show()
    settle()
    assert len({tile.x() for tile in mosaic.tiles}) == columns
    assert len({tile.size().toTuple() for tile in mosaic.tiles}) == 1
    assert all(tile.units.isVisible() for tile in mosaic.tiles)
    assert [tile.title.is_chosen for tile in mosaic.tiles] == [False, True, False]


def test_where_tiles_would_be_small_the_chosen_one_is_large_and_has_its_squares(mosaic: Mosaic, settle: Any) -> None:
    mosaic.resize(390, 230)
    mosaic.show()
    settle()
    assert [tile.units.isVisible() for tile in mosaic.tiles] == [False, True, False]
    first, large, last = mosaic.tiles
    assert first.size() == last.size()
    assert large.height() == 230
    assert large.width() > 1.4 * first.width()


@pytest.mark.parametrize("size", [(452, 420), (390, 330), (390, 190), (200, 400)])
@pytest.mark.parametrize("count", range(1, 9))
def test_tiles_lie_on_the_board_and_not_on_each_other(qapp: Any, count: int, size: tuple[int, int]) -> None:
    board = QRect(0, 0, *size)
    rects = places(count, count // 2, board)
    assert len(rects) == count
    assert all(board.contains(rect) for rect in rects)
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))


def test_eight_stand_in_two_rows_of_four_as_long_as_there_is_room(qapp: Any) -> None:
    rects = places(8, 5, QRect(0, 0, 452, 420))
    assert [len({rect.left() for rect in rects}), len({rect.top() for rect in rects})] == [4, 2]
    assert max(places(8, 5, QRect(0, 0, 390, 330)), key=QRect.width) == QRect(0, 0, 234, 330)


def test_the_legend_shows_the_squares_as_they_are_painted_and_gives_way_at_its_end(
    mosaic: Mosaic, record: Record, entry: Any, settle: Any
) -> None:
    legend: Any = mosaic.findChild(Legend)
    two = [Tile(View(record(2), 2), f, entry.texts) for f in ("tanh", "relu")]
    mosaic.show_tiles(two, Chosen("tanh", 0, 0, 0))
    mosaic.resize(480, 460)
    mosaic.show()
    settle()
    assert legend.isVisible()
    assert list(legend.words()) == ["Units", "on the slope", "nearly flat", "flat"]
    strong, faint = (legend.placed(f"sample {value}").grid.values.item() for value in (1.0, 0.1))
    assert strong > faint
    mosaic.resize(200, 460)
    settle()
    assert list(legend.words()) == ["Units", "on the slope"]
    mosaic.resize(480, 300)
    settle()
    assert not legend.isVisible()


@pytest.mark.parametrize("size", [(480, 460), (400, 330)])
def test_the_legend_stands_where_the_last_row_ends_early(mosaic: Mosaic, settle: Any, size: tuple[int, int]) -> None:
    legend: Any = mosaic.findChild(Legend)
    mosaic.resize(*size)
    mosaic.show()
    settle()
    assert legend.isVisible()
    assert tuple(legend.words()) == WORDS
    assert not any(legend.geometry().intersects(tile.geometry()) for tile in mosaic.tiles)
    assert legend.y() == mosaic.tiles[2].y()  # beside the third of three
    assert mosaic.tiles[2].geometry().bottom() == mosaic.height() - 1  # it takes no line below


def test_the_plane_of_a_tile_is_as_wide_as_its_squares_may_be(mosaic: Mosaic, settle: Any) -> None:
    mosaic.resize(480, 460)
    mosaic.show()
    settle()
    for tile in mosaic.tiles:
        assert tile.plot.viewport_now().width == pytest.approx(tile.units.width(), abs=1)


@pytest.mark.parametrize(("count", "is_free"), [(1, False), (2, False), (3, True), (4, False), (5, True), (8, False)])
def test_a_last_row_that_is_full_leaves_nothing_free(qapp: Any, count: int, is_free: bool) -> None:
    board = QRect(0, 0, 452, 420)
    rects = places(count, 0, board)
    free = free_place(rects, board)
    assert bool(free) == is_free
    assert not is_free or (board.contains(free) and not any(free.intersects(rect) for rect in rects))


def test_a_title_says_its_share_in_short_where_the_words_have_no_room(qapp: Any, freed: Any) -> None:
    title = TileTitle()
    freed(title)
    drawn = []
    for width, said in ((200, "0.635 right"), (150, "0.635 right"), (150, ""), (90, "0.635 right"), (90, "")):
        title.resize(width, title.height())
        title.show_title("Leaky ReLU", said, "0.635" if said else "", "purple", False)
        drawn.append(title.grab().toImage())
    _, short, nothing, narrow, empty = drawn
    assert short != nothing
    assert narrow == empty  # the list says it


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
