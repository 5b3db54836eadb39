import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.labels import APART
from widgets.base.rendering import Rendering
from widgets.plots.marks.curve_labels import Tag, label_middles, paint_tags
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)


def test_label_heights_are_14_px_apart() -> None:
    middles = label_middles(VIEW, [50.0, 50.0, 51.0, 52.0])
    assert (np.diff(sorted(middles)) >= APART - 1e-9).all()


def test_a_ghost_is_muted_and_stands_apart(qapp: QApplication) -> None:
    own, ghost = Tag("A", QPointF(50, 50), "blue", "circle"), Tag("A", QPointF(50, 50), "blue", "circle", ghost=True)
    assert (own.apart, own.ink) == (False, theme.current().ink("blue"))
    assert (ghost.apart, ghost.ink) == (True, theme.current().color("muted"))


def test_markers_can_be_left_out(qapp: QApplication) -> None:
    coloured = []
    for markers in (True, False):
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(theme.current().color("panel"))
        painter = QPainter(image)
        paint_tags(painter, VIEW, Rendering(), [Tag("", QPointF(100, 50), "blue", "circle")], markers)
        painter.end()
        coloured.append(image.pixelColor(100, 50) == theme.current().line("blue"))
    assert coloured == [True, False]
