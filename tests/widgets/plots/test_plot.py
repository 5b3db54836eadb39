from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import Arrow, Dot, Segment
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.marks.contours import Field
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.note import Note
from widgets.plots.marks.points import Clouds, Points
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

HOME = (-5.0, 5.0, -5.0, 5.0)
PATH = np.array([[-4.0, -4.0], [-2.0, -3.0], [0.0, 0.0]])


MARKS: tuple[Mark, ...] = (
    Field(lambda x, y: x * x + y * y, HOME),
    Trails((Trail("sgd", PATH, "black", draggable=True),)),
    Dot("start", (-4.0, -4.0), "ring", "start", draggable=True),
    Dot("min", (2, 3), "plus"),
    Arrow("velocity", (0, 0), (3, 0), "orange", "v"),
)


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    made = Plot("x", "y", equal_scale=True)
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.set_range(*HOME)
    made.set_marks(MARKS)
    made.show()
    qtbot.waitExposed(made)
    return made


def _at(plot: Plot, x: float, y: float) -> QPointF:
    return plot.viewport_now().point(x, y)


def _in_widget(plot: Plot, x: float, y: float) -> QPoint:
    return plot.widget_position(_at(plot, x, y)).toPoint()


def test_the_scale_is_equal_on_both_axes(plot: Plot) -> None:
    for size in ((420, 400), (700, 300)):
        plot.resize(*size)
        plot.grab()
        viewport = plot.viewport_now()
        across = viewport.width / (viewport.x1 - viewport.x0)
        up = viewport.height / (viewport.y1 - viewport.y0)
        assert across == pytest.approx(up, rel=1e-6)
        assert viewport.x0 <= -5
        assert viewport.y1 >= 5


def test_the_nearest_mark_is_hit_and_the_nearest_that_can_be_dragged(plot: Plot) -> None:
    def focus(x: float, y: float, aside: QPointF, draggable: bool = False) -> object:
        hit = plot.hit_at(_at(plot, x, y) + aside, draggable)
        return hit and hit.focus

    assert focus(2, 3, QPointF(9, 0)) == "min"
    assert focus(2, 3, QPointF(11, 0)) is None
    assert focus(0, 0, QPointF()) == "sgd"
    assert focus(2, 0, QPointF(0, 4)) == "velocity"
    assert focus(2, 3, QPointF(), draggable=True) is None
    assert focus(-4, -4, QPointF(), draggable=True) == "start"


def test_pointing_tells_data_coordinates(plot: Plot, qtbot: QtBot) -> None:
    place = plot.widget_position(plot.viewport_now().point(-1.0, 4.0)).toPoint()
    with qtbot.waitSignal(plot.pointed) as told:
        QTest.mouseMove(plot.viewport(), place)
    assert told.args == [pytest.approx(-1.0, abs=0.2), pytest.approx(4.0, abs=0.2), None]
    with qtbot.waitSignal(plot.left):
        QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))


def test_a_click_tells_data_coordinates_and_what_was_hit(plot: Plot, qtbot: QtBot) -> None:
    place = plot.widget_position(plot.viewport_now().point(2.0, 3.0)).toPoint()
    with qtbot.waitSignal(plot.clicked) as told:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    x, y, hit = told.args
    assert (x, y, hit.focus) == (pytest.approx(2.0, abs=0.2), pytest.approx(3.0, abs=0.2), "min")


def test_pointing_at_a_mark_is_told_once_and_leaving_too_and_lights_it(plot: Plot, qtbot: QtBot) -> None:
    told: list[object] = []
    plot.hit_changed.connect(lambda hit: told.append(hit and hit.focus))
    before = plot.grab().toImage()
    for x, y in ((2, 3), (2, 3.05), (-1, 4), (-1, 3)):
        QTest.mouseMove(plot.viewport(), _in_widget(plot, x, y))
        qtbot.wait(1)
        assert (plot.grab().toImage() != before) == (x == 2)
    assert told == ["min", None]


def test_what_the_pointer_leaves_makes_room_for_what_was_lit_before(plot: Plot) -> None:
    plot.highlight("velocity")
    lit = [plot.lit]
    QTest.mouseMove(plot.viewport(), _in_widget(plot, 2, 3))
    lit.append(plot.lit)
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert [*lit, plot.lit] == ["velocity", "min", "velocity"]


