"""Runs compared on the board: each with its map, and before it what the run differs in."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from core.convolution.kernels import named_kernel
from playground.topics.convolution.board_layout import wrapped
from playground.topics.convolution.tab import ConvolutionTab
from widgets.grids.board import Caption
from widgets.grids.board_lines import Pages
from widgets.grids.grid import Placed


def begin(tab: ConvolutionTab, settle: Any, id: str, steps: int) -> None:
    tab.stage.open(id)
    tab.stage.skip()
    tab.run.advance(steps)
    settle()


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_the_windows_of_three_dilations_are_seen_at_once(
    tab: ConvolutionTab, seen: Any, settle: Any, size: Any
) -> None:
    tab.window().resize(*size)
    begin(tab, settle, "dilation_like_a_chessboard", 1)
    for grid, rows in (("input", 7), ("picture 0", 5), ("picture 1", 3)):
        assert (0, 0, rows, rows) in seen.outlines(grid, "accent_text")
        assert seen.grid(grid).grid.values.shape == (10, 10)
    said = {item.text for item in tab.sweep.items() if isinstance(item, Caption)}
    assert {"A", "B", "C", "4 × 4", "6 × 6", "8 × 8"} <= {part for text in said for part in text.split(" · ")}


def test_a_picture_of_its_own_is_there_while_the_scene_asks_but_no_window_and_no_map(
    tab: ConvolutionTab, seen: Any, settle: Any
) -> None:
    tab.stage.open("pooling_keeps_the_largest")
    settle()
    shifted = tab.stage.scenes["pooling_keeps_the_largest"].recipe("shifted").params.image
    assert seen.grid("picture 0").grid.values.tolist() == np.asarray(shifted).tolist()
    assert not seen.grid("picture 0").grid.outlines
    assert not any(isinstance(item, Placed) and item.name.startswith("pinned") for item in tab.sweep.items())
    assert tab.sweep.placed("picture 1") is None  # C has the picture of A


def test_other_kernels_stand_before_their_maps(tab: ConvolutionTab, seen: Any, settle: Any) -> None:
    begin(tab, settle, "by_hand_and_learned", 64)
    for number, name in enumerate(("blur", "sharpen")):
        assert np.array_equal(seen.grid(f"weights {number}").grid.values, named_kernel(name))
        assert seen.grid(f"weights {number}").rect.right() < seen.grid(f"pinned {number}").left
    assert tab.sweep.placed("picture 0") is None  # the picture is the same


def test_what_is_alike_is_not_drawn_twice(tab: ConvolutionTab, seen: Any, settle: Any) -> None:
    begin(tab, settle, "one_map_per_kernel", 36)
    assert tab.sweep.placed("weights 0") is None
    assert tab.sweep.placed("picture 0") is None
    assert seen.grid("pinned 0").cell == seen.grid("output 0").cell


def test_maps_of_other_sizes_are_drawn_to_one_scale(tab: ConvolutionTab, seen: Any, settle: Any) -> None:
    begin(tab, settle, "output_size", 9)
    cells = [seen.grid(name).cell for name in ("output 0", "pinned 0", "pinned 1")]
    assert max(cells) == min(cells)


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_runs_compared_lies_on_anything_else(
    tab: ConvolutionTab, settle: Any, size: Any, language: Any
) -> None:
    tab.window().resize(*size)
    tab.window().set_language(language)  # type: ignore[attr-defined]
    for id in ("output_size", "dilation_like_a_chessboard", "pooling_keeps_the_largest", "by_hand_and_learned"):
        begin(tab, settle, id, 9)
        placed = [item for item in tab.sweep.items() if isinstance(item, Placed)]
        board = tab.sweep.rect().adjusted(0, 0, 1, 1)
        assert all(board.contains(item.rect.toRect()) for item in placed), id
        for one, other in combinations(placed, 2):
            assert not one.rect.adjusted(1, 1, -1, -1).intersects(other.rect), (id, one.name, other.name)
        captions = [item for item in tab.sweep.items() if isinstance(item, Caption)]
        assert [item.text for item in captions if item.width > item.widest + 0.5] == [], id
        for first, second in combinations(captions, 2):
            assert not box_of(first).intersects(box_of(second)), (id, first.text, second.text)


def box_of(caption: Caption) -> QRectF:
    left = caption.x - {"left": 0.0, "middle": 0.5, "right": 1.0}[caption.align] * caption.width
    return QRectF(left, caption.y, caption.width, caption.height).adjusted(1, 2, -1, -2)


def test_a_click_on_another_runs_cells_pins_nothing(tab: ConvolutionTab, settle: Any) -> None:
    begin(tab, settle, "dilation_like_a_chessboard", 3)
    for grid in ("picture 0", "pinned 1"):
        tab.sweep.clicked.emit(grid, 0, 0)
        assert tab.focus is None
    chip = tab.findChild(QAbstractButton, "pinned")
    assert chip is not None
    assert chip.isHidden()


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_where_not_all_rows_are_in_view_all_maps_are_seen_small(
    tab: ConvolutionTab, seen: Any, settle: Any, size: Any
) -> None:
    tab.window().resize(*size)
    begin(tab, settle, "one_map_per_kernel", 144)
    four, two = tab.look().full.output, tab.look().others[0].full.output
    for number, map in enumerate([*four, *two]):
        assert np.array_equal(seen.grid(f"all {number}").grid.shown, map)
    assert tab.sweep.placed("all 6") is None
    (bar,) = [item for item in tab.sweep.items() if isinstance(item, Pages)]
    assert all(bar.rect.contains(seen.grid(f"all {number}").rect) for number in range(6))
    in_view = [number for number in range(4) if bar.handle.contains(seen.grid(f"all {number}").rect)]
    assert in_view == [map for map in range(4) if tab.sweep.placed(f"output {map}")]


def test_a_click_on_a_small_map_brings_its_row(tab: ConvolutionTab, seen: Any, settle: Any) -> None:
    tab.window().resize(1100, 700)
    begin(tab, settle, "one_map_per_kernel", 144)
    assert tab.sweep.placed("output 0") is None
    spot = seen.grid("all 0").rect.center().toPoint()
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=spot)
    assert tab.sweep.placed("output 0") is not None
    assert tab.focus is None


def test_while_the_number_of_maps_is_asked_no_bar_tells_it(tab: ConvolutionTab, settle: Any) -> None:
    tab.stage.open("pooling_beside_convolution")
    settle()
    assert not any(isinstance(item, Pages) for item in tab.sweep.items())


def test_no_line_of_words_begins_with_a_mark_that_closes(qapp: Any) -> None:
    text = "共有 324 项有权重（14.1%），共享卷积核的 9 个权重。"
    for width in range(40, 400, 3):
        lines = wrapped(text, float(width))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not [line for line in lines if line[0] in "，。）" and line != lines[0]]
