"""Are the gestures of a file sound? They are tried on the start of the run, since no edit changes an array's shape.

But for the arrays that a State names in `grows`: these may gain or lose rows, and later gestures are tried on that.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.run.parameters import plain
from core.run.recipe import Edit, Recipe, SetArray
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import Topic
from playground.words.quoting import short


class Trial:
    """The start of a run, made when first needed, on which gestures are tried."""

    def __init__(self, core: Topic[Any, Any], recipe: Recipe[Any]) -> None:
        self._core, self._recipe = core, recipe
        self._regrown: Any = None  # the start with other rows in what grows

    @cached_property
    def start(self) -> Any:
        """The state of step 0, the model of all later ones."""
        return self._core.start(self._recipe.params, Streams.start(self._recipe.seed))

    def model(self, t: int) -> Any:
        """Return a state of the form that the step into t makes."""
        for change in self._recipe.edits:
            if change.step < t and isinstance(change.edit, SetArray) and self._grows(change.edit.name):
                self.apply(change.edit, self._recipe.params)
        return self._now()

    def _now(self) -> Any:
        return self.start if self._regrown is None else self._regrown

    def _grows(self, name: str) -> bool:
        return name in getattr(self._core.State, "grows", ())

    def apply(self, edit: Edit, params: Any) -> None:
        """Apply a gesture to the start. Raises Refusal where it fails or makes a state of another form."""
        if isinstance(edit, SetArray) and self._is_regrown(edit, params):
            self._regrown = self._tried(edit.name, edit, params)
            return
        name = edit.name if isinstance(edit, SetArray) else edit.kind
        if place := misfit(self._tried(name, edit, params), self._now()):
            raise Refusal(name, "other_form", {"given": place})

    def _is_regrown(self, edit: SetArray, params: Any) -> bool:
        """Tell whether an array is given other rows. Raises Refusal where its shape must not change."""
        held = self._core.arrays(self._now(), params)
        if edit.name not in held:  # it stands for several arrays, whose shape the state knows
            return False
        allowed, given = held[edit.name].shape, edit.value.shape
        if given != allowed and not (self._grows(edit.name) and given[1:] == allowed[1:]):
            if self._grows(edit.name):
                raise Refusal(edit.name, "other_rows", {"given": list(given), "allowed": allowed[-1]})
            raise Refusal(edit.name, "other_shape", {"given": list(given), "allowed": list(allowed)})
        return bool(given != allowed)

    def _tried(self, name: str, edit: Edit, params: Any) -> Any:
        try:
            with np.errstate(all="ignore"):
                return edit.apply(self._now(), params, Streams.edit(self._recipe.seed, 0, 0))
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            given = short(edit.value.tolist() if isinstance(edit, SetArray) else plain(edit))
            raise Refusal(name, "bad_value", {"given": given, "reason": str(error)}) from None


def misfit(state: Any, model: Any, place: str = "") -> str:
    """Return the dotted place of the first part that has another type or shape than the model's, or nothing.

    What is empty in the model, an axis or a tuple, may have any length: it fills up during the run.
    """
    if model is None or state is None:
        return ""
    if _kind(state) is not _kind(model) or not _same_extent(state, model):
        return place or "state"
    prefix = f"{place}." if place else ""
    return next(filter(None, (misfit(own, other, prefix + name) for name, own, other in _parts(state, model))), "")


def _kind(value: Any) -> type:
    return float if isinstance(value, float) else type(value)  # a NumPy number is one, too


def _same_extent(state: Any, model: Any) -> bool:
    if isinstance(model, np.ndarray):
        axes = zip(state.shape, model.shape, strict=False)
        return state.dtype == model.dtype and state.ndim == model.ndim and all(m in (0, n) for n, m in axes)
    return not isinstance(model, tuple) or len(model) in (0, len(state))


def _parts(state: Any, model: Any) -> list[tuple[str, Any, Any]]:
    if is_dataclass(model):
        return [(f.name, getattr(state, f.name), getattr(model, f.name)) for f in fields(model)]
    if isinstance(model, tuple):
        return [(str(i), *pair) for i, pair in enumerate(zip(state, model, strict=False))]
    return []
