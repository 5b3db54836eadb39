"""Handles by keys: Tab goes through them, arrows and Return move the one in hand, a run of arrows is one move."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.base import layouts
from widgets.plots.knob import Room
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.handle import Span
from widgets.plots.marks.labels import placed
from widgets.plots.marks.points import Targets
from widgets.plots.plot import Plot

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


class Picture:
    """A plot with three handles that follow what it tells, beside a field."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.plot, self.behind = QWidget(), Plot("x", "y"), QLineEdit()
        layouts.column(self.plot, self.behind, on=self.window)
        qtbot.addWidget(self.window)
        self.window.resize(420, 400)
        self.places: dict[str, tuple[float, float]] = {"start": (1.0, 2.0), "rail": (0.0, -4.0)}
        self.share, self.told = 0.5, list[tuple[Any, ...]]()
        self.plot.dragged.connect(self._drag)
        self.plot.number_set.connect(self._set)
        self.draw()
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.plot.setFocus()

    def draw(self) -> None:
        self.plot.set_range(-5, 5, -5, 5)
        self.plot.set_marks([
            Dot("start", self.places["start"], "ring", "start", draggable=True),
            Dot("fixed", (3.0, 3.0)),
            Dot("rail", self.places["rail"], draggable=True, goes="x", said="along the foot"),
            Dot("share", (4.0, 4.0), draggable=True, goes="y", own=Span(self.share, 0.0, 1.0), said="share"),
        ])  # fmt: skip

    def _drag(self, focus: str, x: float, y: float, final: bool) -> None:
        self.places[focus] = x, y
        self.told.append((focus, round(x, 6), round(y, 6), final))
        self.draw()

    def _set(self, focus: str, number: float, final: bool) -> None:
        self.share = number
        self.told.append((focus, number, final))
        self.draw()


@pytest.fixture
def picture(qtbot: QtBot, dressed: Any) -> Picture:
    return Picture(qtbot)


def in_focus() -> Any:
    return QApplication.focusWidget()


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(in_focus(), key, held)


def test_tab_goes_through_the_handles_and_on_and_back(picture: Picture) -> None:
    names = []
    for _ in range(3):
        press(Key.Key_Tab)
        names.append((picture.plot.held, in_focus().accessibleName()))
    assert names == [("start", "start: 1, 2"), ("rail", "along the foot: 0"), ("share", "share: 0.5")]
    press(Key.Key_Tab)
    assert in_focus() is picture.behind
    assert picture.plot.held is None
    press(Key.Key_Backtab)
    assert picture.plot.held == "share"
    for expected in ("rail", "start", None):
        press(Key.Key_Backtab)
        assert picture.plot.held == expected
    assert in_focus() is picture.plot


def test_arrows_move_by_a_hundredth_and_with_shift_by_a_tenth_of_the_axis(picture: Picture) -> None:
    assert picture.plot.take("start")
    press(Key.Key_Right)
    press(Key.Key_Up, SHIFT)
    assert picture.told == [("start", 1.1, 2.0, False), ("start", 1.1, 3.0, False)]
    press(Key.Key_Home)
    press(Key.Key_End, SHIFT)
    assert picture.places["start"] == (-5.0, 5.0)
    press(Key.Key_Left)
    assert picture.places["start"] == (-5.0, 5.0)


def test_what_goes_along_one_axis_knows_both_pairs_of_arrows(picture: Picture) -> None:
    picture.plot.take("rail")
    for key in (Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Down):
        press(key)
    assert picture.places["rail"] == (0.2, -4.0)
    press(Key.Key_End)
    assert picture.places["rail"] == (5.0, -4.0)


def test_a_number_of_its_own_goes_from_its_end_to_its_end(picture: Picture) -> None:
    picture.plot.take("share")
    for key, expected in ((Key.Key_Up, 0.51), (Key.Key_Left, 0.5), (Key.Key_Home, 0.0), (Key.Key_Down, 0.0)):
        press(key)
        assert picture.share == expected


def test_a_run_of_arrows_is_one_move_that_a_pause_or_another_key_ends(picture: Picture, qtbot: QtBot) -> None:
    picture.plot.take("start")
    for _ in range(3):
        press(Key.Key_Right)
    assert [final for *_, final in picture.told] == [False] * 3
    press(Key.Key_Space)
    assert picture.told[3:] == [("start", 1.3, 2.0, True)]
    press(Key.Key_Right)
    with qtbot.waitSignal(picture.plot.dragged) as last:
        pass
    assert last.args[3] is True


def test_a_move_is_not_ended_where_something_else_has_moved_the_handle(picture: Picture) -> None:
    picture.plot.take("start")
    press(Key.Key_Right)
    picture.places["start"] = (0.0, 0.0)  # a step of the run
    picture.draw()
    press(Key.Key_Space)
    assert len(picture.told) == 1


