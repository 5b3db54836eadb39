"""The field of JSON: Ctrl+Return takes it, and what is no JSON is told as it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.form.json_text import JsonText, read, written

CTRL = Qt.KeyboardModifier.ControlModifier


def made(qtbot: QtBot) -> tuple[JsonText, list[Any]]:
    field = JsonText("param.data")
    told: list[Any] = []
    qtbot.addWidget(field)
    field.entered.connect(told.append)
    return field, told


def test_ctrl_return_tells_and_return_begins_a_line(qtbot: QtBot) -> None:
    field, told = made(qtbot)
    field.show_value([[1]])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (told, field.blockCount()) == ([], 2)
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert told == [[[1]]]


def test_a_draft_is_what_was_typed_and_not_shown(qtbot: QtBot) -> None:
    field, _ = made(qtbot)
    field.show_value({"a": 1})
    assert not field.has_draft()
    QTest.keyClicks(field, "5")
    assert field.has_draft()
    field.show_value({"a": 1})
    assert not field.has_draft()


def test_a_text_too_long_to_be_shown_is_not(qtbot: QtBot) -> None:
    field, told = made(qtbot)
    field.show_value(["x" * 100] * 3_000)
    assert (field.toPlainText(), field.isReadOnly()) == ("", True)
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert told == []
    field.show_value([1])
    assert (field.toPlainText(), field.isReadOnly()) == ("[1]", False)


@pytest.mark.parametrize("value", [[1, 2.5], [[1], [2, [3]]], ["a", "猫"], [{"type": "Dense"}], "english", [], [[]]])
def test_what_is_written_is_read_again(value: Any) -> None:
    assert read(written(value)) == value
    assert json.loads(written(value)) == value


def test_entries_that_are_more_than_numbers_stand_on_lines_of_their_own() -> None:
    assert written([["a", "b"], ["c", "d"]]) == '[["a", "b"],\n ["c", "d"]]'
    assert written([1, 2]) == "[1, 2]"
    assert (written(None), read(" ")) == ("", None)


@pytest.mark.parametrize("text", ["[1, 2", "NaN", "[NaN]", "[" * 100_000, "english"])
def test_what_is_no_json_is_told_as_it_stands(text: str) -> None:
    assert read(text) == text
