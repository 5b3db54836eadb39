"""Values that hold arrays: an array counts as the same only as itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Same:
    """Arrays as a key for a cache: comparing their numbers would cost more than drawing them."""

    def __init__(self, *arrays: NDArray[Any]) -> None:
        self.arrays = arrays

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.arrays)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same) or len(self.arrays) != len(other.arrays):
            return False
        return all(a is b for a, b in zip(self.arrays, other.arrays, strict=True))


class ByIdentity:
    """A base of frozen dataclasses (`eq=False`): equal where all fields are, arrays where they are one object."""

    @property
    def look(self) -> tuple[object, ...]:
        """All fields but the arrays."""
        return tuple(value for value in vars(self).values() if not isinstance(value, np.ndarray))

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return False
        theirs = vars(other)
        return all(_is_same(own, theirs[name]) for name, own in vars(self).items())

    def __hash__(self) -> int:
        return hash(self.look)


def _is_same(one: object, other: object) -> bool:
    if one is other:
        return True
    return not isinstance(one, np.ndarray) and not isinstance(other, np.ndarray) and one == other