def test_equal_marks_again_are_not_painted_again(plot: Plot, qtbot: QtBot) -> None:
    @dataclass(frozen=True)
    class Counted(Mark):
        name: str

        def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
            painted.append(self.name)

    painted: list[str] = []
    plot.set_marks([Counted("a")])
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.wait(0)
    painted.clear()
    plot.set_marks([Counted("a")])
    qtbot.wait(20)
    assert not painted
    plot.set_marks([Counted("b")])
    qtbot.waitUntil(lambda: painted == ["b"])


@pytest.mark.parametrize("in_corners", [False, True])
def test_what_is_painted_between_the_axes_alone_looks_as_it_does_in_the_whole(plot: Plot, in_corners: bool) -> None:
    plot.set_names("x", "y", in_corners)
    whole = plot.viewport().grab().toImage()
    corner = plot.widget_position(QPointF(0, 0)).toPoint()
    size = plot.viewport_now().rect.size().toSize()
    box = QRect(corner, size).adjusted(-1, -1, 1, 1) & plot.viewport().rect()
    assert plot.viewport().grab(box).toImage() == whole.copy(box)


def test_a_ground_lies_under_all_marks_and_takes_the_place_of_the_grid(plot: Plot) -> None:
    with_ground = plot.grab().toImage()
    plot.set_marks(MARKS[1:])
    with_grid = plot.grab().toImage()
    assert with_grid != with_ground
    plot.set_marks([*MARKS[1:], MARKS[0]])
    assert plot.grab().toImage() == with_ground
    assert plot.marks[0] == MARKS[0]


def _drag(plot: Plot, start: QPoint, stops: list[QPoint]) -> None:
    viewport = plot.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for stop in stops:  # QTest.mouseMove would move without the button
        held, place = Qt.MouseButton.LeftButton, QPointF(stop)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), held, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=stops[-1])


def test_dragging_a_handle_tells_where_and_does_not_pan(plot: Plot, qtbot: QtBot) -> None:
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


def test_a_range_that_follows_what_is_dragged_waits_until_it_is_let_go(plot: Plot) -> None:
    seen: list[Viewport] = []

    def follow(_: str, x: float, y: float, finished: bool) -> None:
        far = 10 + abs(x) + abs(y)
        plot.set_range(-far, far, -far, far)
        seen.append(plot.viewport_now())

    before = plot.viewport_now()
    plot.dragged.connect(follow)
    _drag(plot, _in_widget(plot, -4, -4), [_in_widget(plot, -3, -3), _in_widget(plot, -1, 2)])
    assert seen[:-1] == [before] * (len(seen) - 1)
    assert seen[-1] != before


def test_dragging_the_ground_pans(plot: Plot) -> None:
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
def test_drawing_has_no_memory(plot: Plot, playing: bool, has_memory: Any) -> None:
    plot.set_playing(playing)
    walk = np.cumsum(np.random.default_rng(0).normal(scale=0.2, size=(100, 2)), axis=0)

    def grab(stop: int) -> QImage:
        x, y = walk[stop - 1].tolist()
        trail = Trail("a", walk[:stop], "blue", faint_xy=walk[stop - 1 :])
        plot.set_marks([MARKS[0], Trails((trail,)), Arrow("v", (x, y), (0.0, 0.0), "orange", "v")])
        image: QImage = plot.grab().toImage()
        return image

    assert not has_memory(grab, 90, 50)


def test_highlight_changes_the_mark_and_nothing_remains(plot: Plot) -> None:
    before = plot.grab().toImage()
    plot.highlight("velocity")
    assert plot.grab().toImage() != before
    plot.highlight(None)
    assert plot.grab().toImage() == before


def test_the_note_stands_in_the_corner(plot: Plot) -> None:
    before = plot.grab().toImage()
    plot.set_marks([*MARKS, Note("5 points will switch")])
    after = plot.grab().toImage()
    corner = plot.widget_position(QPointF(8, plot.viewport_now().height - 24)).toPoint()
    assert before.copy(corner.x(), corner.y(), 80, 20) != after.copy(corner.x(), corner.y(), 80, 20)


