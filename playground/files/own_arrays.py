"""Arrays of a run that this program wrote: most have a row for each step, and what is fed back is the last."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from core.run.refusal import Refusal
from playground.files.embedded_recipe import recipe_in
from playground.files.reading import Remark
from playground.topic_list import TOPICS


def last_row(data: bytes, arrays: Mapping[str, NDArray[Any]], name: str) -> tuple[NDArray[Any], tuple[Remark, ...]]:
    """Return an array of an archive, of one that has a row a step the last; and that it is the last."""
    array, steps = arrays[name], arrays.get("step")
    constant = _constant_arrays(data)
    if constant is None or name in constant or steps is None or array.ndim < 2 or len(array) != len(steps):
        return array, ()
    return array[-1], (Remark("npz_last_row", {"given": name, "step": int(steps[-1])}),)


def _constant_arrays(data: bytes) -> frozenset[str] | None:
    """Return the names of a run's arrays that have no row a step; None where the archive is no run of this program."""
    try:
        found = recipe_in(io.BytesIO(data))
    except Refusal:
        return None
    id = found[0].get("topic") if found and isinstance(found[0], dict) else None
    entry = next((entry for entry in TOPICS if entry.id == id), None)
    return frozenset(entry.core.CONSTANT_ARRAYS) if entry else None
