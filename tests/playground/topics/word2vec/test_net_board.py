"""The net of word2vec on its board: the numbers of a step, and which words there is room for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.word2vec.net_board import Picture
from playground.topics.word2vec.net_plan import Plan
from playground.topics.word2vec.outcome_rows import Outcome, OutcomeRows
from playground.topics.word2vec.shown_example import Step
from widgets.base.labels import text_width
from widgets.grids.board import Caption
from widgets.grids.grid import Grid, Placed

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("word2vec").texts
SIZE = (760.0, 420.0)

pytestmark = pytest.mark.usefixtures("dressed")  # words are measured in the fonts of the program


def grids(step: Step, beat: str = "") -> dict[str, Grid]:
    """Return what is arranged on a board, by name."""
    items = Picture(step, 1.0, TEXTS, beat).arrange(*SIZE)
    return {item.name: item.grid for item in items if isinstance(item, Placed)}


def step_at(run: Timeline[Any, Any], t: int) -> Step:
    return Step.in_view(View(run, t))


@pytest.mark.parametrize("model", ["cbow", "skip-gram"])
@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
def test_the_board_shows_what_the_step_computed(record: Record, model: str, output: str) -> None:
    run = record(7, model=model, output=output)
    step, before = step_at(run, 7), run.frame(6).state
    shown = grids(step)
    assert shown["W"].values.tolist() == before.W[step.words_that_matter(20)].tolist()
    hidden = before.W[list(step.inputs)].mean(axis=0)
    assert np.allclose(shown["h"].values[:, 0], hidden)
    assert step.outputs is not None
    scores = hidden @ before.C
    if output == "softmax":
        assert step.outputs.sum() == pytest.approx(1)
        assert step.outputs[step.target] == pytest.approx(np.exp(scores[step.target]) / np.exp(scores).sum())
    else:
        assert set(np.flatnonzero(~np.isnan(step.outputs)).tolist()) == {step.target, *step.negatives}
        assert step.outputs[step.target] == pytest.approx(1 / (1 + np.exp(-scores[step.target])))


def test_before_the_first_step_there_is_no_hidden_layer(record: Record) -> None:
    step = step_at(record(0), 0)
    assert step.inputs == ()
    assert set(grids(step)) == {"W", "C"}


def test_of_many_words_those_that_matter_are_shown(record: Record, long_text: str) -> None:
    step = step_at(record(9, corpus=long_text, vector_size=50), 9)
    plan = Plan(step, *SIZE)
    assert step.corpus.size > 600
    assert {step.target, *step.inputs} <= set(plan.words)
    assert len(plan.words) < 40
    assert grids(step)["W"].values.shape == (len(plan.words), 12)


def test_frames_go_around_what_the_step_used(record: Record) -> None:
    step = step_at(record(5, output="negative sampling"), 5)
    shown, board = step.words_that_matter(20), grids(step)
    assert {shown[frame.row] for frame in board["C"].outlines} == {step.target, *step.negatives}
    assert {shown[frame.row] for frame in board["W"].outlines} == set(step.inputs)


def outcomes(step: Step, beat: str) -> dict[str, Outcome]:
    """Return what the board tells of each word."""
    picture = Picture(step, 1.0, TEXTS, beat)
    told = next(item for item in picture.arrange(*SIZE) if isinstance(item, OutcomeRows))
    rows = picture.plan(*SIZE).rows
    return {step.word(rows[outcome.row].word): outcome for outcome in told.outcomes}


def captions(step: Step, beat: str, size: tuple[float, float] = SIZE) -> str:
    items = Picture(step, 1.0, TEXTS, beat).arrange(*size)
    return "\n".join(item.text for item in items if isinstance(item, Caption))


@pytest.mark.parametrize("model", ["cbow", "skip-gram"])
def test_at_the_update_rows_that_moved_stand_twice_before_above_after(record: Record, model: str) -> None:
    run = record(7, model=model)
    step, before, after = step_at(run, 7), run.frame(6).state, run.frame(7).state
    plan, shown = Plan(step, *SIZE, doubled=True), grids(step, "update")
    for word in set(step.inputs):
        row = plan.first_row(word)
        assert shown["W"].values[row].tolist() == before.W[word].tolist()
        assert shown["W"].values[row + 1].tolist() == after.W[word].tolist()
        assert shown["C"].values[row + 1].tolist() == after.C[:, word].tolist()
    assert len(plan.rows) == 20 + len(set(step.inputs))
    assert grids(step)["W"].values.tolist() == before.W.tolist()  # while playing nothing jumps


@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
def test_shares_before_and_after_are_those_of_the_two_states(record: Record, output: str) -> None:
    run = record(7, output=output)
    step, after = step_at(run, 7), run.frame(7).state
    told = outcomes(step, "update")
    scores = after.W[step.inputs[0]] @ after.C
    shares = np.exp(scores) / np.exp(scores).sum() if output == "softmax" else 1 / (1 + np.exp(-scores))
    for word, outcome in told.items():
        index = step.corpus.vocabulary.index(word)
        assert outcome.outlined == step.output(index)
        if outcome.filled is not None and outcome.outlined is not None:
            assert outcome.filled == pytest.approx(shares[index])
            assert outcome.rises is (outcome.filled > outcome.outlined)
    scored = {step.word(word) for word in (step.target, *step.negatives)} if output != "softmax" else set(told)
    assert {word for word, outcome in told.items() if outcome.filled is not None} == scored


def test_each_beat_shows_what_is_known_by_then(record: Record) -> None:
    step = step_at(record(7), 7)
    target = step.word(step.target)
    assert "h" not in grids(step, "read")
    assert outcomes(step, "read")[target].outlined is None
    assert (outcomes(step, "forward")[target].outlined, outcomes(step, "forward")[target].filled) == (
        step.output(step.target), None,
    )  # fmt: skip
    error = outcomes(step, "error")[target]
    assert error.text == f"−{1 - (step.output(step.target) or 0):.3f}"
    assert error.moved is None
    slopes = {word: outcome.moved for word, outcome in outcomes(step, "backward").items()}
    assert max(slopes, key=lambda word: slopes[word] or 0) == target
    assert outcomes(step, "backward")[target].filled is None


def test_what_moved_is_counted(record: Record) -> None:
    step = step_at(record(7), 7)
    by = np.linalg.norm(step.shifts[0][step.inputs[0]])
    assert f"row moved: 1 of 20, by {by:#.3g}" in captions(step, "update")
    assert "columns moved: 20 of 20, " in captions(step, "update")
    assert "moved" not in captions(step, "forward")
    with_velocity = step_at(record(7, optimizer="momentum"), 7)
    assert "row moved" not in captions(with_velocity, "update")


def test_words_that_have_no_room_are_counted(record: Record, long_text: str) -> None:
    step = step_at(record(9, corpus=long_text), 9)
    hidden = step.corpus.size - len(Plan(step, *SIZE).words)
    assert f"… {hidden} more" in captions(step, "")
    assert "more" not in captions(step_at(record(9), 9), "")


@pytest.mark.parametrize("width", [360.0, 534.0, 720.0])
@pytest.mark.parametrize("size", [1, 6, 100])
def test_everything_stands_within_the_board(record: Record, width: float, size: int) -> None:
    plan = Plan(step_at(record(3, vector_size=size), 3), width, 360.0)
    left, wide = plan.lanes.arrow
    assert left + wide <= width + 1
    assert plan.bottom <= 360.0


@pytest.mark.parametrize("beat", ["", "update"])
@pytest.mark.parametrize("size", [(450.0, 226.0), (540.0, 360.0), (720.0, 420.0)])
def test_weights_have_their_numbers_on_small_boards_too(record: Record, size: tuple[float, float], beat: str) -> None:
    step = step_at(record(7), 7)
    items = Picture(step, 2.0, TEXTS, beat).arrange(*size)
    weights = next(item for item in items if isinstance(item, Placed) and item.name == "W")
    assert weights.grid.form is not None
    assert weights.grid.form.fit(*weights.size) is not None
    assert all(item.width <= item.widest for item in items if isinstance(item, Caption))
    share = next(item for item in items if isinstance(item, OutcomeRows)).outcomes[0].text
    assert ("→" in share) == (size[0] > 500)  # before and after where there is room


def test_words_without_room_under_a_narrow_w_are_left_out_whole(record: Record) -> None:
    items = list(Picture(step_at(record(30, vector_size=2), 30), 1.0, TEXTS, "update").arrange(450.0, 140.0))
    feet = [item for item in items if isinstance(item, Caption) and item.moves]
    assert feet
    assert all(text_width(foot.text, "tick") <= foot.widest for foot in feet)


def test_the_head_of_c_stands_apart_from_that_of_the_bars(record: Record) -> None:
    step = step_at(record(3), 3)
    for width in range(420, 800, 10):
        heads = [item for item in Picture(step, 1.0, TEXTS, "").arrange(width, 300.0) if isinstance(item, Caption)]
        (c,) = (head for head in heads if head.text.startswith("C"))
        beyond = min(head.x for head in heads if head.y == c.y and head.x > c.x)
        assert beyond - (c.x + text_width(c.text, c.role)) >= 6, width


def test_when_play_stops_the_step_is_taken_apart_in_the_board_too(tab: Any) -> None:
    tab.set_playing(True)
    tab.run.advance(3)
    playing = tab.board.placed("W").grid.values.tolist()
    tab.set_playing(False)
    paused = tab.board.placed("W").grid.values.tolist()
    tab.show_beat(tab.beat)
    assert paused == tab.board.placed("W").grid.values.tolist() != playing
