"""Thousands of points in one picture, beside the same points painted one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base.images import transparent_image
from widgets.base.rendering import Rendering
from widgets.plots.marks.links import Links, paint_links
from widgets.plots.marks.points import MANY, KeptPoints, Points, paint_points
from widgets.plots.marks.stamps import stamped
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 100, 0, 100, 100, 100)


def pixels(image: QImage) -> NDArray[np.uint32]:
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize(("shape", "size"), [("circle", 8.0), ("square", 4.0), ("triangle_up", 6.0), ("circle", 2.0)])
def test_a_stamp_lies_where_the_point_is(dressed: Any, shape: str, size: float, scale: float) -> None:
    image = stamped(np.array([[30.5, 60.5]]), VIEW, shape, size, QColor("red").rgba(), scale)
    rows, columns = np.nonzero(pixels(image))
    assert len(rows)
    assert abs(columns.mean() / scale - 30.5) <= 1
    assert abs(rows.mean() / scale - 60.5) <= 1.2
    assert len(rows) <= (1.7 * size * scale + 2) ** 2
    assert set(pixels(image)[rows, columns]) == {QColor("red").rgba()}


def test_points_at_and_beyond_the_edge_are_cut(dressed: Any) -> None:
    places = np.array([[0.0, 0.0], [100.0, 100.0], [-50.0, 20.0], [1e9, 1e9], [-1.0, 50.0]])
    image = pixels(stamped(places, VIEW, "circle", 8.0, QColor("red").rgba(), 1.0))
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
        paint_points(painter, VIEW, Rendering(False), [Points("all", part, "blue", "circle", 4.0)])
        painter.end()
        shares.append((pixels(image) >> 24 > 128).mean())
    assert shares[0] == pytest.approx(shares[1], rel=0.25)


def test_kept_clouds_are_what_would_be_painted(dressed: Any) -> None:
    rng = np.random.default_rng(1)
    groups = [
        Points("rings", rng.uniform(10, 90, (5, 2)), "black", "circle", 16.0, hollow=True),
        Points("cloud", rng.uniform(10, 90, (80, 2)), "orange"),
    ]
    kept, pictures = KeptPoints(), []
    for paint in (paint_points, kept.paint, kept.paint):
        image = transparent_image(100, 100, 1.0)
        image.fill(QColor("white"))
        painter = QPainter(image)
        paint(painter, VIEW, Rendering(False), groups)
        painter.end()
        pictures.append(pixels(image))
    difference = np.abs((pictures[0] & 255).astype(int) - (pictures[1] & 255).astype(int))
    assert difference.max() <= 2  # colours are rounded once more
    assert (pictures[1] == pictures[2]).all()


def test_links_go_from_begin_to_end(dressed: Any) -> None:
    image = transparent_image(100, 100, 1.0)
    painter = QPainter(image)
    ends = np.array([[90.0, 50.0], [np.nan, 3.0]])
    paint_links(painter, VIEW, [Links("a", np.array([[10.0, 50.0], [1.0, 1.0]]), ends, "green")])
    painter.end()
    rows, columns = np.nonzero(pixels(image))
    assert set(rows) == {50}
    assert columns.min() <= 10 < 89 <= columns.max()


def test_links_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match"):
        Links("a", np.zeros((2, 2)), np.zeros((3, 2)), "green")
