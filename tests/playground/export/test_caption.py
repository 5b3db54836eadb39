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


def painted(caption: Caption) -> set[int]:
    """Return the rows of a picture of 400 × 300 in which there is ink."""
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    caption.paint(painter, QRectF(0, 0, 400, 300))
    painter.end()
    return {y for y in range(300) for x in range(400) if picture.pixel(x, y) != QColor("white").rgb()}


def test_the_letter_of_a_run_touches_no_other_line() -> None:
    names = Name("0", letter="A"), Name("1", letter="B"), *NAMES[:4]
    caption = replace(WHOLE, names=names)
    inked = [y for y in painted(caption) if y >= 300 - caption.below(400)]
    lines = [y for y in inked if y - 1 not in inked]
    assert len(lines) == 3


def test_it_is_painted_above_and_below_what_it_leaves_free() -> None:
    inked = painted(WHOLE)
    assert not any(WHOLE.above(400) <= y < 300 - WHOLE.below(400) for y in inked)
    assert min(inked) < 12
    assert 290 < max(inked) < 300
