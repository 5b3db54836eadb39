"""The names of the classes beside their points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.dense.class_names import class_names
from playground.topics.dense.plane import Plane
from widgets.plots.marks.captions import Caption

Record = Callable[..., Timeline[Any, Any]]


def names(entry: Any, view: View) -> list[Caption]:
    return [mark for mark in Plane(view, entry.texts).marks() if isinstance(mark, Caption)]


def test_each_class_is_named_in_its_colour_at_its_outer_edge(entry: Any) -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0], [4.0, 4.0], [5.0, 5.0]])
    marks = list(class_names(points, np.array([0, 0, 1, 1]), entry.texts))
    low, high = (mark for mark in marks if isinstance(mark, Caption))
    assert (low.text, low.xy, low.colour, low.first) == ("class 0", (0.0, 0.0), "vermillion", "left below")
    assert (high.text, high.xy, high.colour, high.first) == ("class 1", (5.0, 5.0), "blue", "right above")
    assert high.others == ((4.0, 4.0),)


@pytest.mark.parametrize(
    ("far", "side"), [((9, 0), "right"), ((-9, 1), "left"), ((0, 9), "above"), ((5, -5), "right below")]
)
def test_a_name_stands_on_the_side_where_nothing_lies(entry: Any, far: tuple[float, float], side: str) -> None:
    points = np.array([far, (-far[0], -far[1])], dtype=float)
    first = next(iter(class_names(points, np.array([0, 1]), entry.texts)))
    assert isinstance(first, Caption)
    assert first.first == side


def test_classes_of_points_on_each_other_are_named_too(entry: Any) -> None:
    assert len(list(class_names(np.zeros((2, 2)), np.array([0, 1]), entry.texts))) == 4


def test_names_stand_while_the_run_does_and_no_handles_of_classes_are_there(record: Record, entry: Any) -> None:
    run = record(5)
    assert [name.text for name in names(entry, View(run, 5, beat="update"))] == ["class 0", "class 1"]
    assert names(entry, View(run, 5)) == []
    assert names(entry, View(run, 5, beat="update", options={"draw_points": True})) == []
    numbers = record(1, activation="linear")
    assert names(entry, View(numbers, 1, beat="update")) == []
