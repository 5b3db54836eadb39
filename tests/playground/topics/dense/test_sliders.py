"""The sliders under the view along w."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider

from core.run.values import Floats


@pytest.fixture
def shown(tab: Any, settle: Any) -> Any:
    tab.run.advance(20)
    tab.bring_forward("along")
    settle()
    return tab


def slider(tab: Any, name: str) -> QSlider:
    found: QSlider = tab.sliders.findChild(QSlider, f"along.{name}")
    return found


def weights(tab: Any) -> tuple[Floats, Floats]:
    held = tab.entry.core.arrays(tab.run.frame.state, tab.run.params)
    return held["W"], held["b"]


def drag(slider: QSlider, steps: int) -> None:
    """Drag the handle of a slider from where it stands, in many moves."""
    y, start = slider.height() // 2, slider.x_of(slider.value())  # type: ignore[attr-defined]
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(start, y))
    for step in range(1, steps + 1):
        QTest.mouseMove(slider, QPoint(start + step, y))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(start + steps, y))


def test_w_is_made_longer_and_keeps_its_way(shown: Any) -> None:
    (before, bias), steps = weights(shown), len(shown.run.recipe.edits)
    drag(slider(shown, "w"), 12)
    after, same = weights(shown)
    assert np.linalg.norm(after) > 1.2 * np.linalg.norm(before)
    np.testing.assert_allclose(after / np.linalg.norm(after), before / np.linalg.norm(before))
    assert same == bias
    assert len(shown.run.recipe.edits) == steps + 1  # the whole drag is one change
    shown.run.undo()
    np.testing.assert_array_equal(weights(shown)[0], before)


def test_b_moves_by_keys_and_the_picture_follows(shown: Any) -> None:
    before = weights(shown)
    slider(shown, "b").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(slider(shown, "b"), Qt.Key.Key_Left)
    w, b = weights(shown)
    np.testing.assert_array_equal(w, before[0])
    assert b < before[1]
    at = next(mark.xy for mark in shown.along.marks if str(getattr(mark, "focus", "")) == "middle with_bias")
    assert at[0] == pytest.approx(-float(b[0]) / np.linalg.norm(w))


def test_b_that_is_held_cannot_be_moved_and_wears_a_lock(shown: Any, settle: Any) -> None:
    locks = [part for part in shown.sliders.children() if type(part).__name__ == "_Lock"]
    assert slider(shown, "b").isEnabled()
    assert not any(lock.isVisibleTo(shown) for lock in locks)
    shown.set_parameter("train_bias", False)
    settle()
    assert not slider(shown, "b").isEnabled()
    assert slider(shown, "w").isEnabled()
    assert all(lock.isVisibleTo(shown) for lock in locks)


def test_without_a_curve_and_while_a_scene_asks_there_is_nothing_to_move(shown: Any, settle: Any) -> None:
    shown.stage.open("both_gates")
    settle()
    assert not slider(shown, "w").isEnabled()
    shown.stage.close()
    shown.set_parameter("activation", "linear")
    settle()
    assert not slider(shown, "b").isEnabled()


def test_a_w_of_0_gets_a_way_again(shown: Any) -> None:
    shown.sliders.slid.emit("w", 0.0, True)
    assert not weights(shown)[0].any()
    shown.sliders.slid.emit("w", 2.0, True)
    assert weights(shown)[0].tolist() == [[2.0], [0.0]]
