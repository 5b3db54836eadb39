"""The ways in, where nothing comes by them."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from tests.playground.window.conftest import Hands


def test_nothing_is_pasted_from_an_empty_clipboard(hands: Hands) -> None:
    QGuiApplication.clipboard().clear()
    hands.window.actions_["edit.paste"].trigger()
    assert hands.status == "There is nothing here that can be taken."
