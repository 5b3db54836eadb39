"""A zone names itself where there is room; a text stands where it is put."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from widgets.plots.marks.zones import PlacedText, Zone
from widgets.plots.viewport import Viewport

pytestmark = pytest.mark.usefixtures("qapp")
VIEW = Viewport(-6.0, 6.0, 0.0, 1.0, 600.0, 200.0)


def test_the_name_of_a_zone_stands_in_its_middle_or_nowhere() -> None:
    (box,) = Zone(-6.0, 0.0, 0.0, 1.0, "dead zone").taken(VIEW)
    assert abs(box.center().x() - 150) < 1
    assert abs(box.center().y() - 100) < 1
    assert not Zone(-6.0, -5.8, 0.0, 1.0, "dead zone").taken(VIEW)
    assert not Zone(-6.0, 0.0, 0.0, 1.0).taken(VIEW)


def test_what_of_a_zone_is_out_of_view_does_not_count() -> None:
    (box,) = Zone(-24.0, 0.0, -9.0, 9.0, "dead zone").taken(VIEW)
    assert box.center() == Zone(-6.0, 0.0, 0.0, 1.0, "dead zone").taken(VIEW)[0].center()


def test_a_text_begins_right_of_its_place() -> None:
    (box,) = PlacedText((0.0, 0.5), "start").taken(VIEW)
    assert box.left() > 300
    assert abs(box.center().y() - VIEW.point(0.0, 0.5).y()) < 1
    assert not box.contains(QPointF(300, 100))
