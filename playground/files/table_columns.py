"""What the columns of a table are: which is called so, which hold numbers, and the rows in which nothing is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from core.run.refusal import Refusal
from core.run.values import LARGEST, Floats
from playground.files.cells import are_codes, is_blank
from playground.files.reading import Remark
from playground.files.text_to_table import Column, Table
from playground.words.quoting import listed, short

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:nan|inf(?:inity)?)", re.IGNORECASE)
NO_CLASS = frozenset(
    {"NA", "N/A", "#N/A", "NaN", "nan", "<NA>", "None", "null", "NULL", "\\N", "?"}
)  # beside two others
_SAMPLE = 10_000  # cells that tell whether numbers are meant


def find(table: Table, column: str, field: str) -> str:
    """Return the name of a column given by name or by index, counted from 0. Raises Refusal for one not there."""
    if column in table.names:
        return column
    if re.fullmatch("[0-9]{1,4}", column) and int(column) < len(table.names):
        return table.names[int(column)]
    raise Refusal(
        field, "csv_column", {"given": short(column), "allowed": listed(table.names), "names": tuple(table.names)}
    )


def is_of_numbers(table: Table, name: str) -> bool:
    """Tell whether numbers are meant in a column, be there cells in it that are none.

    A column left as texts though every cell reads as a number, such as 007, is one of texts.
    """
    cells = table.columns[name]
    if isinstance(cells, np.ndarray):
        return True
    known = [cell for cell in cells[:_SAMPLE] if not is_blank(cell)]
    if are_codes(known):
        return False
    numbers = sum(_value(cell, table) is not None for cell in known)
    return len(known) <= 2 * numbers and (
        numbers < len(known) or any(_complaint(_value(cell, table)) for cell in known)
    )


def numeric_names(table: Table) -> list[str]:
    """Return the columns of numbers but for one that only counts the rows."""
    return [name for name in table.names if name != table.index and is_of_numbers(table, name)]


def holds(table: Table, name: str) -> bool:
    """Tell whether anything stands in a column."""
    return not _blanks(table.columns[name]).all()


def numbers(table: Table, name: str, field: str) -> Floats:
    """Return a column as floats (n,), nan where a cell is blank. Raises Refusal naming the first cell that is none."""
    cells = table.columns[name]
    if isinstance(cells, tuple) and are_codes(cells):  # chosen by hand
        cells = np.array([float(cell) if not is_blank(cell) else np.nan for cell in cells])
    if not isinstance(cells, np.ndarray):
        raise _no_numbers(table, name, cells, field)
    wrong = np.flatnonzero(np.isinf(cells) | (np.abs(cells) > LARGEST))
    if wrong.size:
        value = float(cells[wrong[0]])
        raise _cell_refused(table, name, int(wrong[0]), repr(value), value, field)
    return cells


def _no_numbers(table: Table, name: str, cells: Sequence[str], field: str) -> Refusal:
    if not is_of_numbers(table, name):
        given = {"column": short(name), "given": short(next(filter(None, cells), "")) or '""'}
        return Refusal(field, "csv_words", {**given, "allowed": listed(numeric_names(table)) or "–"})
    place = next(i for i, cell in enumerate(cells) if not is_blank(cell) and _complaint(_value(cell, table)))
    return _cell_refused(table, name, place, cells[place], _value(cells[place], table), field)


def _cell_refused(table: Table, name: str, place: int, cell: str, value: float | None, field: str) -> Refusal:
    said = {"line": table.lines[place], "column": short(name), "given": short(cell)}
    return Refusal(field, _complaint(value), said)


def _value(cell: str, table: Table) -> float | None:
    """Return the number that a cell left as a text stands for, be it one that cannot be taken, else None."""
    plain = cell.strip().replace("−", "-")
    plain = plain.replace(",", ".") if table.reading.decimal == "," else plain
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _complaint(value: float | None) -> str:
    """Return why a number cannot be taken, or nothing."""
    if value is None:
        return "csv_not_a_number"
    if not math.isfinite(value):
        return "csv_not_finite"
    return "csv_too_big" if abs(value) > LARGEST else ""


def words(table: Table, name: str, most: int | None = None) -> tuple[str, ...]:
    """Return a column, or its first cells, as texts: numbers as they are written, blank cells empty.

    What is not written as text, such as an array, has whole numbers without a point.
    """
    cells = table.columns[name][:most]
    if not isinstance(cells, np.ndarray):
        return cells
    written = table.written.cells(name, table.lines[:most]) if table.written else None
    if written is None:
        return tuple(map(_word, cells.tolist()))
    return tuple("" if blank else text for text, blank in zip(written, np.isnan(cells), strict=True))


def _word(value: float) -> str:
    return "" if math.isnan(value) else repr(int(value) if value.is_integer() else value)


def kinds(table: Table, name: str) -> list[str]:
    """Return the different values of a column in sorted order, those of numbers by size."""
    cells = table.columns[name]
    if isinstance(cells, np.ndarray):
        return [_word(value) for value in np.unique(cells[~np.isnan(cells)]).tolist()]
    return sorted(set(cells) - {""})


def classes(table: Table, name: str) -> list[str]:
    """Return the different values of a column as `kinds` does, but for words that say that there is none."""
    return [kind for kind in kinds(table, name) if kind not in NO_CLASS]


def without_no_class(table: Table, name: str) -> tuple[Table, tuple[Remark, ...]]:
    """Return a table in which cells of a column of two classes are blank that say that there is none; and that."""
    cells = table.columns[name]
    marks = [] if isinstance(cells, np.ndarray) else sorted(NO_CLASS.intersection(cells))
    if not marks or len(classes(table, name)) != 2:
        return table, ()
    blank = tuple("" if cell in NO_CLASS else str(cell) for cell in cells)
    said = Remark("blank_marks", {"column": short(name), "given": " ".join(marks)})
    return replace(table, columns={**table.columns, name: blank}), (said,)


def without_blanks(table: Table, names: Sequence[str], field: str) -> tuple[Table, tuple[Remark, ...]]:
    """Return the rows in which none of the named columns is blank, and what was left out.

    Raises Refusal where no row is left, and where blanks are to be refused, or kept though the value has no place for
    them.
    """
    blank = np.logical_or.reduce([_blanks(table.columns[name]) for name in names])
    if not blank.any():
        return table, ()
    line = table.lines[int(blank.argmax())]
    if table.reading.blank != "drop" or blank.all():
        at = next(name for name in names if _blanks(table.columns[name])[blank.argmax()])
        key = "csv_all_blank" if blank.all() else "csv_blank"
        raise Refusal(field, key, {"line": line, "column": short(at), "given": int(blank.sum())})
    left_out = Remark("rows_left_out", {"count": int(blank.sum()), "rows": blank.size, "line": line})
    return _rows(table, ~blank), (left_out,)


def _blanks(cells: Column) -> NDArray[np.bool_]:
    return np.isnan(cells) if isinstance(cells, np.ndarray) else np.array([not cell for cell in cells], dtype=bool)


def _rows(table: Table, kept: NDArray[np.bool_]) -> Table:
    columns = {name: _some(cells, kept) for name, cells in table.columns.items()}
    return replace(table, columns=columns, lines=tuple(compress(table.lines, kept.tolist())))


def _some(cells: Column, kept: NDArray[np.bool_]) -> Column:
    return cells[kept] if isinstance(cells, np.ndarray) else tuple(compress(cells, kept.tolist()))
