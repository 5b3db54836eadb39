import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.letters import SIDE
from widgets.base.rendering import Rendering
from widgets.plots.marks.curves import Curve, Curves, curve_shape, last_value, tags_of
from widgets.plots.picture_cache import forget_images
from widgets.plots.viewport import Viewport

X, XS, LONG = np.arange(10.0), np.arange(11.0), np.arange(201.0)
FLAT = np.ones(201)
SQUARE, LINES = Viewport(0, 10, 0, 10, 200, 100), Viewport(0, 200, -2, 2, 300, 122)
PLAYING, PAUSED = Rendering(smooth=False), Rendering(smooth=True)


def test_curves_are_equal_when_they_are_the_same_arrays() -> None:
    assert Curve("a", "A", X, X, "black") == Curve("a", "A", X, X, "black")
    assert Curve("a", "A", X, X, "black") != Curve("a", "A", X, X.copy(), "black")
    assert Curve("a", "A", X, X, "black") != Curve("a", "A", X, X, "black", focused=True)


def test_arrays_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match"):
        Curve("a", "A", X, X[:5], "black")


def test_markers_go_with_the_colour_unless_chosen() -> None:
    assert Curve("a", "A", X, X, "blue").shape == "triangle_down"
    assert Curve("a", "A", X, X, "blue", marker="star").shape == "star"


def test_last_value_and_whether_the_curve_ended() -> None:
    y = np.array([np.nan, 1, 2, 3, np.nan, np.nan])
    curve = Curve("a", "A", np.arange(6.0), y, "black")
    assert last_value(curve, 0.0) is None
    assert last_value(curve, 2.0) == (2, False)
    assert last_value(curve, 3.5) == (3, False)
    assert last_value(curve, 5.0) == (3, True)
    assert last_value(curve, None) == (3, True)


def test_a_long_curve_has_at_most_two_points_a_pixel() -> None:
    x = np.arange(200_000.0)
    shape = curve_shape(x, np.sin(x), Viewport(0, 200_000, -1, 1, 400, 200))
    assert len(shape.steps) <= 2 * 400 + 4
    assert shape.rough


def test_tags_stand_at_the_last_value_up_to_the_cursor(qapp: QApplication) -> None:
    ended = np.where(XS < 4, XS, np.nan)
    curves = [
        Curve("a", "A", XS, XS, "black"),
        Curve("b", "B", XS, ended, "blue"),
        Curve("g", "G", XS, XS, "sky", ghost=True),
    ]
    whole, broken, ghost = tags_of(SQUARE, curves, 5.0)
    assert (whole.point.x(), whole.point.y(), whole.ended) == (100.0, 50.0, False)
    assert (broken.point.x(), broken.ended, broken.apart) == (60.0, True, True)
    assert (ghost.point.x(), ghost.ended, ghost.apart) == (200.0, False, True)


@pytest.mark.parametrize("height", [0.0, 5.0, 10.0])
def test_the_square_of_a_letter_stands_whole_at_the_ends_of_an_axis(qapp: QApplication, height: float) -> None:
    curves = [Curve("a", "A", XS, np.full(11, height), "black", letter=letter) for letter in ("A", "")]
    lettered, plain = tags_of(SQUARE, curves, 10.0)
    square = QRectF(lettered.point, lettered.point).adjusted(-SIDE / 2, -SIDE / 2, SIDE / 2, SIDE / 2)
    assert SQUARE.rect.contains(square)
    assert plain.point == SQUARE.point(10.0, height)


def test_markers_stand_at_a_cursor_only(qapp: QApplication) -> None:
    marked = []
    for cursor in (5.0, None):
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        Curves((Curve("a", "", XS, XS, "blue"),), cursor).paint_over(painter, SQUARE, PLAYING)
        painter.end()
        marked.append(image.pixelColor(100, 50) == theme.current().line("blue"))
    assert marked == [True, False]


def test_no_tag_for_what_is_not_begun_or_out_of_sight(qapp: QApplication) -> None:
    late = np.where(XS > 6, XS, np.nan)
    assert tags_of(SQUARE, [Curve("a", "A", XS, late, "black")], 5.0) == []
    assert tags_of(Viewport(6, 10, 0, 10, 200, 100), [Curve("a", "A", XS, XS, "black")], 2.0) == []
    assert tags_of(Viewport(0, 10, 0, 1, 200, 100, log_y=True), [Curve("a", "A", XS, -XS, "black")], 5.0) == []


# The lines.


def _picture(curves: list[Curve], cursor: float | None, rendering: Rendering) -> QImage:
    return _painted(Curves(tuple(curves), cursor), rendering)


