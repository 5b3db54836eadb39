from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.shell.beat_bar import BeatBar

BEATS = ("read", "forward", "error", "backward", "update")


def made(qtbot: QtBot, width: int = 600, names: tuple[str, ...] = BEATS) -> BeatBar:
    bar = BeatBar()
    qtbot.addWidget(bar)
    bar.resize(width, 24)
    bar.set_names(names)
    return bar


def inked(bar: BeatBar, left: int, right: int) -> bool:
    """Whether something stands between two dots but the groove."""
    image, panel = bar.grab().toImage(), theme.current().color("panel").rgb()
    return any(image.pixel(x, y) != panel for x in range(left + 10, right - 9) for y in (*range(3, 9), *range(15, 21)))


def test_it_is_hidden_while_there_are_no_beats(qtbot: QtBot) -> None:
    bar = made(qtbot, names=())
    assert bar.isHidden()
    bar.set_names(BEATS)
    assert not bar.isHidden()
    bar.set_names(())
    assert bar.isHidden()


@pytest.mark.parametrize("width", [600, 260])
def test_a_click_goes_to_the_beat_under_the_pointer(qtbot: QtBot, width: int) -> None:
    bar = made(qtbot, width)
    for index in (3, 0, 4):
        with qtbot.waitSignal(bar.moved) as moved:
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.x_of(index), 12))
        assert moved.args == [index]


def test_showing_a_beat_tells_nothing(qtbot: QtBot) -> None:
    bar = made(qtbot)
    with qtbot.assertNotEmitted(bar.moved):
        bar.show_beat(3)
        bar.set_names(BEATS[:2])
    assert (bar.value(), bar.maximum()) == (1, 1)


def test_a_screen_reader_is_told_the_beat(qtbot: QtBot) -> None:
    bar = made(qtbot)
    bar.setValue(2)
    assert bar.accessibleDescription() == "error"
    bar.show_beat(4)
    assert bar.accessibleDescription() == "update"
    bar.set_names(())
    assert bar.accessibleDescription() == ""


def test_every_name_stands_beside_its_dot_where_all_have_room(qtbot: QtBot) -> None:
    bar = made(qtbot, 600)
    places = [*map(bar.x_of, range(5)), 600]
    assert all(inked(bar, left, right) for left, right in pairwise(places))


def test_else_the_name_of_the_present_beat_stands_at_the_end(qtbot: QtBot) -> None:
    bar = made(qtbot, 260)
    places = [*map(bar.x_of, range(5)), 260]
    assert [inked(bar, left, right) for left, right in pairwise(places)] == [False] * 4 + [True]
    before = bar.grab(bar.rect().adjusted(bar.x_of(4) + 10, 0, 0, 0)).toImage()
    bar.show_beat(1)
    assert bar.grab(bar.rect().adjusted(bar.x_of(4) + 10, 0, 0, 0)).toImage() != before


def test_beats_up_to_the_present_one_are_played(qtbot: QtBot) -> None:
    bar = made(qtbot)
    bar.show_beat(2)
    image, shown = bar.grab().toImage(), theme.current()
    colours = [image.pixelColor(bar.x_of(index), 12) for index in (0, 1, 3, 4)]
    assert colours == [shown.color("accent")] * 2 + [shown.color("control")] * 2


def test_keys_are_left_to_the_actions_of_the_window(qtbot: QtBot) -> None:
    bar = made(qtbot)
    with qtbot.assertNotEmitted(bar.moved):
        QTest.keyClick(bar, Qt.Key.Key_Right)


def test_long_names_leave_the_dots_their_room_and_are_told_whole(qtbot: QtBot) -> None:
    names = ("forward pass", "loss", "backward pass, layer by layer", "update of all the weights")
    bar = made(qtbot, 140, names)
    places = [bar.x_of(index) for index in range(4)]
    assert min(after - before for before, after in pairwise(places)) >= 14
    bar.show_beat(2)
    assert bar.toolTip() == "Part of the step: backward pass, layer by layer"
