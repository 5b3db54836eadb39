"""Values of list parameters as rows of text, and typed rows as values; plain data on both sides.

A record is a row of its type and its settings as code writes them: `Dense`, `units=64, activation=relu`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from core.run.parameters import Parameter, parameters, plain, records_of
from widgets.base import numbers

_OPEN, _CLOSE = "[{(", "]})"
_QUOTED_OR_ONE = re.compile(r'"(?:\\.|[^"\\])*"|.', re.DOTALL)  # a quoted text whole, else one character


def columns_of(parameter: Parameter, value: Any) -> int:
    """How many columns a table of a value has."""
    if parameter.kind == "rows" and parameter.item is not None:
        return parameter.item.longest
    if parameter.kind == "table":
        return max([len(row) for row in value or () if isinstance(row, list)] or [1])
    return 2 if parameter.kind == "records" else 1


def rows_of(parameter: Parameter, value: Any) -> list[list[str]]:
    """A plain value as rows of text; what is no list has none."""
    if not isinstance(value, list):
        return []
    match parameter.kind:
        case "records":
            return [[str(record.get("type", "")), settings_text(record)] for record in value]
        case "texts":
            return [[str(text)] for text in value]
    return [[_cell(entry) for entry in row] for row in value]


def value_of(parameter: Parameter, rows: Sequence[Sequence[str]]) -> list[Any]:
    """Typed rows as a plain value; a text that means no number, or names no setting, is told as it stands."""
    match parameter.kind:
        case "records":
            return [record_of(parameter, *row) for row in rows]
        case "texts":
            return [row[0] for row in rows]
        case "table":
            return [[_number(text) for text in row] for row in rows]
    return [list(row) for row in rows]


def _cell(entry: Any) -> str:
    return numbers.shortest(entry) if isinstance(entry, int | float) else "" if entry is None else str(entry)


def _number(text: str) -> Any:
    number = numbers.typed(text)
    return number if number is not None else text.strip() or None


def settings_text(record: dict[str, Any]) -> str:
    """The settings of a record as code writes them."""
    return ", ".join(f"{name}={_code(value)}" for name, value in record.items() if name != "type")


def record_of(parameter: Parameter, type: str, settings: str) -> dict[str, Any]:
    """The record that a type and settings mean; a value without a name is that of the next field in order."""
    cls = records_of(parameter).get(type)
    names = [field.name for field in parameters(cls)] if cls else []
    record: dict[str, Any] = {"type": type}
    for place, part in enumerate(_parts(settings)):
        name, equals, value = part.partition("=")
        if equals:
            record[name.strip()] = _from_code(value)
        else:
            record[names[place] if place < len(names) else part.strip()] = _from_code(part)
    return record


def fresh(parameter: Parameter, type: str) -> dict[str, Any]:
    """A new record of a type: only what must be given is there."""
    fields = parameters(records_of(parameter)[type])
    return {"type": type, **{field.name: plain(field.beginning) for field in fields if field.required}}


def retyped(parameter: Parameter, record: dict[str, Any], type: str) -> dict[str, Any]:
    """A record made one of another type, with those of its settings that such a one has."""
    cls = records_of(parameter).get(type)
    if cls is None:
        return {**record, "type": type}
    known = {field.name for field in parameters(cls)}
    return {**fresh(parameter, type), **{name: value for name, value in record.items() if name in known}}


def _parts(settings: str) -> list[str]:
    """The parts of a text between commas that stand in no brackets and no quotes."""
    parts, depth = [""], 0
    for piece in _QUOTED_OR_ONE.findall(settings):
        depth += (piece in _OPEN) - (piece in _CLOSE)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part for part in parts if part.strip()]


def _code(value: Any) -> str:
    is_plain = (
        isinstance(value, str) and value.strip() and not set(value) & set(',="[]{}()') and _from_code(value) == value
    )
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _from_code(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=str)
    except (ValueError, RecursionError):
        return _PYTHON.get(text.strip(), text.strip().strip("'"))


_PYTHON = {"True": True, "False": False, "None": None}  # as copied code writes them
