"""The board of the net while two runs are compared: one less the other, a row a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.word2vec.net_apart import Apart
from playground.topics.word2vec.outcome_rows import OutcomeRows
from playground.topics.word2vec.tab import Word2vecTab
from playground.window.window import Window
from widgets.base import numbers
from widgets.grids.board import Caption
from widgets.grids.grid import Outline, Placed

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("word2vec").texts
SIZE = (760.0, 420.0)

pytestmark = pytest.mark.usefixtures("dressed")


def apart(one: Timeline[Any, Any], other: Timeline[Any, Any], t: int, letter: str = "A") -> Apart:
    runs = Compared(one, "A"), Compared(other, "B")
    front = one if letter == "A" else other
    view = View(front, t, compared=runs, letter=letter, options={"runs": "difference"})
    return Apart.in_view(view, TEXTS)


def grids(picture: Apart) -> dict[str, Any]:
    return {item.name: item.grid.values for item in picture.arrange(*SIZE) if isinstance(item, Placed)}


def told(picture: Apart) -> list[str]:
    return [item.text for item in picture.arrange(*SIZE) if isinstance(item, Caption)]


@pytest.mark.parametrize("letter", ["A", "B"])
def test_it_is_the_second_run_less_the_first_whichever_is_in_front(record: Record, letter: str) -> None:
    one, other = record(30), record(30, optimizer="momentum", learning_rate=0.02)
    shown = grids(apart(one, other, 30, letter))
    a, b = one.frame(30).state, other.frame(30).state
    assert np.array_equal(shown["W"], b.W - a.W)
    assert np.array_equal(shown["C"], (b.C - a.C).T)
    moved = int((b.W != a.W).any(axis=1).sum())
    assert f"rows apart: {moved} of 20" in "\n".join(told(apart(one, other, 30, letter)))
    assert "W 20 × 6, B − A" in told(apart(one, other, 30, letter))


def test_runs_that_are_equal_so_far_are_nowhere_apart(record: Record) -> None:
    picture = apart(record(9), record(9), 9)
    assert not any(values.any() for values in grids(picture).values())
    assert {"all 20 rows equal", "all 20 columns equal"} <= set(told(picture))


def test_shares_are_those_after_the_step_of_both_runs(record: Record) -> None:
    one, other = record(30), record(30, learning_rate=0.02)
    picture = apart(one, other, 30)
    (rows,) = [item for item in picture.arrange(*SIZE) if isinstance(item, OutcomeRows)]
    given = []
    for run in (one, other):
        state = run.frame(30).state
        scores = state.W[picture.first.inputs[0]] @ state.C
        given.append(np.exp(scores) / np.exp(scores).sum())
    for outcome in rows.outcomes:
        word = picture.plan(*SIZE).rows[outcome.row].word
        assert (outcome.outlined, outcome.filled) == pytest.approx((given[0][word], given[1][word]))
        assert outcome.text.strip("+") == numbers.percent(given[1][word] - given[0][word])


def test_shares_of_runs_that_read_otherwise_are_not_taken_from_each_other(record: Record) -> None:
    for other in (record(9, model="cbow"), record(9, output="negative sampling")):
        picture = apart(record(9), other, 9)
        assert set(grids(picture)) == {"W", "C"}
        assert not any(isinstance(item, OutcomeRows) for item in picture.arrange(*SIZE))


def test_weights_of_other_words_or_another_length_have_no_difference(record: Record) -> None:
    assert apart(record(3), record(3), 3).refusal() == ""
    assert "20 × 6 in A and 20 × 4 in B" in apart(record(3), record(3, vector_size=4), 3).refusal()
    assert "other words" in apart(record(3), record(3, corpus="boats-and-bread"), 3).refusal()


def test_the_switch_brings_it_and_a_cell_is_read(window: Window, tab: Word2vecTab, settle: Any) -> None:
    tab.run.advance(5)
    tab.run.pin()
    tab.set_parameter("optimizer", "momentum")
    tab.run.seek(3)
    tab.run.advance(5)
    tab.compared.ways.chosen.emit("difference")
    settle()
    weights = tab.board.placed("W")
    assert weights is not None
    assert tab.card.line() == "B − A"
    QTest.mouseMove(tab.board, weights.cells(Outline(1, 2)).center().toPoint())
    QApplication.processEvents()
    value = numbers.coordinate(float(weights.grid.values[1, 2]))
    assert window.statusBar().currentMessage().startswith("W: ")
    assert window.statusBar().currentMessage().endswith(f"number 3   B − A {value}")
