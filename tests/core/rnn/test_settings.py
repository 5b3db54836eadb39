"""What may be asked of the recurrent net: what implies what, what is refused, by its own name and in one line."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.rnn import Params, check, implied
from core.rnn.settings import MOST_FEATURES, characters_of, sizes_of

TEXTS = tomllib.loads(Path("resources/topics/rnn.toml").read_text("utf-8"))["refusals"]
X = np.arange(12.0).reshape(2, 3, 2)
CLASSES = np.array([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]])


def own(x: Any = X, t: Any = CLASSES, **given: Any) -> Params:
    params = Params(task="own", inputs=None if x is None else np.array(x, dtype=float),
                    targets=None if t is None else np.array(t, dtype=float))  # fmt: skip
    return replace(implied(params, frozenset({"task", "inputs", "targets"})), **given)


@pytest.mark.parametrize(("given", "features", "outputs", "has_classes"), [
    ({}, 4, 4, True), ({"symbols": 10}, 10, 10, True), ({"task": "parity"}, 1, 2, True),
    ({"task": "adding"}, 2, 1, False), ({"task": "adding", "mode": "one-to-many"}, 1, 1, False),
    ({"task": "next-character", "text": "banana"}, 3, 3, True), ({"task": "sine"}, 1, 1, False),
])  # fmt: skip
def test_sizes_of_the_tasks(given: Any, features: int, outputs: int, has_classes: bool) -> None:
    sizes = sizes_of(Params(**given))
    assert (sizes.features, sizes.outputs, sizes.has_classes) == (features, outputs, has_classes)
    assert check(Params(**given)) is None


@pytest.mark.parametrize(("mode", "x", "t", "outputs", "has_classes"), [
    ("many-to-many", X, CLASSES, 3, True), ("many-to-many", X, np.ones((2, 3, 4)), 4, False),
    ("many-to-one", X, [5.0, 0.0], 6, True), ("many-to-one", X, np.ones((2, 4)), 4, False),
    ("one-to-many", X[:, :1], CLASSES, 3, True), ("one-to-many", X[:, :1], np.ones((2, 3, 1)), 1, False),
    ("many-to-many", X, 0 * CLASSES, 2, True),
])  # fmt: skip
def test_targets_of_ones_own_are_classes_where_they_have_an_axis_less(
    mode: Any, x: Any, t: Any, outputs: int, has_classes: bool
) -> None:
    params = implied(replace(own(x, t), mode=mode), frozenset({"task", "mode", "inputs", "targets"}))
    assert check(params) is None
    assert (params.batch_size, params.length) == (2, 3)
    assert (sizes_of(params).outputs, sizes_of(params).has_classes) == (outputs, has_classes)


REFUSED: dict[str, tuple[Params, str, str, Any]] = {
    "lag as long as the sequence": (Params(lag=8), "lag", "lag_too_long", 8),
    "text of one character": (Params(task="next-character", text="aaa"), "text", "text_characters", 1),
    "text of too many": (Params(task="next-character", text="".join(map(chr, range(0x4E00, 0x4E00 + 129)))), "text",
                         "text_characters", 129),
    "no inputs": (own(None), "inputs", "own_missing", "own"),
    "no targets": (own(t=None), "targets", "own_missing", "own"),
    "inputs of a task": (replace(Params(), inputs=X), "inputs", "own_only", "echo"),
    "targets of a task": (replace(Params(task="sine"), targets=CLASSES), "targets", "own_only", "sine"),
    "inputs of two axes": (own(X[0]), "inputs", "inputs_shape", [3, 2]),
    "inputs of no sequence": (own(X[:0], CLASSES[:0]), "inputs", "inputs_shape", [0, 3, 2]),
    "inputs of no time": (own(X[:, :0], CLASSES[:, :0]), "inputs", "inputs_shape", [2, 0, 2]),
    "inputs of no feature": (own(X[:, :, :0]), "inputs", "inputs_shape", [2, 3, 0]),
    "too many sequences": (own(np.ones((257, 1, 1)), np.ones((257, 1))), "inputs", "inputs_shape", [257, 1, 1]),
    "too long": (own(np.ones((1, 101, 1)), np.ones((1, 101))), "inputs", "inputs_shape", [1, 101, 1]),
    "too many features": (own(np.ones((1, 2, MOST_FEATURES + 1)), np.ones((1, 2))), "inputs", "inputs_shape",
                          [1, 2, MOST_FEATURES + 1]),
    "inputs at every time": (own(mode="one-to-many"), "inputs", "inputs_shape", [2, 3, 2]),
    "another batch": (own(batch_size=5), "batch_size", "own_size", 5),
    "another length": (own(length=5), "length", "own_size", 5),
    "another length of targets": (own(X[:, :1], mode="one-to-many", length=5), "length", "own_size", 5),
    "targets too short": (own(t=CLASSES[:, :2]), "targets", "targets_shape", [2, 2]),
    "targets of three axes": (own(t=np.ones((2, 1, 3)), mode="many-to-one"), "targets", "targets_shape", [2, 1, 3]),
    "targets of four axes": (own(t=np.ones((2, 3, 1, 1))), "targets", "targets_shape", [2, 3, 1, 1]),
    "no outputs": (own(t=np.ones((2, 3, 0))), "targets", "targets_shape", [2, 3, 0]),
    "half a class": (own(t=CLASSES + 0.5), "targets", "targets_class", "0.5"),
    "class below 0": (own(t=CLASSES - 1), "targets", "targets_class", "-1"),
    "class too large": (own(t=CLASSES + MOST_FEATURES), "targets", "targets_class", f"{MOST_FEATURES}"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_go_together_is_refused_by_name_in_one_line(case: str) -> None:
    params, field, key, given = REFUSED[case]
    refusal = check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key, refusal.values["given"]) == (field, key, given)
    for words in TEXTS[key].values():
        said = words.format(**refusal.values)
        assert "\n" not in said
        assert str(given) in said


def test_characters_stand_in_the_order_of_their_first_appearance() -> None:
    assert characters_of("the theatre") == ("t", "h", "e", " ", "a", "r")


def test_sequences_of_ones_own_are_the_task_and_bring_their_sizes() -> None:
    params = implied(replace(Params(), inputs=X, targets=CLASSES), frozenset({"inputs", "targets"}))
    assert (params.task, params.batch_size, params.length) == ("own", 2, 3)
    assert check(params) is None


def test_another_task_lets_go_of_them() -> None:
    params = implied(replace(own(), task="parity"), frozenset({"task"}))
    assert params.inputs is None
    assert params.targets is None
    assert check(params) is None


def test_length_and_lag_go_together_unless_both_are_given() -> None:
    assert implied(Params(length=2), frozenset({"length"})).lag == 1
    assert implied(Params(length=1), frozenset({"length"})).lag == 1
    assert check(Params(length=1, lag=1)) is None
    assert implied(Params(lag=10), frozenset({"lag"})).length == 11
    assert implied(Params(lag=2, length=30), frozenset({"lag"})).length == 30


def test_what_was_given_is_never_changed() -> None:
    every = frozenset({"task", "mode", "inputs", "targets", "batch_size", "length", "lag", "text"})
    for params, *_ in REFUSED.values():
        assert implied(params, every) == params
