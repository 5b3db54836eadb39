import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import (
    Arrow,
    Dot,
    Segment,
    distance_to_segment,
    paint_arrows,
    paint_dots,
    paint_labels,
    paint_segments,
)
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 100, 100)


def _canvas() -> tuple[QImage, QPainter]:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image, QPainter(image)


def test_distance_to_a_segment() -> None:
    begin, end = QPointF(0, 0), QPointF(10, 0)
    assert distance_to_segment(QPointF(5, 3), begin, end) == 3
    assert distance_to_segment(QPointF(14, 3), begin, end) == 5
    assert distance_to_segment(QPointF(3, 4), begin, begin) == 5


def test_the_lit_arrow_is_thicker(qapp: QApplication) -> None:
    widths = []
    for lit in ("", "v"):
        image, painter = _canvas()
        paint_arrows(painter, VIEW, [Arrow("v", (1, 5), (9, 5), "orange")], lit)
        painter.end()
        inks = {theme.current().line("orange").rgb(), theme.current().color("accent_text").rgb()}
        widths.append(sum(image.pixel(40, y) in inks for y in range(100)))
    assert widths[1] > widths[0] > 0


def test_an_arrow_that_leaves_the_view_is_cut(qapp: QApplication) -> None:
    image, painter = _canvas()
    paint_arrows(painter, VIEW, [Arrow("v", (5, 5), (1e9, 5), "orange")], "")
    paint_arrows(painter, VIEW, [Arrow("w", (5, float("nan")), (6, 5), "orange")], "")
    painter.end()
    assert image.pixel(90, 50) == theme.current().line("orange").rgb()


@pytest.mark.parametrize("style", ["ring", "number", "plus"])
def test_dots_are_seen_at_their_place(qapp: QApplication, style: str) -> None:
    image, painter = _canvas()
    paint_dots(painter, VIEW, [Dot("d", (5, 5), style, "1", "blue"), Dot("out", (50, 5), style)], "d")
    painter.end()
    inked = [(x, y) for x in range(100) for y in range(100) if image.pixelColor(x, y) != Qt.GlobalColor.white]
    assert inked
    assert all(30 < x < 70 and 30 < y < 70 for x, y in inked)


def test_segments_are_cut_at_the_edge(qapp: QApplication) -> None:
    image, painter = _canvas()
    paint_segments(painter, VIEW, Rendering(), [Segment("e", (-1e6, 5), (1e6, 5))])
    painter.end()
    assert image.pixelColor(1, 50) != Qt.GlobalColor.white
    assert image.pixelColor(98, 50) != Qt.GlobalColor.white


def test_labels_do_not_lie_on_each_other(qapp: QApplication) -> None:
    _, painter = _canvas()
    taken: list[QRectF] = []
    dots = [Dot(str(index), (5, 5), "ring", "start") for index in range(3)]
    paint_labels(painter, VIEW, Rendering(), [], dots, [], taken)
    painter.end()
    assert len(taken) == 3
    assert not any(one.intersects(other) for one in taken for other in taken if one is not other)
