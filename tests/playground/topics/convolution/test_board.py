"""The board of a convolution: what it shows of a frame, and that nothing lies on anything else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton

from core import convolution as core
from core.convolution.kernels import named_kernel
from playground.topics.convolution.board import arrange
from playground.topics.convolution.tab import ConvolutionTab
from widgets.base.labels import plot_font
from widgets.grids.board import Bar, Caption
from widgets.grids.board_lines import Arrow, Beam, Frame, Pages
from widgets.grids.grid import Placed
from widgets.plots.marks.curves import Curves


def test_the_board_shows_the_arrays_of_the_frame(tab: ConvolutionTab, seen: Any) -> None:
    tab.set_parameter("padding", 1)
    tab.set_parameter("growing", True)
    tab.run.advance(20)
    arrays = core.arrays(tab.run.frame.state, tab.run.params)
    assert seen.grid("input").grid.values.tolist() == arrays["image"].tolist()
    assert seen.grid("input").grid.ring == (1, 1)
    assert seen.grid("kernel 0").grid.values.tolist() == arrays["kernel"].tolist()
    assert np.array_equal(seen.grid("output 0").grid.shown, arrays["output"], equal_nan=True)


def test_the_window_and_its_output_cell_are_framed(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.restart_with({"padding": 1, "stride": 2})
    tab.run.advance(7)
    assert seen.outlines("output 0", "accent_text") == {(1, 2, 1, 1)}
    assert seen.outlines("input", "accent_text") == {(1, 3, 3, 3)}
    assert sum(isinstance(item, Beam) for item in tab.sweep.items()) == 1
    assert sum(isinstance(item, Arrow) for item in tab.sweep.items()) == 2


def test_the_products_add_up_to_the_cell(tab: ConvolutionTab, seen: Any) -> None:
    for t in (1, 9, 36):
        tab.run.advance(t - tab.run.position)
        assert seen.grid("field 0").grid.values.sum() == tab.run.frame.made.value


def test_before_the_first_step_nothing_is_framed(tab: ConvolutionTab, seen: Any) -> None:
    assert not seen.outlines("input", "accent_text")
    assert tab.sweep.placed("field 0") is None
    assert seen.grid("output 0").grid.is_ahead.all()
    tab.set_parameter("growing", True)
    assert np.isnan(seen.grid("output 0").grid.shown).all()


@pytest.mark.parametrize(
    "settings",
    [{"image": "photo"}, {"image": "colour", "kernel": "blur", "bias": 0.3}, {"padding": 2, "stride": [2, 1]},
     {"operation": "max pooling", "image": "colour"}, {"operation": "average pooling", "padding": 1}],
)  # fmt: skip
def test_the_whole_map_is_there_at_the_start_as_the_sweep_leaves_it(
    tab: ConvolutionTab, seen: Any, settings: Any
) -> None:
    tab.run.restart_with({"input_size": 16, **settings})
    maps = tab.look().full.output
    for grid, map in zip(map_grids(tab), maps, strict=False):
        assert grid.shown.tolist() == map.tolist()
        assert grid.is_ahead.all()
        assert grid.ahead == 0.45
    tab.run.advance(1000)
    swept = core.arrays(tab.run.frame.state, tab.run.params)["output"]
    assert np.array_equal(maps.ravel(), swept.ravel())
    recorded = tab.run.timeline.series.column("value")[1:]
    np.testing.assert_allclose(maps.ravel(), recorded, rtol=0, atol=1e-12)
    assert not any(grid.is_ahead.any() for grid in map_grids(tab))


def map_grids(tab: ConvolutionTab) -> list[Any]:
    return [item.grid for item in tab.sweep.items() if isinstance(item, Placed) and item.name.startswith("output")]


def test_the_switches_hide_and_show_what_is_ahead(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.advance(5)
    grid = seen.grid("output 0").grid
    assert np.isfinite(grid.shown).all()
    assert np.argwhere(~grid.is_ahead.ravel()).ravel().tolist() == [0, 1, 2, 3, 4]
    recipe = tab.run.recipe
    find(QAbstractButton, "view.growing").click()
    assert np.isfinite(seen.grid("output 0").grid.shown).sum() == 5
    assert not seen.grid("output 0").grid.is_ahead.any()
    assert not find(QAbstractButton, "view.whole").isChecked()
    find(QAbstractButton, "view.whole").click()
    assert np.isfinite(seen.grid("output 0").grid.shown).all()
    assert tab.run.recipe == recipe
    assert tab.run.position == 5


def test_a_dilated_window_frames_the_cells_it_meets(tab: ConvolutionTab, seen: Any) -> None:
    tab.set_parameter("dilation", 2)
    tab.run.advance(1)
    framed = seen.outlines("input", "accent_text")
    assert {(r, c, 1, 1) for r in (0, 2, 4) for c in (0, 2, 4)} < framed
    assert (0, 0, 5, 5) in framed


def test_colour_shows_each_channel_with_its_partial_sum(tab: ConvolutionTab, seen: Any) -> None:
    tab.set_parameter("image", "colour")
    tab.run.advance(5)
    assert seen.grid("sum 0").grid.values.tolist() == [[pytest.approx(tab.run.frame.made.value)]]
    parts = [seen.grid(f"field {c}").grid.values.sum() for c in range(3)]
    assert sum(parts) == pytest.approx(tab.run.frame.made.value)
    said = [item.text for item in tab.sweep.items() if isinstance(item, Caption)]
    assert all(f"= {part:.0f}".replace("-", "−") in said for part in parts)
    assert seen.grid("input").grid.values.shape == (3, 8, 8)
    assert tab.sweep.placed("channel 2") is not None


def test_several_kernels_have_a_map_each(tab: ConvolutionTab, seen: Any) -> None:
    kernels = np.stack([named_kernel(name) for name in ("blur", "sharpen", "emboss")])[:, None]
    tab.set_parameter("kernel", kernels)
    tab.set_parameter("growing", True)
    tab.run.advance(40)
    assert (~np.isnan(seen.grid("output 1").grid.shown)).sum() == 4
    for map, name in enumerate(("blur", "sharpen")):
        kernel, output = seen.grid(f"kernel {map}"), seen.grid(f"output {map}")
        assert kernel.grid.values.tolist() == named_kernel(name).tolist()
        assert kernel.top == output.top
        assert kernel.rect.right() < seen.grid(f"sum {map}").left < output.left
    assert tab.sweep.placed("output 2") is None
    (pages,) = [item for item in tab.sweep.items() if isinstance(item, Pages)]
    assert (pages.first, pages.shown, pages.count) == (0, 2, 3)


def kernels_of(*names: str) -> Any:
    return np.stack([named_kernel(name) for name in names])[:, None]


def test_from_the_third_kernel_on_the_rows_scroll_and_the_sweep_brings_its_own(tab: ConvolutionTab, seen: Any) -> None:
    tab.set_parameter("kernel", kernels_of("blur", "sharpen", "emboss"))
    tab.sweep.turned.emit(1)
    assert seen.grid("output 2").grid.is_ahead.all()
    assert tab.sweep.placed("output 0") is None
    tab.sweep.turned.emit(5)
    assert tab.sweep.placed("output 2") is not None  # no further than the last
    tab.run.advance(1)
    assert tab.sweep.placed("output 0") is not None
    tab.run.advance(2 * 36)
    assert seen.outlines("output 2", "accent_text") == {(0, 0, 1, 1)}


def test_the_wheel_scrolls_the_rows(tab: ConvolutionTab, wheel: Any) -> None:
    tab.set_parameter("kernel", kernels_of("blur", "sharpen", "emboss"))
    wheel(tab.sweep, -120)
    assert tab.sweep.placed("output 2") is not None
    wheel(tab.sweep, 120)
    assert tab.sweep.placed("output 0") is not None


def test_each_row_has_its_own_sum_and_the_chosen_one_a_frame(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.restart_with({"kernel": kernels_of("vertical-edge", "horizontal-edge"), "bias": [1.0, -2.0]})
    tab.run.advance(9)
    for map in (0, 1):
        value = tab.look().full.output[map, 1, 2]
        assert seen.grid(f"sum {map}").grid.values.tolist() == [[value]]
        assert seen.grid(f"field {map}").grid.values.sum() + (1, -2)[map] == value
    (frame,) = [item for item in tab.sweep.items() if isinstance(item, Frame)]
    assert frame.rect.contains(seen.grid("output 0").rect)
    assert frame.rect.contains(seen.grid("kernel 0").rect)
    tab.run.advance(36)
    (frame,) = [item for item in tab.sweep.items() if isinstance(item, Frame)]
    assert frame.rect.contains(seen.grid("output 1").rect)


def test_as_swept_shows_nothing_ahead_in_any_row(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.restart_with({"kernel": kernels_of("blur", "sharpen"), "growing": True})
    tab.run.advance(9)
    assert tab.sweep.placed("sum 0") is not None
    assert tab.sweep.placed("sum 1") is None
    assert tab.sweep.placed("field 1") is None
    tab.sweep.hovered.emit("output 0", 5, 5)  # not reached
    assert tab.sweep.placed("sum 0") is None
    assert seen.outlines("input", "accent_text") == {(5, 5, 3, 3)}


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
@pytest.mark.parametrize("kernels", [("blur",), ("vertical-edge", "outline")])
def test_a_small_picture_fills_the_board(tab: ConvolutionTab, settle: Any, seen: Any, size: Any, kernels: Any) -> None:
    tab.window().resize(*size)
    tab.run.restart_with({"kernel": kernels_of(*kernels), "padding": 1})
    tab.run.advance(3)
    settle()
    cells = {name: seen.grid(f"{name}").cell for name in ("input", "kernel 0", "output 0")}
    assert cells["input"] >= 22
    assert cells["kernel 0"] >= 20
    right = max(item.rect.right() for item in tab.sweep.items() if isinstance(item, Placed))
    assert tab.sweep.width() - right < 90
    bottom = max(item.rect.bottom() for item in tab.sweep.items() if isinstance(item, Placed))
    assert tab.sweep.height() - bottom < (190 if len(kernels) == 1 else 90)
    assert max(cells.values()) <= 40


@pytest.mark.parametrize(("width", "height"), [(1880.0, 810.0), (1330.0, 626.0)])
@pytest.mark.parametrize(
    ("settings", "least"), [({}, 0.94), ({"image": "colour"}, 0.9), ({"operation": "max pooling"}, 0.84),
                            ({"operation": "learn"}, 0.94)]
)  # fmt: skip
def test_cells_grow_with_a_wide_board(
    tab: ConvolutionTab, settings: Any, least: float, width: float, height: float
) -> None:
    tab.run.restart_with(settings)
    tab.run.advance(8)
    items = arrange(tab.look(), width, height)
    grids = [item for item in items if isinstance(item, Placed)]
    assert least * width < max(grid.rect.right() for grid in grids) <= width
    assert max(grid.rect.bottom() for grid in grids) <= height
    assert min(grid.cell for grid in grids if grid.name in ("input", "output 0")) > 44
    boxes = [
        item.rect if isinstance(item, Placed) else box_of(item) for item in items if isinstance(item, Placed | Caption)
    ]
    for i, box in enumerate(boxes):
        assert not any(box.adjusted(2, 2, -2, -2).intersects(other) for other in boxes[:i])


def test_dark_is_high_in_every_input(tab: ConvolutionTab, seen: Any) -> None:
    for image in ("digit", "photo", "colour"):
        tab.run.restart_with({"image": image})
        names = ["channel 0", "channel 1", "channel 2"] if image == "colour" else ["input"]
        for grid in (seen.grid(name).grid for name in names):
            light = [QColor(int(colour)).lightness() for colour in grid.pixels().ravel()]
            assert np.corrcoef(light, grid.values.ravel())[0, 1] < -0.9, image


def test_a_click_on_a_channel_shows_its_numbers(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.restart_with({"image": "colour"})
    assert seen.grid("input").grid.form is None
    tab.sweep.clicked.emit("channel 1", 2, 2)
    assert seen.grid("input").grid.values.tolist() == tab.run.frame.state.image[1].tolist()
    assert seen.grid("input").grid.form is not None
    assert "Green" in [item.text for item in tab.sweep.items() if isinstance(item, Caption) and item.y < 10]
    tab.sweep.clicked.emit("channel 1", 2, 2)
    assert seen.grid("input").grid.values.ndim == 3


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
@pytest.mark.parametrize("settings", [{"padding": 1}, {"image": "colour"}, {"padding": [2, 0], "dilation": 2}])
def test_the_formula_is_not_cut(tab: ConvolutionTab, settle: Any, size: Any, settings: Any) -> None:
    tab.window().resize(*size)
    for kernels in (("blur",), ("blur", "outline")):
        kernel = kernels_of(*kernels)
        channels = 3 if settings.get("image") == "colour" else 1
        tab.run.restart_with({"image": "digit", "kernel": np.repeat(kernel, channels, axis=1), **settings})
        settle()
        (line, *_) = [item for item in tab.sweep.items() if isinstance(item, Caption) and "+ 1 = " in item.text]
        assert line.width <= line.widest, line


def test_a_pool_shows_its_block_and_frames_the_largest(tab: ConvolutionTab, seen: Any) -> None:
    tab.set_parameter("operation", "max pooling")
    tab.run.advance(6)
    block = seen.grid("field 0").grid
    assert block.values.max() == tab.run.frame.made.value
    assert [block.values[o.row, o.column] for o in block.outlines] == [block.values.max()]
    assert not tab.gallery.isVisible()
    assert "bias" not in tab.settings_shown()


def test_learning_shows_target_wanted_map_and_loss(tab: ConvolutionTab, seen: Any, settle: Any) -> None:
    tab.run.restart_with({"operation": "learn", "kernel": "zeros"})
    assert tab.loss.empty_text
    tab.run.advance(12)
    settle()
    assert tab.loss.isVisible()
    (curves,) = (mark for mark in tab.loss.marks if isinstance(mark, Curves))
    assert curves.curves[-1].y.tolist()[1:] == tab.run.timeline.series.column("loss").tolist()[1:]
    assert seen.grid("target 0").grid.values.tolist() == named_kernel("horizontal-edge").tolist()
    assert tab.sweep.placed("sum 0") is None
    assert seen.grid("wanted 0").grid.values.shape == (6, 6)
    tab.set_parameter("operation", "convolution")
    assert not tab.loss.isVisible()


def test_the_pinned_run_stands_beside(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.advance(36)
    old = tab.run.timeline
    tab.run.pin()
    assert tab.sweep.placed("pinned 0") is None  # it is the run in view
    tab.set_parameter("operation", "max pooling")
    tab.run.advance(3)
    frame = old.frame(3)  # at the same step
    there = core.arrays(frame.state, frame.params)["output"]
    assert np.array_equal(seen.grid("pinned 0").grid.shown, there, equal_nan=True)


@pytest.mark.parametrize("image", ["digit", "checker", "bars", "circle", "gradient", "photo", "colour"])
@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_everything_lies_on_the_board(tab: ConvolutionTab, settle: Any, image: str, size: tuple[int, int]) -> None:
    tab.window().resize(*size)
    for settings in ({"padding": 2}, {"kernel_size": 7, "padding": 3}, {"operation": "max pooling"}):
        tab.run.restart_with({"operation": "convolution", "image": image, "padding": 0, **settings})
        tab.run.advance(3)
        settle()
        board = tab.sweep.rect().adjusted(0, 0, 1, 1)
        rects = [item.rect.toRect() for item in tab.sweep.items() if isinstance(item, Placed)]
        assert all(board.contains(rect) for rect in rects), (image, settings)
        main = [item for item in tab.sweep.items() if isinstance(item, Placed)]
        for i, one in enumerate(main):
            for other in main[i + 1 :]:
                assert not one.rect.adjusted(1, 1, -1, -1).intersects(other.rect), (one.name, other.name, settings)


@pytest.mark.parametrize(
    "shape", [(3, 384, 512), (3, 512, 384), (3, 40, 512), (512, 512), (4, 300, 400), (16, 500, 100)]
)
@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_a_photograph_lies_on_no_neighbour(
    tab: ConvolutionTab, settle: Any, shape: tuple[int, ...], size: tuple[int, int]
) -> None:
    tab.window().resize(*size)
    tab.run.restart_with({"image": np.tile(np.arange(shape[-1]) % 250.0, (*shape[:-1], 1))})
    tab.run.advance(3)
    settle()
    board = tab.sweep.rect().adjusted(0, 0, 1, 1)
    main = [item for item in tab.sweep.items() if isinstance(item, Placed)]
    assert all(board.contains(item.rect.toRect()) for item in main)
    for i, one in enumerate(main):
        for other in main[i + 1 :]:
            assert not one.rect.adjusted(1, 1, -1, -1).intersects(other.rect), (one.name, other.name)


@pytest.mark.parametrize(
    ("weight", "limit"),
    [(0.0, "1"), (1e-4, "9.0e−4"), (5 / 9000, "0.005"), (2 / 900, "0.02"), (0.5, "4.5"), (1000, "9000"),
     (1e5, "9.0e5"), (1e12, "9.0e12")],
)  # fmt: skip
@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_the_ends_of_the_colours_are_short_and_apart(
    tab: ConvolutionTab, settle: Any, weight: float, limit: str, size: tuple[int, int]
) -> None:
    tab.window().resize(*size)
    for columns in (8, 1):
        tab.run.restart_with({"image": np.full((8, columns), 9.0), "kernel": np.array([[weight]])})
        settle()
        (bar,) = [item for item in tab.sweep.items() if isinstance(item, Bar)]
        assert bar.limit == limit
        width = QFontMetricsF(plot_font("tick")).horizontalAdvance
        assert 2 * width(f"−{limit}") + width("0") + 4 <= bar.width


START = {"operation": "convolution", "image": "digit", "kernel": "vertical-edge", "padding": 0, "dilation": 1,
         "input_size": None}  # fmt: skip


def box_of(caption: Caption) -> QRectF:
    width = min(caption.width, caption.widest)
    left = caption.x - {"left": 0.0, "middle": 0.5, "right": 1.0}[caption.align] * width
    return QRectF(left, caption.y, width, caption.height).adjusted(1, 2, -1, -2)


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_lie_on_no_other_words_or_numbers(
    tab: ConvolutionTab, settle: Any, size: tuple[int, int], language: Any
) -> None:
    tab.window().resize(*size)
    tab.window().set_language(language)  # type: ignore[attr-defined]
    for settings in (
        {"padding": 1}, {"image": "colour", "kernel": "outline"}, {"dilation": 2}, {"operation": "max pooling"},
        {"operation": "learn", "kernel": "zeros"}, {"image": "photo"}, {"input_size": [5, 9], "padding": [2, 0]},
        {"image": np.arange(588.0).reshape(3, 14, 14) / 700, "kernel": np.full((2, 1, 3, 3), 1 / 9)},
    ):  # fmt: skip
        tab.run.restart_with({**START, **settings})
        tab.run.advance(4)
        settle()
        items = tab.sweep.items()
        words = [item for item in items if isinstance(item, Caption)]
        boxes = [box_of(word) for word in words]
        grids = [item.rect for item in items if isinstance(item, Placed)]
        for i, box in enumerate(boxes):
            touched = [words[j].text for j in range(len(words)) if j != i and boxes[j].intersects(box)]
            assert not touched, (words[i].text, touched, settings)
            assert not any(grid_.adjusted(2, 2, -2, -2).intersects(box) for grid_ in grids), (words[i].text, settings)
