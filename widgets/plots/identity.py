"""Values that hold arrays: an array counts as the same only as itself; and what those of a series share."""

from __future__ import annotations

import numpy as np

from widgets.base.markers import SERIES_MARKERS


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


class OfSeries(ByIdentity):
    """One of a series: its `colour` is a name of the theme, its `marker` a shape, or "" for that of the colour."""

    colour: str
    marker: str

    @property
    def shape(self) -> str:
        """The marker shape, by default that of the colour."""
        return self.marker or SERIES_MARKERS[self.colour]


def _is_same(one: object, other: object) -> bool:
    return one is other or (not (isinstance(one, np.ndarray) or isinstance(other, np.ndarray)) and one == other)
