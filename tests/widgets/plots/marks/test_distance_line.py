"""Distances stand on their line in proportion, and words that have no room are left out."""

from __future__ import annotations

from itertools import combinations

import pytest

from widgets.plots.marks.distance_line import Distance, DistanceLine
from widgets.plots.viewport import Viewport

pytestmark = pytest.mark.usefixtures("dressed")
VIEW = Viewport(0, 1, 0, 1, 400, 300)


def test_twice_as_far_stands_twice_as_far_and_what_is_beyond_at_the_end() -> None:
    line = DistanceLine((), 1.0, 2.0, "blue")
    zero, half, end, beyond = (line.x_of(value, VIEW) for value in (0.0, 1.0, 2.0, 9.0))
    assert half - zero == pytest.approx(end - half)
    assert beyond == end < VIEW.width


def test_words_lie_beside_each_other_and_the_first_has_its_place() -> None:
    crowd = tuple(Distance(1 + i / 100, f"name {i}") for i in range(9))
    boxes = DistanceLine(crowd, 1.0, 2.0, "blue").boxes(VIEW)
    assert boxes[0][0] is crowd[0]
    assert 1 < len(boxes) < len(crowd)
    assert not any(one.intersects(other) for (_, one), (_, other) in combinations(boxes, 2))
    assert all(VIEW.rect.contains(box) for _, box in boxes)
