"""Words in a picture stand where nothing else does, or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from widgets.plots.marks.captions import Block, Caption, Off, Words
from widgets.plots.marks.labels import placed
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

VIEW = Viewport(-2, 2, -10, 10, 400, 300)
LINES = (Words("190 of 200 right"), Words("accuracy 0.950", "orange"))


class Corner(Mark):
    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [QRectF(0, 0, 150, 60)]


def boxes(places: list[tuple[float, float]], points: list[tuple[float, float]]) -> list[QRectF]:
    block = Block(LINES, np.array(places), Off(np.array(points).reshape(-1, 2)), (0.0, 0.0), Corner())
    return block.taken(VIEW)


def test_a_block_takes_the_first_place_that_is_clear(dressed: QApplication) -> None:
    places = [(1.0, 5.0), (1.0, -5.0)]
    first = boxes(places, [])
    assert len(first) == 2
    assert first[0].united(first[1]).contains(VIEW.point(1.0, 5.0))
    moved = boxes(places, [(1.0, 5.0)])
    assert moved[0].united(moved[1]).contains(VIEW.point(1.0, -5.0))
    assert boxes(places, [(1.0, 5.0), (1.0, -5.0)]) == []


@pytest.mark.parametrize("place", [(0.0, 5.0), (1.0, 0.3), (-1.5, 8.5), (1.9, 5.0)])
def test_it_lies_on_no_line_nor_word_and_is_not_cut(dressed: QApplication, place: tuple[float, float]) -> None:
    assert boxes([place], []) == []


def test_a_caption_stands_at_its_place_or_nowhere() -> None:
    (label,) = Caption("loss of class 1", (1.0, 5.0), "blue").labels(VIEW)
    assert label.point == QPointF(300, 75)
    assert label.optional
    assert Caption("far", (3.0, 5.0)).labels(VIEW) == []


def test_a_caption_with_other_places_is_led_away_from_none(dressed: QApplication) -> None:
    caption = Caption("words", (0.5, 0.5), others=((-1.0, 0.2),))
    beside = [(label.point, box) for label, box in placed(VIEW, caption.labels(VIEW), [])]
    around = QRectF(VIEW.point(0.5, 0.5) - QPointF(15, 15), VIEW.point(0.5, 0.5) + QPointF(15, 15))
    instead = [(label.point, box) for label, box in placed(VIEW, caption.labels(VIEW), [around])]
    assert [point for point, _ in beside] == [VIEW.point(0.5, 0.5)]
    assert [point for point, _ in instead] == [VIEW.point(-1.0, 0.2)]
    assert not list(placed(VIEW, caption.labels(VIEW), [VIEW.rect]))
