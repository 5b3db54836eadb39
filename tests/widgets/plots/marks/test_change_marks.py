from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)
MARKS = ChangeMarks((ChangeMark(7.0, "b"), ChangeMark(2.0, "a"), ChangeMark(50.0, "out")))


def test_diamonds_in_view_in_the_order_of_their_steps() -> None:
    boxes = MARKS.boxes(VIEW)
    assert [mark.text for mark, _ in boxes] == ["a", "b"]
    assert boxes[0][1].center().x() == 40.0


def test_a_diamond_has_a_tip_and_cannot_be_hit() -> None:
    assert MARKS.tip(QPointF(42, 10), VIEW) == "a"
    assert MARKS.tip(QPointF(90, 10), VIEW) == ""
    assert MARKS.nearest(QPointF(42, 10), VIEW) is None


def test_diamonds_are_seen(qapp: QApplication) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    MARKS.paint(painter, VIEW, Rendering())
    painter.end()
    assert image.pixelColor(40, 8) == image.pixelColor(140, 8) == theme.current().color("text")
