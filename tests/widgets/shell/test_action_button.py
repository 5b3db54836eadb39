from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.shell.action_button import ActionButton


def test_it_is_enabled_and_explained_as_its_action(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action = QAction("&Export…", owner)
    button = ActionButton(action, "upload", parent=owner)
    action.setToolTip("Nothing to export")
    action.setEnabled(False)
    assert not button.isEnabled()
    assert button.toolTip() == "Nothing to export"
    assert button.accessibleName() == "Export"


def test_a_click_triggers_the_action_once(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action = QAction("Step", owner)
    button = ActionButton(action, "step-forward", parent=owner)
    with qtbot.waitSignal(action.triggered):
        button.click()


def test_it_does_not_take_over_the_keys(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action = QAction("Play", owner)
    action.setShortcut(QKeySequence("Space"))
    button = ActionButton(action, "play", parent=owner)
    assert button.actions() == []
    assert button.shortcut().isEmpty()


def test_without_a_text_it_is_as_narrow_as_its_icon(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    button = ActionButton(QAction("Back", owner), "step-back", parent=owner)
    narrow = button.maximumWidth()
    button.show_text("One step back")
    assert button.sizeHint().width() > narrow
    button.show_text("")
    assert button.maximumWidth() == narrow
