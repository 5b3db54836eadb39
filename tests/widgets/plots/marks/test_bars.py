"""Bars: what is told when one is clicked or pointed at, and that all are drawn where they belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.plots.marks.bars import Bar, Bars
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot

BARS = (
    Bar(1, 4.0, "4", "four", focus="a"),
    Bar(3, 8.0, "8", "eight", strong=True, focus=("b", 1)),
    Bar(5, 2.0, "2", "two", faint=True, focus=3),
)


@pytest.fixture
def plot(dressed: Any, freed: Callable[[QWidget], None]) -> Plot:
    made = Plot("step", "points")
    freed(made)
    made.resize(420, 300)
    made.set_range(0, 6, 0, 10)
    made.set_marks([Bars(BARS, 2.0)])
    made.show()
    dressed.processEvents()
    return made


def colour_at(plot: Plot, x: float, y: float) -> QColor:
    picture: QImage = plot.grab().toImage()
    place = plot.widget_position(plot.viewport_now().point(x, y)).toPoint()
    return picture.pixelColor(place)


def test_a_bar_stands_from_zero_to_its_height(plot: Plot) -> None:
    colours = theme.current()
    assert colour_at(plot, 1, 2.0) == colours.color("accent")
    assert colour_at(plot, 1, 7.0) == colours.color("panel")
    assert colour_at(plot, 3, 7.0) == colours.color("accent")


def test_a_bar_ahead_is_faint(plot: Plot) -> None:
    faint, panel, accent = colour_at(plot, 5, 1.0), theme.current().color("panel"), theme.current().color("accent")
    assert faint not in (panel, accent)
    assert abs(faint.lightnessF() - panel.lightnessF()) < abs(faint.lightnessF() - accent.lightnessF())


def test_the_bar_in_whose_column_it_is(plot: Plot) -> None:
    hits = [plot.hit_at(plot.viewport_now().point(x, 9.5)) for x in (0.9, 2.1, 4.6, 6.5)]
    assert [hit and (hit.focus, hit.place) for hit in hits] == [
        ("a", (1, 4.0)),
        (("b", 1), (3, 8.0)),
        (3, (5, 2.0)),
        None,
    ]


def test_a_click_tells_the_bar(plot: Plot) -> None:
    told: list[Hit | None] = []
    plot.clicked.connect(lambda x, y, hit: told.append(hit))
    QTest.mouseClick(
        plot.viewport(),
        Qt.MouseButton.LeftButton,
        pos=plot.widget_position(plot.viewport_now().point(3.2, 9.0)).toPoint(),
    )
    assert [hit and hit.focus for hit in told] == [("b", 1)]


def test_the_tip_of_a_bar_and_of_a_change(plot: Plot) -> None:
    place = plot.viewport_now().point(3, 4)
    assert plot.tip_at(place) == "eight"
    plot.set_marks([Bars(BARS, 2.0, 2.0), ChangeMarks((ChangeMark(3, "k 3 → 4"),))])
    assert plot.tip_at(QPointF(place.x(), 8.0)) == "k 3 → 4"
    assert plot.tip_at(plot.viewport_now().point(5, 9)) == "two"


def test_no_bars_and_very_many_can_be_drawn(plot: Plot) -> None:
    plot.set_marks([Bars(())])
    assert not plot.grab().isNull()
    plot.set_range(0, 5000, 0, 1)
    plot.set_marks([Bars(tuple(Bar(float(i), float(np.sin(i) ** 2), str(i)) for i in range(5000)))])
    assert not plot.grab().isNull()
