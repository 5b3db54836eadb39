from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.base.painted import PaintedWidget


class Half(PaintedWidget):
    """Paints its left half; counts how often it had to forget."""

    forgotten = 0

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(QRect(0, 0, self.width() // 2, self.height()), theme.current().color("accent"))

    def _forget(self) -> None:
        self.forgotten += 1


@pytest.fixture
def canvas(qtbot: QtBot) -> Half:
    made = Half()
    qtbot.addWidget(made)
    made.resize(100, 40)
    return made


def colours(image: QImage, *places: tuple[int, int]) -> list[str]:
    return [image.pixelColor(x, y).name().upper() for x, y in places]


def test_ground_and_picture(canvas: Half) -> None:
    tokens = theme.current().tokens
    assert colours(canvas.grab().toImage(), (10, 20), (90, 20)) == [tokens["accent"], tokens["panel"]]


def test_an_export_is_scaled_as_a_whole(canvas: Half, exports: Any) -> None:
    image = exports.image(canvas, 200, 200)
    accent = theme.current().tokens["accent"]
    assert colours(image, (99, 79), (101, 40), (50, 81)) == [accent, "#000000", "#000000"]


def test_words_take_the_place_of_the_picture(canvas: Half) -> None:
    canvas.set_empty("Press Play or Step to begin.")
    accent = theme.current().tokens["accent"]
    assert accent not in colours(canvas.grab().toImage(), (2, 2), (10, 20))
    canvas.set_empty("")
    assert colours(canvas.grab().toImage(), (10, 20)) == [accent]


def test_the_ring_is_there_only_for_the_keyboard(canvas: Half) -> None:
    ring = theme.current().tokens["accent_text"]
    for reason, seen in ((Qt.FocusReason.MouseFocusReason, False), (Qt.FocusReason.TabFocusReason, True)):
        QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusIn, reason))
        assert (colours(canvas.grab().toImage(), (98, 1)) == [ring]) is seen
    QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert colours(canvas.grab().toImage(), (98, 1)) != [ring]


def test_keys_are_left_to_the_transport(canvas: Half) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


def test_another_look_is_measured_anew(canvas: Half) -> None:
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.PaletteChange))
    assert canvas.forgotten == 1
