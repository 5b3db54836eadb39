import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.labels import APART
from widgets.base.rendering import Rendering
from widgets.plots.marks.curve_labels import Tag, in_column, paint_labels, paint_markers
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)


def _painted(*tags: Tag) -> QImage:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    paint_markers(painter, VIEW, Rendering(), tags)
    paint_labels(painter, VIEW, Rendering(), tags)
    painter.end()
    return image


def test_labels_of_one_column_are_14_px_apart(qapp: QApplication) -> None:
    image, tops = _painted(*(Tag("o", QPointF(50, 50), colour, "circle") for colour in ("blue", "orange"))), []
    for colour in ("blue", "orange"):
        ink = theme.current().ink(colour)
        tops.append(min(y for y in range(100) for x in range(62, 80) if image.pixelColor(x, y) == ink))
    assert abs(tops[0] - tops[1]) == pytest.approx(APART, abs=1)


def test_a_label_at_the_end_of_a_curve_does_not_lie_on_it(qapp: QApplication) -> None:
    ends = Viewport(0, 10, 0, 10, 200, 100)
    tag, level = Tag("this run", QPointF(200, 50), "blue", "circle"), (np.array([0.0, 10.0]), np.array([5.0, 5.0]))
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    on, above = (paint_labels(painter, ends, Rendering(), [tag], lines)[0] for lines in ((), [level]))
    painter.end()
    assert on.contains(QPointF(on.center().x(), 50))
    assert above.bottom() <= 50


def test_a_ghost_is_muted_and_stands_apart(qapp: QApplication) -> None:
    own, ghost = Tag("A", QPointF(50, 50), "blue", "circle"), Tag("A", QPointF(50, 50), "blue", "circle", ghost=True)
    assert (own.apart, own.ink) == (False, theme.current().ink("blue"))
    assert (ghost.apart, ghost.ink) == (True, theme.current().color("muted"))


def test_a_curve_has_its_marker_and_a_ghost_has_none(qapp: QApplication) -> None:
    own, ghost = (Tag("", QPointF(100, 50), "blue", "circle", ghost=ghost) for ghost in (False, True))
    assert _painted(own).pixelColor(100, 50) == theme.current().line("blue")
    assert _painted(ghost).pixelColor(100, 50) == theme.current().color("panel")


def test_letters_that_lie_on_each_other_stand_beside_the_values(qapp: QApplication) -> None:
    def width(*places: float) -> float:
        tags = [
            Tag("2.0", QPointF(50, y), "black", "circle", letter=x, front=x == "A")
            for x, y in zip("AB", places, strict=False)
        ]
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        boxes = paint_labels(painter, VIEW, Rendering(), tags)
        painter.end()
        return boxes[0].width()

    assert width(50, 52) > width(50, 90) == width(50)


def test_a_letter_that_is_the_label_is_written_once(qapp: QApplication) -> None:
    tags = [Tag(x, QPointF(50, 50), "black", "circle", letter=x, front=x == "A") for x in "AB"]
    assert [tag.label for tag, _ in in_column(VIEW, tags)] == ["A", "B"]


def test_labels_at_the_end_of_curves_stand_clear_of_them_and_of_each_other(qapp: QApplication) -> None:
    ends = Viewport(0, 10, 0, 10, 200, 100)
    tags = [Tag(name, QPointF(200, 50), "blue", "circle") for name in ("batch", "mean of 20")]
    lines = [(np.array([0.0, 10.0]), np.array([y, y])) for y in (4.8, 5.0, 5.2)]
    one, other = (box for _, box in in_column(ends, tags, lines))
    assert not one.intersects(other)
    assert not any(box.top() < y < box.bottom() for box in (one, other) for y in (48.0, 50.0, 52.0))


def test_a_letter_in_its_square_is_not_said_beside_it_unless_another_lies_on_it(qapp: QApplication) -> None:
    def told(*places: float) -> list[str]:
        tags = [Tag(x, QPointF(50, y), "black", "circle", letter=x) for x, y in zip("BC", places, strict=True)]
        return [tag.label for tag, _ in in_column(VIEW, tags)]

    assert told(20, 60) == []
    assert told(20, 25) == ["B", "C"]


def test_where_a_label_has_no_room_on_either_side_the_value_of_a_letter_stands_alone(qapp: QApplication) -> None:
    tag = Tag("mean of the last 20  1.000", QPointF(100, 50), "black", "circle", letter="A")
    ((narrow, box),) = in_column(VIEW, [tag])
    ((wide, _),) = in_column(Viewport(0, 10, 0, 10, 400, 100), [tag])
    assert (narrow.label, wide.label) == ("1.000", tag.label)
    assert box.left() > 100


def test_where_the_picture_ends_each_label_stands_left_of_its_own_point(qapp: QApplication) -> None:
    tags = [Tag(x, QPointF(*at), "blue", "circle") for x, at in (("held out", (100, 20)), ("batch", (195, 60)))]
    boxes = [box for _, box in in_column(VIEW, tags)]
    assert [tag.point.x() - box.right() for tag, box in zip(tags, boxes, strict=True)] == [13.0, 13.0]


def test_a_label_stands_clear_of_a_curve_that_is_recorded_ahead_of_the_cursor(qapp: QApplication) -> None:
    tag, ahead = Tag("mean", QPointF(60, 50), "blue", "circle"), (np.array([0.0, 10.0]), np.array([5.0, 5.0]))
    ((_, box),) = in_column(VIEW, [tag], [ahead])
    assert box.left() > 60
    assert not box.top() < 50 < box.bottom()


def test_a_label_goes_as_far_as_a_bundle_of_curves_reaches_though_its_neighbour_cannot(qapp: QApplication) -> None:
    tags, x = [Tag("mean", QPointF(200, y), "blue", "circle") for y in (20, 85)], np.array([0.0, 10.0])
    bundle = [(x, np.full(2, y)) for y in np.arange(5.0, 10.0, 0.5)]
    (_, near), (_, far) = in_column(VIEW, tags, bundle)
    assert near.top() >= 50
    assert not near.intersects(far)
