from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.tags import Tag, Tags
from widgets.plots.viewport import Viewport


def box_of(tags: Tags) -> QRectF:
    ((box, held),) = tags.boxes(VIEW)
    assert held == tags.tags
    return box


VIEW = Viewport(0, 10, 0, 10, 300, 300)
TWO = (Tag("one", "blue"), Tag("other", "purple", dashed=True))
UPPER_LEFT = np.array([[0.5, 9.5], [1.0, 9.0], [1.5, 9.4]])


def test_it_stands_where_it_covers_no_points(qapp: QApplication) -> None:
    free = box_of(Tags(TWO, np.empty((0, 2))))
    assert (free.left(), free.top()) == (8.0, 8.0)
    beside = box_of(Tags(TWO, UPPER_LEFT))
    assert beside.left() in (8.0, 300 - 8.0 - beside.width())
    assert beside.top() in (8.0, 300 - 8.0 - beside.height())
    assert not any(beside.contains(VIEW.point(x, y)) for x, y in UPPER_LEFT.tolist())


def test_where_all_corners_are_full_it_finds_a_gap_between_the_points(qapp: QApplication) -> None:
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(0.0, 10, 0.4), np.arange(0.0, 10, 0.4)))
    full = np.column_stack([x, y])[~((x > 2) & (x < 7) & (y > 4) & (y < 7))]
    box = box_of(Tags(TWO, full))
    assert not any(box.contains(VIEW.point(x, y)) for x, y in full.tolist())


def test_it_covers_points_rather_than_what_it_must_keep_off(qapp: QApplication) -> None:
    off = tuple((x, y) for x in np.arange(0.5, 10) for y in np.arange(0.5, 10) if not (x < 5 and y > 8))
    box = box_of(Tags(TWO, UPPER_LEFT, off))
    assert box.top() == 8.0
    assert not any(box.contains(VIEW.point(float(x), float(y))) for x, y in off)


def test_where_one_box_covers_points_each_line_has_its_own(qapp: QApplication) -> None:
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(0.0, 10, 0.25), np.arange(0.0, 10, 0.25)))
    full = np.column_stack([x, y])[~((x > 1) & (x < 6) & (((y > 2) & (y < 3.6)) | ((y > 6) & (y < 7.6))))]
    tags = Tags(TWO, full)
    (one, first), (other, second) = tags.boxes(VIEW)
    assert (*first, *second) == TWO
    assert not one.intersects(other)
    assert not any(box.contains(VIEW.point(x, y)) for box in (one, other) for x, y in full.tolist())


def test_labels_keep_off_it_and_without_words_or_room_there_is_none(qapp: QApplication) -> None:
    assert Tags(TWO, UPPER_LEFT).taken(VIEW) == [box_of(Tags(TWO, UPPER_LEFT))]
    assert not Tags((), UPPER_LEFT).taken(VIEW)
    assert not Tags(TWO, UPPER_LEFT).taken(Viewport(0, 10, 0, 10, 20, 20))


def test_each_line_has_its_sample(qapp: QApplication) -> None:
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter, tags = QPainter(image), Tags((*TWO, Tag("theirs", "black", letter="B")), np.empty((0, 2)))
    tags.paint_over(painter, VIEW, Rendering())
    painter.end()
    box, colours = box_of(tags), theme.current()
    rows = [[QPointF(x, y) for x in range(14, 32)] for y in range(int(box.top()), int(box.bottom()))]
    inks = [{image.pixelColor(at.toPoint()).rgb() for at in row} for row in rows]
    for series in ("blue", "purple", "black"):
        assert any(colours.line_colour(series).rgb() in row for row in inks)


def test_while_playing_the_words_come_from_pictures_that_look_the_same(qapp: QApplication) -> None:
    tags, seen = Tags(TWO, np.empty((0, 2))), []
    for smooth in (True, False, False):
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        tags.paint_over(painter, VIEW, Rendering(smooth=smooth))
        painter.end()
        seen.append(np.frombuffer(image.constBits(), dtype=np.uint8).astype(int))
    assert np.abs(seen[0] - seen[1]).max() <= 3
    assert (seen[1] == seen[2]).all()
    assert len(np.unique(seen[1])) > 9