def _painted(mark: Curves, rendering: Rendering) -> QImage:
    image = QImage(300, 122, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    mark.paint(painter, LINES, rendering)
    painter.end()
    return image


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_past_is_full_and_ahead_is_faint(qapp: QApplication, rendering: Rendering) -> None:
    image = _picture([Curve("a", "A", LONG, FLAT, "blue")], 100.0, rendering)
    assert image.pixel(50, 30) == theme.current().line("blue").rgb()
    assert image.pixel(250, 30) == theme.current().faint("blue").rgb()


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_nan_breaks_the_line(qapp: QApplication, rendering: Rendering) -> None:
    broken = np.where((LONG > 80) & (LONG < 120), np.nan, 1.0)
    image = _picture([Curve("a", "A", LONG, broken, "blue")], None, rendering)
    assert image.pixelColor(150, 30) == Qt.GlobalColor.white
    assert image.pixelColor(100, 30) == theme.current().line("blue")
    assert image.pixelColor(200, 30) == theme.current().line("blue")


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_kept_pictures_have_no_memory(qapp: QApplication, rendering: Rendering) -> None:
    """However a frame is reached, while a run grows or is replayed, it is the same picture."""
    y = np.sin(LONG / 15)
    for stop in (40, 41, 90, 150, 201, 70, 33):
        curves = [Curve("a", "A", LONG[:stop], y[:stop], "blue"), Curve("b", "B", LONG[:stop], -y[:stop], "orange")]
        for cursor in (stop - 1.0, stop / 2, None):
            used = _picture(curves, cursor, rendering)
            forget_images()
            assert _picture(curves, cursor, rendering) == used


def test_playing_and_paused_show_the_same_places(qapp: QApplication) -> None:
    curves = [Curve("a", "A", LONG, np.sin(LONG / 15), "blue", focused=True)]
    dark = []
    for rendering in (PLAYING, PAUSED):
        image = _picture(curves, 120.0, rendering).convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.array([[image.pixelColor(x, y).value() for x in range(0, 300, 5)] for y in range(122)])
        dark.append((rows * (255 - rows)).argmax(axis=0))
    assert np.abs(dark[0] - dark[1]).max() <= 3


def test_values_far_beyond_the_view_do_no_harm(qapp: QApplication) -> None:
    y = np.where(LONG < 100, -0.017, 1e300)
    image = _picture([Curve("a", "A", LONG, y, "blue")], None, PAUSED)
    assert image.pixelColor(60, 61) == theme.current().line("blue")
    assert image.pixelColor(250, 60) == Qt.GlobalColor.white


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_a_pale_curve_lies_between_full_and_faint(qapp: QApplication, rendering: Rendering) -> None:
    image = _picture([Curve("a", "A", LONG, FLAT, "blue", pale=True)], 100.0, rendering)
    colours = theme.current()
    assert image.pixel(50, 30) == colours.pale("blue").rgb()
    assert len({colours.line("blue").rgb(), colours.pale("blue").rgb(), colours.faint("blue").rgb()}) == 3


def test_the_nearest_step_is_hit_and_then_the_nearest_curve_however_far() -> None:
    curves = Curves((Curve("low", "", XS, XS / 10, "black"), Curve("high", "", XS, 10 - XS / 10, "blue")), 3.0)
    hit = curves.nearest(QPointF(65, 5), SQUARE)  # at 3.25, near the top
    assert hit is not None
    assert (hit.focus, hit.place, hit.draggable) == ("high", (3.0, 9.7), False)
    assert hit.distance > 20  # other marks win
    below = curves.nearest(QPointF(65, 60), SQUARE)
    assert below is not None
    assert below.focus == "low"
    assert Curves((Curve("none", "", XS, np.full(11, np.nan), "black"),)).nearest(QPointF(65, 5), SQUARE) is None


def test_a_zero_stands_hollow_and_named_at_the_foot_of_a_log_axis(qapp: QApplication) -> None:
    falls = np.array([1.0, 0.1, 0.01, 0.0, 0.0, 0.0])
    curves = [Curve("a", "Newton", XS[:6], falls, "sky"), Curve("b", "SGD", XS[:6], falls + 1e-3, "black")]
    log = Viewport(0, 10, -4, 1, 200, 100, log_y=True)
    before, _ = tags_of(log, curves, 2.0)
    assert (before.hollow, before.label) == (False, "Newton")
    zero, other = tags_of(log, curves, 4.0)
    assert (zero.hollow, zero.label, zero.point.x()) == (True, "Newton  0", 80.0)
    assert 88 < zero.point.y() < 100
    assert (other.hollow, other.label) == (False, "SGD")
    hit = Curves(tuple(curves[:1]), 4.0).nearest(QPointF(80, 50), log)
    assert hit is not None
    assert hit.place == (4.0, 0.0)
    flat, _ = tags_of(Viewport(0, 10, 0, 1, 200, 100), curves, 4.0)  # on other axes it is a value as any
    assert (flat.hollow, flat.label) == (False, "Newton")


def test_curves_without_a_cursor_look_the_same_straight_and_out_of_their_picture(qapp: QApplication) -> None:
    x = np.linspace(0, 10, 50)
    curves = (Curve("a", "", x, np.sin(x), "blue", dashed=True), Curve("b", "", x, np.cos(x), "orange"))
    mark = Curves(curves)
    straight, kept = (_painted(mark, PLAYING) for _ in range(2))
    assert kept == straight == _painted(Curves(curves), PLAYING)
