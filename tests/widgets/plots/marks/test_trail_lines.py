import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.trail_lines import TrailLines
from widgets.plots.marks.trails import Trail
from widgets.plots.viewport import Viewport

VIEW = Viewport(-1.5, 1.5, -1.5, 1.5, 200, 200)
PLAYING, PAUSED = Rendering(smooth=False), Rendering(smooth=True)
T = np.linspace(0, 6, 200)
SPIRAL = np.stack((np.cos(T) * (1 - T / 10), np.sin(T) * (1 - T / 10)), axis=1)


def _picture(lines: TrailLines, trails: list[Trail], rendering: Rendering) -> QImage:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(image)
    lines.paint(painter, VIEW, rendering, trails)
    painter.end()
    return image


def _trails(stop: int) -> list[Trail]:
    ahead = SPIRAL[stop - 1 :]
    return [Trail("a", "A", SPIRAL[:stop], "blue", faint_xy=ahead), Trail("b", "B", -SPIRAL[:stop], "orange")]


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_kept_pictures_have_no_memory(qapp: QApplication, rendering: Rendering) -> None:
    used = TrailLines()
    for stop in (20, 33, 34, 63, 64, 150, 200, 130, 97, 5):
        trails = _trails(stop)
        assert _picture(used, trails, rendering) == _picture(TrailLines(), trails, rendering)


def test_a_trail_that_grows_within_a_block_keeps_its_picture(qapp: QApplication) -> None:
    lines = TrailLines()
    _picture(lines, _trails(70), PLAYING)
    kept = lines._kept.image("lines", lambda painter: pytest.fail("made anew"))
    _picture(lines, _trails(71), PLAYING)
    assert lines._kept.image("lines", lambda painter: pytest.fail("made anew")) is kept


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_line_casing_and_what_is_ahead(qapp: QApplication, rendering: Rendering) -> None:
    line = np.array([[-1.0, 0.0075], [0.0, 0.0075]])
    trail = Trail("a", "A", line, "blue", focused=True, faint_xy=np.array([[0.0, 0.0075], [1.0, 0.0075]]))
    image = _picture(TrailLines(), [trail], rendering)
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
        image = _picture(TrailLines(), [Trail("a", "A", path, "blue")], PAUSED)
        counts.append(sum(image.pixel(x, 98) == colour for x in range(200)))
    assert counts[0] > 9
    assert counts[1] == 0


def test_a_trail_far_out_of_view_does_no_harm(qapp: QApplication) -> None:
    away = np.array([[0.0, 0.0], [1e12, 2.5e11]])
    image = _picture(TrailLines(), [Trail("a", "A", away, "blue")], PAUSED)
    assert theme.current().line("blue").rgb() in {image.pixel(180, y) for y in range(77, 83)}
