"""The Convolution tab: what its board shows of a frame, and what the learner does in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from core import convolution as core
from core.convolution.kernels import named_kernel
from playground.topics.convolution.sweep_view import Spot, ramp_of
from playground.topics.convolution.tab import ConvolutionTab
from playground.window.window import Window
from widgets.base.labels import plot_font
from widgets.grids.board import Bar, Beam, Caption
from widgets.grids.grid import Ink, Light, Outline, Placed, Signed


@pytest.fixture
def tab(window: Window) -> ConvolutionTab:
    made = window.visit("convolution")
    assert isinstance(made, ConvolutionTab)
    return made


@pytest.fixture
def find(tab: ConvolutionTab) -> Callable[[type[Any], str], Any]:
    def look_up(kind: type[Any], name: str) -> Any:
        found = tab.findChild(kind, name)
        assert found is not None, name
        return found

    return look_up


def grid(tab: ConvolutionTab, name: str) -> Placed:
    placed = tab.sweep.placed(name)
    assert placed is not None, name
    return placed


def outlines(tab: ConvolutionTab, name: str, colour: str) -> set[tuple[int, int, int, int]]:
    return {(o.row, o.column, o.rows, o.columns) for o in grid(tab, name).grid.outlines if o.colour == colour}


def point(tab: ConvolutionTab, name: str, row: int, column: int) -> QPoint:
    return grid(tab, name).cells(Outline(row, column)).center().toPoint()


# ---- what the board shows


def test_the_board_shows_the_arrays_of_the_frame(tab: ConvolutionTab) -> None:
    tab.set_parameter("padding", 1)
    tab.run.advance(20)
    arrays = core.arrays(tab.run.frame.state, tab.run.params)
    assert grid(tab, "input").grid.values.tolist() == arrays["image"].tolist()
    assert grid(tab, "input").grid.ring == (1, 1)
    assert grid(tab, "kernel 0").grid.values.tolist() == arrays["kernel"].tolist()
    assert np.array_equal(grid(tab, "output 0").grid.shown, arrays["output"], equal_nan=True)


def test_the_window_and_its_output_cell_are_framed(tab: ConvolutionTab) -> None:
    tab.run.restart_with({"padding": 1, "stride": 2})
    tab.run.advance(7)
    assert outlines(tab, "output 0", "accent_text") == {(1, 2, 1, 1)}
    assert outlines(tab, "input", "accent_text") == {(1, 3, 3, 3)}
    assert sum(isinstance(item, Beam) for item in tab.sweep.items()) == 2


def test_the_products_add_up_to_the_cell(tab: ConvolutionTab) -> None:
    for t in (1, 9, 36):
        tab.run.advance(t - tab.run.position)
        assert grid(tab, "field 0").grid.values.sum() == tab.run.frame.made.value


def test_before_the_first_step_nothing_is_framed(tab: ConvolutionTab) -> None:
    assert not outlines(tab, "input", "accent_text")
    assert tab.sweep.placed("field 0") is None
    assert np.isnan(grid(tab, "output 0").grid.shown).all()


def test_a_dilated_window_frames_the_cells_it_meets(tab: ConvolutionTab) -> None:
    tab.set_parameter("dilation", 2)
    tab.run.advance(1)
    framed = outlines(tab, "input", "accent_text")
    assert {(r, c, 1, 1) for r in (0, 2, 4) for c in (0, 2, 4)} < framed
    assert (0, 0, 5, 5) in framed


def test_colour_shows_each_channel_with_its_partial_sum(tab: ConvolutionTab) -> None:
    tab.set_parameter("image", "colour")
    tab.run.advance(5)
    parts = [grid(tab, f"field {c}").grid.values.sum() for c in range(3)]
    assert sum(parts) == pytest.approx(tab.run.frame.made.value)
    said = [item.text for item in tab.sweep.items() if isinstance(item, Caption)]
    assert all(f"= {part:.0f}".replace("-", "−") in said for part in parts)
    assert grid(tab, "input").grid.values.shape == (3, 8, 8)
    assert tab.sweep.placed("channel 2") is not None


def test_several_kernels_have_a_map_each(tab: ConvolutionTab) -> None:
    kernels = np.stack([named_kernel(name) for name in ("blur", "sharpen", "emboss")])[:, None]
    tab.set_parameter("kernel", kernels)
    tab.run.advance(40)
    assert np.isnan(grid(tab, "output 2").grid.shown).all()
    assert (~np.isnan(grid(tab, "output 1").grid.shown)).sum() == 4
    assert grid(tab, "kernel 0").grid.values.tolist() == named_kernel("sharpen").tolist()


def test_a_pool_shows_its_block_and_frames_the_largest(tab: ConvolutionTab) -> None:
    tab.set_parameter("operation", "max pooling")
    tab.run.advance(6)
    block = grid(tab, "field 0").grid
    assert block.values.max() == tab.run.frame.made.value
    assert [block.values[o.row, o.column] for o in block.outlines] == [block.values.max()]
    assert not tab.gallery.isVisible()
    assert "bias" not in tab.settings_shown()


def test_learning_shows_target_wanted_map_and_loss(tab: ConvolutionTab, settle: Any) -> None:
    tab.run.restart_with({"operation": "learn", "kernel": "zeros"})
    assert tab.loss.empty_text
    tab.run.advance(12)
    settle()
    assert tab.loss.isVisible()
    assert tab.loss._curves[-1].y.tolist()[1:] == tab.run.timeline.series.column("loss").tolist()[1:]
    assert grid(tab, "target 0").grid.values.tolist() == named_kernel("horizontal-edge").tolist()
    assert grid(tab, "wanted 0").grid.values.shape == (6, 6)
    tab.set_parameter("operation", "convolution")
    assert not tab.loss.isVisible()


def test_the_pinned_run_stands_beside(tab: ConvolutionTab) -> None:
    tab.run.advance(36)
    whole = core.arrays(tab.run.frame.state, tab.run.params)["output"]
    tab.run.pin()
    assert tab.sweep.placed("pinned 0") is None  # it is the run in view
    tab.set_parameter("operation", "max pooling")
    tab.run.advance(3)
    assert grid(tab, "pinned 0").grid.values.tolist() == whole.tolist()


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
    ("picture", "ramp"),
    [
        (np.array([[0.0, 9.0]]), Ink(0.0, 9.0)),
        (np.array([[0.0, 1.0]]), Ink(0.0, 9.0)),
        (np.array([[3.0, 200.0]]), Light(0.0, 255.0)),
        (np.array([[-2.0, 1.0]]), Signed(2.0)),
    ],
)
def test_a_pictures_values_say_how_it_looks(picture: Any, ramp: Any) -> None:
    assert ramp_of(picture) == ramp


@pytest.mark.parametrize(
    ("weight", "limit"),
    [(0.0, "1"), (1e-4, "9.0e−04"), (5 / 9000, "0.005"), (2 / 900, "0.02"), (0.5, "4.5"), (1000, "9000"),
     (1e5, "9.0e+05"), (1e12, "9.0e+12")],
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


# ---- pointing


def test_pointing_at_an_output_shows_its_receptive_field(tab: ConvolutionTab, window: Window) -> None:
    tab.run.restart_with({"padding": 1})
    tab.run.advance(64)
    QTest.mouseMove(tab.sweep, point(tab, "output 0", 5, 6))
    assert outlines(tab, "input", "accent_text") == {(4, 5, 3, 3)}
    value = tab.look().full.output[0, 5, 6]
    assert f"row 5, column 6, value {value:.0f}".replace("-", "−") in window.statusBar().currentMessage()
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    assert outlines(tab, "input", "accent_text") == {(6, 6, 3, 3)}
    assert window.statusBar().currentMessage() == ""


def test_pointing_at_the_picture_shows_its_influence(tab: ConvolutionTab, window: Window) -> None:
    tab.run.restart_with({"stride": 2, "padding": 1})
    tab.run.advance(3)
    QTest.mouseMove(tab.sweep, point(tab, "input", 3, 4))
    seers = {(i, j, 1, 1) for _, _, i, j in tab.look().sweep.geometry.seers(3, 4)}
    assert outlines(tab, "output 0", "orange") == seers
    assert len(seers) == 2
    assert "windows that see it: 2" in window.statusBar().currentMessage()
    QTest.mouseMove(tab.sweep, point(tab, "input", -1, 0))
    assert "Padding" in window.statusBar().currentMessage()


def test_pointing_at_a_weight_shows_what_it_meets_and_its_product(tab: ConvolutionTab) -> None:
    tab.run.advance(9)
    QTest.mouseMove(tab.sweep, point(tab, "kernel 0", 1, 2))
    assert outlines(tab, "input", "orange") == {(1, 2, 6, 6)}
    assert outlines(tab, "field 0", "orange") == {(1, 2, 1, 1)}
    assert tab.numbers.view._lit.endswith(" 0 1 2")


def test_pointing_at_a_product_in_the_strip_lights_its_cells(tab: ConvolutionTab) -> None:
    tab.run.advance(9)  # row 1, column 2
    term = next(t for row in tab.numbers.view.rows() for cell in row.cells for t in cell if t.mark.endswith(" 0 2 1"))
    tab.numbers.view.marked.emit(term.mark)
    assert outlines(tab, "field 0", "orange") == {(2, 1, 1, 1)}
    assert outlines(tab, "input", "orange") == {(3, 3, 1, 1)}


def test_a_click_pins_until_the_next_and_the_strip_tells_that_cell(tab: ConvolutionTab) -> None:
    tab.run.advance(36)
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=point(tab, "output 0", 2, 3))
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    assert outlines(tab, "output 0", "accent_text") == {(2, 3, 1, 1)}
    told = tab.numbers.view.text()
    assert "y[2, 3] =" in told
    assert f"= {tab.look().full.output[0, 2, 3]:.0f}".replace("-", "−") in told
    tab.set_parameter("kernel", "blur")
    assert not tab.numbers.view.text().endswith("y[2, 3]")  # at the start there is nothing to tell
    tab.run.advance(1)
    assert "y[2, 3] =" in tab.numbers.view.text()
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=point(tab, "output 0", 2, 3))
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    assert "y[0, 0] =" in tab.numbers.view.text()


def test_a_step_goes_before_what_the_mouse_rests_on(tab: ConvolutionTab) -> None:
    tab.run.advance(9)
    QTest.mouseMove(tab.sweep, point(tab, "output 0", 5, 5))
    assert outlines(tab, "output 0", "accent_text") == {(5, 5, 1, 1)}
    tab.run.advance(1)
    assert outlines(tab, "output 0", "accent_text") == {(1, 3, 1, 1)}


@pytest.mark.parametrize("operation", ["convolution", "max pooling", "average pooling", "learn"])
@pytest.mark.parametrize("image", ["digit", "colour"])
def test_every_cell_of_every_grid_can_be_pointed_at_and_pinned(
    tab: ConvolutionTab, settle: Any, operation: str, image: str
) -> None:
    tab.run.restart_with({"operation": operation, "image": image, "padding": 1, "learning_rate": 1e-6})
    for t in (0, 5):
        tab.run.advance(t)
        for item in [item for item in tab.sweep.items() if isinstance(item, Placed)]:
            for row, column in ((0, 0), (item.grid.rows - 1, item.grid.columns - 1)):
                for signal in (tab.sweep.hovered, tab.sweep.clicked, tab.sweep.clicked):
                    signal.emit(item.name, row, column)
                    assert tab.sweep.items()
                    assert tab.numbers.view.text()
        settle()
    assert tab.run.timeline.error == ""


def test_a_pin_that_is_outside_after_a_change_does_no_harm(tab: ConvolutionTab) -> None:
    tab.run.advance(36)
    tab._held = Spot("output 0", 5, 5)
    tab.run.restart_with({"operation": "max pooling"})
    tab.run.advance(2)
    assert outlines(tab, "output 0", "accent_text") == {(0, 1, 1, 1)}
    assert "y[0, 1]" in tab.numbers.view.text()


@pytest.mark.parametrize("settings", [{"padding": 0}, {"operation": "max pooling"}, {"operation": "average pooling"}])
def test_words_are_right_for_a_single_cell_or_window(
    tab: ConvolutionTab, window: Window, find: Any, settings: dict[str, Any]
) -> None:
    tab.run.restart_with({"image": np.ones((1, 1)), "kernel": np.ones((1, 1)), "kernel_size": 1, "size": 1, **settings})
    said = [tab.look().text("state_start", cells=1)]
    tab.run.advance(1)
    said += [item.text for item in tab.sweep.items() if isinstance(item, Caption)]
    tab.sweep.hovered.emit("input", 0, 0)
    said += [window.statusBar().currentMessage(), tab.numbers.view.text()]
    find(QAbstractButton, "view.coverage").click()
    said += [item.text for item in tab.coverage.items() if isinstance(item, Caption)]
    tab.coverage.hovered.emit("coverage", 0, 0)
    said.append(window.statusBar().currentMessage())
    find(QAbstractButton, "view.matrix").click()
    said += [item.text for item in tab.matrix.items() if isinstance(item, Caption)]
    assert any("windows that see it: 1" in text for text in said)
    many = re.compile(r"\b1 (real )?(products|weights|windows|cells|entries|output cells|hold|different)")
    assert not [text for text in said if many.search(text)]


# ---- the other views


def test_coverage_counts_windows_beside_the_paddings_there_are(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.coverage").click()
    tab.run.advance(1)
    shown = [item for item in tab.coverage.items() if isinstance(item, Placed)]
    assert [item.grid.values[0, 0] for item in shown] == [1, 4]
    assert shown[0].name == "coverage"
    tab.set_parameter("padding", 1)
    assert [item.name for item in tab.coverage.items() if isinstance(item, Placed)] == ["other 0", "coverage"]


def test_the_matrix_shows_the_row_of_the_step_and_every_place_of_a_weight(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.matrix").click()
    tab.run.advance(15)
    matrix = tab.matrix.placed("matrix")
    assert matrix is not None
    assert matrix.grid.values.shape == (36, 64)
    assert (14, 0, 1, 64) in {(o.row, o.column, o.rows, o.columns) for o in matrix.grid.outlines}
    tab.matrix.hovered.emit("kernel 0", 1, 2)
    placed = tab.matrix.placed("matrix")
    assert placed is not None
    lit = [o for o in placed.grid.outlines if o.colour == "orange"]
    assert len(lit) == 36
    assert {float(placed.grid.values[o.row, o.column]) for o in lit} == {2.0}


def test_a_matrix_too_large_or_without_weights_says_so(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.matrix").click()
    tab.set_parameter("image", "photo")
    assert "3 844 × 4 096".replace(" ", "\N{THIN SPACE}", 1) in tab.matrix._empty or "3\u2009844" in tab.matrix._empty
    tab.set_parameter("operation", "max pooling")
    assert "no weights" in tab.matrix._empty
    tab.run.restart_with({"operation": "convolution", "image": "digit"})
    assert tab.matrix._empty == ""


def test_one_view_at_a_time(tab: ConvolutionTab, find: Any) -> None:
    coverage, matrix = find(QAbstractButton, "view.coverage"), find(QAbstractButton, "view.matrix")
    coverage.click()
    assert tab.coverage.isVisible()
    matrix.click()
    assert tab.matrix.isVisible()
    assert not coverage.isChecked()
    matrix.click()
    assert tab.sweep.isVisible()


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


START = {"operation": "convolution", "image": "digit", "kernel": "vertical-edge", "padding": 0, "dilation": 1,
         "input_size": None}  # fmt: skip


def box_of(caption: Caption) -> QRectF:
    width = min(caption.width, caption.widest)
    left = caption.x - {"left": 0.0, "middle": 0.5, "right": 1.0}[caption.align] * width
    return QRectF(left, caption.y, width, caption.height).adjusted(1, 2, -1, -2)
