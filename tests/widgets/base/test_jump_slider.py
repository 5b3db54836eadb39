from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.base.jump_slider import JumpSlider


def made(qtbot: QtBot) -> JumpSlider:
    slider = JumpSlider()
    qtbot.addWidget(slider)
    slider.setRange(0, 100)
    slider.resize(220, 24)  # 200 px of groove
    return slider


def test_a_click_moves_the_handle_under_the_pointer(qtbot: QtBot) -> None:
    slider = made(qtbot)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(110, 12))
    assert slider.value() == 50


def test_a_handle_held_off_its_middle_does_not_jump(qtbot: QtBot) -> None:
    slider = made(qtbot)
    slider.setValue(50)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(116, 12))
    assert slider.value() == 50
    QTest.mouseMove(slider, QPoint(136, 12))
    assert slider.value() == 60


def test_a_drag_beyond_the_ends_stays_at_the_end(qtbot: QtBot) -> None:
    slider = made(qtbot)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(110, 12))
    QTest.mouseMove(slider, QPoint(900, 12))
    assert slider.value() == 100
    QTest.mouseMove(slider, QPoint(-50, 12))
    assert slider.value() == 0


def test_other_buttons_do_nothing(qtbot: QtBot) -> None:
    slider = made(qtbot)
    QTest.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(110, 12))
    assert slider.value() == 0
