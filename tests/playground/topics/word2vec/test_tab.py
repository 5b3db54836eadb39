"""The Word2vec tab: what its pictures show of a step."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QSlider

from core import word2vec as core
from core.nn.similarity import analogy, cosines, neighbours
from playground.topics.word2vec.net_board import Plan
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.small_plots import epoch_means, rounded_up
from playground.topics.word2vec.tab import Word2vecTab
from playground.window.window import Window
from widgets.grids.grid import Grid

LONG = "\n".join(f"the {a} number{i} sees a {b}" for i in range(600) for a, b in (("cat", "dog"), ("king", "queen")))


@pytest.fixture
def words(window: Window, settle: Any) -> Word2vecTab:
    tab: Any = window.visit("word2vec")
    assert isinstance(tab, Word2vecTab)
    settle()
    return tab


def show(tab: Word2vecTab, id: str, settle: Any) -> Any:
    page = tab.plots()[id]
    tab.centre.deck_of(page).show_page(page)
    settle()
    return page


def step_of(tab: Word2vecTab) -> Step:
    return tab.step_in_view(tab.run.frame)


def grid(tab: Word2vecTab, name: str) -> Grid:
    found = tab.board.placed(name)
    assert found is not None
    return found.grid


# The text.


def test_the_strip_marks_the_pair_of_the_step(words: Word2vecTab) -> None:
    words.run.advance(3)
    corpus, step = core.corpus_of(words.run.params), step_of(words)
    marks = words.strip._marks
    assert {i: mark.filled for i, mark in marks.items()} == {step.position: True, step.partners[0]: False}
    assert corpus.vocabulary[corpus.tokens[step.partners[0]]] == step.word(step.target)


def test_with_cbow_all_neighbours_are_marked_and_bracketed(words: Word2vecTab) -> None:
    words.set_parameter("model", "cbow")
    words.run.advance(3)
    step = step_of(words)
    assert set(words.strip._marks) == {step.position, *step.partners}
    assert len(step.partners) == 4
    bracket = words.strip._bracket
    assert bracket is not None
    assert (bracket.first, bracket.last) == (min(step.partners), max(step.partners))


def test_at_the_start_the_words_lie_on_the_map_and_nothing_is_marked(words: Word2vecTab) -> None:
    assert len(words.map.spots()) == 20
    assert words.loss.empty_text == words.texts.get("panels", "press_play")
    assert words.strip._marks == {}
    assert step_of(words).inputs == ()
    assert words.board.placed("h") is None


# The net.


@pytest.mark.parametrize("model", ["cbow", "skip-gram"])
@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
def test_the_board_shows_what_the_step_computed(words: Word2vecTab, model: str, output: str) -> None:
    words.set_parameter("model", model)
    words.set_parameter("output", output)
    words.run.advance(7)
    step, before = step_of(words), words.run.before
    assert before is not None
    assert grid(words, "W").values.tolist() == before.state.W[step.words_that_matter(20)].tolist()
    hidden = before.state.W[list(step.inputs)].mean(axis=0)
    assert np.allclose(grid(words, "h").values[0], hidden)
    assert step.outputs is not None
    scores = hidden @ before.state.C
    if output == "softmax":
        assert step.outputs.sum() == pytest.approx(1)
        assert step.outputs[step.target] == pytest.approx(np.exp(scores[step.target]) / np.exp(scores).sum())
    else:
        assert set(np.flatnonzero(~np.isnan(step.outputs)).tolist()) == {step.target, *step.negatives}
        assert step.outputs[step.target] == pytest.approx(1 / (1 + np.exp(-scores[step.target])))


def test_of_many_words_those_that_matter_are_shown(words: Word2vecTab, settle: Any) -> None:
    words.set_parameter("corpus", LONG)
    words.set_parameter("vector_size", 50)
    words.run.advance(9)
    settle()
    step = step_of(words)
    plan = Plan(step, float(words.board.width()), float(words.board.height()))
    assert step.corpus.size > 600
    assert {step.target, *step.inputs} <= set(plan.words)
    assert len(plan.words) < 40
    assert grid(words, "W").values.shape == (len(plan.words), 12)
    assert not words.grab().isNull()


def test_frames_go_around_what_the_step_used(words: Word2vecTab) -> None:
    words.set_parameter("output", "negative sampling")
    words.run.advance(5)
    step = step_of(words)
    shown = step.words_that_matter(20)
    columns = {shown[frame.column] for frame in grid(words, "C").outlines}
    assert columns == {step.target, *step.negatives}
    assert {shown[frame.row] for frame in grid(words, "W").outlines} == set(step.inputs)


def test_pointing_at_a_weight_tells_its_word(window: Window, words: Word2vecTab) -> None:
    words.run.advance(1)
    words.board.hovered.emit("W", 0, 2)
    value = grid(words, "W").values[0, 2]
    assert window.statusBar().currentMessage() == f"W: the, number 3   weight {value:.3f}".replace("-", "−")
    words.board.clicked.emit("C", 1, 5)
    assert words.query == "cat"


def test_a_word_that_is_pointed_at_is_counted_and_its_numbers_light(window: Window, words: Word2vecTab) -> None:
    words.run.advance(1)
    words.strip.pointed.emit(1)
    assert window.statusBar().currentMessage() == "king   occurs 6×"
    assert words.numbers.view._lit == "context"
    words.strip.left.emit()
    assert (window.statusBar().currentMessage(), words.numbers.view._lit) == ("", "")
    words.numbers.marked.emit("centre")
    assert words.strip._lit == "blue"
    words.numbers.marked.emit("")
    assert words.strip._lit == ""


# Map, loss, chances.


def test_the_map_shows_where_the_vectors_lie(words: Word2vecTab) -> None:
    words.run.advance(40)
    inputs, outputs = core.word_map(words.run.frame.state)
    spots = {spot.name: spot for spot in words.map.spots()}
    for i, word in enumerate(core.corpus_of(words.run.params).vocabulary):
        assert (spots[word].x, spots[word].y) == tuple(inputs[i])
    assert len(spots) == 20
    words.outputs_button.click()
    spots = {spot.name: spot for spot in words.map.spots()}
    assert len(spots) == 40
    assert (spots["king'"].x, spots["king'"].y) == tuple(outputs[1])
    assert spots["king'"].hollow


def test_all_points_lie_in_the_range_of_the_map(words: Word2vecTab) -> None:
    words.set_parameter("learning_rate", 0.5)
    words.run.advance(900)
    x0, x1, y0, y1 = words.map._home
    assert all(x0 < spot.x < x1 and y0 < spot.y < y1 for spot in words.map.spots())


def test_the_mean_loss_of_a_pass_stands_in_its_middle(words: Word2vecTab) -> None:
    params = core.Params(corpus="a b c. d e", batch=3)
    count = len(core.examples(params))
    losses = np.concatenate([[np.nan], np.arange(1.0, 12.0)])
    x, y = epoch_means(losses, params)
    ends = [-(-k * count // 3) for k in range(1, core.epochs(11, params) + 1)]
    assert len(y) == len(ends)
    begin = 0
    for i, end in enumerate(ends):
        assert y[i] == np.mean(losses[begin + 1 : end + 1])
        assert x[i] == (begin + 1 + end) / 2
        begin = end


def test_the_loss_is_drawn_with_what_guessing_costs(words: Word2vecTab) -> None:
    words.run.advance(900)
    curves = {curve.name: curve for curve in words.loss._curves}
    assert curves["guess"].y[0] == math.log(20)
    assert len(curves["mean"].y) == 2
    assert curves["loss"].y.tolist()[1:] == words.run.timeline.series.column("loss").tolist()[1:]
    assert curves["mean"].y[1] == pytest.approx(words.run.row["epoch_loss"])


def test_the_likeliest_words_come_first_and_the_target_is_there(words: Word2vecTab, settle: Any) -> None:
    bars = show(words, "bars", settle)
    words.run.advance(30)
    step = step_of(words)
    shown = bars.bars()
    assert step.word(step.target) in {bar.label for bar in shown}
    values = [bar.value for bar in shown if bar.target is None]
    assert values == sorted(values, reverse=True)
    assert [bar.target for bar in shown if bar.label == step.word(step.target)] == [1.0]


@pytest.mark.parametrize(("value", "rounded"), [(0.7, 0.7), (0.71, 1.0), (1.2, 1.5), (31.0, 50.0), (0.0, 1.0)])
def test_ranges_end_at_round_numbers(value: float, rounded: float) -> None:
    assert rounded_up(value) == pytest.approx(rounded)


# Who is like whom.


def test_the_neighbours_of_the_centre_are_listed(words: Word2vecTab) -> None:
    words.run.advance(50)
    step, W = step_of(words), words.run.frame.state.W  # noqa: N806
    wanted = [step.word(i) for i, _ in neighbours(W, step.main, 5)]
    assert [row.label for row in words.rows._rows] == wanted
    assert words.rows.accessibleName() == f"Nearest to “{step.word(step.main)}”"


def test_a_chosen_word_keeps_its_neighbours_until_it_is_chosen_again(words: Word2vecTab) -> None:
    words.map.picked.emit("king")
    words.run.advance(40)
    assert words.rows.accessibleName() == "Nearest to “king”"
    words.bars.clicked.emit("king")
    assert words.rows.accessibleName() != "Nearest to “king”"


def test_cosines_and_analogies_follow_their_formulas() -> None:
    W = np.random.default_rng(3).normal(size=(9, 4))  # noqa: N806
    W[7] = 0
    unit = W / np.maximum(1e-300, np.linalg.norm(W, axis=1, keepdims=True))
    assert np.allclose(cosines(W, W[2]), unit @ unit[2])
    ranked = neighbours(W, 2, 3)
    assert [word for word, _ in ranked] == [int(i) for i in np.argsort(-(unit @ unit[2])) if i != 2][:3]
    found = analogy(W, 0, 1, 2, 3)
    sums = unit @ (unit[0] - unit[1] + unit[2])
    assert [word for word, _ in found] == [int(i) for i in np.argsort(-sums) if i not in (0, 1, 2)][:3]


def test_an_analogy_is_answered_and_an_unknown_word_is_said(words: Word2vecTab, settle: Any) -> None:
    words.set_parameter("model", "cbow")
    words.run.advance(4000)
    page = show(words, "analogy", settle)
    assert page.answers()[0][0] == "queen"  # king − man + woman
    field: Any = page.findChild(QLineEdit, "analogy.b")
    field.setText("unicorn")
    error: Any = page.findChild(QLabel, "analogy.error")
    assert error.isVisible()
    assert "unicorn" in error.text()
    assert page.answers() == []


def test_multiplications_are_counted_up_to_a_hundred_thousand_words(words: Word2vecTab, settle: Any) -> None:
    page = show(words, "lookup", settle)
    slider: Any = page.findChild(QSlider, "lookup.words")
    assert page.number == 100_000
    assert "600 000" in page.accessibleDescription().replace("\N{THIN SPACE}", " ")
    slider.setValue(slider.minimum())
    assert page.number == 2
