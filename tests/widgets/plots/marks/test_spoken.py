"""What a scene speaks of is told by shape: thick stretches, corners, rings with words, numbers of answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base.rendering import Rendering
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.labels import placed
from widgets.plots.marks.mark import Mark, paint_marks
from widgets.plots.marks.spoken import THICK, Framed, Number, Ring, Stretches, stretched
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)


def painted(mark: Mark) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_marks(painter, VIEW, Rendering(), [mark])
    painter.end()
    return image


def ink(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 200


def test_a_stretch_leads_from_the_point_before_to_each_marked_one() -> None:
    xy = np.array([[float(i), 5.0] for i in range(6)])
    shown = stretched(xy, np.array([0, 2, 3, 5, 9]))
    assert np.array_equal(shown[:, 0], [1, 2, 3, np.nan, 4, 5, np.nan], equal_nan=True)
    assert stretched(xy, np.array([], dtype=int)).shape == (0, 2)


def test_only_marked_steps_are_thick(dressed: Any) -> None:
    xy = np.array([[float(i), 5.0] for i in range(11)])
    image = painted(Stretches(stretched(xy, np.array([3])), "black"))
    column = [ink(image, 25, y) for y in range(100)]
    assert sum(column) == pytest.approx(THICK, abs=1)
    assert not any(ink(image, 45, y) for y in range(100))


def test_corners_leave_the_thing_itself_to_be_seen(dressed: Any) -> None:
    image = painted(Framed(((5.0, 5.0),), 20.0))
    assert ink(image, 40, 42)
    assert not ink(image, 50, 41)
    assert not ink(image, 50, 50)
    assert ink(painted(Framed(((5.0, 5.0),), 0)), 50, 50)  # a cross, where they are many


def test_a_thing_out_of_view_is_marked_at_the_edge_whole(dressed: Any) -> None:
    assert painted(Framed(((99.0, 5.0),), 20.0)) == painted(Framed(((9.0, 5.0),), 20.0))
    assert painted(Framed(((float("nan"), 5.0),), 20.0)) == painted(Framed((), 20.0))


def test_a_ring_has_its_words_beside_it(dressed: Any) -> None:
    ring = Ring((5.0, 5.0), "step 4")
    (label,) = ring.labels(VIEW)
    assert (label.text, label.point) == ("step 4", QPointF(50, 50))
    image = painted(Ring((5.0, 5.0), ""))
    assert ink(image, 57, 50)
    assert not ink(image, 50, 50)


def test_a_number_stands_off_its_mark(dressed: Any) -> None:
    image = painted(Number((5.0, 5.0), "2"))
    assert not ink(image, 50, 50)
    assert painted(Number((5.0, 5.0), "3")) != image


def test_the_words_of_a_ring_keep_off_the_values_at_the_cursor() -> None:
    view, x = Viewport(0, 20, 0, 10, 300, 150), np.array([0.0, 1.0])
    curve = Curve("a", "A  0.141", x, np.array([5.0, 5.0]), "blue")
    curves, ring = Curves((curve,), 1.0), Ring((1.0, 5.0), "step 1")
    (value,) = curves.taken(view)
    assert value.left() > view.point(1.0, 5.0).x()
    taken = [*curves.taken(view), *ring.taken(view)]
    ((_, box),) = placed(view, ring.labels(view), taken)
    assert not box.intersects(value)