def test_all_kinds_of_marks_export_at_once(plot: Plot, exports: Any) -> None:
    cloud = Clouds((Points("data", np.array([[3.0, -3.0]]), "green"),))
    plot.set_marks([*MARKS, cloud, Segment("e1", (-1, -1), (1, 1), label="e₁"), Note("5 points will switch")])
    pictures = []
    for scale in (1, 2):
        image = exports.image(plot, 420 * scale, 400 * scale)
        pictures.append(image.scaled(105, 100, mode=Qt.TransformationMode.SmoothTransformation))
    difference = [
        abs(pictures[0].pixelColor(x, y).lightness() - pictures[1].pixelColor(x, y).lightness())
        for x in range(105)
        for y in range(100)
    ]
    assert sum(difference) / len(difference) < 2.0
    assert max(difference) < 90


# Curves over steps.


X = np.arange(61.0)
CHANGES = ChangeMarks((ChangeMark(9.0, "η 0.004 → 0.003"),))


def _curves(x: np.ndarray = X) -> tuple[Curve, ...]:
    return (
        Curve("sgd", "SGD", x, 100 * np.exp(-x / 10), "black"),
        Curve("adam", "Adam", x, 50 * np.exp(-x / 20), "blue", focused=True),
    )


@pytest.fixture
def line_plot(qtbot: QtBot) -> Plot:
    made = Plot("step", "loss")
    qtbot.addWidget(made)
    made.resize(400, 250)
    made.set_log(y=True)
    made.set_range(0, 60, 0.01, 1000)
    made.grab()
    return made


def _image(line_plot: Plot) -> QImage:
    image: QImage = line_plot.grab().toImage()
    return image


@pytest.mark.parametrize("playing", [False, True])
def test_drawing_curves_has_no_memory(line_plot: Plot, playing: bool) -> None:
    line_plot.set_playing(playing)
    curves, seen = _curves(), []
    for cursor in (9.0, 5.0, 9.0, 5.0):
        line_plot.set_marks([Curves(curves, cursor), CHANGES])
        seen.append(_image(line_plot))
    assert seen[0] == seen[2]
    assert seen[1] == seen[3]
    assert seen[0] != seen[1]


def test_log_axis_puts_a_value_where_its_power_is(line_plot: Plot) -> None:
    viewport = line_plot.viewport_now()
    heights = [viewport.point(0.0, value).y() for value in (1000.0, 100.0, 10.0)]
    assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1])
    assert viewport.data(0.0, heights[2])[1] == pytest.approx(10.0)


def test_a_change_mark_tells_its_text(line_plot: Plot) -> None:
    line_plot.set_marks([Curves(_curves(), 30.0), CHANGES])
    at = line_plot.viewport_now().point(9.0, 1.0).x()
    assert line_plot.tip_at(QPointF(at, 8.0)) == "η 0.004 → 0.003"
    assert line_plot.tip_at(QPointF(at + 60, 8.0)) == ""


def test_points_are_seen_beside_curves(line_plot: Plot) -> None:
    line_plot.set_marks([Curves(())])
    before = _image(line_plot)
    line_plot.set_marks([Points("data", np.array([[10.0, 1.0], [20.0, 10.0]]), "blue"), Curves(())])
    assert _image(line_plot) != before


@pytest.mark.parametrize("scale", [1, 2])
def test_exports_of_curves_have_the_layout_of_the_screen(line_plot: Plot, scale: int, exports: Any) -> None:
    line_plot.set_marks([Curves(_curves(), 30.0), CHANGES])
    screen = _image(line_plot).convertToFormat(QImage.Format.Format_RGB32)
    image = exports.image(line_plot, 400 * scale, 250 * scale)
    small = image.scaled(400, 250, mode=Qt.TransformationMode.SmoothTransformation)
    assert _difference(screen, small) < (0.3 if scale == 1 else 4.0)


def _difference(one: QImage, other: QImage) -> float:
    return float(np.abs(_array(one).astype(float) - _array(other)).mean())


def _array(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : image.width() * 4].copy()


@dataclass(frozen=True)
class Sheet(Mark):
    """Covers the plot with a colour, over what has been painted."""

    colour: str

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        painter.fillRect(viewport.rect, QColor(self.colour))


def test_what_is_written_at_curves_lies_over_the_answer_and_not_below_it(plot: Plot) -> None:
    plot.set_marks([Sheet("red")])
    plot.show_answer(Sheet("blue"))
    assert QColor(plot.grab().toImage().pixel(plot.viewport().geometry().center())) == QColor("red")
