"""Strokes lead from place to place; the heads of arrows end where those do."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base.rendering import Rendering
from widgets.plots.marks.strokes import Strokes, head_corners
from widgets.plots.viewport import Viewport

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_head_ends_where_its_arrow_does_and_is_as_wide_to_both_sides() -> None:
    begins, ends = np.array([[0.0, 0.0], [0.0, 0.0], [5.0, 5.0]]), np.array([[40.0, 0.0], [0.0, -30.0], [6.0, 5.0]])
    corners = head_corners(begins, ends)
    assert len(corners) == 2  # the third is too short
    np.testing.assert_allclose(corners[:, 0], ends[:2])
    np.testing.assert_allclose(corners[0, 1:].mean(axis=0), [32.0, 0.0])
    np.testing.assert_allclose(corners[1, 1:].mean(axis=0), [0.0, -22.0])
    assert abs(corners[0, 1, 1] - corners[0, 2, 1]) == 7.0


def test_lines_are_painted_and_what_is_no_place_is_left_out() -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    begins, ends = np.array([[0.1, 0.5], [np.nan, 0.0]]), np.array([[0.9, 0.5], [1.0, 1.0]])
    strokes = Strokes("way", begins, ends, "blue", heads=True)
    strokes.paint(painter, Viewport(0.0, 1.0, 0.0, 1.0, 100.0, 100.0), Rendering())
    painter.end()
    assert image.pixelColor(50, 50) != QColor("white")
    assert image.pixelColor(50, 20) == QColor("white")


def test_arrays_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="way"):
        Strokes("way", np.zeros((2, 2)), np.zeros((3, 2)))