def test_escape_and_leaving_let_go(picture: Picture) -> None:
    picture.plot.take("start")
    assert picture.plot.lit == "start"
    assert picture.plot.let_go()
    assert picture.plot.held is None
    assert picture.plot.lit is None
    assert in_focus() is picture.plot
    assert not picture.plot.let_go()
    picture.plot.take("rail")
    picture.behind.setFocus()
    assert picture.plot.held is None


def test_what_is_gone_from_the_picture_is_let_go_of(picture: Picture) -> None:
    picture.plot.take("start")
    picture.plot.set_marks([])
    assert picture.plot.held is None
    assert in_focus() is picture.plot


def test_all_other_keys_are_not_taken(picture: Picture) -> None:
    assert not picture.plot.take("fixed")
    press(Key.Key_Right)
    assert picture.told == []


def test_return_opens_a_field_for_the_exact_numbers(picture: Picture) -> None:
    picture.plot.take("start")
    press(Key.Key_Return)
    field = in_focus()
    assert (field.objectName(), field.text()) == ("plot.handle", "1, 2")
    assert field.parentWidget().height() > field.height() > 10
    field.setText("−2.5，0.125")
    press(Key.Key_Return)
    assert picture.told == [("start", -2.5, 0.125, True)]
    assert picture.plot.held == "start"
    assert in_focus().objectName() == "plot.knob"


@pytest.mark.parametrize("typed", ["7", "1", "1, 2, 3", "x, 1", "0, 5.01"])
def test_what_is_not_allowed_is_refused_there_and_escape_drops_it(picture: Picture, typed: str) -> None:
    picture.plot.take("start")
    press(Key.Key_Return)
    field = in_focus()
    QTest.keyClicks(field, typed)
    press(Key.Key_Return)
    error: Any = picture.plot.findChild(QWidget, "plot.handle.error")
    assert error.text() == "Type x, y: x from −5 to 5, y from −5 to 5."
    assert error.isVisible()
    assert picture.plot.rect().contains(error.parentWidget().geometry())
    press(Key.Key_Escape)
    assert picture.told == []
    assert (in_focus().objectName(), field.isVisible()) == ("plot.knob", False)


def test_the_field_left_as_it_stood_changes_nothing(picture: Picture) -> None:
    picture.share = 1 / 3
    picture.draw()
    picture.plot.take("share")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert picture.told == []
    assert picture.plot.held == "share"


def test_the_ring_is_seen_only_while_it_is_held_and_goes_with_the_handle(picture: Picture) -> None:
    bare = picture.plot.grab().toImage()
    picture.plot.take("start")
    knob = in_focus()
    at = picture.plot.widget_position(picture.plot.viewport_now().point(1.0, 2.0))
    assert (QPointF(knob.geometry().center()) - at).manhattanLength() < 3
    assert picture.plot.grab().toImage() != bare
    before = knob.pos()
    press(Key.Key_Right, SHIFT)
    assert knob.x() > before.x()
    picture.plot.let_go()
    assert not knob.isVisible()


def test_a_plot_that_is_asked_or_that_nobody_follows_has_no_handles(picture: Picture, qtbot: QtBot) -> None:
    picture.plot.take("start")
    picture.plot.take_answers(lambda x, y, begins: None)
    assert picture.plot.held is None
    assert picture.plot.handles() == []
    alone = Plot()
    qtbot.addWidget(alone)
    alone.set_marks([Dot("start", (0.5, 0.5), draggable=True)])
    assert alone.handles() == []


def test_of_many_points_the_chosen_one_is_a_handle(picture: Picture) -> None:
    points = np.array([[0.0, 1.0], [2.0, 3.0]])
    picture.plot.set_marks([Targets(points, str)])
    assert picture.plot.handles() == []
    picture.plot.set_marks([Targets(points, str, 1, "point 2")])
    [handle] = picture.plot.handles()
    assert (handle.focus, handle.place, handle.name) == ("1", (2.0, 3.0), "point 2")


def test_no_name_is_covered_by_the_ring_and_its_arrows(picture: Picture) -> None:
    [dot] = [mark for mark in picture.plot.marks if isinstance(mark, Dot) and mark.label]
    seen = picture.plot.viewport_now()
    handle = next(handle for handle in picture.plot.handles() if handle.focus == "start")
    taken = Room(handle).taken(seen)
    [(_, alone)] = placed(seen, dot.labels(seen), dot.taken(seen))
    [(_, beside)] = placed(seen, dot.labels(seen), [*dot.taken(seen), *taken])
    assert any(alone.intersects(box) for box in taken)
    assert not any(beside.intersects(box) for box in taken)
    bare = picture.plot.grab().toImage()
    picture.plot.take("start")
    at = alone.translated(picture.plot.widget_position(QPointF())).toRect()
    assert picture.plot.grab().toImage().copy(at) != bare.copy(at)
