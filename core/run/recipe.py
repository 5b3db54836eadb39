"""A run is a recipe: topic, version, seed, parameters and edits. Everything else follows from it.

An edit stands after a step and does not consume one, so the step number stays the algorithm's own t.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar

from annotated_types import Len

from core.run.parameters import get_value, with_value
from core.run.streams import Streams
from core.run.values import Array, alike, frozen

P = TypeVar("P")
S = TypeVar("S")


class Edit(Protocol):
    """A gesture of the learner: a frozen value that makes one state of another. `kind` tells edits apart in files."""

    @property
    def kind(self) -> str:
        """The name under which files know this edit."""

    @property
    def target(self) -> str:
        """What it changes: a later edit of the same target at the same step replaces it (a drag is one edit)."""

    def apply(self, state: Any, params: Any, rng: Streams) -> Any:
        """Return the changed state."""


@frozen
class SetParam:
    """The learner gives a parameter another value; it holds from the next step on."""

    name: str
    value: Any
    kind: Literal["set"] = "set"

    @property
    def target(self) -> str:
        """The parameter's name."""
        return self.name

    def apply(self, state: S, params: object, rng: Streams) -> S:
        """Leave the state alone: a parameter is not part of it."""
        return state


@frozen
class SetArray:
    """The learner gives an array of the state other values of the same shape, to check an example by hand."""

    name: str
    value: Array
    kind: Literal["set array"] = "set array"

    @property
    def target(self) -> str:
        """The array's name."""
        return self.name

    def apply(self, state: Any, params: Any, rng: Streams) -> Any:
        """Return the state with that array; the state knows what follows from it. Raises ValueError as it does."""
        return state.with_array(self.name, self.value, params)


def covers(new: Edit, old: Edit) -> bool:
    """Tell whether nothing is left of an earlier edit of the same step: of its target, or the array it is part of."""
    return new.target in (old.target, getattr(old, "part_of", None))


@dataclass(frozen=True)
class Change:
    """An edit and the step after which it stands."""

    step: int
    edit: Any


LONGEST_NAME = 255  # characters of a file's or a column's name
Name = Annotated[str, Len(1, LONGEST_NAME)]


@frozen
class Origin:
    """Where the value of a parameter was read: the name of a file, and of its columns the names of those taken."""

    parameter: str
    file: Name
    columns: Annotated[tuple[Name, ...], Len(0, 1000)] = ()


@dataclass(frozen=True)
class Recipe(Generic[P]):
    """All that a run is. `edits` are ordered by step; `origins` are names for its values and make no other run."""

    topic: str
    version: int
    seed: int
    params: P
    edits: tuple[Change, ...] = ()
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    def edited(self, step: int, edit: Edit) -> Recipe[P]:
        """Return the recipe with an edit after `step`; edits after that step are dropped, those it covers replaced."""
        kept = tuple(c for c in self.edits if c.step < step or (c.step == step and not covers(edit, c.edit)))
        return replace(self, edits=(*kept, Change(step, edit)))

    def viewed(self, name: str, value: object, origins: Sequence[Origin] = ()) -> Recipe[P]:
        """Return the recipe with a view parameter changed: for the whole run, no edit."""
        return self.with_params(with_value(self.params, name, value), origins)

    def begun_with(self, params: P, origins: Sequence[Origin] = ()) -> Recipe[P]:
        """Return the recipe begun again, without edits, with other parameters."""
        return replace(self.with_params(params, origins), edits=())

    def with_params(self, params: P, origins: Sequence[Origin] = ()) -> Recipe[P]:
        """Return the recipe with other parameters, of which `origins` says where they were read.

        A value that stays keeps its origin, one that does not loses it.
        """
        told = {origin.parameter for origin in origins}
        kept = (o for o in self.origins if o.parameter not in told and _stays(o.parameter, self.params, params))
        return replace(self, params=params, origins=(*kept, *origins))

    def origin_of(self, name: str, params: P) -> Origin | None:
        """Return where the value was read that a parameter has among those in force; None for one given otherwise."""
        found = next((origin for origin in self.origins if origin.parameter == name), None)
        return found if found and _stays(name, self.params, params) else None


def _stays(name: str, params: object, others: object) -> bool:
    return alike(get_value(params, name), get_value(others, name))


class Schedule(Generic[P]):
    """The parameters in force and the edits made at each step of a recipe."""

    def __init__(self, recipe: Recipe[P]) -> None:
        self.seed = recipe.seed
        self._edits: dict[int, list[Edit]] = {}
        self._steps = [-1]
        self.distinct = [recipe.params]  # of each stretch between changes, in order
        for change in recipe.edits:
            self._edits.setdefault(change.step, []).append(change.edit)
            if isinstance(change.edit, SetParam):
                self._steps.append(change.step)
                self.distinct.append(with_value(self.distinct[-1], change.edit.name, change.edit.value))

    def index_at(self, t: int) -> int:
        """Return which of the `distinct` parameters are in force at t."""
        return bisect_right(self._steps, t) - 1

    def params_at(self, t: int) -> P:
        """Return the parameters shown at t, which the step from t to t + 1 uses."""
        return self.distinct[self.index_at(t)]

    def params_before(self, t: int) -> P:
        """Return the parameters in force before the edits at t."""
        return self.distinct[bisect_left(self._steps, t) - 1]

    def apply_edits(self, t: int, state: S) -> S:
        """Return the state at t after the edits that stand there."""
        for i, edit in enumerate(self._edits.get(t, ())):
            state = edit.apply(state, self.params_at(t), Streams.edit(self.seed, t, i))
        return state
