from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from widgets.shell.seed_row import SeedRow


def made(qtbot: QtBot) -> tuple[SeedRow, QAction, QSpinBox]:
    action = QAction("New seed")
    row = SeedRow(action)
    qtbot.addWidget(row)
    row.show()
    field = row.findChild(QSpinBox, "transport.seed")
    assert field is not None
    return row, action, field


def test_a_typed_seed_is_told_once_at_return_and_a_shown_one_is_not(qtbot: QtBot) -> None:
    row, _, field = made(qtbot)
    told: list[int] = []
    row.changed.connect(told.append)
    row.show_seed(7)
    field.selectAll()
    QTest.keyClicks(field, "2147483647")
    assert told == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [2147483647]


def test_escape_drops_what_is_typed(qtbot: QtBot) -> None:
    row, _, field = made(qtbot)
    row.show_seed(7)
    field.selectAll()
    QTest.keyClicks(field, "12")
    with qtbot.assertNotEmitted(row.changed):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "7"


def test_the_button_draws_another(qtbot: QtBot) -> None:
    row, action, _ = made(qtbot)
    dice = row.findChild(QPushButton)
    assert dice is not None
    with qtbot.waitSignal(action.triggered):
        dice.click()
