import numpy as np
from PySide6.QtWidgets import QApplication

from widgets.base.labels import APART
from widgets.plots.marks.curve_labels import change_mark_boxes, label_middles, tags_of
from widgets.plots.marks.curves import ChangeMark, Curve
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)
X = np.arange(11.0)


def test_label_heights_are_14_px_apart() -> None:
    middles = label_middles(VIEW, [50.0, 50.0, 51.0, 52.0])
    assert (np.diff(sorted(middles)) >= APART - 1e-9).all()


def test_tags_stand_at_the_last_value_up_to_the_cursor(qapp: QApplication) -> None:
    ended = np.where(X < 4, X, np.nan)
    curves = [
        Curve("a", "A", X, X, "black"),
        Curve("b", "B", X, ended, "blue"),
        Curve("g", "G", X, X, "sky", ghost=True),
    ]
    whole, broken, ghost = tags_of(VIEW, curves, 5.0)
    assert (whole.point.x(), whole.point.y(), whole.ended) == (100.0, 50.0, False)
    assert (broken.point.x(), broken.ended, broken.apart) == (60.0, True, True)
    assert (ghost.point.x(), ghost.ended, ghost.apart) == (200.0, False, True)


def test_no_tag_for_what_is_not_begun_or_out_of_sight(qapp: QApplication) -> None:
    late = np.where(X > 6, X, np.nan)
    assert tags_of(VIEW, [Curve("a", "A", X, late, "black")], 5.0) == []
    assert tags_of(Viewport(6, 10, 0, 10, 200, 100), [Curve("a", "A", X, X, "black")], 2.0) == []
    assert tags_of(Viewport(0, 10, 0, 1, 200, 100, log_y=True), [Curve("a", "A", X, -X, "black")], 5.0) == []


def test_diamonds_in_view_in_the_order_of_their_steps() -> None:
    marks = [ChangeMark(7.0, "b"), ChangeMark(2.0, "a"), ChangeMark(50.0, "out")]
    boxes = change_mark_boxes(VIEW, marks)
    assert [mark.text for mark, _ in boxes] == ["a", "b"]
    assert boxes[0][1].center().x() == 40.0
