import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.regions import Borders, Regions, border_lines, region_polygons
from widgets.plots.viewport import Viewport

VIEW = Viewport(-5, 5, -5, 5, 100, 100)


def _area(corners: Floats) -> float:
    x, y = corners[:, 0], corners[:, 1]
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


@pytest.mark.parametrize("seed", range(5))
def test_regions_cover_the_view_and_hold_their_nearest_points(seed: int, qapp: QApplication) -> None:
    centres = np.random.default_rng(seed).uniform(-4, 4, size=(5, 2))
    cells = region_polygons(centres, VIEW)
    assert sum(_area(cell) for cell in cells) == pytest.approx(100 * 100)
    series = theme.SERIES[:5]
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    Regions(tuple(map(tuple, centres.tolist())), series).paint(painter, VIEW, Rendering())
    painter.end()
    fills = {theme.current().region(colour).rgb(): index for index, colour in enumerate(series)}
    for across in range(3, 100, 7):
        for down in range(3, 100, 7):
            painted = fills.get(image.pixel(across, down))
            x, y = VIEW.data(across + 0.5, down + 0.5)
            distances = np.hypot(centres[:, 0] - x, centres[:, 1] - y)
            assert painted in (None, int(distances.argmin()))


def test_a_centre_that_is_nowhere_has_no_region_and_one_alone_has_all() -> None:
    cells = region_polygons(np.array([[np.nan, np.nan], [1.0, 1.0]]), VIEW)
    assert len(cells[0]) == 0
    assert _area(cells[1]) == pytest.approx(100 * 100)


def test_borders_lie_halfway_between_two_centres_each_once_and_not_at_the_edge() -> None:
    lines = border_lines(np.array([[-2.0, 0.0], [2.0, 0.0], [2.0, 0.0], [np.nan, 0.0]]), VIEW)
    assert sorted(map(sorted, lines.tolist())) == [[[50.0, 0.0], [50.0, 100.0]]]
    three = border_lines(np.array([[-2.0, 0.0], [2.0, 1.0], [2.0, -1.0]]), VIEW)
    assert len(three) == 3  # that meet
    meet = {tuple(np.round(end, 6)) for line in three for end in line.tolist()}
    assert len(meet) == 4
    assert len(border_lines(np.array([[1.0, 1.0]]), VIEW)) == 0


def test_borders_are_dashed_in_the_way_of_their_run(qapp: QApplication) -> None:
    images = []
    for letter in "BC":
        image = QImage(100, 100, QImage.Format.Format_RGB32)
        image.fill(theme.current().color("panel"))
        painter = QPainter(image)
        Borders(((-2.0, 0.0), (2.0, 0.0)), letter).paint(painter, VIEW, Rendering())
        painter.end()
        images.append(image)
        inked = [image.pixelColor(50, y) != theme.current().color("panel") for y in range(100)]
        assert any(inked)
        assert not all(inked)
    assert images[0] != images[1]
