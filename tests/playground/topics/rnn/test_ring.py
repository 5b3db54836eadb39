"""The eigenvalues of U and the ring that is pulled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.rnn import SetRadius, arrays
from core.run.explanation import Focus
from core.run.recipe import Change, SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.rnn.ring import LEAST, Ring
from playground.topics.rnn.tab import RnnTab
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.path import Path
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

Record = Callable[..., Timeline[Any, Any]]

pytestmark = pytest.mark.usefixtures("dressed")


def of_kind(ring: Ring, kind: type) -> list[Any]:
    return [mark for mark in ring.marks() if isinstance(mark, kind)]


def test_points_are_the_eigenvalues_and_the_ring_goes_through_the_largest(record: Record, entry: Any) -> None:
    run = record(30)
    ring = Ring(View(run, 30), entry.texts)
    found = np.linalg.eigvals(arrays(run.frame(30).state, run.recipe.params)["U"])
    (points,) = of_kind(ring, Points)
    shown = points.xy[:, 0] + 1j * points.xy[:, 1]
    np.testing.assert_allclose(np.sort_complex(shown), np.sort_complex(found), atol=1e-9)
    (circle,) = (path for path in of_kind(ring, Path) if not path.faint)
    np.testing.assert_allclose(np.hypot(*circle.xy.T), np.abs(found).max(), rtol=1e-9)
    grips = of_kind(ring, Dot)
    np.testing.assert_allclose([np.hypot(*grip.xy) for grip in grips], np.abs(found).max(), rtol=1e-9)
    assert all(grip.draggable for grip in grips)


def test_it_says_how_many_fade_and_swell(record: Record, entry: Any) -> None:
    run = record(0, units=4)
    start = Ring(View(run, 0), entry.texts)
    assert start.said() == "all 4 on the circle"
    values = SetArray("U", np.diag([0.5, 0.1, 2.0, -3.0]))
    edited = run.fork(replace(run.recipe, edits=(Change(0, values),)))
    assert Ring(View(edited, 0), entry.texts).said() == "2 fade, 2 swell"
    values = SetArray("U", np.diag([1.0, 0.1, 2.0, -3.0]))
    edited = run.fork(replace(run.recipe, edits=(Change(0, values),)))
    assert Ring(View(edited, 0), entry.texts).said() == "1 fade, 1 on the circle, 2 swell"


def test_the_plane_stays_while_the_ring_is_well_within(record: Record, entry: Any) -> None:
    run, plot, seen = record(0, units=2, radius=0.5), Plot(equal_scale=True), []
    for size in (0.1, 0.9, 1.15, 1.2, 3.0):
        edited = run.fork(replace(run.recipe, edits=(Change(0, SetArray("U", size * np.eye(2))),)))
        Ring(View(edited, 0), entry.texts).draw(plot)
        seen.append(plot.home[3])
    assert seen[:3] == [1.25] * 3
    assert seen[2] < seen[3] < seen[4]


def test_the_plane_has_room_for_the_rings_beside_and_for_the_one_before(record: Record, entry: Any) -> None:
    run, other, plot = record(0, units=2, radius=0.5), record(0, units=2, radius=2.0), Plot(equal_scale=True)
    Ring(View(run, 0, compared=(Compared(run, "A"), Compared(other, "B")), letter="A"), entry.texts).draw(plot)
    assert plot.home[3] > 2.0
    pulled = other.fork(replace(other.recipe, edits=(Change(0, SetRadius(0.5)),)))
    Ring(View(pulled, 0), entry.texts).draw(plot)
    assert plot.home[3] > 2.0


def test_the_plane_stays_while_the_ring_is_on_its_way(tab: RnnTab, settle: Any) -> None:
    tab.bring_forward("ring")
    settle()
    before, viewport, left = tab.ring.home, tab.ring.viewport(), Qt.MouseButton.LeftButton
    grip = Ring(tab.view(), tab.texts).radius / np.sqrt(2)
    places = (tab.ring.viewport_now().point(x, x) for x in (grip, 0.75 * before[3]))
    ends = [tab.ring.widget_position(place).toPoint() for place in places]
    QTest.mousePress(viewport, left, pos=ends[0])
    for place in (QPointF(ends[0]) + QPointF(12, -12), QPointF(ends[1]), QPointF(ends[1])):
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(viewport, event)
        settle()
    assert Ring(tab.view(), tab.texts).radius > 0.95 * before[3]
    assert tab.ring.home == before
    QTest.mouseRelease(viewport, left, pos=ends[1])
    settle()
    assert tab.ring.home[3] > before[3]


def test_pulling_the_ring_is_an_edit_of_u_at_the_row_in_view(tab: RnnTab) -> None:
    tab.ring.dragged.emit(Focus("ring", (1,)), -0.3, 0.4, False)
    tab.ring.dragged.emit(Focus("ring", (1,)), -0.6, 0.8, True)
    assert tab.run.recipe.edits == (Change(20, SetRadius(1.0)),)
    assert Ring(tab.view(), tab.texts).radius == pytest.approx(1.0, rel=1e-9)
    tab.ring.dragged.emit(Focus("other"), 9.0, 9.0, True)
    assert len(tab.run.recipe.edits) == 1


def test_the_ring_is_pulled_neither_to_0_nor_too_far(tab: RnnTab) -> None:
    for x, radius in ((0.0, LEAST), (99.0, 3.0)):
        tab.ring.dragged.emit(Focus("ring", (0,)), x, 0.0, True)
        assert Ring(tab.view(), tab.texts).radius == pytest.approx(radius, rel=1e-9)


def test_a_u_that_is_0_stays_so(tab: RnnTab) -> None:
    tab.set_array("U", np.zeros((16, 16)))
    edits = tab.run.recipe.edits
    tab.ring.dragged.emit(Focus("ring", (0,)), 1.0, 0.0, True)
    assert tab.run.recipe.edits == edits


def test_the_ring_as_it_was_stays_until_the_next_step(tab: RnnTab) -> None:
    was = Ring(tab.view(), tab.texts).radius
    tab.ring.dragged.emit(Focus("ring", (1,)), -0.3, 0.4, True)
    faint = [path for path in of_kind(Ring(tab.view(), tab.texts), Path) if path.focus == Focus("before")]
    np.testing.assert_allclose([np.hypot(*path.xy.T).max() for path in faint], [was], rtol=1e-9)
    tab.run.advance(1)
    assert not [p for p in of_kind(Ring(tab.view(), tab.texts), Path) if p.focus == Focus("before")]


def test_runs_beside_have_rings_with_their_letters(record: Record, entry: Any) -> None:
    run, other = record(5), record(5, radius=0.5)
    ring = Ring(View(run, 5, compared=(Compared(run, "A"), Compared(other, "B")), letter="A"), entry.texts)
    (theirs,) = (path for path in of_kind(ring, Path) if path.letter == "B")
    found = np.abs(np.linalg.eigvals(arrays(other.frame(5).state, other.recipe.params)["U"]))
    np.testing.assert_allclose(np.hypot(*theirs.xy.T), found.max(), rtol=1e-9)
    np.testing.assert_allclose(np.hypot(*theirs.at), found.max(), rtol=1e-9)
    hollow = next(points for points in of_kind(ring, Points) if points.hollow)
    np.testing.assert_allclose(np.sort(np.hypot(*hollow.xy.T)), np.sort(found), rtol=1e-9)


def test_keys_pull_the_ring_by_steps_of_one_size(tab: RnnTab, settle: Any) -> None:
    tab.bring_forward("ring")
    settle()
    before = round(Ring(tab.view(), tab.texts).radius, 4)
    tab.ring.take(Focus("ring", (2,)))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)  # type: ignore[arg-type]
    assert Ring(tab.view(), tab.texts).radius == pytest.approx(before - 0.05, abs=1e-3)
    assert [change.edit.kind for change in tab.run.recipe.edits] == ["set radius"]
