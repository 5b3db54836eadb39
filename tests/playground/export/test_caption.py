from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from playground.export.caption import Caption, Name

pytestmark = pytest.mark.usefixtures("dressed")

NAMES = tuple(Name(f"Method {i}", "blue", "circle") for i in range(6))
WHOLE = Caption("Optimizers · Loss surface", "step", 7, names=NAMES, settings="Start 1, 2 · Seed 0")


def test_the_counter_says_the_step_and_the_beat_within_it() -> None:
    assert WHOLE.counter() == "Step 7"
    assert replace(WHOLE.at(1234), beat="update").counter() == "Step 1\N{THIN SPACE}234 · update"


def test_narrower_pictures_give_it_more_lines() -> None:
    assert WHOLE.above(120) > WHOLE.above(600)
    assert WHOLE.below(150) > WHOLE.below(900)


def test_all_frames_of_a_film_leave_the_same_room() -> None:
    first = replace(WHOLE.at(0), last=10**6)
    widths = range(150, 400, 5)
    assert [first.above(width) for width in widths] == [first.at(10**6).above(width) for width in widths]
    assert WHOLE.at(0).above(260) < first.above(260)  # the last step has no room beside the title


def test_a_low_picture_keeps_title_and_step_only() -> None:
    low = WHOLE.within(QSize(300, 100))
    assert (low.title, low.names, low.settings) == (WHOLE.title, (), "")
    assert low.below(300) == 0
    assert WHOLE.within(QSize(600, 400)) == WHOLE


def test_it_is_painted_above_and_below_what_it_leaves_free() -> None:
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    left = WHOLE.paint(painter, QRectF(0, 0, 400, 300))
    painter.end()
    inked = {y for y in range(300) for x in range(400) if picture.pixel(x, y) != QColor("white").rgb()}
    assert (left.top(), left.bottom()) == (WHOLE.above(400), 300 - WHOLE.below(400))
    assert not any(left.top() <= y < left.bottom() for y in inked)
    assert min(inked) < 12
    assert 290 < max(inked) < 300
