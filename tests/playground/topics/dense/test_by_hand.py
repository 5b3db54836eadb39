"""Points that are dragged, added and taken away: they become points of one's own, with their targets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.dense.settings import data_of
from core.run.explanation import Focus
from widgets.plots.marks.mark import Hit


def now(tab: Any) -> Any:
    return data_of(tab.run.params)


def test_a_point_is_dragged_as_one_undo_and_keeps_its_class(tab: Any) -> None:
    before, named = now(tab), tab.run.recipe
    for x, final in ((2.0, False), (2.5, False), (3.0, True)):
        tab.plane.dragged.emit(Focus("point", (7,)), x, 1.0, final)
    assert now(tab).x[7].tolist() == [3.0, 1.0]
    assert np.array_equal(np.delete(now(tab).x, 7, axis=0), np.delete(before.x, 7, axis=0))
    assert np.array_equal(now(tab).t, before.t)
    tab.run.undo()
    assert tab.run.recipe == named


def test_a_cloud_is_dragged_by_its_middle(tab: Any) -> None:
    before = now(tab)
    for x, final in ((0.0, False), (-1.0, True)):
        tab.plane.dragged.emit(Focus("cloud", (1,)), x, 2.0, final)
    moved = now(tab).x[before.t == 1]
    np.testing.assert_allclose(moved.mean(axis=0), [-1.0, 2.0])
    np.testing.assert_allclose(
        moved - moved.mean(axis=0), before.x[before.t == 1] - before.x[before.t == 1].mean(axis=0)
    )
    assert np.array_equal(now(tab).x[before.t == 0], before.x[before.t == 0])


@pytest.mark.parametrize(("signal", "target"), [("clicked", 1), ("shift_clicked", 0)])
def test_a_click_adds_a_point_of_a_class_where_points_are_drawn(tab: Any, signal: str, target: int) -> None:
    getattr(tab.plane, signal).emit(0.5, 4.0, None)
    assert len(now(tab).x) == 200
    tab.toggles.turn("draw_points", True)
    getattr(tab.plane, signal).emit(0.5, 4.0, None)
    assert now(tab).x[-1].tolist() == [0.5, 4.0]
    assert now(tab).t[-1] == target
    tab.run.advance(3)
    assert tab.run.position == 3


def test_a_click_on_a_point_takes_it_away_and_the_last_one_stays(tab: Any) -> None:
    tab.toggles.turn("draw_points", True)
    tab.run.restart_with({"points": [[1.0, 1.0], [2.0, 2.0]], "targets": [0.0, 1.0]})
    for _ in range(2):
        tab.plane.clicked.emit(1.0, 1.0, Hit(Focus("point", (0,)), 0.0))
    assert now(tab).x.tolist() == [[2.0, 2.0]]
    assert now(tab).t.tolist() == [1]


def test_a_stroke_adds_many_points_as_one_change(tab: Any) -> None:
    tab.toggles.turn("draw_points", True)
    seen = tab.plane.viewport_now()
    for x in np.linspace(seen.x0, seen.x1, 30):
        tab.plane.brushed.emit(float(x), 0.5, False)
    tab.plane.brushed.emit(seen.x1, 0.5, True)
    added = len(now(tab).x) - 200
    assert added > 10
    assert (now(tab).t[-added:] == 1).all()
    tab.run.undo()
    assert len(now(tab).x) == 200


def test_points_of_no_class_are_dragged_but_none_is_added(tab: Any) -> None:
    tab.run.restart_with({"points": [[1.0, 1.0], [2.0, 2.0]], "targets": None})
    tab.toggles.turn("draw_points", True)
    tab.plane.clicked.emit(0.0, 0.0, None)
    tab.plane.dragged.emit(Focus("point", (0,)), 5.0, 5.0, True)
    assert now(tab).x.tolist() == [[5.0, 5.0], [2.0, 2.0]]
    assert not now(tab).has_targets


def test_while_points_are_drawn_classes_have_handles_and_lines_have_none(tab: Any) -> None:
    tab.toggles.turn("draw_points", True)
    plot = tab.plane
    x, y = now(tab).x[now(tab).t == 1].mean(axis=0).tolist()
    hit = plot.hit_at(QPointF(plot.viewport_now().point(x, y)), draggable=True)
    assert hit is not None
    assert hit.focus == Focus("cloud", (1,))


def test_alt_and_an_arrow_move_the_class_of_the_point_told_of_as_one_change(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    before, t = data_of(tab.run.params).x.copy(), data_of(tab.run.params).t
    point = int(np.flatnonzero(t == 1)[0])
    tab.choose(Focus("point", (point,)))
    tab.plane.setFocus()
    settle()
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    for modifiers in (alt, alt | shift):
        QTest.keyPress(tab.plane, Qt.Key.Key_Up, modifiers)
    QTest.keyRelease(tab.plane, Qt.Key.Key_Up, alt)
    moved = data_of(tab.run.params).x - before
    seen = tab.plane.viewport_now()
    np.testing.assert_allclose(moved[t == 0], 0.0)
    np.testing.assert_allclose(moved[t == 1][:, 0], 0.0, atol=1e-12)
    assert np.ptp(moved[t == 1][:, 1]) < 1e-9
    assert 0.05 * (seen.x1 - seen.x0) < moved[point, 1] < 0.2 * (seen.x1 - seen.x0)
    assert data_of(tab.run.params).t.tolist() == t.tolist()
    tab.run.undo()
    assert tab.run.params.points == "clouds"


def test_arrows_alone_are_the_runs(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    tab.plane.setFocus()
    settle()
    QTest.keyClick(tab.plane, Qt.Key.Key_Left)
    assert tab.run.params.points == "clouds"
    assert tab.run.position == 2
