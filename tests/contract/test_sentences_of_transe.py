"""What a sentence about a step of TransE says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import transe
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams
from core.transe import Params, explained_beats

SAMPLES = 30  # steps of a run
OWN = (("a", "r", "b"), ("b", "r", "a"), ("a", "s", "c"), ("a", "r", "c"), ("c", "s", "c"))


def params_of(rng: Any) -> Params:
    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    return Params(
        triples=choose("world", "marriages", "contains", "ring", OWN), dim=choose(1, 2, 3, 9), norm=choose(1, 2),
        margin=choose(0.0, 0.5, 1.0, 4.0), normalise=choose(True, False),
        learning_rate=float(10 ** rng.uniform(-3, 1)),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(8), 0
    while done < count:
        params = params_of(rng)
        shape = transe.start(params, Streams.start(0)).entities.shape
        size = 10 ** rng.uniform(-1, 14)
        edit = Change(SAMPLES // 2, SetArray("entities", np.clip(size * rng.standard_normal(shape), -1e12, 1e12)))
        before = None
        for frame, _ in replay(transe, Recipe("transe", 1, int(rng.integers(99)), params, (edit,)), SAMPLES):
            focus = (Focus("triple", (done % 4,)), Focus("question", (done % 3, 0)), *3 * [None])[done % 5]
            step = before.state if before else None, frame.made, frame.used, focus
            yield transe.explain(*step), step
            if done % 3 == 0:
                yield from ((explained_beats.explain(*step, beat), step) for beat in transe.beats(params))
            before, done = frame, done + 1


# ---- the same numbers, computed anew


def away(state: Any, triple: Any, params: Params) -> float:
    head, relation, tail = (int(i) for i in triple)
    missed = state.entities[head] + state.relations[relation] - state.entities[tail]
    return float(np.linalg.norm(missed, ord=params.norm))


def told(before: Any, after: Any, params: Params) -> dict[str, Any]:
    """Names, and both distances of the step's triples before and after it."""
    held = transe.arrays(after, params)
    names, relations = held["entity_names"].tolist(), held["relation_names"].tolist()
    (head, relation, tail), false = held["triple"].tolist(), held["corrupted"].tolist()
    end = 2 if false[2] != tail else 0
    assert (head, relation, tail) != tuple(false)
    values = {"head": names[head], "relation": relations[relation], "tail": names[tail], "other": names[false[end]]}
    for key, triple in (("d", held["triple"]), ("false", held["corrupted"])):
        values |= {key: away(before, triple, params), f"{key}_now": away(after, triple, params)}
    return {**values, "margin": params.margin, "loss": max(0.0, params.margin + values["d"] - values["false"])}


def begins(before: Any, *_: Any) -> dict[str, Any]:
    assert before is None
    return {}


def replaces(end: int) -> Any:
    def check(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
        assert after.corrupted[end] != after.triple[end]
        values = told(before, after, params)
        assert values["loss"] > 0
        return values

    return check


def moves_nothing(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    values = told(before, after, params)
    assert values["loss"] <= 1e-9 * max(1.0, values["d"])
    assert np.array_equal(before.entities, after.entities)
    assert np.array_equal(before.relations, after.relations)
    return values


def errs(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    return told(before, after, params)


def has_gradients(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    """Count the rows with a gradient, from the four ends one by one."""
    slopes: dict[int, Any] = {}
    both = []
    for triple, sign in ((after.triple, 1), (after.corrupted, -1)):
        h, r, t = (int(i) for i in triple)
        x = before.entities[h] + before.relations[r] - before.entities[t]
        d = away(before, triple, params)
        u = np.sign(x) if params.norm == 1 else (x / d if d else x)
        both.append(u)
        slopes[h] = slopes.get(h, 0) + sign * u
        slopes[t] = slopes.get(t, 0) - sign * u
    count = sum(bool(np.abs(slope).max() > 1e-12) for slope in slopes.values())
    return {"count": str(count), "relations": str(int(np.abs(both[0] - both[1]).max() > 1e-12))}


def ranks(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    held = transe.arrays(after, params)
    rows, i = held["numbered"].tolist(), focus.at[0]
    head, relation, tail = rows[i]
    values: dict[str, Any] = {"head": held["entity_names"][head], "relation": held["relation_names"][relation]}
    values |= {"tail": held["entity_names"][tail], "all": str(len(held["entity_names"]))}
    for mark, state in (("", before), ("_now", after)):
        values[f"d{mark}"] = away(state, rows[i], params)
        values[f"rank{mark}"] = f"{transe.arrays(state, params)['ranks'][i]:g}"
    return values


def asks(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    held, (head, relation) = transe.arrays(after, params), focus.at
    names = held["entity_names"].tolist()
    found = [away(after, (head, relation, tail), params) for tail in range(len(names))]
    first = int(np.argmin(found))
    return {"head": names[head], "relation": held["relation_names"][relation], "first": names[first], "d": found[first]}


def stands(before: Any, after: Any, *_: Any) -> dict[str, Any]:
    assert np.array_equal(before.entities, after.entities)
    assert after.diverged
    return {}


CHECKERS: dict[str, Any] = {
    "rule": begins, "tail": replaces(2), "head": replaces(0), "nothing": moves_nothing, "triple": ranks,
    "error": errs, "error.nothing": moves_nothing, "gradients": has_gradients, "gradients.nothing": moves_nothing,
    "diverged": stands, "question": asks,
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("steps", [2500])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("transe", steps_of(steps), CHECKERS) == set(CHECKERS)
