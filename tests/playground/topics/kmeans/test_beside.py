"""The other runs in the plane: one label a place, borders of their own, an arrow for what stands out of the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.kmeans.beside import Beside
from playground.topics.kmeans.clusters import used
from playground.topics.kmeans.plane import Plane, home_of
from playground.topics.kmeans.ways import Ways
from widgets.plots.marks.regions import Borders

Record = Callable[..., Timeline[Any, Any]]
FAR = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])


def beside(t: int, *runs: Timeline[Any, Any], **seen: Any) -> Beside:
    compared = tuple(Compared(run, letter) for run, letter in zip(runs, "ABC", strict=False))
    ways = {letter: Ways() for letter in "ABC"}
    return Beside(View(runs[0], t, compared=compared, letter="A", **seen), home_of(runs[0].recipe), ways)


def labels(shown: Beside) -> list[str]:
    return sorted(dot.label for dot in shown.dots() if dot.label)


def test_all_that_stand_at_one_place_share_one_label(record: Record) -> None:
    runs = [record(9), record(9), record(9)]
    assert labels(beside(4, *runs)) == [f"= B{j}, C{j}" for j in range(1, 5)]
    rings = list(beside(4, *runs).dots())
    assert {dot.style for dot in rings} == {"same"}
    assert len({(dot.xy, dot.size) for dot in rings}) == 8  # neither lies on the other


def test_a_centre_close_to_another_is_said_to_be_near_and_ringed_at_its_own_place(record: Record) -> None:
    moved = FAR + np.array([[0.0, 0.0], [0.2, 0.0], [0.0, 2.5], [0.0, 0.0]])
    shown = beside(0, record(1, init="by hand", centroids=FAR), record(1, init="by hand", centroids=moved))
    assert labels(shown) == ["= B1", "B3", "≈ B2"]
    styles = {dot.xy: dot.style for dot in shown.dots()}
    assert styles == {(0.0, 0.0): "same", (3.2, 0.0): "same", (-3.0, 2.5): "hollow"}


def test_two_runs_at_one_place_that_is_not_ours_have_one_mark_and_both_names(record: Record) -> None:
    other = record(1, init="by hand", centroids=FAR + 2.0)
    shown = beside(0, record(1, init="by hand", centroids=FAR), other, other)
    assert {(dot.style, dot.label) for dot in shown.dots() if dot.xy == (2.0, 2.0)} == {
        ("hollow", "B1"),
        ("same", "= C1"),
    }


def test_what_stands_out_of_the_picture_has_one_arrow_with_the_names(record: Record) -> None:
    runs = [record(9, init="by hand", centroids=FAR, empty=empty) for empty in ("farthest", "stay", "drop")]
    assert [arrow.label for arrow in beside(0, *runs).arrows()] == ["= B4, C4"]
    assert [arrow.label for arrow in beside(8, *runs).arrows()] == ["B4"]  # ours has come in, and C has dropped it
    assert not list(beside(0, record(1), record(1, seed=5)).arrows())


def test_each_other_run_has_its_borders_unless_the_scene_asks(record: Record) -> None:
    runs = [record(9), record(9, seed=1), record(9, seed=2)]
    found = beside(4, *runs).borders()
    assert [borders.letter for borders in found] == ["B", "C"]
    assert [list(map(list, borders.centres)) for borders in found] == [
        run.frame(4).state.centroids[used(run.frame(4).state)].tolist() for run in runs[1:]
    ]
    for covered, count in ((False, 2), (True, 0)):
        view = View(runs[0], 4, compared=beside(4, *runs).view.compared, letter="A", covered=covered)
        marks = Plane(view, topic("kmeans").texts, Ways(), {"B": Ways(), "C": Ways()}).marks()
        assert sum(isinstance(mark, Borders) for mark in marks) == count
