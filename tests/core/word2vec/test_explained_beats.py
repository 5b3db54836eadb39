"""What is said of each beat: its numbers are parts of the step between the two states."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core import word2vec
from core.nn.update_rules import FIRST_ORDER, first_order
from core.run.explanation import Explanation, Line
from core.run.recipe import Recipe
from core.run.replay import replay
from core.word2vec import Params, State, explained
from core.word2vec.algorithm import parts, used
from core.word2vec.beats import BEATS
from core.word2vec.explained_beats import explain, gradient
from core.word2vec.net import forward

Floats = NDArray[np.float64]
TEXT = "The old cat sees a dog. A dog sees the cat the cat! She runs."
BOTH = pytest.mark.parametrize(
    ("model", "output"), list(product(("cbow", "skip-gram"), ("softmax", "negative sampling")))
)


def run(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(word2vec, Recipe("word2vec", 1, 0, params), steps)]


def row(told: Explanation, label: str) -> tuple[Line, ...]:
    return dict(told.rows)[label]


def read(line: Line) -> list[float]:
    return [float(str(term.value).replace("−", "-")) for term in line]


@BOTH
def test_every_beat_has_something_to_say_and_its_own_sentence(model: Any, output: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output)
    before, after = run(params, 4)[-2:]
    told = {beat: explain(before, after, params, None, beat) for beat in BEATS}
    assert len({said.sentence for said in told.values()}) == len(BEATS)
    assert all(said.rule and said.rows for said in told.values())
    assert told["update"].sentence == explained.explain(before, after, params, None).sentence


def test_without_a_beat_or_a_step_the_whole_step_is_told() -> None:
    params = Params(corpus=TEXT)
    first, second = run(params, 1)
    assert explain(first, second, params, None) == explained.explain(first, second, params, None)
    assert explain(None, first, params, None, "error") == explained.explain(None, first, params, None)


@BOTH
def test_the_error_is_what_the_net_gave_less_what_was_wanted(model: Any, output: Any) -> None:
    params = Params(corpus=TEXT, model=model, output=output)
    for before, after in pairwise(run(params, 6)):
        told = explain(before, after, params, None, "error")
        for line, wanted in zip(row(told, "error"), (1.0, 0.0), strict=True):
            gave, error = (term.value for term in line if isinstance(term.value, float))
            assert gave - wanted == pytest.approx(error)
        if output == "softmax":
            assert told.values["e"] == pytest.approx(-float(told.values["rest"]))


@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
def test_before_less_rate_times_gradient_is_after(output: Any) -> None:
    params = Params(corpus=TEXT, output=output, learning_rate=0.5, batch=2)
    for before, after in pairwise(run(params, 6)):
        told = explain(before, after, params, None, "update")
        slope = row(explain(before, after, params, None, "backward"), "gradient")
        for old, new, g in zip(row(told, "before"), row(told, "after"), slope, strict=True):
            assert read(new) == pytest.approx(np.array(read(old)) - 0.5 * np.array(read(g)), abs=0.0013)
        centre = used(after.t, params).centres[0]
        assert read(row(told, "after")[0]) == pytest.approx(after.W[centre].tolist(), abs=0.0006)
        assert after.vectors == pytest.approx(before.vectors - 0.5 * gradient(before, after, params))


# The parts of a step.


def constant(slope: Floats) -> Callable[[Floats], Floats]:
    return lambda _: slope


@pytest.mark.parametrize("optimizer", sorted(FIRST_ORDER))
@pytest.mark.parametrize("batch", [1, 3])
@BOTH
def test_beats_of_a_step_composed_give_the_next_state_to_the_byte(
    model: Any, output: Any, batch: int, optimizer: Any
) -> None:
    params = Params(corpus=TEXT, model=model, output=output, batch=batch, optimizer=optimizer, negative=3)
    for before, after in pairwise(run(params, 6)):
        made = parts(before, after, params)
        words, sampled = len(before.W), output == "negative sampling"
        now = used(after.t, params)
        h = np.array([before.W[row[row >= 0]].mean(axis=0) for row in now.inputs])
        assert np.allclose(made.forward.hidden, h, rtol=1e-14)
        again = forward(before.vectors, words, made.batch, sampled)
        assert again.errors.tobytes() == made.forward.errors.tobytes()
        if not sampled:
            t = np.eye(words)[now.targets]
            assert (after.probabilities - t).tobytes() == made.forward.errors.tobytes()
        rule = first_order(optimizer, params.learning_rate)
        few = not isinstance(made.rows, slice)
        old = before.vectors[made.rows]
        moved, _ = rule.step(old, rule.start(old) if few else before.memory, constant(made.slope))
        vectors = before.vectors.copy()
        vectors[made.rows] = moved
        assert vectors.tobytes() == made.vectors.tobytes() == after.vectors.tobytes()


def test_with_several_words_in_each_has_its_share_of_the_gradient() -> None:
    params = Params(corpus="a b a", model="cbow")
    before, after = run(params, 2)[-2:]  # b between a and a
    rule = "".join(str(term.value) for term in explain(before, after, params, None, "backward").rule[0])
    assert rule == "∂L/∂W[a] = C·e"
    before, after = run(Params(corpus=TEXT, model="cbow"), 2)[-2:]
    told = explain(before, after, Params(corpus=TEXT, model="cbow"), None, "update").rule[0]
    assert "".join(str(term.value) for term in told) == "W[the] ← W[the] − η·C·e·1/3"


@pytest.mark.parametrize("optimizer", sorted(set(FIRST_ORDER) - {"sgd"}))
def test_the_rule_of_the_update_names_what_the_gradient_goes_through(optimizer: Any) -> None:
    params = Params(corpus=TEXT, optimizer=optimizer)
    before, after = run(params, 4)[-2:]
    told = explain(before, after, params, None, "update")
    for line, slope in zip(told.rule, ("C·e", "e·h"), strict=True):
        assert "".join(str(term.value) for term in line).endswith(f" − {optimizer}({slope})")
