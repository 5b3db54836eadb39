import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.curve_lines import CurveLines
from widgets.plots.marks.curves import Curve
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 200, -2, 2, 300, 122)
PLAYING, PAUSED = Rendering(smooth=False), Rendering(smooth=True)
X = np.arange(201.0)
FLAT = np.ones(201)


def _picture(lines: CurveLines, curves: list[Curve], cursor: float | None, rendering: Rendering) -> QImage:
    image = QImage(300, 122, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    lines.paint(painter, VIEW, rendering, curves, cursor)
    painter.end()
    return image


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_past_is_full_and_ahead_is_faint(qapp: QApplication, rendering: Rendering) -> None:
    image = _picture(CurveLines(), [Curve("a", "A", X, FLAT, "blue")], 100.0, rendering)
    assert image.pixel(50, 30) == theme.current().line("blue").rgb()
    assert image.pixel(250, 30) == theme.current().faint("blue").rgb()


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_nan_breaks_the_line(qapp: QApplication, rendering: Rendering) -> None:
    broken = np.where((X > 80) & (X < 120), np.nan, 1.0)
    image = _picture(CurveLines(), [Curve("a", "A", X, broken, "blue")], None, rendering)
    assert image.pixelColor(150, 30) == Qt.GlobalColor.white
    assert image.pixelColor(100, 30) == theme.current().line("blue")
    assert image.pixelColor(200, 30) == theme.current().line("blue")


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_kept_pictures_have_no_memory(qapp: QApplication, rendering: Rendering) -> None:
    """However a frame is reached, while a run grows or is replayed, it is the same picture."""
    y = np.sin(X / 15)
    used = CurveLines()
    for stop in (40, 41, 90, 150, 201, 70, 33):
        curves = [Curve("a", "A", X[:stop], y[:stop], "blue"), Curve("b", "B", X[:stop], -y[:stop], "orange")]
        for cursor in (stop - 1.0, stop / 2, None):
            fresh = _picture(CurveLines(), curves, cursor, rendering)
            assert _picture(used, curves, cursor, rendering) == fresh


def test_playing_and_paused_show_the_same_places(qapp: QApplication) -> None:
    curves = [Curve("a", "A", X, np.sin(X / 15), "blue", focused=True)]
    dark = []
    for rendering in (PLAYING, PAUSED):
        image = _picture(CurveLines(), curves, 120.0, rendering).convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.array([[image.pixelColor(x, y).value() for x in range(0, 300, 5)] for y in range(122)])
        dark.append((rows * (255 - rows)).argmax(axis=0))
    assert np.abs(dark[0] - dark[1]).max() <= 3


def test_values_far_beyond_the_view_do_no_harm(qapp: QApplication) -> None:
    y = np.where(X < 100, -0.017, 1e300)
    image = _picture(CurveLines(), [Curve("a", "A", X, y, "blue")], None, PAUSED)
    assert image.pixelColor(60, 61) == theme.current().line("blue")
    assert image.pixelColor(250, 60) == Qt.GlobalColor.white


@pytest.mark.parametrize("rendering", [PLAYING, PAUSED])
def test_a_pale_curve_lies_between_full_and_faint(qapp: QApplication, rendering: Rendering) -> None:
    image = _picture(CurveLines(), [Curve("a", "A", X, FLAT, "blue", pale=True)], 100.0, rendering)
    shown = theme.current()
    assert image.pixel(50, 30) == shown.pale("blue").rgb()
    assert len({shown.line("blue").rgb(), shown.pale("blue").rgb(), shown.faint("blue").rgb()}) == 3
