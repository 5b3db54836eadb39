"""Values that hold arrays: an array counts as the same only as itself; and what those of a series share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ClassVar, TypeVar

import numpy as np

from widgets.base import theme
from widgets.base.labels import metrics
from widgets.base.markers import SERIES_MARKERS
from widgets.plots.viewport import Viewport

Owner = TypeVar("Owner")
Found = TypeVar("Found")


def once_a_view(method: Callable[[Owner, Viewport], Found]) -> Callable[[Owner, Viewport], Found]:
    """Let a method of a frozen value keep what it found in the viewport it was asked of last, with its fonts and theme.

    It is kept with the value, whose fields alone tell whether two are equal.
    """
    name = f"{method.__name__} in the last view"

    @wraps(method)
    def found(self: Owner, viewport: Viewport) -> Found:
        look = metrics("label"), theme.current()
        known: tuple[Viewport, object, Found] | None = vars(self).get(name)
        if known is None or known[1] != look or not (known[0] is viewport or known[0] == viewport):
            known = vars(self)[name] = viewport, look, method(self, viewport)
        return known[2]

    return found


class ByIdentity:
    """A base of frozen dataclasses (`eq=False`): equal where all fields are, arrays where they are one object."""

    __match_args__: ClassVar[tuple[str, ...]]  # the names of the fields

    @property
    def look(self) -> tuple[object, ...]:
        """All fields but the arrays."""
        own = vars(self)
        return tuple([value for name in self.__match_args__ if not isinstance(value := own[name], np.ndarray)])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return False
        own, theirs = vars(self), vars(other)
        return all([_is_same(own[name], theirs[name]) for name in self.__match_args__])

    def __hash__(self) -> int:
        own = vars(self)
        return hash(tuple([id(v) if isinstance(v := own[name], np.ndarray) else v for name in self.__match_args__]))


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
