"""The shipped digits beside those of scikit-learn, and the part of them that is held out."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits

from core.data.digits import CLASSES, COUNT, FIRST_TEST, HELD_OUT, SIDE, digits


def test_they_are_those_of_scikit_learn_in_its_order() -> None:
    theirs = load_digits()
    assert digits().images.shape == (COUNT, SIDE, SIDE)
    np.testing.assert_array_equal(digits().images * 16, theirs.images)
    np.testing.assert_array_equal(digits().labels, theirs.target)


def test_360_are_held_out_of_every_class() -> None:
    found = digits()
    assert len(found.test) == HELD_OUT
    assert sorted([*found.test, *found.training]) == list(range(COUNT))
    assert found.test[0] == FIRST_TEST
    drawn = np.random.default_rng(0).permutation(COUNT)  # as it was done once
    assert drawn.tolist()[HELD_OUT:] == found.training.tolist()
    assert sorted(drawn[:HELD_OUT]) == found.test.tolist()
    assert np.bincount(found.labels[found.test], minlength=CLASSES).min() >= 29


def test_nobody_can_write_to_them() -> None:
    assert digits() is digits()
    with pytest.raises(ValueError, match="read-only"):
        digits().images[0, 0, 0] = 1.0
