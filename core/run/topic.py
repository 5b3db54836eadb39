"""What a topic's module holds: the Protocol that mypy checks each module of `core` against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from numpy.typing import NDArray

from core.run.explanation import Explanation, Focus
from core.run.refusal import Refusal
from core.run.streams import Streams

P = TypeVar("P")
S = TypeVar("S")

Series = dict[str, float | str]
Arrays = dict[str, NDArray[Any]]
NOTHING = float("nan")  # in series and exported arrays: this value does not exist here


class Topic(Protocol[P, S]):
    """A topic is a module with these names."""

    @property
    def VERSION(self) -> int:  # noqa: N802
        """Raised when the arithmetic changes, so that old files can say that they were made by another."""

    @property
    def EDITS(self) -> tuple[type[Any], ...]:  # noqa: N802
        """The gestures that change a state."""

    @property
    def RESTS(self) -> tuple[str, ...]:  # noqa: N802
        """The events at which play pauses by itself, because nothing moves any more but for the learner."""

    @property
    def CONSTANT_ARRAYS(self) -> frozenset[str]:  # noqa: N802
        """The names of arrays that are the same in every frame."""

    @property
    def Params(self) -> type[P]:  # noqa: N802
        """The frozen dataclass of its parameters, defaults included."""

    @property
    def State(self) -> type[S]:  # noqa: N802
        """The frozen dataclass of its state."""

    def settable(self, params: P, /) -> tuple[str, ...]:
        """Return the names of arrays that `SetArray` may set: `State.with_array(name, value, params)` takes them."""

    def implied(self, params: P, given: frozenset[str], /) -> P:
        """Return the params with what the given ones imply for those not given."""

    def beats(self, params: P, /) -> tuple[str, ...]:
        """Return the names of the beats that a step is taken apart into, in their order."""

    def composed(self, state: S, params: P, rng: Streams, beats: Sequence[str], /) -> S:
        """Return what the first beats of a step make of a state, by the numbers that each shows.

        All of them, in their order, make the state that `step` makes, to the byte; without the last it stands before.
        """

    def check(self, params: P, /) -> Refusal | None:
        """Return why these parameters do not go together, or None."""

    def start(self, params: P, rng: Streams, /) -> S:
        """Return the state of step 0."""

    def step(self, state: S, params: P, rng: Streams, /) -> S:
        """Return the next state; the arguments stay as they are."""

    def series(self, state: S, params: P, /) -> Series:
        """Return the named scalars of the frame."""

    def arrays(self, state: S, params: P, /) -> Arrays:
        """Return the named arrays of the frame."""

    def events(self, before: S, after: S, params: P, /) -> tuple[str, ...]:
        """Return the keys of what began in this step; `end` when nothing is left to do."""

    def explain(self, before: S | None, after: S, params: P, focus: Focus | None, /) -> Explanation:
        """Return the rule with the numbers of this step, told of what is in focus; without where `before` is None."""


# What a topic hands on that needs none of its own.

RESTS: tuple[str, ...] = ()


def settable(params: object, /) -> tuple[str, ...]:
    """Return no names: nothing may be typed into."""
    return ()


def beats(params: object, /) -> tuple[str, ...]:
    """Return no names: a step is not taken apart."""
    return ()


def composed(state: S, params: object, rng: Streams, beats: Sequence[str], /) -> S:
    """Return the state as it is: there are no beats that would change it."""
    return state


def implied(params: P, given: frozenset[str], /) -> P:
    """Return the params as they are: no parameter implies another."""
    return params
