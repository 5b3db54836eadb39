"""Runs in parts of one picture."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.tab.runs_beside import RunsBeside
from playground.tab.topic_tab import TopicTab
from widgets.plots.marks.trails import Trails
from widgets.plots.plot import Plot


@pytest.fixture
def compared(tab: TopicTab, settle: Any) -> TopicTab:
    tab.run.advance(4)
    tab.run.pin()
    tab.set_parameter("start", [30.0, 0.4])  # its own picture is wider than that of A
    tab.run.advance(4)
    settle()
    return tab


def plane(tab: TopicTab) -> Plot:
    made = tab.plots()["surface"]
    assert isinstance(made, Plot)
    return made


def look(tab: TopicTab, way: str) -> RunsBeside:
    tab.compared.ways.chosen.emit(way)
    page = tab.shown.page_of("surface")
    assert isinstance(page, RunsBeside)
    return page


def letters(tab: TopicTab) -> set[str]:
    """Return whose ways the panel's own plot shows, beside those of the run in view."""
    return {trail.letter for mark in plane(tab).marks if isinstance(mark, Trails) for trail in mark.trails} - {""}


def test_beside_each_run_has_a_part_of_its_own_on_one_range(compared: TopicTab) -> None:
    assert letters(compared) == {"A"}
    parts = look(compared, "beside").parts()
    assert list(parts) == ["A", "B"]
    assert parts["B"] is plane(compared)
    assert letters(compared) == set()
    assert parts["A"].home == parts["B"].home
    ways = {o: next(m for m in plot.marks if isinstance(m, Trails)).trails[-1].xy for o, plot in parts.items()}
    assert [way[0].tolist() for way in ways.values()] == [[-4.6, 0.4], [30.0, 0.4]]
    compared.run.bring_forward("A")
    parts = look(compared, "beside").parts()
    assert list(parts) == ["A", "B"]
    assert parts["A"] is plane(compared)
    assert plane(compared).x() < parts["B"].x()


def test_parts_follow_a_zoom_into_the_panel(compared: TopicTab) -> None:
    parts = look(compared, "beside").parts()
    plane(compared).zoom_to((-1.0, 1.0, -1.0, 1.0))
    assert parts["A"].viewport_now().x1 == pytest.approx(parts["B"].viewport_now().x1, rel=0.05)  # a pixel is wide
    assert parts["A"].user_zoomed
    compared.reset_views()
    assert not parts["A"].user_zoomed


def test_only_leaves_the_others_out_and_over_brings_them_back(compared: TopicTab) -> None:
    assert look(compared, "only").parts() == {}
    assert letters(compared) == set()
    assert compared.card.line() == "B only"
    look(compared, "over")
    assert letters(compared) == {"A"}
    assert compared.card.line() == ""


def test_an_unpinned_run_leaves_the_picture_whole(compared: TopicTab) -> None:
    page = look(compared, "beside")
    compared.run.unpin("A")
    assert page.parts() == {}
    assert [plot.isVisibleTo(compared) for plot in page.others()] == [False]


def test_an_export_has_all_parts(compared: TopicTab) -> None:
    page = look(compared, "beside")
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    page.paint_into(painter, QRectF(0, 0, 400, 200))
    painter.end()
    own = page.parts()["A"].geometry().center()
    scale = min(400 / page.width(), 200 / page.height())
    assert image.pixel(round(scale * own.x()), round(scale * own.y())) != 0xFF000000
