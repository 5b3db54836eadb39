"""The columns of a table as the value of a parameter: how many it takes, the parameter says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.data.table import Table, code_target, numeric_names, read_table
from core.run.parameters import Parameter
from core.run.refusal import Refusal
from core.run.values import Floats
from playground.words.quoting import short

_CLASSES = ("class", "label", "target", "targets", "t", "类别", "标签", "目标")  # what a column of classes is called


def columns_of(data: bytes, chosen: Sequence[str], parameter: Parameter) -> dict[str, Any]:
    """Return the columns of a CSV file as the value of a parameter, and of the one its last column goes to, by name.

    Raises Refusal for what is no table, or holds no such columns.
    """
    table = read_table(data, parameter.name, words=parameter.kind in ("rows", "texts"))
    return _KINDS.get(parameter.kind, _array)(table, chosen, parameter)


def _array(table: Table, chosen: Sequence[str], parameter: Parameter) -> dict[str, Any]:
    """Return columns side by side, (n, columns): those chosen, else as many as are wanted, else all.

    Of all, the last goes to another parameter where there is one for it and it is one of classes.
    """
    field, wanted = parameter.name, parameter.columns
    if wanted is None or wanted.count is None:
        every = list(chosen or table.names)
        classes = _classes(table, every, field) if wanted and wanted.last else None
        own = every if classes is None else every[:-1]
        array = np.column_stack([table.numbers(name, field, parameter.kind == "table") for name in own])
        return {field: array} if wanted is None or classes is None else {field: array, wanted.last: classes}
    names = chosen or numeric_names(table, [None] * wanted.count, field)
    _check_count(names, wanted.count, field)
    columns = [table.numbers(name, field) for name in names[:-1]]
    return {field: np.column_stack([*columns, _coded(table, names[-1], field)])}


def _classes(table: Table, names: Sequence[str], field: str) -> Floats | None:
    """Return the classes, (n,), that the last of several columns holds; None where it is one of numbers.

    It is one of classes where it holds words or is called so: a column of numbers is never taken for them unasked.
    """
    if len(names) < 2:
        return None
    cells = table.columns[table.name_of(names[-1], field)]
    if isinstance(cells, tuple) and not table.begins_with_number(names[-1]):
        return np.unique(cells, return_inverse=True)[1].astype(float)
    return table.numbers(names[-1], field) if names[-1].strip().lower() in _CLASSES else None


def _coded(table: Table, name: str, field: str) -> Floats:
    """Return a column as floats; one of two words, such as yes and no, is coded 0 and 1."""
    cells = table.columns[table.name_of(name, field)]
    is_target = isinstance(cells, tuple) and len(set(cells)) == 2 and not table.begins_with_number(name)
    return code_target(cells, field) if is_target else table.numbers(name, field)


def _numbers(table: Table, chosen: Sequence[str], parameter: Parameter) -> dict[str, Any]:
    names = chosen or numeric_names(table, [None], parameter.name)
    _check_count(names, 1, parameter.name)
    return {parameter.name: _plain(table.numbers(names[0], parameter.name))}


def _plain(column: Floats) -> Any:
    """Return numbers as a list, whole ones without a point where all are whole."""
    whole = column.astype(np.int64)
    return whole.tolist() if np.array_equal(column, whole) else column.tolist()


def _texts(table: Table, chosen: Sequence[str], parameter: Parameter) -> dict[str, Any]:
    """Return a column of texts; a second one, where the parameter has a use for it, goes to another parameter."""
    field, last = parameter.name, parameter.columns.last if parameter.columns else ""
    names = list(chosen) or _guessed(table, bool(last))
    if len(names) > 1 or not last:
        _check_count(names, 2 if last else 1, field)
    values: dict[str, Any] = {field: _words(table, names[0], field)}
    return values if len(names) == 1 else {**values, last: _plain(_coded(table, names[1], last))}


def _guessed(table: Table, with_last: bool) -> list[str]:
    """Return the first column of words, and the first other of two different values."""
    words = next((name for name in table.names if not table.begins_with_number(name)), table.names[0])
    others = [name for name in table.names if name != words and len(set(table.columns[name])) == 2]
    return [words, *others[: int(with_last)]]


def _rows(table: Table, chosen: Sequence[str], parameter: Parameter) -> dict[str, Any]:
    names = chosen or table.names
    assert parameter.item is not None
    _check_count(names, parameter.item.longest, parameter.name)
    columns = [_words(table, name, parameter.name) for name in names]
    return {parameter.name: [list(row) for row in zip(*columns, strict=True)]}


def _words(table: Table, name: str, field: str) -> list[str]:
    return list(map(str, table.columns[table.name_of(name, field)]))


def _check_count(names: Sequence[str], wanted: int, field: str) -> None:
    if len(names) != wanted:
        key = "csv_two_columns" if wanted == 2 else "csv_number_of_columns"
        raise Refusal(field, key, {"given": short(",".join(names)), "allowed": wanted})


_KINDS: dict[str, Callable[[Table, Sequence[str], Parameter], dict[str, Any]]] = {
    "numbers": _numbers, "texts": _texts, "rows": _rows,
}  # fmt: skip
