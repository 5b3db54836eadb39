import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.plane_plot import Arrow, Dot, Field, PlanePlot, Points, Segment, Trail

HOME = (-5.0, 5.0, -5.0, 5.0)
PATH = np.array([[-4.0, -4.0], [-2.0, -3.0], [0.0, 0.0]])


@pytest.fixture
def plot(qtbot: QtBot) -> PlanePlot:
    made = PlanePlot()
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.set_range(*HOME)
    made.set_field(Field(lambda x, y: x * x + y * y, HOME))
    made.set_trails([Trail("sgd", "SGD", PATH, "black", draggable=True)])
    made.set_arrows([Arrow("velocity", (0, 0), (3, 0), "orange", "v")])
    made.set_dots([Dot("start", (-4.0, -4.0), "ring", "start", draggable=True), Dot("min", (2, 3), "plus")])
    made.show()
    qtbot.waitExposed(made)
    return made


def _at(plot: PlanePlot, x: float, y: float) -> QPointF:
    return plot.viewport_now().point(x, y)


def _in_widget(plot: PlanePlot, x: float, y: float) -> QPoint:
    return plot.widget_position(_at(plot, x, y)).toPoint()


def test_the_scale_is_equal_on_both_axes(plot: PlanePlot) -> None:
    for size in ((420, 400), (700, 300)):
        plot.resize(*size)
        plot.grab()
        viewport = plot.viewport_now()
        across = viewport.width / (viewport.x1 - viewport.x0)
        up = viewport.height / (viewport.y1 - viewport.y0)
        assert across == pytest.approx(up, rel=1e-6)
        assert viewport.x0 <= -5
        assert viewport.y1 >= 5


def test_marks_are_hit_within_ten_pixels(plot: PlanePlot) -> None:
    assert plot.mark_at(_at(plot, 2, 3) + QPointF(9, 0)) == "min"
    assert plot.mark_at(_at(plot, 2, 3) + QPointF(11, 0)) == ""
    assert plot.mark_at(_at(plot, 0, 0)) == "sgd"
    assert plot.mark_at(_at(plot, 2, 0) + QPointF(0, 4)) == "velocity"
    assert plot.handle_at(_at(plot, 2, 3)) == ""
    assert plot.handle_at(_at(plot, -4, -4)) == "start"


def test_pointing_at_a_mark_is_told_once_and_leaving_too(plot: PlanePlot, qtbot: QtBot) -> None:
    told: list[str] = []
    plot.marked.connect(told.append)
    for x, y in ((2, 3), (2, 3.05), (-1, 4), (-1, 3)):
        QTest.mouseMove(plot.viewport(), _in_widget(plot, x, y))
        qtbot.wait(1)
    assert told == ["min", ""]


def _drag(plot: PlanePlot, start: QPoint, stops: list[QPoint]) -> None:
    viewport = plot.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for stop in stops:  # QTest.mouseMove would move without the button
        held, place = Qt.MouseButton.LeftButton, QPointF(stop)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), held, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=stops[-1])


def test_dragging_a_handle_tells_where_and_does_not_pan(plot: PlanePlot, qtbot: QtBot) -> None:
    told: list[tuple[str, float, float, bool]] = []
    plot.dragged.connect(lambda *told_of: told.append(told_of))
    before = plot.viewport_now()
    _drag(plot, _in_widget(plot, -4, -4), [_in_widget(plot, -3, -3), _in_widget(plot, -1, 2)])
    assert told
    assert {name for name, _, _, _ in told} == {"start"}
    assert told[-1][1:3] == pytest.approx((-1, 2), abs=0.1)
    assert [finished for _, _, _, finished in told] == [False] * (len(told) - 1) + [True]
    assert plot.viewport_now() == before
    assert not plot.user_zoomed


def test_dragging_the_ground_pans(plot: PlanePlot) -> None:
    told: list[object] = []
    plot.dragged.connect(lambda *told_of: told.append(told_of))
    before = plot.viewport_now()
    _drag(plot, _in_widget(plot, -1, 4), [_in_widget(plot, 0, 4), _in_widget(plot, 2, 4)])
    assert not told
    assert plot.user_zoomed
    assert plot.viewport_now().x0 < before.x0
    plot.reset_view()
    assert plot.viewport_now() == before


@pytest.mark.parametrize("playing", [False, True])
def test_drawing_has_no_memory(plot: PlanePlot, playing: bool) -> None:
    plot.set_playing(playing)
    walk = np.cumsum(np.random.default_rng(0).normal(scale=0.2, size=(100, 2)), axis=0)
    seen = []
    for stop in (90, 50, 90, 50):
        plot.set_trails([Trail("a", "A", walk[:stop], "blue", faint_xy=walk[stop - 1 :])])
        plot.set_arrows([Arrow("v", tuple(walk[stop - 1]), (0.0, 0.0), "orange", "v")])
        seen.append(plot.grab().toImage())
    assert seen[0] == seen[2]
    assert seen[1] == seen[3]
    assert seen[0] != seen[1]


def test_highlight_changes_the_mark_and_nothing_remains(plot: PlanePlot) -> None:
    before = plot.grab().toImage()
    plot.highlight("velocity")
    assert plot.grab().toImage() != before
    plot.highlight("")
    assert plot.grab().toImage() == before


def test_the_note_stands_in_the_corner(plot: PlanePlot) -> None:
    before = plot.grab().toImage()
    plot.set_note("5 points will switch")
    after = plot.grab().toImage()
    corner = plot.widget_position(QPointF(8, plot.viewport_now().height - 24)).toPoint()
    assert before.copy(corner.x(), corner.y(), 80, 20) != after.copy(corner.x(), corner.y(), 80, 20)


def test_all_kinds_of_marks_export_at_once(plot: PlanePlot) -> None:
    plot.set_segments([Segment("e1", (-1, -1), (1, 1), label="e₁")])
    plot.set_points([Points("data", np.array([[3.0, -3.0]]), "green")])
    plot.set_note("5 points will switch")
    pictures = []
    for scale in (1, 2):
        image = QImage(420 * scale, 400 * scale, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        painter = QPainter(image)
        plot.paint_into(painter, QRectF(0, 0, 420 * scale, 400 * scale))
        painter.end()
        pictures.append(image.scaled(105, 100, mode=Qt.TransformationMode.SmoothTransformation))
    difference = [
        abs(pictures[0].pixelColor(x, y).lightness() - pictures[1].pixelColor(x, y).lightness())
        for x in range(105)
        for y in range(100)
    ]
    assert sum(difference) / len(difference) < 2.0
    assert max(difference) < 90
