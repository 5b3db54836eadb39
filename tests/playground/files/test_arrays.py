"""Archives of arrays, as they are taken from a file."""

from __future__ import annotations

import io

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.wanted import taken_of

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)


def test_of_a_matrix_and_its_targets_one_is_to_be_named() -> None:
    file = io.BytesIO()
    np.savez(file, X=np.ones((3, 2)), y=np.ones(3))
    both = file.getvalue()
    with pytest.raises(Refusal) as caught:
        taken_of(both, "a.npz", PAIR)
    assert (caught.value.key, caught.value.values["allowed"]) == ("npz_which", "“X”, “y”")
    assert taken_of(both, "a.npz", PAIR, chosen=["X"]).values["points"].tolist() == [[1, 1]] * 3
