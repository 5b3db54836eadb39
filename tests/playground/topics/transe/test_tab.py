"""The TransE tab: what the learner does in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from core.transe.settings import graph_of
from playground.topics.transe.shown import Shown
from widgets.plots.marks.mark import Hit


def test_a_name_is_dragged_and_training_goes_on_from_there(tab: Any) -> None:
    tab.run.advance(10)
    before = tab.run.frame.state
    tab.plane.dragged.emit(Focus("entity", (0,)), 1.5, -0.5, False)
    tab.plane.dragged.emit(Focus("entity", (0,)), 2.0, -1.0, True)
    after = tab.run.frame.state
    assert after.entities[0].tolist() == [2.0, -1.0]
    np.testing.assert_array_equal(after.entities[1:], before.entities[1:])
    tab.run.undo()
    assert tab.run.frame.state == before


def test_of_more_numbers_those_not_seen_stay(tab: Any) -> None:
    tab.set_parameter("dim", 5)
    tab.run.advance(3)
    shown, before = Shown(tab.view()), tab.run.frame.state.entities
    tab.plane.dragged.emit(Focus("entity", (4,)), 0.25, 0.5, True)
    after = tab.run.frame.state.entities
    np.testing.assert_allclose(after[4] @ shown.axes, [0.25, 0.5], atol=1e-12)
    moved = after[4] - before[4]
    np.testing.assert_allclose(moved, (moved @ shown.axes) @ shown.axes.T, atol=1e-12)


def test_a_click_on_a_head_asks_and_one_beside_lets_go(tab: Any) -> None:
    tab.run.advance(3)
    rome = graph_of(tab.run.params).entities.index("Rome")
    tab.plane.clicked.emit(0.0, 0.0, Hit(Focus("entity", (rome,)), 0.0))
    assert tab.focus == Focus("triple", (2,))
    assert tab.rows.title() == "Rome + capital of"
    tab.plane.clicked.emit(0.0, 0.0, None)
    assert tab.focus is None


def test_the_side_list_has_the_true_tail_with_its_rank(tab: Any) -> None:
    tab.run.advance(200)
    for i in (0, 14, 30):
        tab.choose(Focus("triple", (i,)))
        values, tail = tab.rows.values(), int(graph_of(tab.run.params).trained[i, 2])
        rank, _ = values[f"entity {tail}"]
        assert float(rank) == tab.entry.core.arrays(tab.run.frame.state, tab.run.params)["ranks"][i]
        assert len(values) == 6


def test_another_relation_is_shown_and_lets_the_pin_go(tab: Any, settle: Any) -> None:
    tab.choose(Focus("triple", (0,)))
    tab.chips.chosen.emit("1")
    settle()
    assert tab.focus is None
    assert tab.view().options["relation"] == 1
    assert tab.chips.current() == "1"
    tab.set_parameter("triples", "week")
    assert [name for _, name in tab.chips.options()] == ["before"]


def test_a_triple_of_the_list_is_chosen_there(tab: Any, forward: Any) -> None:
    forward("triples").rows.focused.emit("triple 13")
    assert tab.focus == Focus("triple", (13,))
    assert tab.chips.current() == "1"


def test_triples_of_ones_own_start_again_and_bad_ones_are_refused(tab: Any) -> None:
    tab.set_parameter("triples", [["ann", "knows", "bob"], ["bob", "knows", "cem"]])
    assert graph_of(tab.run.params).entities == ("ann", "bob", "cem")
    tab.set_parameter("triples", [["ann", "knows", "bob"], ["ann", "knows", "bob"]])
    assert len(graph_of(tab.run.params).trained) == 2


def test_a_triple_is_typed_and_one_taken_away(tab: Any, forward: Any) -> None:
    tab.set_parameter("triples", "week")
    listed = forward("triples")
    for box, name in zip(listed.boxes, ("Sunday", "loves", "moon"), strict=True):
        box.setEditText(name)
    listed.add.click()
    graph = graph_of(tab.run.params)
    assert graph.named(graph.trained[-1]) == ("Sunday", "loves", "moon")
    assert np.linalg.norm(tab.run.frame.state.relations, axis=1).tolist() == pytest.approx([1.0, 1.0])
    listed.add.click()
    assert "twice" in listed.error.text()
    assert graph_of(tab.run.params) is graph or graph_of(tab.run.params).trained.tolist() == graph.trained.tolist()
    tab.choose(Focus("triple", (0,)))
    listed.remove.click()
    assert len(graph_of(tab.run.params).trained) == 6
    assert not listed.error.text()
