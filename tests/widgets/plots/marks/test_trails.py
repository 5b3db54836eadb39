from unittest import mock

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.kept_images import KeptImages
from widgets.base.markers import FOCUSED_MARKER, MARKER, at_edge
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Hit, paint_marks
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.picture_cache import forget_images
from widgets.plots.viewport import Viewport

XY = np.array([[0.0, 0.0], [1.0, 1.0]])
VIEW = Viewport(0, 2, 0, 2, 100, 100)
AROUND = Viewport(-1.5, 1.5, -1.5, 1.5, 200, 200)


def test_the_marker_stands_at_the_last_point() -> None:
    now = Trail("a", XY, "blue").now(VIEW)
    assert now is not None
    assert now.toTuple() == (50.0, 50.0)
    assert Trail("a", XY[:0], "blue").now(VIEW) is None
    assert Trail("a", XY, "blue", marker="none").now(VIEW) is None
    assert Trail("a", np.array([[np.nan, 1.0]]), "blue").now(VIEW) is None


def test_the_focused_marker_is_larger() -> None:
    assert Trail("a", XY, "blue").marker_size == MARKER
    assert Trail("a", XY, "blue", focused=True).marker_size == FOCUSED_MARKER


def test_trails_are_equal_when_they_are_the_same_arrays() -> None:
    assert Trail("a", XY, "blue") == Trail("a", XY, "blue")
    assert Trail("a", XY, "blue") != Trail("a", XY, "blue", faint_xy=XY)


def test_another_shape_of_array_is_refused() -> None:
    with pytest.raises(ValueError, match="not \\(n, 2\\)"):
        Trail("a", XY, "blue", ghost_xy=np.zeros(4))


# The lines.


PLAYING, PAUSED = Rendering(smooth=False), Rendering(smooth=True)
T = np.linspace(0, 6, 200)
SPIRAL = np.stack((np.cos(T) * (1 - T / 10), np.sin(T) * (1 - T / 10)), axis=1)


def _picture(trails: list[Trail], rendering: Rendering) -> QImage:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(image)
    Trails(tuple(trails)).paint(painter, AROUND, rendering)
    painter.end()
    return image


def _trails(stop: int) -> list[Trail]:
    ahead = SPIRAL[stop - 1 :]
    return [Trail("a", SPIRAL[:stop], "blue", faint_xy=ahead), Trail("b", -SPIRAL[:stop], "orange")]


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_kept_pictures_have_no_memory(qapp: QApplication, rendering: Rendering) -> None:
    used = {}
    stops = (20, 33, 34, 63, 64, 80, 81, 150, 200, 130, 160, 97, 5)
    for stop in stops:
        used[stop] = _picture(_trails(stop), rendering)
    for stop in stops:
        forget_images()
        assert _picture(_trails(stop), rendering) == used[stop]


def test_a_trail_that_grows_within_a_block_keeps_its_picture(qapp: QApplication) -> None:
    _picture(_trails(70), PLAYING)
    with mock.patch.object(KeptImages, "grown", autospec=True, side_effect=KeptImages.grown) as asked:
        _picture(_trails(71), PLAYING)
    (kept, name, _, pieces), _ = asked.call_args
    assert kept.grown(name, lambda painter: pytest.fail("made anew"), pieces).width() == 200


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_line_casing_and_what_is_ahead(qapp: QApplication, rendering: Rendering) -> None:
    line = np.array([[-1.0, 0.0075], [0.0, 0.0075]])
    trail = Trail("a", line, "blue", focused=True, faint_xy=np.array([[0.0, 0.0075], [1.0, 0.0075]]))
    image = _picture([trail], rendering)
    column = {image.pixel(60, y) for y in range(90, 110)}
    assert theme.current().line("blue").rgb() in column
    assert theme.current().color("casing").rgb() in column
    ahead = {image.pixel(140, y) for y in range(90, 110)}
    assert theme.current().line("blue").rgb() not in ahead
    assert len(ahead) > 1


def test_dots_while_they_are_few(qapp: QApplication) -> None:
    few = np.stack((np.linspace(-1, 1, 9), np.zeros(9)), axis=1)
    many = np.stack((np.linspace(-1, 1, 900), np.zeros(900)), axis=1)
    colour = theme.current().line("blue").rgb()
    counts = []
    for path in (few, many):
        image = _picture([Trail("a", path, "blue")], PAUSED)
        counts.append(sum(image.pixel(x, 98) == colour for x in range(200)))
    assert counts[0] > 9
    assert counts[1] == 0


def test_a_trail_far_out_of_view_does_no_harm(qapp: QApplication) -> None:
    away = np.array([[0.0, 0.0], [1e12, 2.5e11]])
    image = _picture([Trail("a", away, "blue")], PAUSED)
    assert theme.current().line("blue").rgb() in {image.pixel(180, y) for y in range(77, 83)}


def test_the_nearest_marker_is_hit_and_the_lit_one_has_a_ring(qapp: QApplication) -> None:
    near, far = Trail("near", SPIRAL[:1], "blue", draggable=True), Trail("far", -SPIRAL[:1], "orange")
    mark, place = Trails((near, far)), AROUND.point(1.0, 0.0)
    assert mark.nearest(place + QPointF(3, 4), AROUND) == Hit("near", 5.0, True, (1.0, 0.0))
    assert mark.nearest(place + QPointF(11, 0), AROUND) is None
    pictures = []
    for lit in (None, "near", "far"):
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.lightGray)
        painter = QPainter(image)
        paint_marks(painter, AROUND, Rendering(lit=lit), [mark])
        painter.end()
        pictures.append(image)
    ring = place + QPointF((near.marker_size + 7) / 2, 0)
    assert pictures[0].pixelColor(ring.toPoint()) == Qt.GlobalColor.lightGray
    assert pictures[1].pixelColor(ring.toPoint()) != Qt.GlobalColor.lightGray
    assert pictures[2].pixelColor(ring.toPoint()) == Qt.GlobalColor.lightGray


def test_a_label_stands_at_the_arrow_head_of_a_mark_out_of_view(dressed: QApplication) -> None:
    far = Trails((Trail("a", np.array([[50.0, 50.0]]), "blue", label="4"),))
    (label,) = far.labels(VIEW)
    assert label.point == at_edge(QPointF(1e4, -1e4), VIEW.rect)
    assert VIEW.rect.contains(label.point)
    (inside,) = Trails((Trail("a", XY, "blue", label="4"),)).labels(VIEW)
    assert inside.point.toTuple() == (50.0, 50.0)


def test_a_compared_run_that_left_the_picture_has_its_letter_beside_the_arrow_head(qapp: QApplication) -> None:
    path = np.array([[0.0, 0.0], [50.0, 0.0]])
    plain, told = (_picture([Trail("a", path, "blue", letter=letter)], PAUSED) for letter in ("", "B"))
    edge = [(x, y) for x in range(165, 186) for y in range(90, 111)]
    assert any(plain.pixel(x, y) != told.pixel(x, y) for x, y in edge)
