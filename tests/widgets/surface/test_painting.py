import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.contours import Field
from widgets.plots.marks.spoken import THICK, Framed, Stretches
from widgets.plots.marks.trails import Trail
from widgets.surface.painting import paint_on_surface, paint_surface
from widgets.surface.shape import Camera, Shot, is_hidden, surface_of

FIELD = Field(lambda x, y: np.exp(-4 * (x * x + y * y)), (-2.0, 2.0, -2.0, 2.0))
NAMES = ("x", "y", "f")


def _canvas() -> tuple[QImage, QPainter]:
    image = QImage(300, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    return image, QPainter(image)


def test_the_top_has_the_colour_of_the_highest_band(qapp: QApplication) -> None:
    image, painter = _canvas()
    camera = Camera(0, 80)
    surface = surface_of(FIELD, 30, False)
    paint_surface(painter, Shot(surface, camera, 300, 240), NAMES)
    painter.end()
    (top,), _ = camera.project(np.array([[0.0, 0.0, 1.0]]), 300, 240)
    colours = theme.current()
    colour, wanted = image.pixelColor(int(top[0]), int(top[1])), colours.surface(1.0)
    assert abs(colour.lightness() - wanted.lightness()) < 20


def test_a_field_with_gaps_leaves_holes(qapp: QApplication) -> None:
    image, painter = _canvas()
    half = Field(lambda x, y: np.log(x) ** 2 + y, (-2.0, 2.0, -2.0, 2.0))
    paint_surface(painter, Shot(surface_of(half, 30, False), Camera(0, 80), 300, 240), NAMES)
    painter.end()
    left = [image.pixelColor(x, 120).lightness() for x in range(100, 140)]
    right = [image.pixelColor(x, 120).lightness() for x in range(160, 200)]
    assert sum(right) > 2 * sum(left)


def test_trails_and_dots_lie_on_the_surface(qapp: QApplication) -> None:
    image, painter = _canvas()
    camera, surface = Camera(0, 80), surface_of(FIELD, 30, False)
    path = np.array([[-1.5, -1.0], [1.5, -1.0]])
    trail = Trail("a", np.linspace(path[0], path[1], 40), "blue", faint_xy=path[1:])
    dots = [Dot("start", (-1.5, 1.0), "ring", "start"), Dot("out", (9.0, 9.0), "plus")]
    paint_on_surface(painter, Rendering(smooth=False), Shot(surface, camera, 300, 240), [trail], dots)
    painter.end()
    (end,), _ = camera.project(surface.place(path[1:]), 300, 240)
    assert image.pixel(int(end[0]), int(end[1])) == theme.current().line("blue").rgb()


def test_a_marker_behind_a_slope_is_as_clear_as_any(qapp: QApplication) -> None:
    camera, surface = Camera(0, 20, rise=2.0), surface_of(FIELD, 30, False)
    places = [surface.place(np.array([[x, y]])) for x in (-1.0, 1.0, 0.0) for y in (-1.0, 1.0, 0.0)]
    hidden = next(place for place in places if is_hidden(surface, place, camera)[0])
    x, y = hidden[0, :2] * 2
    image, painter = _canvas()
    trail = Trail("a", np.array([[x, y]]), "blue")
    paint_on_surface(painter, Rendering(smooth=False), Shot(surface, camera, 300, 240), [trail], [])
    painter.end()
    (at,), _ = camera.project(hidden, 300, 240)
    assert image.pixel(int(at[0]), int(at[1])) == theme.current().line("blue").rgb()


def test_what_is_spoken_of_is_thick_and_has_corners(qapp: QApplication) -> None:
    camera, surface = Camera(0, 80), surface_of(FIELD, 30, False)
    gap = [[np.nan, np.nan]]
    xy = np.array([[-1.5, -1.0], [-0.5, -1.0], *gap, [0.5, -1.0], [1.5, -1.0], *gap])
    image, painter = _canvas()
    marks = [Stretches(xy, "blue"), Framed(((0.0, 1.0), (9.0, 9.0)), 20.0)]
    paint_on_surface(painter, Rendering(), Shot(surface, camera, 300, 240), [], [], marks)
    painter.end()

    def lit(x: float, y: float) -> list[bool]:
        (at,), _ = camera.project(surface.place(np.array([[x, y]])), 300, 240)
        return [image.pixelColor(int(at[0]), int(at[1]) + i).lightness() > 0 for i in range(-15, 16)]

    assert abs(sum(lit(-1.0, -1.0)) - THICK) <= 1
    assert not any(lit(0.0, -1.0))  # between two stretches
    assert not any(lit(0.0, 1.0))  # the thing itself stays to be seen
