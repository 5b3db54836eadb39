import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from widgets.plots.line_plot import ChangeMark, Curve, LinePlot, Points

X = np.arange(61.0)
MARKS = (ChangeMark(9.0, "η 0.004 → 0.003"),)


def _curves(x: np.ndarray = X) -> list[Curve]:
    return [
        Curve("sgd", "SGD", x, 100 * np.exp(-x / 10), "black"),
        Curve("adam", "Adam", x, 50 * np.exp(-x / 20), "blue", focused=True),
    ]


@pytest.fixture
def plot(qtbot: QtBot) -> LinePlot:
    made = LinePlot("step", "loss")
    qtbot.addWidget(made)
    made.resize(400, 250)
    made.set_log(y=True)
    made.set_range(0, 60, 0.01, 1000)
    made.grab()
    return made


def _image(plot: LinePlot) -> QImage:
    image: QImage = plot.grab().toImage()
    return image


@pytest.mark.parametrize("playing", [False, True])
def test_drawing_has_no_memory(plot: LinePlot, playing: bool) -> None:
    plot.set_playing(playing)
    curves, seen = _curves(), []
    for cursor in (9.0, 5.0, 9.0, 5.0):
        plot.set_curves(curves, cursor, MARKS)
        seen.append(_image(plot))
    assert seen[0] == seen[2]
    assert seen[1] == seen[3]
    assert seen[0] != seen[1]


def test_the_same_curves_again_repaint_nothing(plot: LinePlot, qtbot: QtBot) -> None:
    painted = []
    draw = plot._item.draw

    def counted(painter: QPainter) -> None:
        painted.append(1)
        draw(painter)

    plot._item.draw = counted
    plot.show()
    qtbot.waitExposed(plot)
    curves = _curves()
    plot.set_curves(curves, 9.0, MARKS)
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.wait(0)
    painted.clear()
    plot.set_curves(list(curves), 9.0, MARKS)
    qtbot.wait(20)
    assert not painted
    plot.set_curves(curves, 10.0, MARKS)
    qtbot.waitUntil(lambda: len(painted) == 1)


def test_log_axis_puts_a_value_where_its_power_is(plot: LinePlot) -> None:
    viewport = plot.viewport_now()
    heights = [viewport.point(0.0, value).y() for value in (1000.0, 100.0, 10.0)]
    assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1])
    assert viewport.data(0.0, heights[2])[1] == pytest.approx(10.0)


def test_nearest_takes_the_step_first_and_then_the_curve(plot: LinePlot) -> None:
    plot.set_curves(_curves(), 30.0)
    near = plot.nearest(10.3, 40.0)
    assert near is not None
    assert (near.name, near.step) == ("sgd", 10.0)
    assert near.value == pytest.approx(100 * np.exp(-1))
    far = plot.nearest(40.0, 8.0)
    assert far is not None
    assert far.name == "adam"


def test_nearest_skips_what_is_not_finite(plot: LinePlot) -> None:
    plot.set_curves([Curve("a", "A", X, np.where(X < 20, 1.0, np.nan), "black")], 30.0)
    near = plot.nearest(50.0, 1.0)
    assert near is not None
    assert near.step == 19.0
    plot.set_curves([Curve("a", "A", X, np.full(61, np.nan), "black")], 30.0)
    assert plot.nearest(50.0, 1.0) is None


def test_a_change_mark_tells_its_text(plot: LinePlot) -> None:
    plot.set_curves(_curves(), 30.0, MARKS)
    at = plot.viewport_now().point(9.0, 1.0).x()
    assert plot.tip_at(QPointF(at, 8.0)) == "η 0.004 → 0.003"
    assert plot.tip_at(QPointF(at + 60, 8.0)) == ""


def test_points_are_seen_beside_curves(plot: LinePlot) -> None:
    plot.set_curves([], None)
    before = _image(plot)
    plot.set_points([Points("data", np.array([[10.0, 1.0], [20.0, 10.0]]), "blue")])
    assert _image(plot) != before


@pytest.mark.parametrize("scale", [1, 2])
def test_exports_have_the_layout_of_the_screen(plot: LinePlot, scale: int) -> None:
    plot.set_curves(_curves(), 30.0, MARKS)
    screen = _image(plot).convertToFormat(QImage.Format.Format_RGB32)
    image = QImage(400 * scale, 250 * scale, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    plot.paint_into(painter, QRectF(0, 0, 400 * scale, 250 * scale))
    painter.end()
    small = image.scaled(400, 250, mode=Qt.TransformationMode.SmoothTransformation)
    assert _difference(screen, small) < (0.3 if scale == 1 else 4.0)


def _difference(one: QImage, other: QImage) -> float:
    return float(np.abs(_array(one).astype(float) - _array(other)).mean())


def _array(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : image.width() * 4].copy()
