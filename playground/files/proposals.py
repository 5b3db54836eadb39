"""Which columns of a table are taken where none are chosen.

Never a column of texts, a running number or an index for numbers, as long as there is another of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from core.run.values import LARGEST
from playground.files import ratings
from playground.files.table_columns import classes, holds, is_of_numbers, numeric_names, words
from playground.files.text_to_table import Column, Table
from playground.files.triple_names import triple_names
from playground.words.quoting import listed

CLASSES = ("class", "label", "target", "targets", "t", "类别", "标签", "目标")  # what a column of classes is called
_IDS = re.compile(
    r"(.*[^A-Za-z])?(id|code|key|zip|postcode|plz|siret|fips)s?|.*[a-z](?-i:I[Dd])|unnamed: ?[\d.]+|level_\d"
    "|.*(编号|代码|邮编|学号|番号|번호)",
    re.IGNORECASE,
)  # what columns of numbers are called that count nothing
_MOMENTS = re.compile(r"(.*[^A-Za-z])?(date|time_?stamp)|.*(日期|时间戳)", re.IGNORECASE)  # written as one number
_FEWER = 5  # times as many entities as relations
_ADDRESS = ("http://", "https://", "www.")
_SAMPLE = 1_000  # cells that tell how long the texts of a column are


def proposed(table: Table, parameter: Parameter) -> tuple[str, ...]:
    """Return the names of the columns that are taken by default. Raises Refusal where there are too few that serve."""
    return tuple(_KINDS.get(parameter.kind, _array)(table, parameter))


def calls_itself_classes(name: str) -> bool:
    """Tell whether a column is called as those of classes are."""
    return name.strip().lower() in CLASSES


def _array(table: Table, parameter: Parameter) -> Sequence[str]:
    columns = parameter.columns
    if columns is None or columns.count is None:
        return _all(table, parameter)
    return (
        _with_classes(table, parameter.name) if columns.count == 3 else _numeric(table, columns.count, parameter.name)
    )


def _with_classes(table: Table, field: str) -> Sequence[str]:
    """Return two columns of numbers and one of classes. Raises Refusal where there is none of classes."""
    last = _of_classes(table)
    others = _spared([name for name in _filled(table) if name != last], table, 2)[:2]
    if last and len(others) == 2:
        return (*others, last)
    _refuse_many_classes(table, field)
    names = _numeric(table, 3, field)
    if not set(classes(table, names[-1])) <= {"0", "1"}:
        raise Refusal(field, "csv_no_classes", {"given": listed(table.names)})
    return names


def _refuse_many_classes(table: Table, field: str) -> None:
    """Raise Refusal where behind two columns of numbers stands one of more than two classes, in words."""
    last = table.names[-1]
    if len(_filled(table)) == 2 and not is_of_numbers(table, last):
        raise Refusal(field, "csv_two_classes", {"column": last, "given": listed(classes(table, last))})


def _all(table: Table, parameter: Parameter) -> list[str]:
    """Return all columns of numbers, and one of words at the end that goes to another parameter as classes.

    A running number without a name is none; one that is called so is, but not where every row is an example.
    """
    is_index = parameter.columns is not None or is_unnamed(table)
    names = [name for name in table.names if not (is_index and name == table.index)]
    takes_classes = parameter.columns is not None and bool(parameter.columns.last) and len(names) > 1
    serve = [name for name in names if holds(table, name)]
    taken = [name for name in serve if is_of_numbers(table, name) or (takes_classes and name == serve[-1])]
    taken = _spared(taken, table, 2) if parameter.columns is not None else taken
    return taken or _numeric(table, 1, parameter.name)


def is_unnamed(table: Table) -> bool:
    """Tell whether the column that only counts the rows has no name in the file."""
    if table.index is None or table.reading.header != "yes":
        return False
    place = str(table.names.index(table.index))
    return table.index == place or table.index.startswith(f"{place} (")  # a column has that name already


def _numeric(table: Table, count: int, field: str) -> list[str]:
    """Return the first columns of numbers; one that only counts the rows is among them where it cannot be spared."""
    found = _filled(table)
    if len(found) == count - 1 and table.index:
        found = [name for name in table.names if name in (*found, table.index)]
    if len(found) < count:
        values = {"given": listed(table.names), "allowed": count, "numeric": listed(found) or "–"}
        raise Refusal(field, "csv_too_few_numeric", values)
    return _spared(found, table, count)[:count]


def _spared(names: list[str], table: Table, count: int) -> list[str]:
    """Return names without those of numbers that are too large, and of whole ones that say which, and when, where
    enough others are left.
    """
    small = [name for name in names if not _is_too_large(table.columns[name])]
    names = small if len(small) >= count else names
    for called in (_IDS, _MOMENTS):
        others = [name for name in names if not (called.fullmatch(name.strip()) and _is_whole(table.columns[name]))]
        names = others if len(others) >= count else names
    return names


def _filled(table: Table) -> list[str]:
    """Return the columns of numbers in which something stands."""
    return [name for name in numeric_names(table) if holds(table, name)]


def _is_too_large(column: Column) -> bool:
    return isinstance(column, np.ndarray) and bool(np.nanmax(np.abs(column), initial=0) > LARGEST)


def _is_whole(column: Column) -> bool:
    known = column[~np.isnan(column)] if isinstance(column, np.ndarray) else np.array([0.5])
    return bool(np.all(known == np.round(known)))


def _of_classes(table: Table) -> str | None:
    """Return the column called as those of classes are, else the last of two different values."""
    others = [name for name in reversed(table.names) if name != table.index]
    called = [name for name in others if calls_itself_classes(name) and len(name) > 1]
    return next(iter(called or (name for name in others if len(classes(table, name)) == 2)), None)


def _numbers(table: Table, parameter: Parameter) -> list[str]:
    return _numeric(table, 1, parameter.name)


def _texts(table: Table, parameter: Parameter) -> list[str]:
    """Return the column of the longest texts, and where there is a use for it another of two different values.

    Where none holds two, one that is called so, or the only other with one value alone, is meant, and refused for that.
    """
    text = max(table.names, key=lambda name: (not is_of_numbers(table, name), *_prose(words(table, name, _SAMPLE))))
    others = [name for name in table.names if name != text]
    of_two = [name for name in others if len(classes(table, name)) == 2]
    is_one = len(others) == 1 and len(classes(table, others[0])) == 1
    meant = [name for name in others if calls_itself_classes(name) or is_one]
    found = sorted(of_two or meant, key=lambda name: not calls_itself_classes(name))
    has_use = parameter.columns is not None and bool(parameter.columns.last)
    return [text, *found[: int(has_use)]]


def _prose(cells: Sequence[str]) -> tuple[bool, int]:
    """Return whether cells are no addresses, and how long they are."""
    addresses = sum(cell.startswith(_ADDRESS) for cell in cells)
    return 2 * addresses <= len(cells), sum(map(len, cells))


def _rows(table: Table, parameter: Parameter) -> list[str]:
    """Return as many columns as a row has entries, of three those called head, relation and tail; else the first ones.

    A column that counts the rows is none of them if there are others enough.
    """
    assert parameter.item is not None
    count = parameter.item.longest
    if count == len(called := triple_names(table.names)):
        return list(called)
    names = list(table.names)
    if len(names) > count and table.index:
        names.remove(table.index)
    if len(names) < count:
        raise Refusal(parameter.name, "csv_number_of_columns", {"given": listed(names), "allowed": count})
    return _relation_between(table, names[:count])


def _relation_between(table: Table, names: list[str]) -> list[str]:
    """Return names with the relation in the middle: where it stands first or last, the others share words, it none."""
    if len(names) != len(("head", "relation", "tail")):
        return names
    first, second, third = (set(words(table, name)) for name in names)
    if first & second and not third & (first | second):
        return [names[0], names[2], names[1]]
    if _FEWER * len(third) <= min(len(first), len(second)):  # of numbers, in which all may share
        return [names[0], names[2], names[1]]
    return [names[1], names[0], names[2]] if second & third and not first & (second | third) else names


def _ratings(table: Table, parameter: Parameter) -> tuple[str, ...]:
    return ratings.proposed(table, parameter.name)


_KINDS: dict[str, Callable[[Table, Parameter], Sequence[str]]] = {
    "numbers": _numbers, "texts": _texts, "rows": _rows, "table": _ratings,
}  # fmt: skip
