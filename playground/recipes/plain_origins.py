"""Where values of a recipe were read, as plain data beside its parameters, and back.

[{"parameter": "points", "file": "plants.csv", "columns": ["height", "width"]}]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.run.parameters import parameters
from core.run.recipe import Origin
from core.run.refusal import Refusal
from core.run.topic import Topic
from playground.recipes.plain_values import read, within
from playground.words.quoting import short

KEY = "origins"


def plain_origins(origins: Sequence[Origin]) -> dict[str, Any]:
    """Return them as an entry of a recipe, nothing where no value was read from a file."""
    told = [{"parameter": o.parameter, "file": o.file, "columns": list(o.columns)} for o in origins]
    return {KEY: told} if told else {}


def read_origins(core: Topic[Any, Any], data: Any) -> tuple[Origin, ...]:
    """Return the origins of an entry; None are none. Raises Refusal naming the first that does not fit."""
    if not isinstance(data, list | None):
        raise Refusal(KEY, "not_list", {"given": short(data)})
    free = {p.name for p in parameters(core.Params) if p.takes_files or p.kind in ("text", "open choice")}
    origins = []
    for place, given in enumerate(data or ()):
        with within(f"{KEY}.{place}"):
            origins.append(_origin(given, free))
        free.remove(origins[-1].parameter)
    return tuple(origins)


def _origin(given: Any, free: set[str]) -> Origin:
    """Return one origin, of a parameter that takes a file and has no other."""
    if not isinstance(given, Mapping):
        raise Refusal("", "not_table", {"given": short(given)})
    origin: Origin = read(Origin, given)
    if origin.parameter not in free:
        allowed = tuple(sorted(free))
        raise Refusal("parameter", "not_one_of", {"given": short(origin.parameter), "allowed": allowed})
    return origin
