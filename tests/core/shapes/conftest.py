"""Stacks of Keras's rules worked out by hand, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.nn import layers
from core.shapes.settings import Params

TABLE = json.loads((Path(__file__).parents[1] / "nn/layers/stacks.json").read_text("utf-8"))


def layer_of(record: dict[str, Any]) -> Any:
    """Return the layer of a plain record; lists are tuples, and a record in a record is a layer."""
    values: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
    if "layer" in values:
        values["layer"] = layer_of(values["layer"])
    return getattr(layers, values["type"])(**values)


def params_of(records: list[Any], batch_size: int | None = None) -> Params:
    return Params(layers=tuple(map(layer_of, records)), batch_size=batch_size)


@pytest.fixture(params=[pytest.param(row, id=str(i)) for i, row in enumerate(TABLE["legal"])])
def legal(request: Any) -> tuple[Params, list[list[int | None]], list[int]]:
    """Params, the shapes of the input and of what each layer gives, and how many weights each has."""
    records, sizes, counts = request.param
    return params_of(records), sizes, counts


@pytest.fixture(params=[pytest.param(row, id=str(i)) for i, row in enumerate(TABLE["illegal"]) if row[0]])
def illegal(request: Any) -> tuple[Params, int, str, str]:
    """Params, the place of the layer that does not fit, the refusal's key and the shape offered."""
    records, place, key, given = request.param
    return params_of(records), place, key, given
