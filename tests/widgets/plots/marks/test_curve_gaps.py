"""Bars between the curves of compared runs, with how far they are apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from widgets.base import theme
from widgets.plots.marks.curve_gaps import Gap, passes_under
from widgets.plots.marks.curves import Curve, Curves
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


def test_its_number_stands_beside_it_where_there_is_room(plot: Plot) -> None:
    assert accent(plot, GAP) > accent(plot, GAP._replace(text="")) > 0
    near = accent(plot, GAP._replace(text="B − A" * 20))
    assert near == accent(plot, GAP._replace(text=""))  # wider than the plot


def test_what_is_not_told_of_has_no_bar(plot: Plot) -> None:
    assert accent(plot, GAP, label="") == 0


def test_its_number_is_left_out_where_it_would_lie_on_a_curve(plot: Plot) -> None:
    for low, is_written in ((2.0, True), (7.0, False)):  # left of the bar: between the curves, or on both
        bar, told = (accent(plot, GAP._replace(text=text), low=low, at=10.0) for text in ("", GAP.text))
        assert (told > bar) == is_written


def test_a_line_passes_under_a_box_that_it_only_crosses_between_two_places() -> None:
    view, box = Viewport(0, 10, 0, 10, 200, 100), QRectF(80, 40, 60, 14)
    flat, away, steep = np.full(11, 5.0), np.full(11, 2.0), np.where(X < 5, 9.0, 0.0)
    for y, passes in ((flat, True), (away, False), (steep, True), (np.full(11, np.nan), False)):
        assert passes_under(box, view, [(X, y)]) == passes
    assert not passes_under(box, view, [(X[:3], flat[:3]), (X[:0], flat[:0])])
