"""A choice of a few words beside each other."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from widgets.shell.segments import Segments

OPTIONS = [("over", "Over"), ("beside", "Beside"), ("only", "Only A")]


def segments(qtbot: QtBot) -> Segments:
    made = Segments("runs")
    qtbot.addWidget(made)
    made.show_options(OPTIONS, "over")
    made.show()
    return made


def buttons(made: Segments) -> dict[str, QToolButton]:
    return {button.objectName(): button for button in made.findChildren(QToolButton)}


def test_a_click_chooses_and_one_is_down(qtbot: QtBot) -> None:
    told: list[str] = []
    made = segments(qtbot)
    made.chosen.connect(told.append)
    buttons(made)["runs.beside"].click()
    assert (told, made.current()) == (["beside"], "beside")
    buttons(made)["runs.beside"].click()  # again: it stays
    assert [name for name, button in buttons(made).items() if button.isChecked()] == ["runs.beside"]


def test_where_there_is_little_room_a_menu_says_what_is_chosen(qtbot: QtBot) -> None:
    told: list[str] = []
    made = segments(qtbot)
    made.chosen.connect(told.append)
    made.set_compact(True)
    assert [name for name, button in buttons(made).items() if button.isVisible()] == ["runs.menu"]
    menu = buttons(made)["runs.menu"]
    menu.menu().actions()[2].trigger()
    assert (told, menu.text()) == (["only"], "Only A")


def test_other_options_take_the_place_of_those_before(qtbot: QtBot) -> None:
    made = segments(qtbot)
    made.show_options(OPTIONS[:2], "beside")
    assert set(buttons(made)) == {"runs.menu", "runs.over", "runs.beside"}
    made.show_options([], "")
    assert [button for button in buttons(made).values() if button.isVisible()] == []
