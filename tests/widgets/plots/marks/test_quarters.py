"""Four quarters around a place, whose upright line can be taken."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.captions import Off
from widgets.plots.marks.quarters import Quarter, Quarters
from widgets.plots.viewport import Viewport

VIEW = Viewport(-2, 2, -10, 10, 400, 300)
FOUR = (
    Quarter("3", "left", hatched=True),
    Quarter("4", "right"),
    Quarter("5", "left"),
    Quarter("6", "right", hatched=True),
)


def painted(mark: Quarters, lit: str | None = None) -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    mark.paint(painter, VIEW, Rendering(lit=lit))
    mark.paint_over(painter, VIEW, Rendering(lit=lit))
    painter.end()
    return image


def test_the_hatched_quarters_are_coloured_and_the_others_are_not(dressed: QApplication) -> None:
    panel = theme.current().color("panel").rgb()
    image = painted(Quarters(1.0, 0.0, FOUR, "line"))
    grounds = [
        {image.pixel(x, y) for x in xs for y in ys}
        for ys in (range(60, 100), range(190, 230))
        for xs in (range(100, 140), range(330, 370))
    ]
    assert [ground == {panel} for ground in grounds] == [False, True, True, False]


def test_the_line_can_be_taken_where_it_stands_also_at_the_edge() -> None:
    for x, across in ((1.0, 300), (-2.0, 0), (5.0, 400), (-9.0, 0)):
        mark = Quarters(x, 0.0, FOUR, "line")
        hit = mark.nearest(QPointF(abs(across - 4), 20), VIEW)
        assert hit is not None
        assert hit.focus == "line"
        assert hit.draggable
        assert hit.distance == pytest.approx(4)
    assert Quarters(1.0, 0.0, FOUR, "line").nearest(QPointF(280, 20), VIEW) is None


def test_every_text_has_a_place_of_its_own_within_the_view() -> None:
    for x in (-2.0, 0.0, 2.0):
        boxes = Quarters(x, 0.0, FOUR, "line", "p ≥ 0.5").taken(VIEW)
        assert len(boxes) == (9 if x == 0 else 7)  # words whose quarter has no width are left out
        assert all(VIEW.rect.contains(box) for box in boxes)
        assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[:i])


def test_what_is_pointed_at_stands_out(dressed: QApplication) -> None:
    mark = Quarters(0.5, 0.0, FOUR, "line")
    assert painted(mark) != painted(mark, "line")
    assert painted(mark) == painted(mark, "other")


def test_the_line_goes_on_above_the_quarters_and_wears_its_ring_there(dressed: QApplication) -> None:
    mark = Quarters(0.0, -5.0, FOUR, "line", "called 1", top=0.0, ring=2.0, left="called 0")
    panel, image = theme.current().color("panel").rgb(), painted(mark)
    assert {image.pixel(x, y) for x in range(20, 60) for y in range(20, 80)} == {panel}
    assert image.pixel(200, 10) != panel
    texts = mark.taken(VIEW)
    ring = VIEW.point(0.0, 2.0)
    assert [box.center().y() for box in texts[-2:]] == pytest.approx([ring.y()] * 2)
    assert texts[-1].right() < ring.x() < texts[-2].left()
    assert all(box.top() > VIEW.point(0.0, 0.0).y() for box in texts[:-2])


def test_a_word_without_room_is_said_in_short(dressed: QApplication) -> None:
    long = Quarter("3", "a word that is as long as half of the picture is wide", "short", hatched=True)
    widths = [
        [box.width() for box in Quarters(x, 0.0, (long, *FOUR[1:]), "line").taken(VIEW)] for x in (1.9, -0.5, -1.7)
    ]
    assert widths[0][1] > 200 > widths[1][1]
    assert len(widths[2]) == len(widths[1]) - 2  # neither has room, nor the one below


def test_a_word_gives_way_to_points_and_keeps_off_the_line(dressed: QApplication) -> None:
    one = Quarter("3", "a longer word", "word")
    four = one, one, one, one
    free = texts(Quarters(0.0, 0.0, four, "line"))
    assert free == ["a longer word"] * 4
    under = Off(np.array([[-1.3, 8.6]]))  # where the end of the first one would stand
    assert texts(Quarters(0.0, 0.0, four, "line", off=under)) == ["word", *free[1:]]
    along = np.linspace(-2, 2, 400)
    beside = Off(np.column_stack([along, np.full(400, 8.6)]))
    short = Quarters(0.0, 0.0, four, "line", off=beside)
    assert texts(short) == ["word", "word", *free[2:]]
    number, word = (box for _, _, _, box in short.texts(VIEW)[:2])
    assert word.top() >= number.bottom()  # under the number, as neither has room beside it
    assert word.left() == number.left()
    everywhere = Off(np.concatenate([np.column_stack([along, np.full(400, y)]) for y in np.arange(4.0, 9.0, 0.5)]))
    assert texts(Quarters(0.0, 0.0, four, "line", off=everywhere)) == free[2:]
    (word, *_) = [box for text, *_, box in Quarters(0.0, 0.0, four, "line").texts(VIEW) if text == "a longer word"]
    touching = Viewport(-2, 2, -10, 10, 2 * word.right() + 1, 300)  # the line is half a pixel from where it ends
    assert texts(Quarters(0.0, 0.0, four, "line"), touching) == ["word"] * 4


def texts(mark: Quarters, view: Viewport = VIEW) -> list[str]:
    return [text for text, *_ in mark.texts(view) if "word" in text]
