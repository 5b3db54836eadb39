"""Bars between the curves of compared runs, with how far they are apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from widgets.base import theme
from widgets.plots.marks.curve_gaps import Gap
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.labels import Lines, clearest, stretches
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

X = np.arange(11.0)
GAP = Gap("A", "B", "B − A  −5.000")


def accent(plot: Plot, *gaps: Gap, low: float = 2.0, label: str = "2.000", at: float = 4.0) -> int:
    """Return how many pixels have the colour of differences."""
    own = Curve("loss", "7.000", X, np.full(11, 7.0), "black", letter="A")
    other = Curve("B loss", label, X, np.full(11, low), "black", letter="B", front=False)
    plot.set_marks([Curves((own, other), at, gaps)])
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return int((pixels == theme.current().color("accent_text").rgb()).sum())


@pytest.fixture
def plot(qtbot: Any, dressed: Any) -> Plot:
    made = Plot()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.set_range(0, 10, 0, 10)
    made.show()
    return made


def test_a_bar_is_as_long_as_the_gap(plot: Plot) -> None:
    assert accent(plot) == 0
    near, far = (accent(plot, GAP._replace(text=""), low=low) for low in (6.0, 2.0))
    assert 0 < near < far


def chosen(boxes: list[QRectF], viewport: Viewport, lines: Lines) -> QRectF:
    return clearest(boxes, stretches(boxes, viewport, lines))


def test_its_number_stands_beside_it_where_there_is_room(plot: Plot) -> None:
    assert accent(plot, GAP) > accent(plot, GAP._replace(text="")) > 0
    near = accent(plot, GAP._replace(text="B − A" * 20))
    assert near == accent(plot, GAP._replace(text=""))  # wider than the plot


def test_its_number_stands_where_no_curve_runs(plot: Plot) -> None:
    viewport = plot.viewport_now()
    level = np.full(11, 5.0)
    on, above, below = (QRectF(250, viewport.point(0, y).y() - 7, 80, 14) for y in (5.0, 6.5, 3.5))
    assert chosen([on, above, below], viewport, [(X, level)]) == above
    assert chosen([on, above, below], viewport, [(X, level), (X, level + 1.5)]) == below
    assert chosen([on, above, below], viewport, []) == on
    assert chosen([on], viewport, [(X, level)]) == on


def test_what_is_not_told_of_has_no_bar(plot: Plot) -> None:
    assert accent(plot, GAP, label="") == 0


def test_a_line_that_only_crosses_a_box_between_two_places_counts() -> None:
    view, box, other = Viewport(0, 10, 0, 10, 200, 100), QRectF(80, 40, 60, 14), QRectF(80, 0, 60, 14)
    flat, away, steep = np.full(11, 5.0), np.full(11, 2.0), np.where(X < 5, 9.5, 4.5)
    for y, is_clear in ((flat, False), (away, True), (steep, False), (np.full(11, np.nan), True)):
        assert (chosen([box, other], view, [(X, y)]) == box) == is_clear
    assert chosen([box, other], view, [(X[:3], flat[:3]), (X[:0], flat[:0])]) == box


def test_between_curves_close_to_each_other_its_number_stands_above_them() -> None:
    viewport = Viewport(0.0, 10.0, 0.0, 10.0, 300, 200)
    curves = tuple(
        Curve(f"{letter} loss", letter, X, np.full(11, y), "black", letter=letter)
        for letter, y in (("A", 0.3), ("B", 0.5))
    )
    made = Curves(curves, 10.0, (GAP,))
    alone = len(Curves(curves, 10.0).taken(viewport))
    (box,) = made.taken(viewport)[alone:]
    assert box.bottom() < viewport.point(0.0, 0.5).y()


def test_of_curves_that_run_along_the_upper_edge_its_number_stands_below_them() -> None:
    viewport = Viewport(0.0, 10.0, 0.0, 1.0, 210, 155)
    curves = tuple(Curve(f"{x} right", "1.000", X, np.full(11, 0.99), "black", letter=x) for x in "AB")
    made = Curves(curves, 6.0, (GAP,))
    *_, box = made.taken(viewport)
    assert box.top() > viewport.point(0.0, 0.99).y()
    assert not any(box.intersects(other) for other in made.taken(viewport)[:-1])
