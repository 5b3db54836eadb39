from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.plots.marks.contours import Field
from widgets.plots.marks.trails import Trail
from widgets.surface.view import SurfaceView

PATH = np.linspace([-4.0, -4.0], [3.0, 1.0], 60)
BOWL = Field(lambda x, y: x * x + y * y, (-5.0, 5.0, -5.0, 5.0))
NAMES = ("x", "y", "loss")


@pytest.fixture
def view(qtbot: QtBot) -> SurfaceView:
    made = SurfaceView()
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show_surface(BOWL, NAMES)
    made.show()
    qtbot.waitExposed(made)
    return made


def shades(view: SurfaceView) -> int:
    """How many colours there are: each cell of the surface has its own."""
    image = view.grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_dragging_turns_with_a_coarser_surface(view: SurfaceView) -> None:
    before = view.camera
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 120))
    QTest.mouseMove(view, QPoint(190, 130))
    moving = shades(view)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(190, 130))
    assert moving < shades(view)
    assert view.camera.turn != before.turn
    assert view.camera.tilt > before.tilt
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 120))
    assert view.camera == before


def test_arrow_keys_with_ctrl_turn_and_plain_ones_are_left_to_the_run(view: SurfaceView) -> None:
    turn, control = view.camera.turn, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.camera.turn == turn
    QTest.keyClick(view, Qt.Key.Key_Right, control)
    assert view.camera.turn == turn + 5
    for _ in range(40):
        QTest.keyClick(view, Qt.Key.Key_Up, control)
    assert view.camera.tilt == 88
    turns = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Right, control)
    turns.ignore()
    assert view.event(turns)
    assert turns.isAccepted()
    plain = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    plain.ignore()
    view.event(plain)
    assert not plain.isAccepted()


def test_drawing_has_no_memory(view: SurfaceView, has_memory: Any) -> None:
    def grab(stop: int) -> QImage:
        trail = Trail("a", PATH[:stop], "blue", faint_xy=PATH[stop - 1 :])
        view.show_surface(BOWL, NAMES, trails=[trail])
        return view.grab().toImage()

    assert not has_memory(grab, 50, 20)


def test_log_height_and_names_change_the_picture(view: SurfaceView) -> None:
    before = view.grab().toImage()
    view.show_surface(BOWL, NAMES, log=True)
    logged = view.grab().toImage()
    assert logged != before
    view.show_surface(BOWL, NAMES)
    assert view.grab().toImage() == before
    view.show_surface(BOWL, ("w", "b", "loss"))
    assert view.grab().toImage() != before


def test_exports_are_scaled(view: SurfaceView, exports: Any) -> None:
    screen = view.grab().toImage()
    image = exports.image(view, 600, 480, ground=theme.current().color("panel"))
    middle = image.scaled(300, 240, mode=Qt.TransformationMode.SmoothTransformation)
    differences = [
        abs(screen.pixelColor(x, y).lightness() - middle.pixelColor(x, y).lightness())
        for x in range(0, 300, 7)
        for y in range(0, 240, 7)
    ]
    assert sum(differences) / len(differences) < 6


def test_the_empty_text_needs_no_field(qtbot: QtBot) -> None:
    view = SurfaceView()
    qtbot.addWidget(view)
    blank = view.grab().toImage()
    view.set_empty("Press Play or Step to begin.")
    assert view.grab().toImage() != blank
