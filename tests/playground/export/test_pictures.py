from __future__ import annotations

import io
import json
import re
import time
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsView, QLabel, QLineEdit, QVBoxLayout, QWidget

from core import optimizers
from core.run.recipe import Recipe
from playground.export.pictures import (
    Origin,
    Picture,
    Subject,
    image,
    of_panel,
    of_screen,
    pdf,
    svg,
    write_png,
)
from playground.tab.topic_tab import TopicTab

pytestmark = pytest.mark.usefixtures("dressed")


class Halves(QWidget):
    """Left half red, right half blue."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width() // 2, self.height(), QColor("red"))
        painter.fillRect(self.width() // 2, 0, self.width() // 2, self.height(), QColor("blue"))


def halves(width: int = 100, height: int = 60) -> Halves:
    widget = Halves()
    widget.resize(width, height)
    return widget


def origin(step: int = 5) -> Origin:
    return Origin("名", Recipe("optimizers", 1, 3, optimizers.Params()), step)


def test_a_widget_is_scaled_to_the_size_asked_for() -> None:
    widget = halves()
    made = image(Subject(widget, QSize(200, 120)), 2)
    assert (made.width(), made.height(), made.devicePixelRatio()) == (400, 240, 2)
    assert made.pixelColor(199, 120) == QColor("red")
    assert made.pixelColor(201, 120) == QColor("blue")
    assert made.pixelColor(2, 238) == QColor("red")


def test_a_panel_has_a_margin() -> None:
    widget = halves()
    made = image(of_panel(widget))
    assert (made.width(), made.height()) == (116, 76)
    assert made.pixelColor(7, 7) == QColor("white")
    assert made.pixelColor(8, 8) == QColor("red")
    assert made.pixelColor(107, 67) == QColor("blue")


def test_a_png_carries_recipe_and_step() -> None:
    file, widget = io.BytesIO(), halves()
    write_png(file, image(of_screen(widget)), origin())
    with Image.open(file) as picture:
        assert json.loads(picture.info["recipe"])["seed"] == 3
        assert picture.info["step"] == "5"
        assert picture.getpixel((10, 10)) == (255, 0, 0)


def test_no_focus_ring_is_drawn_and_the_focus_comes_back(qtbot: Any) -> None:
    form = QWidget()
    column = QVBoxLayout(form)
    fields = [QLineEdit(form), QLineEdit(form)]
    for field in fields:
        column.addWidget(field)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    fields[0].setFocus()
    first = image(of_screen(form))
    assert fields[0].hasFocus()
    fields[1].setFocus()
    assert image(of_screen(form)) == first


def test_the_views_keep_their_caches_when_drawn(tab: TopicTab) -> None:
    before = {view: view.cacheMode() for view in tab.findChildren(QGraphicsView)}
    assert QGraphicsView.CacheModeFlag.CacheBackground in before.values()
    assert b"<path" in svg(of_screen(tab), origin())
    assert {view: view.cacheMode() for view in before} == before


def test_documents_have_their_title() -> None:
    widget = halves()
    assert "<title>名</title>" in svg(of_screen(widget), origin()).decode()
    assert pdf(of_screen(widget), origin()).startswith(b"%PDF")


def test_words_in_an_svg_ask_for_fonts_by_names_that_other_programs_know() -> None:
    document = svg(of_screen(QLabel("Loss")), origin()).decode()
    families = re.findall("font-family=\"'([^']*)', (sans-serif|monospace)\"", document)
    assert families
    assert {family for family, _ in families} <= set(QFontDatabase.families())
    assert document.count("font-family") == len(families)


def test_a_picture_is_drawn_in_one_slice() -> None:
    file, widget, ticks = io.BytesIO(), halves(), []
    picture = Picture(of_screen(widget), ".png", 3, origin())
    assert len(list(picture.draw())) == picture.length
    picture.write(file, lambda: ticks.append(1))
    with Image.open(file) as made:
        assert made.size == (300, 180)
    assert ticks


def test_a_pdf_tells_neither_time_nor_zone_and_its_objects_stand_where_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []
    for zone in ("UTC", "Asia/Shanghai"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.append(pdf(of_screen(halves()), origin()))
    monkeypatch.undo()
    time.tzset()
    assert made[0] == made[1]
    assert b"(D:19700101000000+00'00')" in made[0]
    table = int(made[0].rpartition(b"startxref")[2].split()[0])
    assert made[0][table:].startswith(b"xref")
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) \d{5} n", made[0][table:])]
    assert len(offsets) > 5
    for offset in offsets:
        assert re.match(rb"\d+ 0 obj", made[0][offset:])
