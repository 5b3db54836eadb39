"""The dialog in which a text of one's own is typed or pasted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QWidget

from core.data.corpora import shipped
from playground.tab.text_dialog import TextDialog
from playground.topic_list import topic

TEXTS = topic("word2vec").texts


@pytest.fixture
def dialog(dressed: Any, freed: Callable[[QWidget], None]) -> TextDialog:
    made = TextDialog("kings-and-cats", TEXTS)
    freed(made)
    return made


def field(dialog: TextDialog) -> QPlainTextEdit:
    found = dialog.findChild(QPlainTextEdit, "text.edit")
    assert found is not None
    return found


def said(dialog: TextDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.text()]


def test_a_shipped_text_stands_there_whole_and_ones_own_as_it_is(dialog: TextDialog, freed: Any) -> None:
    assert dialog.text() == field(dialog).toPlainText() == shipped("kings-and-cats")
    own = TextDialog("a cat sees a dog", TEXTS)
    freed(own)
    assert own.text() == "a cat sees a dog"


def test_what_is_typed_is_counted(dialog: TextDialog) -> None:
    field(dialog).setPlainText("小猫 喝 水。\n小狗 喝 水。")
    assert "Sentences: 2 · words: 6 · different ones: 4" in said(dialog)
    field(dialog).setPlainText("one one")
    assert "Sentences: 1 · words: 2 · different ones: 1" in said(dialog)


def test_a_very_long_text_is_not_counted_while_it_is_typed(dialog: TextDialog) -> None:
    before = len(said(dialog))
    field(dialog).setPlainText("word " * 50_000)
    assert len(said(dialog)) == before - 1


def test_why_a_text_is_not_taken_is_said_until_it_is_changed(dialog: TextDialog) -> None:
    error = dialog.findChild(QLabel, "text.error")
    assert error is not None
    dialog.show_error("too short")
    assert error.text() == "too short"
    field(dialog).setPlainText("longer")
    assert error.text() == ""


@pytest.mark.parametrize(
    ("button", "result"),
    [
        (QDialogButtonBox.StandardButton.Ok, QDialog.DialogCode.Accepted),
        (QDialogButtonBox.StandardButton.Cancel, QDialog.DialogCode.Rejected),
    ],
)
def test_it_is_taken_or_left(dialog: TextDialog, button: Any, result: Any) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    dialog.show()
    buttons.button(button).click()
    assert dialog.result() == result
    assert not dialog.isVisible()
