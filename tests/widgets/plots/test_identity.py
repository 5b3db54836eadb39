from dataclasses import dataclass

import numpy as np

from widgets.base.arrays import Floats
from widgets.plots.identity import ByIdentity

ONE = np.zeros(3)


@dataclass(frozen=True, eq=False)
class Named(ByIdentity):
    name: str
    array: Floats
    other: Floats | None = None


@dataclass(frozen=True, eq=False)
class Alike(ByIdentity):
    name: str
    array: Floats
    other: Floats | None = None


def test_values_are_equal_where_their_arrays_are_the_same_objects() -> None:
    assert Named("a", ONE) == Named("a", ONE)
    assert hash(Named("a", ONE)) == hash(Named("a", ONE))
    assert Named("a", ONE) != Named("a", ONE.copy())
    assert Named("a", ONE) != Named("b", ONE)
    assert Named("a", ONE) != Named("a", ONE, ONE)
    assert Named("a", ONE, ONE) != Named("a", ONE)
    assert Named("a", ONE) != Alike("a", ONE)
    assert Named("a", ONE).look == ("a", None)
