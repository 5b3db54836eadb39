"""Both curves of all thresholds stand on one page, and each is a plot that can be taken, zoomed and exported."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.topics.loss_metrics.tab import LossMetricsTab
from playground.topics.loss_metrics.thresholds import BothCurves


@pytest.mark.parametrize(("size", "is_wide"), [((350, 190), True), ((270, 320), False)])
def test_they_stand_beside_each_other_or_one_over_the_other(
    qapp: Any, freed: Any, settle: Any, size: tuple[int, int], is_wide: bool
) -> None:
    both = BothCurves()
    freed(both)
    both.resize(*size)
    both.show()
    settle()
    roc, pr = both.roc.geometry(), both.pr.geometry()
    assert roc.size() == pr.size()
    assert (roc.top() == pr.top(), roc.left() == pr.left()) == (is_wide, not is_wide)


def test_an_export_shows_both(tab: LossMetricsTab, settle: Any) -> None:
    tab.run.advance(20)
    tab.curves.resize(400, 200)
    tab.shown.show("roc", tab.view())
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    tab.curves.paint_into(painter, QRectF(0, 0, 800, 400))
    painter.end()
    halves = [image.copy(left, 0, 400, 400) for left in (0, 400)]
    assert all(len({half.pixel(x, y) for x in range(0, 400, 7) for y in range(0, 400, 7)}) > 3 for half in halves)
    assert halves[0] != halves[1]


def test_the_scene_asks_in_the_plot_of_roc(tab: LossMetricsTab) -> None:
    tab.complete()
    tab.stage.open("twenty_answers")
    assert tab.shown.plot_of("roc") is tab.roc
    assert tab.roc.home == (-0.07, 1.07, -0.07, 1.07)
    with pytest.raises(LookupError, match="cells"):
        tab.shown.plot_of("cells")


def test_escape_lets_go_of_a_zoom_in_a_plot_that_a_panel_holds(tab: LossMetricsTab) -> None:
    tab.pr.zoom_to((0.5, 1.0, 0.5, 1.0))
    assert tab.pr.user_zoomed
    assert tab.escape()
    assert not tab.pr.user_zoomed
