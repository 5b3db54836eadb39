"""The registry of actions: ids, keys, words and where the keys act."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from playground.actions import ACTIONS, MENUS, SUBMENUS, plain_text
from playground.window import Window

PROMISED = (  # in CONTRACT
    "transport.play", "transport.step", "transport.back", "transport.start", "transport.end", "transport.next_event",
    "transport.restart", "transport.new_seed", "file.open", "file.save", "file.save_as", "file.export",
    "file.copy_picture", "file.copy_data", "file.quit", "edit.undo", "edit.redo", "view.theme.light", "view.theme.dark",
    "view.theme.system", "view.language.en", "view.language.zh", "view.full_screen", "view.code", "view.numbers",
    "view.compare", "help.topic", "help.keys", "help.about",
)  # fmt: skip


@pytest.mark.parametrize("id", PROMISED)
def test_every_promised_action_sits_once_on_the_window(window: Window, id: str) -> None:
    assert len(window.findChildren(QAction, id)) == 1


def test_no_key_stands_for_two_actions() -> None:
    keys = Counter(key for spec in ACTIONS for key in spec.keys.split())
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for spec in ACTIONS:
        for key in spec.keys.split():
            assert QKeySequence(key).toString(), (spec.id, key)


@pytest.mark.parametrize(
    ("id", "keys"),
    [
        ("transport.play", "Space"), ("transport.step", "Right"), ("transport.back", "Left"),
        ("transport.start", "Home"), ("transport.end", "End"), ("transport.ten_on", "Shift+Right"),
        ("transport.ten_back", "Shift+Left"), ("transport.restart", "R F5"), ("view.compare", "P"),
        ("file.export", "Ctrl+E"), ("view.enlarge", "E"), ("help.topic", "F1"), ("view.full_screen", "F11"),
        ("file.quit", "Ctrl+Q"),
    ],
)  # fmt: skip
def test_keys_of_the_table_in_look(id: str, keys: str) -> None:
    assert next(spec.keys for spec in ACTIONS if spec.id == id) == keys


def test_transport_keys_act_only_in_plots(window: Window) -> None:
    for spec in ACTIONS:
        narrow = window.actions_[spec.id].shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut
        assert narrow is spec.in_plots, spec.id


def test_every_action_stands_in_a_menu(window: Window) -> None:
    listed = [id for _, ids in MENUS for id in ids if id]
    listed += [spec.id for spec in ACTIONS if spec.id.startswith(("view.theme.", "view.language."))]
    assert sorted(listed) == sorted([spec.id for spec in ACTIONS] + list(SUBMENUS))


def test_a_choice_has_exactly_one_tick(window: Window) -> None:
    for prefix in ("view.theme.", "view.language."):
        ticked = [s.id for s in ACTIONS if s.id.startswith(prefix) and window.actions_[s.id].isChecked()]
        assert len(ticked) == 1


@pytest.mark.parametrize(
    ("text", "plain"), [("&Open…", "Open"), ("Save &as…", "Save as"), ("打开(&O)…", "打开"), ("Play", "Play")]
)
def test_plain_words_have_no_mnemonic(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_tips_name_the_key(window: Window) -> None:
    assert window.actions_["transport.step"].toolTip() == "Step (Right)"
    assert window.actions_["help.about"].toolTip() == "About ML Playground"
