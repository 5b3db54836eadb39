"""Tables in JSON: records, columns by name, lists of lists, one record a line, and runs that this program wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from core.run.refusal import Refusal
from playground.files.reading import MAX_ROWS
from playground.words.quoting import short

Cells = list[Any]
_SHORT, _DEEPEST = 3, 3  # entries of a list that are columns, and levels of records
_SINGLE = {str, int, float, bool, type(None)}


def json_columns(text: str, field: str) -> tuple[list[str] | None, list[Cells]]:
    """Return names, None where there are none, and columns of equal length with None where nothing stands.

    Raises Refusal for what is no JSON, or no table.
    """
    value = _parsed(text, field)
    if isinstance(value, list) and len(value) > MAX_ROWS + 1:  # before each row is looked at
        raise Refusal(field, "csv_too_many_rows", {"allowed": MAX_ROWS})
    names, columns = _table(value)
    if not columns or not columns[0] or (names is not None and len(names) != len(columns)):
        raise Refusal(field, "json_no_table", {"given": short(text)})
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise Refusal(field, "json_lengths", {"given": f"{min(lengths)}, {max(lengths)}"})
    if lengths.pop() > MAX_ROWS:
        raise Refusal(field, "csv_too_many_rows", {"allowed": MAX_ROWS})
    return names, columns


def holds_lines(text: str) -> bool:
    """Tell whether one record stands in each line: the first is whole, and another follows."""
    first, _, rest = text.lstrip().partition("\n")
    return first.rstrip().endswith("}") and first.startswith("{") and rest.lstrip().startswith("{")


def _parsed(text: str, field: str) -> Any:
    try:
        try:
            return _read(text)
        except json.JSONDecodeError as error:
            if error.msg != "Extra data":
                raise
            return [_read(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else short(str(error))
        raise Refusal(field, "json_malformed", {"reason": reason}) from None


def _read(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_distinct, parse_constant=_constant)


def _constant(text: str) -> None:
    """Return nothing for NaN, which some programs write for a blank. Raises ValueError for infinity."""
    if text != "NaN":
        raise ValueError(f"{text} is no number")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object. Raises ValueError where a name stands twice: Python would keep the last in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _table(value: Any) -> tuple[list[str] | None, list[Cells]]:
    """Return names and columns of whatever form of table this is; no columns where it is none."""
    if isinstance(value, dict):
        return _of_object(value)
    if not isinstance(value, list) or not value:
        return None, []
    kinds = set(map(type, value))
    if kinds == {dict}:
        return _of_records(value)
    if kinds == {list}:
        return _of_rows(value)
    return (None, [value]) if kinds <= _SINGLE else (None, [])


def _of_object(value: dict[str, Any]) -> tuple[list[str] | None, list[Cells]]:
    if isinstance(value.get("series"), dict) and isinstance(value.get("step"), list):  # a run of ours
        return _of_object({"step": value["step"], **value["series"]})
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return list(map(str, value["columns"])), _of_rows(value["data"])[1]
    inner = [entry for entry in value.values() if isinstance(entry, list) and set(map(type, entry)) == {dict}]
    if len(inner) == 1:  # one list of records and what is said of it
        return _of_records(inner[0])
    columns = list(value.values())
    if columns and all(isinstance(column, dict) and list(column) == list(columns[0]) for column in columns):
        columns = [list(column.values()) for column in columns]  # each by the names of the rows
    if columns and all(isinstance(column, list) and _are_cells(column) for column in columns):
        return list(value), columns
    return None, []


def _of_records(records: Sequence[dict[str, Any]]) -> tuple[list[str] | None, list[Cells]]:
    """Return the columns of records, those of records within called `outer.inner`; what is not named is blank."""
    if not all(_are_cells(list(record.values())) for record in records):
        paths = [list(_flat(record)) for record in records]
        records = list(map(dict, paths))
        if list(map(len, records)) != list(map(len, paths)):  # a name is a path as well: one would be lost
            return None, []
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = [[record.get(name) for record in records] for name in names]
    return (names, columns) if all(map(_are_cells, columns)) else (None, [])


def _flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the cells within a record, and those of short lists in it, such as a place on the map, each by its path."""
    is_short = isinstance(value, list) and len(value) <= _SHORT and _are_cells(value)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if is_short else ()
    if not inner or depth > _DEEPEST:
        yield name, value
    for key, cell in inner if depth <= _DEEPEST else ():
        yield from _flat(cell, f"{name}.{key}" if name else str(key), depth + 1)


def _of_rows(rows: Sequence[Any]) -> tuple[list[str] | None, list[Cells]]:
    """Return the columns of lists of lists; a first list of texts above numbers holds names."""
    if set(map(type, rows)) != {list} or len(set(map(len, rows))) != 1:
        return None, []
    columns = [list(column) for column in zip(*rows, strict=True)]
    if not all(map(_are_cells, columns)):
        return None, []
    if (
        len(rows) > 1
        and set(map(type, rows[0])) == {str}
        and any(set(map(type, column[1:])) != {str} for column in columns)
    ):
        return list(rows[0]), [column[1:] for column in columns]
    return None, columns


def _are_cells(values: Sequence[Any]) -> bool:
    return set(map(type, values)) <= _SINGLE
