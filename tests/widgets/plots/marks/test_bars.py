"""Bars: what is told when one is clicked or pointed at, and that all are drawn where they belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.plots.marks.bars import Bar, BarPlot
from widgets.plots.marks.curves import ChangeMark

BARS = [Bar(1, 4.0, "4", "four"), Bar(3, 8.0, "8", "eight", strong=True), Bar(5, 2.0, "2", "two", faint=True)]


@pytest.fixture
def plot(dressed: Any, freed: Callable[[QWidget], None]) -> BarPlot:
    made = BarPlot("step", "points")
    freed(made)
    made.resize(420, 300)
    made.set_range(0, 6, 0, 10)
    made.set_bars(BARS, 2.0)
    made.show()
    dressed.processEvents()
    return made


def colour_at(plot: BarPlot, x: float, y: float) -> QColor:
    picture: QImage = plot.grab().toImage()
    place = plot.widget_position(plot.viewport_now().point(x, y)).toPoint()
    return picture.pixelColor(place)


def test_a_bar_stands_from_zero_to_its_height(plot: BarPlot) -> None:
    shown = theme.current()
    assert colour_at(plot, 1, 2.0) == shown.color("accent")
    assert colour_at(plot, 1, 7.0) == shown.color("panel")
    assert colour_at(plot, 3, 7.0) == shown.color("accent")


def test_a_bar_ahead_is_faint(plot: BarPlot) -> None:
    faint, panel, accent = colour_at(plot, 5, 1.0), theme.current().color("panel"), theme.current().color("accent")
    assert faint not in (panel, accent)
    assert abs(faint.lightnessF() - panel.lightnessF()) < abs(faint.lightnessF() - accent.lightnessF())


def test_the_bar_at_a_place(plot: BarPlot) -> None:
    assert [plot.bar_at(x) for x in (0.9, 2.1, 4.6, 6.5)] == [0, 1, 2, None]


def test_a_click_tells_the_bar(plot: BarPlot) -> None:
    told: list[int] = []
    plot.bar_clicked.connect(told.append)
    plot.clicked.emit(3.2, 9.0)
    plot.clicked.emit(-4.0, 1.0)
    assert told == [1]


def test_the_tip_of_a_bar_and_of_a_change(plot: BarPlot) -> None:
    place = plot.viewport_now().point(3, 4)
    assert plot.tip_at(place) == "eight"
    plot.set_bars(BARS, 2.0, 2.0, [ChangeMark(3, "k 3 → 4")])
    assert plot.tip_at(QPointF(place.x(), 8.0)) == "k 3 → 4"


def test_the_same_bars_are_not_painted_again(plot: BarPlot, dressed: Any) -> None:
    painted: list[int] = []
    plot._item.draw = lambda painter: painted.append(1)
    plot.set_bars(list(BARS), 2.0)
    dressed.processEvents()
    assert painted == []


def test_no_bars_and_very_many_can_be_drawn(plot: BarPlot) -> None:
    plot.set_bars([])
    assert not plot.grab().isNull()
    plot.set_range(0, 5000, 0, 1)
    plot.set_bars([Bar(float(i), float(np.sin(i) ** 2), str(i)) for i in range(5000)])
    assert not plot.grab().isNull()
