"""A VALUE of the command line: JSON if it parses as JSON, a text, or `@FILE`."""

from __future__ import annotations

from typing import Any

from core.run.parameters import Parameter
from playground.files import readers


def parse(text: str, parameter: Parameter) -> dict[str, Any]:
    """Return the plain data a VALUE stands for, by parameter. Raises Refusal for a file that cannot be used."""
    if text.startswith("@"):
        return readers.read_values(text[1:], parameter)
    return {parameter.name: _typed(text, parameter)}


def _typed(text: str, parameter: Parameter) -> Any:
    if parameter.kind == "text":
        return text
    value = _from_json(text)
    if parameter.kind == "open choice" and not (isinstance(value, list) and parameter.takes_arrays):
        return text
    return value


def _from_json(text: str) -> Any:
    try:
        return readers.strict_json(text)
    except ValueError:
        return text
