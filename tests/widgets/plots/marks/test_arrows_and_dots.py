from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import (
    Arrow,
    Dot,
    Links,
    Measure,
    Segment,
    distance_to_segment,
)
from widgets.plots.marks.mark import Hit, Mark
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)


def _painted(*marks: Mark, lit: str | None = None) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for mark in marks:
        mark.paint(painter, VIEW, Rendering(lit=lit))
    for mark in marks:
        mark.paint_over(painter, VIEW, Rendering(lit=lit))
    painter.end()
    return image


def test_distance_to_a_segment() -> None:
    begin, end = QPointF(0, 0), QPointF(10, 0)
    assert distance_to_segment(QPointF(5, 3), begin, end) == 3
    assert distance_to_segment(QPointF(14, 3), begin, end) == 5
    assert distance_to_segment(QPointF(3, 4), begin, begin) == 5


def test_the_lit_arrow_is_thicker(qapp: QApplication) -> None:
    widths = []
    for lit in (None, "v"):
        image = _painted(Arrow("v", (1, 5), (9, 5), "orange"), lit=lit)
        inks = {theme.current().line("orange").rgb(), theme.current().color("accent_text").rgb()}
        widths.append(sum(image.pixel(40, y) in inks for y in range(100)))
    assert widths[1] > widths[0] > 0


def test_an_arrow_that_leaves_the_view_is_cut(qapp: QApplication) -> None:
    image = _painted(Arrow("v", (5, 5), (1e9, 5), "orange"), Arrow("w", (5, float("nan")), (6, 5), "orange"))
    assert image.pixel(90, 50) == theme.current().line("orange").rgb()


def test_arrows_and_rings_that_are_to_be_seen_lie_over_markers(qapp: QApplication) -> None:
    marker = Trails((Trail("a", np.array([[5.0, 5.0]]), "orange", focused=True),))
    line = theme.current().line
    assert _painted(marker, Arrow("v", (2, 5), (9, 5), "sky")).pixel(50, 50) == line("sky").rgb()
    assert _painted(marker, Dot("d", (5, 5), "ring")).pixel(50, 50) == line("orange").rgb()
    ring = _painted(marker, Dot("d", (5, 5), "ring", over=True))
    assert ring.pixel(50, 50) == theme.current().color("panel").rgb()


@pytest.mark.parametrize("style", ["ring", "number", "plus"])
def test_dots_are_seen_at_their_place(qapp: QApplication, style: str) -> None:
    image = _painted(Dot("d", (5, 5), style, "1", "blue"), Dot("out", (50, 5), style), lit="d")
    inked = [(x, y) for x in range(100) for y in range(100) if image.pixelColor(x, y) != Qt.GlobalColor.white]
    assert inked
    assert all(30 < x < 70 and 30 < y < 70 for x, y in inked)


def test_segments_are_cut_at_the_edge(qapp: QApplication) -> None:
    image = _painted(Segment("e", (-1e6, 5), (1e6, 5)))
    assert image.pixelColor(1, 50) != Qt.GlobalColor.white
    assert image.pixelColor(98, 50) != Qt.GlobalColor.white


def test_links_go_from_begin_to_end(dressed: Any) -> None:
    ends = np.array([[9.0, 5.0], [np.nan, 3.0]])
    image = _painted(Links("a", np.array([[1.0, 5.0], [1.0, 1.0]]), ends, "green"))
    faint = theme.current().faint("green")
    inked = [(x, y) for x in range(100) for y in range(100) if image.pixel(x, y) == faint.rgb()]
    assert {y for _, y in inked} == {50}
    assert (min(inked)[0], max(inked)[0]) == (10, 90)


def test_links_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match"):
        Links("a", np.zeros((2, 2)), np.zeros((3, 2)), "green")


def test_a_dot_is_hit_within_ten_pixels_and_an_arrow_within_six_but_dots_win() -> None:
    dot, arrow = Dot("d", (5, 5), draggable=True), Arrow("v", (5, 5), (9, 5), "orange")
    near, beside = dot.nearest(QPointF(55, 50), VIEW), arrow.nearest(QPointF(55, 50), VIEW)
    assert near == Hit("d", 5.0, True, (5, 5))
    assert beside is not None
    assert (beside.focus, beside.draggable) == ("v", False)
    assert near.distance < beside.distance
    assert dot.nearest(QPointF(61, 50), VIEW) is None
    assert arrow.nearest(QPointF(70, 57), VIEW) is None
    assert Arrow("short", (5, 5), (5.1, 5), "orange").nearest(QPointF(50, 50), VIEW) is None
    assert Dot("nowhere", (float("nan"), 5)).nearest(QPointF(50, 50), VIEW) is None


def test_what_lies_under_a_numbered_ring_is_seen(qapp: QApplication) -> None:
    image = _painted(Links("a", np.array([[5.4, 0.0]]), np.array([[5.4, 10.0]]), "green"), Dot("d", (5, 5), "number"))
    line = theme.current().faint("green")
    assert image.pixel(54, 46) == line.rgb()  # inside the ring, beside its cross
    assert image.pixelColor(50, 50).lightness() < 150  # the place itself


def test_the_length_of_a_line_stands_at_the_middle_of_what_is_seen_of_it(qapp: QApplication) -> None:
    (label,) = Measure("m", (2, 5), (1e6, 5), "blue", "1.5", strong=True).labels(VIEW)
    assert (label.text, label.point) == ("1.5", QPointF(60, 50))
    assert Measure("m", (2, 5), (float("nan"), 5), "blue", "1.5").labels(VIEW) == []


def test_the_strong_line_is_whole_the_others_are_dashed(qapp: QApplication) -> None:
    pictures = (_painted(Measure("m", (1, 5), (9, 5), "blue", "", strong)) for strong in (True, False))
    inked = [sum(picture.pixelColor(x, 50) != Qt.GlobalColor.white for x in range(100)) for picture in pictures]
    assert inked[0] > 75 > 60 > inked[1] > 20


def test_a_line_with_its_length_gives_way_to_what_it_leads_to(qapp: QApplication) -> None:
    assert Measure("m", (1, 5), (9, 5), "blue", "8").nearest(QPointF(50, 50), VIEW) is None
