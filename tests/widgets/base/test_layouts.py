from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from widgets.base import layouts


def test_parts_stand_in_order_from_edge_to_edge(qtbot: QtBot) -> None:
    ground, first, second, third = QWidget(), QLabel("a"), QLabel("b"), QLabel("c")
    qtbot.addWidget(ground)
    layouts.column(layouts.row(first, second, spacing=8), third, spacing=4, on=ground)
    ground.resize(208, 104)
    ground.show()
    assert (first.x(), first.y()) == (0, 0)
    assert second.x() - first.geometry().right() - 1 == 8
    assert second.geometry().right() == third.geometry().right() == 207
    assert third.y() - first.geometry().bottom() - 1 == 4
    assert third.geometry().bottom() == 103


def test_one_part_takes_the_room_left_over(qtbot: QtBot) -> None:
    ground, title, body, note = QWidget(), QLabel("a"), QLabel("b"), QLabel("c")
    qtbot.addWidget(ground)
    layouts.column(title, body, note, grows=body, on=ground)
    ground.resize(100, 400)
    ground.show()
    assert (title.height(), note.height()) == (title.sizeHint().height(), note.sizeHint().height())
    assert body.height() == 400 - title.height() - note.height()
