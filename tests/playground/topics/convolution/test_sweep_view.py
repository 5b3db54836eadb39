"""What is pointed at on the boards of a convolution, pinned, and told in words."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
)

from core.run.explanation import Focus
from playground.topics.convolution.sweep_view import ramp_of
from playground.topics.convolution.tab import ConvolutionTab
from playground.window.window import Window
from widgets.grids.board import Caption
from widgets.grids.grid import Ink, Light, Placed, Signed


@pytest.mark.parametrize(
    ("picture", "ramp"),
    [
        (np.array([[0.0, 9.0]]), Ink(0.0, 9.0)),
        (np.array([[0.0, 1.0]]), Ink(0.0, 9.0)),
        (np.array([[3.0, 200.0]]), Ink(0.0, 255.0)),
        (np.array([[[3.0]], [[200.0]], [[0.0]]]), Light(0.0, 255.0)),
        (np.array([[-2.0, 1.0]]), Signed(2.0)),
    ],
)
def test_a_pictures_values_say_how_it_looks(picture: Any, ramp: Any) -> None:
    assert ramp_of(picture) == ramp


def test_pointing_at_an_output_shows_its_receptive_field(tab: ConvolutionTab, seen: Any, window: Window) -> None:
    tab.run.restart_with({"padding": 1})
    tab.run.advance(64)
    QTest.mouseMove(tab.sweep, seen.point("output 0", 5, 6))
    assert seen.outlines("input", "accent_text") == {(4, 5, 3, 3)}
    value = tab.look().full.output[0, 5, 6]
    assert f"row 6, column 7, value {value:.0f}".replace("-", "−") in window.statusBar().currentMessage()
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    assert seen.outlines("input", "accent_text") == {(6, 6, 3, 3)}
    assert window.statusBar().currentMessage() == ""


def test_what_is_ahead_is_told_as_such_or_not_at_all(tab: ConvolutionTab, seen: Any, window: Window) -> None:
    tab.run.advance(5)
    value = f"value {tab.look().full.output[0, 5, 4]:.0f}".replace("-", "−")
    QTest.mouseMove(tab.sweep, seen.point("output 0", 5, 4))
    assert f"row 6, column 5, {value}, ahead of the sweep" in window.statusBar().currentMessage()
    tab.set_parameter("growing", True)
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    QTest.mouseMove(tab.sweep, seen.point("output 0", 5, 4))
    assert "not reached yet" in window.statusBar().currentMessage()
    assert "value" not in window.statusBar().currentMessage()


def test_pointing_at_the_picture_shows_its_influence(tab: ConvolutionTab, seen: Any, window: Window) -> None:
    tab.run.restart_with({"stride": 2, "padding": 1})
    tab.run.advance(3)
    QTest.mouseMove(tab.sweep, seen.point("input", 3, 4))
    seers = {(i, j, 1, 1) for _, _, i, j in tab.look().sweep.geometry.seers(3, 4)}
    assert seen.outlines("output 0", "orange") == seers
    assert len(seers) == 2
    assert "windows that see it: 2" in window.statusBar().currentMessage()
    QTest.mouseMove(tab.sweep, seen.point("input", -1, 0))
    assert "Padding" in window.statusBar().currentMessage()


def test_pointing_at_a_weight_shows_what_it_meets_and_its_product(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.advance(9)
    QTest.mouseMove(tab.sweep, seen.point("kernel 0", 1, 2))
    assert seen.outlines("input", "orange") == {(1, 2, 6, 6)}
    assert seen.outlines("field 0", "orange") == {(1, 2, 1, 1)}
    lit = tab.numbers.view.lit
    assert isinstance(lit, Focus)
    product = seen.grid("field 0").grid.values[1, 2]
    sign = "nothing" if product == 0 else "positive" if product > 0 else "negative"
    assert (lit.kind, lit.at) == (sign, (0, 1, 2))


def test_pointing_at_a_product_in_the_strip_lights_its_cells(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.advance(9)  # row 1, column 2
    (mark,) = {mark for mark in tab.numbers.marks() if mark.at == (0, 2, 1)}
    tab.numbers.view.marked.emit(mark)
    assert seen.outlines("field 0", "orange") == {(2, 1, 1, 1)}
    assert seen.outlines("input", "orange") == {(3, 3, 1, 1)}


def test_a_click_pins_until_the_next_and_the_strip_tells_that_cell(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.advance(36)
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=seen.point("output 0", 2, 3))
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    assert seen.outlines("output 0", "accent_text") == {(2, 3, 1, 1)}
    told = tab.numbers.view.text()
    assert "y[3, 4] =" in told
    assert f"= {tab.look().full.output[0, 2, 3]:.0f}".replace("-", "−") in told
    tab.set_parameter("kernel", "blur")
    assert "y[3, 4]" not in tab.numbers.view.text()  # at the start there is nothing to tell
    tab.run.advance(1)
    assert "y[3, 4] =" in tab.numbers.view.text()
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=seen.point("output 0", 2, 3))
    QTest.mouseMove(tab.sweep, QPoint(1, 1))
    assert "y[1, 1] =" in tab.numbers.view.text()


def test_a_step_goes_before_what_the_mouse_rests_on(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.advance(9)
    QTest.mouseMove(tab.sweep, seen.point("output 0", 5, 5))
    assert seen.outlines("output 0", "accent_text") == {(5, 5, 1, 1)}
    tab.run.advance(1)
    assert seen.outlines("output 0", "accent_text") == {(1, 3, 1, 1)}


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


def test_a_pin_that_is_outside_after_a_change_does_no_harm(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.advance(36)
    QTest.mouseClick(tab.sweep, Qt.MouseButton.LeftButton, pos=seen.point("output 0", 5, 5))
    assert tab.focus == Focus("output", (0, 5, 5))
    tab.run.restart_with({"operation": "max pooling"})
    tab.run.advance(2)
    assert seen.outlines("output 0", "accent_text") == {(0, 1, 1, 1)}
    assert "y[1, 2]" in tab.numbers.view.text()


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
