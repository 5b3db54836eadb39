from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QSlider
from pytestqt.qtbot import QtBot

from widgets.tables.slider_table import SliderTable


class Squares(SliderTable):
    """A number and its square."""

    def __init__(self) -> None:
        super().__init__("squares.number", (2, 100_000), 1000, 10, (0.5, 0.5))
        self.note = ""

    def retranslate(self) -> None:
        rows = [["number", "square"], [str(self.number), str(self.number**2)]]
        self.show_contents("Number", rows, self.note)


@pytest.fixture
def table(qtbot: QtBot) -> Squares:
    made = Squares()
    qtbot.addWidget(made)
    made.resize(300, 140)
    made.retranslate()
    return made


def slider(table: Squares) -> QSlider:
    found = table.findChild(QSlider, "squares.number")
    assert found is not None
    return found


def labels(table: Squares) -> list[str]:
    return [label.text() for label in table.findChildren(QLabel) if not label.isHidden()]


def test_the_slider_goes_through_decades_from_end_to_end(table: Squares) -> None:
    assert (slider(table).minimum(), slider(table).maximum(), slider(table).value()) == (3, 50, 30)
    seen = []
    for place in (3, 20, 50):
        slider(table).setValue(place)
        seen.append(table.number)
    assert seen == [2, 100, 100_000]


def test_moving_the_slider_shows_what_follows(table: Squares) -> None:
    before = table.grab().toImage()
    assert table.accessibleDescription() == "1000 1000000"
    slider(table).setValue(40)
    assert table.accessibleDescription() == "10000 100000000"
    assert table.grab().toImage() != before


def test_the_number_keeps_its_place_however_large_it_is(table: Squares) -> None:
    assert {"Number", "  1\N{THIN SPACE}000"} == set(labels(table))
    slider(table).setValue(50)
    assert "100\N{THIN SPACE}000" in labels(table)


def test_a_note_is_there_only_if_it_says_something(table: Squares) -> None:
    table.note = "n times n"
    table.retranslate()
    assert "n times n" in labels(table)
    table.note = ""
    table.retranslate()
    assert "" not in labels(table)
