"""The columns of a table as the value of a parameter: how many it takes, the parameter says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.data.table import code_target, in_order
from core.run.parameters import LONGEST_ROW_NAME, MOST_ROW_NAMES, Parameter
from core.run.refusal import Refusal
from core.run.values import Floats
from playground.files.missing import unrated
from playground.files.proposals import calls_itself_classes
from playground.files.ratings import is_long, ratings_of
from playground.files.reading import Remark
from playground.files.table_columns import is_of_numbers, kinds, numbers, words
from playground.files.text_to_table import Table
from playground.words.quoting import in_line, listed, short

_Made = tuple[dict[str, Any], tuple[Remark, ...]]


def values_of(table: Table, names: Sequence[str], parameter: Parameter) -> tuple[dict[str, Any], tuple[Remark, ...]]:
    """Return named columns as the value of a parameter, and of the one the last of them goes to, by name; and what is
    to be said of it.

    Raises Refusal for too many or too few columns, and for those that cannot serve.
    """
    return _KINDS.get(parameter.kind, _array)(table, names, parameter)


def _array(table: Table, names: Sequence[str], parameter: Parameter) -> _Made:
    """Return columns side by side, (n, columns), or a single one as (n,) where one is wanted.

    The last may be one of classes: of three columns, of two where it holds two words, and of all it goes to another
    parameter where there is one for it.
    """
    field, wants = parameter.name, parameter.columns
    if wants is None or wants.count is None:
        return _all(table, names, parameter)
    check_count(names, wants.count, field)
    *first, last = names
    coded, said = _coded(table, last, field, wants.count == 3)
    columns = [*(numbers(table, name, field) for name in first), coded]
    return {field: np.column_stack(columns) if first else coded}, said


def _all(table: Table, names: Sequence[str], parameter: Parameter) -> _Made:
    field, last = parameter.name, parameter.columns.last if parameter.columns else ""
    if not last or not _holds_classes(table, names):
        return {field: np.column_stack([numbers(table, name, field) for name in names])}, ()
    array = np.column_stack([numbers(table, name, field) for name in names[:-1]])
    classes, said = _classes(table, names[-1], field, last)
    return {field: array, last: classes}, said


def _holds_classes(table: Table, names: Sequence[str]) -> bool:
    """Tell whether the last of several columns is one of classes: it holds words or is called so.

    A column of numbers is never taken for classes unasked.
    """
    return len(names) > 1 and (not is_of_numbers(table, names[-1]) or calls_itself_classes(names[-1]))


def _classes(table: Table, name: str, field: str, goes_to: str) -> tuple[Floats, tuple[Remark, ...]]:
    """Return classes as numbers (n,), words counted from 0 in sorted order, and that they go to another parameter."""
    if is_of_numbers(table, name):
        return numbers(table, name, field), (Remark("classes_to", {"column": name, "parameter": goes_to}),)
    cells = table.columns[name]
    known = in_line([f"{short(kind)} = {i}" for i, kind in enumerate(kinds(table, name))])
    said = Remark("words_to", {"column": name, "parameter": goes_to, "classes": known})
    return np.unique(cells, return_inverse=True)[1].astype(float), (said,)


def _coded(table: Table, name: str, field: str, is_class: bool = False) -> tuple[Floats, tuple[Remark, ...]]:
    """Return a column as floats; two words, such as yes and no, and two classes that are not 0 and 1, are coded."""
    has_words = not is_of_numbers(table, name)
    two = in_order(kinds(table, name)) if has_words else kinds(table, name) if is_class else []
    if is_class and has_words and len(two) != 2:
        raise Refusal(field, "csv_two_classes", {"column": name, "given": listed(two)})
    if len(two) != 2 or two == ["0", "1"]:
        return numbers(table, name, field), ()
    said = Remark("column_coded", {"column": name, "zero": two[0], "one": two[1]})
    return code_target(table.columns[name], field), (said,)


def _numbers(table: Table, names: Sequence[str], parameter: Parameter) -> _Made:
    check_count(names, 1, parameter.name)
    return {parameter.name: _plain(numbers(table, names[0], parameter.name))}, ()


def _plain(column: Floats) -> Any:
    """Return numbers as a list, whole ones without a point where all are whole."""
    whole = column.astype(np.int64)
    return whole.tolist() if np.array_equal(column, whole) else column.tolist()


def _texts(table: Table, names: Sequence[str], parameter: Parameter) -> _Made:
    """Return a column of texts; a second one, where the parameter has a use for it, goes to another parameter."""
    field, last = parameter.name, parameter.columns.last if parameter.columns else ""
    if len(names) > 1 or not last:
        check_count(names, 2 if last else 1, field)
    values: dict[str, Any] = {field: list(words(table, names[0]))}
    if len(names) == 1:
        return values, ()
    labels, said = _coded(table, names[1], field, is_class=True)
    return {**values, last: _plain(labels)}, (Remark("classes_to", {"column": names[1], "parameter": last}), *said)


def _rows(table: Table, names: Sequence[str], parameter: Parameter) -> _Made:
    """Return rows of texts, such as triples."""
    assert parameter.item is not None
    check_count(names, parameter.item.longest, parameter.name)
    columns = [words(table, name) for name in names]
    return {parameter.name: [list(row) for row in zip(*columns, strict=True)]}, ()


def _ratings(table: Table, names: Sequence[str], parameter: Parameter) -> _Made:
    """Return ratings, and what their rows and columns are called where there are parameters for it."""
    found, columns = ratings_of(table, names, parameter.name), parameter.columns
    values: dict[str, Any] = {parameter.name: found.values}
    for goes_to, called in ((columns.rows, found.users), (columns.heads, found.items)) if columns else ():
        if goes_to:  # of too many, as of none, there are no names
            names_told = called if len(called) <= MOST_ROW_NAMES else ()
            values[goes_to] = [name[:LONGEST_ROW_NAME] or str(i) for i, name in enumerate(names_told, 1)]
    if not is_long(table, names):
        return values, unrated(found.values)
    user, item, rating = names
    are_apart = not {"0", "-1"} & {*found.users, *found.items}  # else they would be blank, too
    said = Remark("row_a_rating", {"user": user, "item": item, "rating": rating})
    return values, (said, *unrated(found.values)) if are_apart else (said,)


def check_count(names: Sequence[str], wants: int, field: str) -> None:
    """Raise Refusal where another number of columns is given than wanted."""
    if len(names) != wants:
        key = "csv_two_columns" if wants == 2 else "csv_number_of_columns"
        raise Refusal(field, key, {"given": listed(names), "allowed": wants})


_KINDS: dict[str, Callable[[Table, Sequence[str], Parameter], _Made]] = {
    "numbers": _numbers, "texts": _texts, "rows": _rows, "table": _ratings,
}  # fmt: skip
