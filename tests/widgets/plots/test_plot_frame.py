from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from widgets.base import appearance, theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    made = Plot("step", "loss")
    qtbot.addWidget(made)
    made.resize(400, 250)
    made.set_range(0, 60, 0, 10)
    made.show()
    qtbot.waitExposed(made)
    return made


def _wheel(plot: Plot) -> None:
    middle = QPointF(plot.rect().center())
    event = QWheelEvent(
        middle, plot.mapToGlobal(middle), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)


def test_the_range_is_what_was_given(plot: Plot) -> None:
    viewport = plot.viewport_now()
    assert (viewport.x0, viewport.x1, viewport.y0, viewport.y1) == (0, 60, 0, 10)


def test_ranges_that_are_none_are_refused(plot: Plot) -> None:
    with pytest.raises(ValueError, match="not a range"):
        plot.set_range(0, float("inf"), 0, 1)
    plot.set_log(y=True)
    with pytest.raises(ValueError, match="not a range"):
        plot.set_range(0, 1, 0, 1)
    plot.set_range(0, 0, 5, 5)
    assert not plot.viewport_now().is_empty


def test_wheel_zooms_and_a_new_range_waits_for_the_reset(plot: Plot) -> None:
    _wheel(plot)
    zoomed = plot.viewport_now()
    assert plot.user_zoomed
    assert zoomed.x1 - zoomed.x0 < 60
    plot.set_range(0, 100, 0, 10)
    assert plot.viewport_now().x1 == zoomed.x1
    QTest.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.rect().center())
    assert not plot.user_zoomed
    assert (plot.viewport_now().x0, plot.viewport_now().x1) == (0, 100)


def test_the_empty_text_is_shown_in_the_middle(plot: Plot) -> None:
    def dark() -> int:
        image = plot.grab().toImage()
        muted = theme.current().color("muted")
        return sum(image.pixelColor(x, y) == muted for x in range(120, 320) for y in range(95, 130))

    assert dark() == 0
    plot.set_empty("Press Play or Step to begin.")
    assert dark() > 5
    plot.set_empty("")
    assert dark() == 0


def test_another_empty_text_takes_the_place_of_the_first(plot: Plot, qtbot: QtBot) -> None:
    plot.set_empty("one")
    with qtbot.waitExposed(plot):
        plot.show()
    QApplication.processEvents()
    painted: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            painted.extend([event.type()] * (event.type() == QEvent.Type.Paint))
            return False

    watch = Watch()
    plot.viewport().installEventFilter(watch)
    plot.set_empty("two")
    QApplication.processEvents()
    assert painted


def test_a_new_theme_repaints(plot: Plot, qapp: QApplication) -> None:
    try:
        appearance.apply(qapp, "dark")
        assert plot.grab().toImage().pixelColor(200, 2) == theme.DARK.color("panel")
    finally:
        appearance.apply(qapp, "light")
    assert plot.grab().toImage().pixelColor(200, 2) == theme.LIGHT.color("panel")


def test_names_in_corners_hide_the_axes(plot: Plot) -> None:
    before = plot.viewport_now().width
    plot.set_names("PCA 1 →", "PCA 2 ↑", in_corners=True)
    plot.grab()
    assert plot.viewport_now().width > before


def test_svg_exports_hold_no_pixmaps(plot: Plot, exports: Any) -> None:
    text = exports.svg(plot, 400, 250)
    assert "<image" not in text
    assert "loss" in text
    assert theme.current().color("panel").name() in text


def test_an_exception_while_painting_is_told_and_does_not_end_the_process(plot: Plot, qtbot: QtBot) -> None:
    class Broken(Mark):
        def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
            raise RuntimeError("while painting")

    plot.hide()
    plot.set_marks([Broken()])
    with qtbot.captureExceptions() as told:
        plot.grab()
    assert [str(error[1]) for error in told][:1] == ["while painting"]


def test_the_picture_grows_with_the_device(plot: Plot, exports: Any) -> None:
    image = exports.image(plot, 800, 500, ratio=2.0)
    corner = plot.widget_position(QPointF(0, 0)).toPoint() * 2
    assert image.pixelColor(corner + QPoint(1, 100)) == theme.current().color("control")


def test_a_zoom_set_for_new_data_stays_and_may_go_far_beyond_what_is_there(plot: Plot) -> None:
    plot.set_range(0, 20, 0, 5)
    plot.expect_new_data()
    plot.zoom_to((0, 1700, 2, 3))
    plot.set_range(0, 30, 0, 5)
    viewport = plot.viewport_now()
    assert plot.user_zoomed
    assert (viewport.x0, viewport.x1, viewport.y0, viewport.y1) == pytest.approx((0, 1700, 2, 3))


def test_an_axis_is_numbered_only_where_its_numbers_mean_something(qtbot: QtBot) -> None:
    plot = Plot()
    qtbot.addWidget(plot)
    plot.resize(300, 300)
    plot.set_range(0, 1, -2, 2)
    assert min(position for position, _ in plot.axes["left"].ticks()) < 0
    plot.number_left_from(0.0)
    assert min(position for position, _ in plot.axes["left"].ticks()) == 0
    assert max(position for position, _ in plot.axes["bottom"].ticks()) == 1
    plot.number_bottom_to(0.5)
    assert max(position for position, _ in plot.axes["bottom"].ticks()) == 0.4


def test_new_marks_are_painted_in_one_pass_with_what_else_is_new(plot: Plot, qapp: QApplication) -> None:
    class Passes(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() == QEvent.Type.UpdateRequest
            return False

    field = QLineEdit("b", plot)
    field.show()
    for _ in range(3):
        qapp.processEvents()
    passes = Passes()
    plot.installEventFilter(passes)
    field.setText("c")
    plot.set_marks([Points("p", np.zeros((1, 2)), "blue")])
    for _ in range(3):
        qapp.processEvents()
    assert passes.count == 1
