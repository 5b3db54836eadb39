"""The big picture: the same arrow at each head, the ring, the names that the ripple passes, the words in the corner."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from playground.playback.view import View
from playground.topics.transe.plane import draw_plane, note
from playground.topics.transe.shown import Shown
from playground.topics.transe.triple_list import TripleList
from widgets.plots.marks.distance_line import DistanceLine
from widgets.plots.marks.named_points import NamedPoints
from widgets.plots.marks.points import Points
from widgets.plots.marks.reach import Reach
from widgets.plots.marks.strokes import Strokes
from widgets.plots.plot import Plot

pytestmark = pytest.mark.usefixtures("qapp")


def marks(entry: Any, view: View, freed: Any, kind: Any) -> list[Any]:
    plot = Plot(equal_scale=True)
    freed(plot)
    draw_plane(plot, Shown(view), entry.texts)
    return [mark for mark in plot.marks if isinstance(mark, kind)]


def test_every_head_carries_the_same_arrow_and_misses_its_own_tail(entry: Any, record: Any, freed: Any) -> None:
    run = record(20)
    state = run.frame(20).state
    missed, arrows = marks(entry, View(run, 20), freed, Strokes)
    rows = Shown(View(run, 20)).of_relation
    np.testing.assert_allclose(arrows.ends - arrows.begins, np.tile(state.relations[0], (12, 1)))
    np.testing.assert_array_equal(missed.begins, arrows.ends)
    np.testing.assert_array_equal(missed.ends, state.entities[rows[:, 2]])


@pytest.mark.parametrize("norm", [1, 2])
def test_what_was_put_in_lies_inside_the_ring_where_there_is_a_loss(
    entry: Any, record: Any, freed: Any, norm: int
) -> None:
    run = record(60, norm=norm)
    for t in range(1, 60):
        view = View(run, t, "error")
        after, before = run.frame(t).state, run.frame(t - 1).state
        ring = next(mark for mark in marks(entry, view, freed, Reach) if mark.dashed)
        end = before.entities[after.corrupted[2]]
        away = float(np.linalg.norm(end - (ring.x, ring.y), ord=norm))
        assert (away < ring.distance) == (after.loss > 0)
        inside = ("inside_head", "inside_tail") if after.loss else ("outside_head", "outside_tail")
        ends = [entry.texts.get("panels", key).partition("{ring}")[0].rpartition("}")[2] for key in inside]
        assert any(words in note(Shown(view), entry.texts) for words in ends)


def in_view(entry: Any, view: View, freed: Any) -> tuple[list[float], list[float]]:
    plot = Plot(equal_scale=True)
    freed(plot)
    plot.resize(400, 300)
    draw_plane(plot, Shown(view), entry.texts)
    seen = plot.viewport_now()
    return [seen.x0, seen.y0], [seen.x1, seen.y1]


@pytest.mark.parametrize("triples", ["world", "contains"])
def test_the_picture_holds_what_was_put_in_and_stays(entry: Any, record: Any, freed: Any, triples: str) -> None:
    run, outside = record(60, triples=triples), 0
    low, high = in_view(entry, View(run, 60), freed)
    for t in range(1, 61):
        shown = Shown(View(run, t))
        put_in = shown.places[shown.corrupted[0]], shown.tip(shown.corrupted), shown.places[shown.corrupted[2]]
        assert all((low < place).all() and (place < high).all() for place in put_in)
        outside += shown.corrupted[0] not in shown.heads
        assert in_view(entry, View(run, t), freed) == (low, high)
    assert outside  # heads that the relation shown has not


def test_at_the_end_the_picture_holds_the_ring(entry: Any, record: Any, freed: Any) -> None:
    view = View(record(600), 600)
    low, high = in_view(entry, view, freed)
    (ring,) = (mark for mark in marks(entry, view, freed, Reach) if mark.dashed)
    assert min(*np.subtract((ring.x, ring.y), low), *np.subtract(high, (ring.x, ring.y))) > ring.distance


def test_the_ripple_numbers_the_names_it_passes_but_not_other_true_tails(entry: Any, record: Any, freed: Any) -> None:
    run = record(400, triples="contains")
    for i in range(6):
        view = View(run, 400, focus=Focus("triple", (i,)))
        shown = Shown(view)
        (names,) = marks(entry, view, freed, NamedPoints)
        numbered = [spot.label.partition(" ") for spot in names.spots if spot.label[0].isdigit()]
        nearer = [e for e in shown.passed if shown.away[e] < shown.away[shown.asked[2]]]
        told = [shown.graph.entities[e] for e in nearer[:8] if e not in shown.left_out]
        assert [name for _, _, name in sorted(numbered, key=lambda part: int(part[0]))] == told


def test_where_more_than_two_numbers_are_there_no_ring_is_drawn(entry: Any, record: Any, freed: Any) -> None:
    assert not marks(entry, View(record(3, dim=3), 3), freed, Reach)
    assert not marks(entry, View(record(3, dim=1), 3), freed, Reach)


def test_where_no_ring_is_drawn_a_line_tells_the_same_distances(entry: Any, record: Any, freed: Any) -> None:
    run = record(3, dim=5)
    for i in range(6):
        view = View(run, 3, focus=Focus("triple", (i,)))
        shown = Shown(view)
        (line,) = marks(entry, view, freed, DistanceLine)
        assert line.gone == shown.away[shown.asked[2]] == line.distances[0].value
        assert [one.value for one in line.distances[1:]] == shown.away[shown.nearer[:8]].tolist()
    assert not marks(entry, View(record(3), 3), freed, DistanceLine)


def test_the_circle_is_drawn_to_which_names_are_put_back(entry: Any, record: Any, freed: Any) -> None:
    first, *_ = marks(entry, View(record(3, normalise=True), 3), freed, Reach)
    assert (first.x, first.y, first.distance) == (0, 0, 1)


def test_while_playing_a_crowd_of_names_is_dots(entry: Any, record: Any, freed: Any) -> None:
    run = record(3, triples=tuple((f"a{i}", "r", f"b{i}") for i in range(40)))
    for named, dots, spots in ((True, 0, 80), (False, 1, 3)):
        view = View(run, 3, options={"names": named})
        assert len(marks(entry, view, freed, Points)) == dots
        (names,) = marks(entry, view, freed, NamedPoints)
        assert len(names.spots) == spots
    few = View(record(3), 3, options={"names": False})
    assert not marks(entry, few, freed, Points)


def test_the_list_of_triples_tells_their_ranks(entry: Any, record: Any, freed: Any) -> None:
    run, made = record(30), TripleList(entry.texts)
    freed(made)
    made.show_view(View(run, 30))
    ranks = entry.core.arrays(run.frame(30).state, run.recipe.params)["ranks"]
    assert [float(rank) for rank, _ in made.rows.values().values()] == ranks.tolist()
    assert made.rows.rows()[0].label == "Paris · capital of · France"
