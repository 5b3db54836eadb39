from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.images import transparent_image
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.mark import paint_marks
from widgets.plots.marks.points import MANY, Clouds, Points, Targets, stamped
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)
WIDE = Viewport(0, 100, 0, 100, 100, 100)


def _picture(group: Points, vector: bool = False) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    group.paint(painter, VIEW, Rendering(smooth=True, vector=vector))
    painter.end()
    return image


@pytest.mark.parametrize("vector", [False, True])
def test_points_stand_where_they_should(qapp: QApplication, vector: bool) -> None:
    xy = np.array([[2.0, 8.0], [5.05, 4.95], [50.0, 5.0], [np.nan, 1.0]])
    image = _picture(Points("a", xy, "blue", marker="circle"), vector)
    assert image.pixel(50, 50) == theme.current().line("blue").rgb()
    assert image.pixel(20, 20) == theme.current().line("blue").rgb()
    assert image.pixelColor(90, 90) == Qt.GlobalColor.white


def test_hollow_points_show_the_panel_inside(qapp: QApplication) -> None:
    image = _picture(Points("a", np.array([[5.0, 5.0]]), "blue", hollow=True, size=12.0))
    assert image.pixel(50, 50) == theme.current().color("panel").rgb()
    assert image.pixelColor(50, 45) != Qt.GlobalColor.white


@pytest.mark.parametrize("vector", [False, True])
def test_crossed_points_show_the_panel_at_their_middle_alone(qapp: QApplication, vector: bool) -> None:
    image = _picture(Points("a", np.array([[5.0, 5.0]]), "blue", marker="square", size=14.0, crossed=True), vector)
    middle, beside = image.pixelColor(50, 50), image.pixel(50, 45)
    assert middle.lightness() > theme.current().line("blue").lightness()
    assert beside == theme.current().line("blue").rgb()


def test_another_shape_of_array_is_refused() -> None:
    with pytest.raises(ValueError, match="not \\(n, 2\\)"):
        Points("a", np.zeros(3), "blue")


def test_points_are_equal_when_they_are_the_same_array() -> None:
    xy = np.zeros((2, 2))
    assert Points("a", xy, "blue") == Points("a", xy, "blue")
    assert Points("a", xy, "blue") != Points("a", xy.copy(), "blue")


# Thousands of points in one picture, beside the same points painted one by one.


def pixels(image: QImage) -> NDArray[np.uint32]:
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize(("shape", "size"), [("circle", 8.0), ("square", 4.0), ("triangle_up", 6.0), ("circle", 2.0)])
def test_a_stamp_lies_where_the_point_is(dressed: Any, shape: str, size: float, scale: float) -> None:
    image = stamped(np.array([[30.5, 60.5]]), WIDE, shape, size, QColor("red").rgba(), scale)
    rows, columns = np.nonzero(pixels(image))
    assert len(rows)
    assert abs(columns.mean() / scale - 30.5) <= 1
    assert abs(rows.mean() / scale - 60.5) <= 1.2
    assert len(rows) <= (1.7 * size * scale + 2) ** 2
    assert set(pixels(image)[rows, columns]) == {QColor("red").rgba()}


def test_points_at_and_beyond_the_edge_are_cut(dressed: Any) -> None:
    places = np.array([[0.0, 0.0], [100.0, 100.0], [-50.0, 20.0], [1e9, 1e9], [-1.0, 50.0]])
    image = pixels(stamped(places, WIDE, "circle", 8.0, QColor("red").rgba(), 1.0))
    assert image[0, 0]
    assert image[99, 99]
    assert image[50, 1]
    assert not image[20, 40:].any()


def test_many_points_look_like_the_same_points_one_by_one(dressed: Any) -> None:
    rng = np.random.default_rng(0)
    xy = rng.uniform(10, 90, (MANY + 1, 2))
    shares = []
    for part in (xy, xy[:MANY]):  # stamped, and painted one by one
        image = transparent_image(100, 100, 1.0)
        painter = QPainter(image)
        Points("all", part, "blue", "circle", 4.0).paint(painter, WIDE, Rendering(False))
        painter.end()
        shares.append((pixels(image) >> 24 > 128).mean())
    assert shares[0] == pytest.approx(shares[1], rel=0.25)


def test_kept_clouds_are_what_would_be_painted(dressed: Any) -> None:
    rng = np.random.default_rng(1)
    groups = (
        Points("rings", rng.uniform(10, 90, (5, 2)), "black", "circle", 16.0, hollow=True),
        Points("cloud", rng.uniform(10, 90, (80, 2)), "orange"),
    )
    pictures = []
    for marks in (groups, (Clouds(groups),), (Clouds(groups),)):
        image = transparent_image(100, 100, 1.0)
        image.fill(QColor("white"))
        painter = QPainter(image)
        paint_marks(painter, WIDE, Rendering(False), marks)
        painter.end()
        pictures.append(pixels(image))
    difference = np.abs((pictures[0] & 255).astype(int) - (pictures[1] & 255).astype(int))
    assert difference.max() <= 2  # colours are rounded once more
    assert (pictures[1] == pictures[2]).all()


def test_the_nearest_target_is_hit_by_its_focus_and_gives_way_to_other_marks() -> None:
    targets = Targets(np.array([[2.0, 2.0], [5.0, 5.0]]), lambda index: ("point", index))
    hit = targets.nearest(QPointF(53, 50), VIEW)
    assert hit is not None
    assert (hit.focus, hit.draggable, hit.place) == (("point", 1), True, (5.0, 5.0))
    other = Dot("over", (5, 5)).nearest(QPointF(53, 50), VIEW)
    assert other is not None
    assert other.distance < hit.distance
    assert targets.nearest(QPointF(80, 50), VIEW) is None
    assert Targets(np.empty((0, 2)), str).nearest(QPointF(50, 50), VIEW) is None


def test_labels_keep_off_points_that_ask_for_it() -> None:
    xy = np.array([[2.0, 5.0], [8.0, 5.0], [80.0, 5.0]])
    assert not Points("a", xy, "blue").taken(VIEW)
    (box,) = Points("a", xy, "blue", size=6.0, clear=True).taken(VIEW)
    assert (box.left(), box.right(), box.height()) == (17.0, 83.0, 6.0)  # of those in view
    assert not Points("a", xy[2:], "blue", clear=True).taken(VIEW)
