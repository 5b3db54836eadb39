from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.labels import text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.labels import label_beside, marker_box, placed, write_labels
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)
AT = QPointF(100, 50)


def _written(labels: list[tuple[str, str, int]], taken: list[QRectF]) -> QImage:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("casing"))
    painter = QPainter(image)
    wanted = [label for text, colour, rank in labels for label in label_beside(VIEW, AT, text, colour, rank)]
    write_labels(painter, VIEW, Rendering(), wanted, taken)
    painter.end()
    return image


def _inked(image: QImage, colour: str) -> list[tuple[int, int]]:
    ink = theme.current().ink(colour)
    return [(x, y) for x in range(200) for y in range(100) if image.pixelColor(x, y) == ink]


def test_labels_do_not_lie_on_each_other(qapp: QApplication) -> None:
    series = ("blue", "orange", "green")
    image = _written([("start", colour, 0) for colour in series], [])
    boxes = []
    for colour in series:
        inked = _inked(image, colour)
        assert inked
        left, top = min(x for x, _ in inked), min(y for _, y in inked)
        boxes.append(QRectF(left, top, max(x for x, _ in inked) - left, max(y for _, y in inked) - top))
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_a_label_keeps_off_what_is_taken_and_a_lower_rank_is_first(qapp: QApplication) -> None:
    alone = _inked(_written([("mark", "blue", 0)], []), "blue")
    assert min(x for x, _ in alone) > AT.x()
    size = text_size("mark", "label")
    right = QRectF(AT.x(), 0, size.width() + 10, 100)
    assert max(x for x, _ in _inked(_written([("mark", "blue", 0)], [right]), "blue")) < AT.x()
    both = _written([("mark", "orange", 1), ("mark", "blue", 0)], [])
    assert _inked(both, "blue") == alone


def test_what_is_not_seen_has_no_label_and_takes_no_room(qapp: QApplication) -> None:
    assert label_beside(VIEW, QPointF(300, 50), "out", "blue", 0) == []
    assert label_beside(VIEW, AT, "", "blue", 0) == []
    assert marker_box(QPointF(float("nan"), 1)) == []
    assert marker_box(AT, 8) == [QRectF(96, 46, 8, 8)]


def _label(text: str = "name", rank: int = 0) -> list[Any]:
    return label_beside(VIEW, AT, text, "blue", rank)


def test_a_label_keeps_off_lines_and_is_led_away_where_all_beside_is_taken(qapp: QApplication) -> None:
    size = text_size("name", "label")
    along = np.column_stack([np.arange(100.0, 200.0, 3.0), np.full(34, 50.0)])
    ((_, box),) = placed(VIEW, _label(), [], along)
    assert box.center().x() < AT.x()  # not on the line at its right
    around = QRectF(AT.x() - size.width() - 6, AT.y() - size.height() - 6, 0, 0)
    around.setBottomRight(AT + (AT - around.topLeft()))
    ((_, led),) = placed(VIEW, _label(), [around])
    assert not led.intersects(around)
    assert VIEW.rect.contains(led)


def test_an_optional_label_is_left_out_where_there_is_no_room(qapp: QApplication) -> None:
    (wanted,) = _label()
    assert len(list(placed(VIEW, [wanted], [VIEW.rect]))) == 1
    assert list(placed(VIEW, [replace(wanted, optional=True)], [VIEW.rect])) == []


def test_many_labels_of_one_place_never_meet(qapp: QApplication) -> None:
    boxes = [box for _, box in placed(VIEW, [_label(f"name {i}", i)[0] for i in range(8)], marker_box(AT))]
    assert not any(one.intersects(other) for one, other in combinations([*boxes, *marker_box(AT)], 2))


def test_a_label_stands_close_to_its_point_where_it_can_and_else_is_led_away(qapp: QApplication) -> None:
    (label,) = label_beside(VIEW, AT, "mark", "blue", 0)
    size = text_size("mark", "label")
    for taken, is_close in (([], True), ([QRectF(AT.x() - 8, AT.y() - 8, 16, 16)], False)):
        ((_, box),) = placed(VIEW, [label], taken)
        assert box.size() == size
        assert not any(map(box.intersects, taken))
        assert (box.left() - AT.x() == label.gap) is is_close
    around = np.array([[AT.x() + x, AT.y() + y] for x in range(-8, 9, 2) for y in range(-8, 9, 2)], dtype=float)
    ((_, box),) = placed(VIEW, [label], [], around)
    assert not any(box.contains(QPointF(*at)) for at in around.tolist())
    elsewhere = replace(label, others=(QPointF(150, 80),), optional=True)
    ((_, box),) = placed(VIEW, [elsewhere], [], around)
    assert box.left() > 150


def test_what_stands_above_a_line_stays_above_it_at_the_edge_too(qapp: QApplication) -> None:
    (label,) = label_beside(VIEW, QPointF(4, 50), "a level", "blue", 0, "above")
    ((_, box),) = placed(VIEW, [label], [])
    assert box.bottom() < 50
