"""Help for a topic, the list of keys, and what the program is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QTextBrowser

from playground import VERSION
from playground.actions import ACTIONS, plain_text
from playground.window.window import Window


def shown(window: Window, id: str) -> tuple[QDialog, str]:
    window.actions_[id].trigger()
    dialog = window.findChild(QDialog, f"dialog.{id}")
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    browser = dialog.findChild(QTextBrowser)
    assert isinstance(browser, QTextBrowser)
    return dialog, browser.toPlainText()


def test_the_help_is_that_of_the_topic(window: Window) -> None:
    dialog, text = shown(window, "help.topic")
    assert dialog.windowTitle() == "Optimizers"
    assert "All seven methods start" in text
    assert "**" not in text


def test_every_action_with_a_key_is_listed(window: Window) -> None:
    _, text = shown(window, "help.keys")
    lines = text.splitlines()
    for spec in ACTIONS:
        if spec.keys:
            assert plain_text(spec.text) in lines, spec.id
            first = QKeySequence(spec.keys.split()[0]).toString(QKeySequence.SequenceFormat.NativeText)
            assert any(first in line for line in lines), spec.id


def test_keys_that_no_action_has_are_listed_too(window: Window) -> None:
    _, text = shown(window, "help.keys")
    for keys in ("Ctrl+Space", "Ctrl+1", "Ctrl+Tab", "Esc"):
        assert keys in text


def test_about_names_version_and_licences(window: Window) -> None:
    dialog, text = shown(window, "help.about")
    assert VERSION in dialog.windowTitle()
    assert "Lucide" in text
    assert "Noto" in text


def test_a_closed_dialog_is_gone(window: Window, settle: Any) -> None:
    for id in ("help.topic", "help.keys", "help.about"):
        dialog, _ = shown(window, id)
        dialog.reject()
        settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert window.findChild(QDialog, f"dialog.{id}") is None


def test_help_speaks_chinese(window: Window, settle: Any) -> None:
    window.set_language("zh")
    settle()
    dialog, text = shown(window, "help.keys")
    assert dialog.windowTitle() == "快捷键"
    assert "播放" in text.splitlines()
    assert "All seven" not in shown(window, "help.topic")[1]
