"""What is given though nothing comes of it as the other parameters stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.run.parameters import parameters
from core.run.refusal import Refusal


def refuse_unused(cls: type[Any], flat: Mapping[str, Any], names: Iterable[str]) -> None:
    """Raise Refusal for the first of the names given that has no use, as the Params of `flat`, which can be, stand.

    Only for what somebody asks for: a recipe holds every parameter, used or not.
    """
    known = {parameter.name: parameter for parameter in parameters(cls)}
    for where, name in ((known[name].where, name) for name in names if name in known):
        value = flat.get(where.name, known[where.name].default) if where else None
        if where and value not in where.values:
            values = {"given": value, "other": where.name, "allowed": ", ".join(where.values)}
            raise Refusal(name, "not_used", values)
