from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Hit, Mark, hits_at, nearest_of, paint_marks, tip_at
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)
AT = QPointF(50, 50)


@dataclass(frozen=True)
class Square(Mark):
    """A mark that fills the view below, and a strip of it over all others."""

    colour: str
    focus: Hashable = None
    distance: float = 1.0
    draggable: bool = False
    words: str = ""

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        painter.fillRect(viewport.rect, QColor(self.colour))

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        if rendering.lit == self.focus is not None:
            painter.fillRect(QRectF(0, 0, 100, 10), QColor(self.colour))

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        return Hit(self.focus, self.distance, self.draggable) if self.focus is not None else None

    def tip(self, at: QPointF, viewport: Viewport) -> str:
        return self.words


def test_a_mark_lies_over_those_before_it_and_what_is_over_all_over_those_after(qapp: QApplication) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_marks(painter, VIEW, Rendering(lit=1), [Square("red", 1), Square("blue", 2)])
    painter.end()
    assert image.pixelColor(50, 5) == QColor("red")
    assert image.pixelColor(50, 50) == QColor("blue")


def test_a_mark_need_not_do_more_than_paint() -> None:
    @dataclass(frozen=True)
    class Still(Mark):
        name: str

    mark = Still("only a name")
    assert mark.nearest(AT, VIEW) is None
    assert (mark.tip(AT, VIEW), list(mark.labels(VIEW)), list(mark.taken(VIEW))) == ("", [], [])
    assert not mark.is_ground


def test_the_nearest_of_all_marks_is_hit() -> None:
    marks = [Square("red", ("far", 3), 9.0, True), Square("blue", "near", 2.0), Square("green")]
    hits = hits_at(marks, AT, VIEW)
    assert [(hit.focus, hit.draggable) for hit in hits] == [(("far", 3), True), ("near", False)]
    assert nearest_of(hits) == hits[1]
    assert nearest_of([]) is None


def test_of_equally_near_ones_it_is_always_the_same() -> None:
    marks = [Square("red", "b"), Square("blue", "a")]
    assert nearest_of(hits_at(marks, AT, VIEW)) == nearest_of(hits_at(marks[::-1], AT, VIEW)) == Hit("a", 1.0)


def test_the_uppermost_tip_is_told() -> None:
    marks = [Square("red", words="below"), Square("blue", words="over"), Square("green")]
    assert tip_at(marks, AT, VIEW) == "over"
    assert tip_at([], AT, VIEW) == ""
