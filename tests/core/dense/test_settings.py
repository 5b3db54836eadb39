"""What may be asked of the two nets: which targets go with which last layer, what implies what, what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.data import class_sets
from core.dense import Params, check, implied
from core.dense.settings import MOST_POINTS, data_of, loss_of
from core.run import streams

THREE = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]])


def own(targets: Any = None, **given: Any) -> Params:
    return Params(points=THREE, targets=None if targets is None else np.array(targets, dtype=float), **given)


@pytest.mark.parametrize("name", class_sets.NAMES)
def test_a_named_set_is_that_of_its_seed(name: str) -> None:
    data = data_of(Params(points=name, n_samples=60, data_seed=3, spread=0.5))
    drawn = class_sets.draw(name, 60, 0.5, streams.data(3))
    np.testing.assert_array_equal(data.x, drawn.points)
    np.testing.assert_array_equal(data.t, drawn.targets)


@pytest.mark.parametrize(
    ("activation", "units", "loss"),
    [
        ("sigmoid", 1, "cross-entropy"), ("softmax", 2, "cross-entropy"), ("softmax", 5, "cross-entropy"),
        ("sigmoid", 2, "mse"), ("linear", 1, "mse"), ("tanh", 3, "mse"), ("relu", 1, "mse"),
    ],
)  # fmt: skip
def test_the_loss_goes_with_the_last_layer(activation: Any, units: int, loss: str) -> None:
    params = Params(activation=activation, units=units)
    assert loss_of(params) == loss
    assert check(params) is None


def test_classes_of_a_set_are_a_1_in_their_own_column_where_numbers_are_wanted() -> None:
    classes, columns = (data_of(Params(activation=name, units=3)).t for name in ("softmax", "linear"))
    assert columns.shape == (200, 3)
    np.testing.assert_array_equal(columns.argmax(axis=1), classes)
    assert set(columns.sum(axis=1)) == {1.0}


def test_targets_of_ones_own_are_taken_as_they_are() -> None:
    assert data_of(own([0, 1, 1])).t.tolist() == [0, 1, 1]
    assert data_of(own([2, 0, 1], units=3, activation="softmax")).t.tolist() == [2, 0, 1]
    assert data_of(own([[0.1, 0.9]] * 3, units=2)).t.tolist() == [[0.1, 0.9]] * 3
    assert data_of(own([0.5, -3, 1e6], activation="linear")).t.tolist() == [0.5, -3, 1e6]


def test_without_targets_there_is_nothing_to_learn() -> None:
    assert check(own()) is None
    assert not data_of(own()).has_targets
    assert data_of(own(units=4, activation="linear")).t.shape == (3, 4)


REFUSED = {
    "name": (Params(points="circles"), "points", "points_unknown", "circles"),
    "one number a point": (Params(points=np.arange(3.0)), "points", "points_shape", [3]),
    "no points": (Params(points=np.empty((0, 2))), "points", "points_shape", [0, 2]),
    "no columns": (Params(points=np.empty((2, 0))), "points", "points_shape", [2, 0]),
    "nine columns": (Params(points=np.ones((2, 9))), "points", "points_shape", [2, 9]),
    "too many": (Params(points=np.ones((MOST_POINTS + 1, 1))), "points", "points_shape", [MOST_POINTS + 1, 1]),
    "of a set": (Params(targets=np.zeros(200)), "targets", "targets_of_a_set", "clouds"),
    "too few": (own([0, 1]), "targets", "targets_shape", [2]),
    "too many columns": (own([[0, 1]] * 3), "targets", "targets_shape", [3, 2]),
    "too few columns": (own([[0, 1]] * 3, units=3), "targets", "targets_shape", [3, 2]),
    "classes where numbers are wanted": (own([0, 1, 1], units=2), "targets", "targets_shape", [3]),
    "numbers where classes are wanted": (own([[0, 1]] * 3, units=2, activation="softmax"), "targets", "targets_shape",
                                         [3, 2]),
    "half a class": (own([0, 0.5, 1]), "targets", "targets_class", "0.5"),
    "a third class of two": (own([0, 1, 2]), "targets", "targets_class", "2"),
    "class below 0": (own([0, 1, -1], units=3, activation="softmax"), "targets", "targets_class", "-1"),
    "class beyond the units": (own([0, 1, 3], units=3, activation="softmax"), "targets", "targets_class", "3"),
    "softmax of one": (Params(activation="softmax"), "units", "softmax_units", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_go_together_is_refused_by_name(case: str) -> None:
    params, field, key, given = REFUSED[case]
    refusal = check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key, refusal.values["given"]) == (field, key, given)


def test_a_refused_class_names_its_row() -> None:
    refusal = check(own([0, 1, 7]))
    assert refusal is not None
    assert refusal.values["row"] == 3


def test_every_width_of_the_form_goes_with_a_set() -> None:
    for units in range(1, 17):
        for activation in ("sigmoid", "softmax", "linear", "tanh", "relu"):
            params = implied(Params(units=units, activation=activation), frozenset({"units"}))
            assert check(params) is None


def test_what_is_given_says_what_was_not() -> None:
    assert implied(Params(activation="softmax"), frozenset({"activation"})).units == 2
    assert implied(Params(activation="softmax"), frozenset({"units"})).activation == "sigmoid"
    assert implied(own([[0, 1]] * 3), frozenset({"points", "targets"})).units == 2
    three = own([0, 2, 1], activation="softmax")
    assert implied(three, frozenset({"points", "targets", "activation"})).units == 3


def test_other_points_let_go_of_targets_that_are_not_theirs() -> None:
    params = own([0, 1, 1])
    assert implied(replace(params, points="moons"), frozenset({"points"})).targets is None
    assert implied(replace(params, points=THREE[:2]), frozenset({"points"})).targets is None
    assert implied(replace(params, points=-THREE), frozenset({"points"})).targets is params.targets


def test_what_was_given_is_never_changed() -> None:
    every = frozenset({"points", "targets", "units", "activation"})
    for params, *_ in REFUSED.values():
        assert implied(params, every) == params
