"""Tables from CSV text: delimiter `,` `;` or tab, a header or none, UTF-8 with or without a byte order mark.

A column whose every cell is a number becomes an array of floats, any other stays a tuple of texts. Whatever cannot be
taken is refused with the line it stands in.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.run.refusal import Refusal
from core.run.values import LARGEST, Floats, locked
from resources import FOLDER

Column = Floats | tuple[str, ...]

MAX_BYTES = 32 * 2**20
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
DELIMITERS = ("\t", ";", ",")  # a comma comes last: in many countries it stands inside numbers
SAMPLE = 20  # rows that decide on the delimiter

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf(?:inity)?)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length by name; without a header the names are "0", "1", …"""

    names: tuple[str, ...]
    columns: dict[str, Column]
    lines: tuple[int, ...]  # of each row, its line in the file, counted from 1

    def name_of(self, column: str | int, field: str = "data") -> str:
        """Return the name of a column given by name or by index, counted from 0. Raises Refusal for one not there."""
        if str(column) in self.names:
            return str(column)
        if re.fullmatch("[0-9]{1,4}", str(column)) and int(column) < len(self.names):
            return self.names[int(column)]
        raise Refusal(
            field, "csv_column", {"given": _short(str(column)), "allowed": _short(", ".join(self.names), 300)}
        )

    def numbers(self, column: str | int, field: str = "data", gaps: bool = False) -> Floats:
        """Return a column as floats (n,); with `gaps` an empty cell is nan.

        Raises Refusal naming the line of the first cell that is no number.
        """
        name = self.name_of(column, field)
        cells = self.columns[name]
        if isinstance(cells, np.ndarray):
            return cells
        for line, cell in zip(self.lines, cells, strict=True):
            if gaps and not cell:
                continue
            if complaint := _complaint(cell):
                raise Refusal(field, complaint, {"line": line, "column": name, "given": _short(cell)})
        return np.array([_number(cell) if cell else np.nan for cell in cells], dtype=float)

    def begins_with_number(self, name: str) -> bool:
        """Tell whether numbers are meant in a column, be they such as are refused."""
        cells = self.columns[name]
        return isinstance(cells, np.ndarray) or _looks_numeric(cells[0])


def read_table(data: bytes, field: str = "data", words: bool = False) -> Table:
    """Return the columns of a CSV file. Raises Refusal for what is no table of at least two rows and columns.

    The first row is a header if nothing in it looks like a number. In a table of `words` all cells stay texts, and the
    first row is no header either if something in it comes again.
    """
    rows, lines = _rows(_decoded(data, field), field)
    header = not any(_looks_numeric(cell) for cell in rows[0]) and not (words and _comes_again(rows))
    names = tuple(cell or str(place) for place, cell in enumerate(rows[0] if header else [""] * len(rows[0])))
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal(field, "csv_name_twice", {"line": lines[0], "given": _short(twice)})
    if len(rows) - header < 2:
        raise Refusal(field, "csv_too_few_rows", {"given": len(rows) - header, "allowed": 2})
    cells_of = zip(names, zip(*rows[header:], strict=True), strict=True)
    columns = {name: cells if words else _column(cells) for name, cells in cells_of}
    return Table(names, columns, tuple(lines[header:]))


def _comes_again(rows: list[list[str]]) -> bool:
    """Tell whether a cell of the first row stands in its column again: then it is no name of a column."""
    return any(rows[0][place] == row[place] for row in rows[1:] for place in range(len(row)))


def numeric(table: Table, a: str | int | None = None, b: str | int | None = None, field: str = "data") -> Floats:
    """Return two columns side by side, (n, 2); by default the first two that begin with a number.

    Raises Refusal for a column that is not there, or holds something else than finite numbers up to 1e12.
    """
    return np.column_stack([table.numbers(name, field) for name in numeric_names(table, (a, b), field)])


def code_target(values: Floats | Sequence[str], field: str = "data") -> Floats:
    """Return (n,) with 1 for the last of the two values in sorted order and 0 for the other.

    Raises Refusal for one value or more than two.
    """
    kinds = sorted(set(values.tolist() if isinstance(values, np.ndarray) else values))
    if len(kinds) != 2:
        raise Refusal(field, "data_two_values", {"given": len(kinds), "allowed": 2})
    coded: Floats = (np.asarray(values) == kinds[1]).astype(float)
    return coded


@lru_cache
def shipped(name: str) -> Table:
    """Return a table that comes with the program, such as `iris`."""
    return read_table((FOLDER / "data" / f"{name}.csv").read_bytes())


def numeric_names(table: Table, wanted: Sequence[str | int | None], field: str = "data") -> list[str]:
    """Return names of columns; None is filled up in order with those that begin with a number.

    Raises Refusal for a column that is not there, or if there are too few.
    """
    chosen = [None if column is None else table.name_of(column, field) for column in wanted]
    free = (name for name in table.names if name not in chosen and table.begins_with_number(name))
    filled = [name if name is not None else next(free, None) for name in chosen]
    names = [name for name in filled if name is not None]
    if len(names) < len(wanted):
        values = {"given": _short(", ".join(table.names), 300), "allowed": len(wanted)}
        raise Refusal(field, "csv_too_few_numeric", values)
    return names


# ---- from bytes to rows


def _decoded(data: bytes, field: str) -> str:
    if len(data) > MAX_BYTES:
        raise Refusal(field, "csv_too_large", {"given": len(data), "allowed": MAX_BYTES})
    if 0 in data:
        raise Refusal(field, "csv_binary", {"line": data.count(b"\n", 0, data.index(0)) + 1})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(field, "csv_not_utf8", {"line": data.count(b"\n", 0, error.start) + 1}) from None
    if not text.strip():
        raise Refusal(field, "csv_empty")
    return text


def _rows(text: str, field: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows, all of one length of at least two, and the line each of them ends in."""
    if _has_too_many_lines(text):
        raise Refusal(field, "csv_too_many_rows", {"allowed": MAX_ROWS})
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, row in _records(text, delimiter, field):
        if len(rows) > MAX_ROWS:  # the first may be a header
            raise Refusal(field, "csv_too_many_rows", {"allowed": MAX_ROWS})
        if rows and len(row) != len(rows[0]):
            raise Refusal(field, "csv_ragged", {"line": line, "given": len(row), "allowed": len(rows[0])})
        rows.append(row)
        lines.append(line)
    if not rows:  # a pair of quotes and nothing else
        raise Refusal(field, "csv_empty")
    if len(rows[0]) < 2:
        raise Refusal(field, "csv_one_column", {"line": lines[0], "given": _short(rows[0][0]), "allowed": ", ; tab"})
    return rows, lines


def _has_too_many_lines(text: str) -> bool:
    """Tell at a glance whether there are too many rows; where cells are quoted lines are no rows: reading tells."""
    if '"' in text or text.count("\n") <= MAX_ROWS:
        return False
    return sum(1 for line in text.splitlines() if line.strip()) > MAX_ROWS + 1


def _records(text: str, delimiter: str, field: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and stripped cells of every row that is not blank."""
    reader = csv.reader(_narrow(text, delimiter, field), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for row in reader:
            if row and row != [""]:
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error:
        raise Refusal(field, "csv_unreadable", {"line": reader.line_num}) from None


def _narrow(text: str, delimiter: str, field: str) -> Iterator[str]:
    """Yield the lines, and refuse a line of a million cells before they are made."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count(delimiter) >= MAX_COLUMNS:
            raise Refusal(field, "csv_too_many_columns", {"line": number, "allowed": MAX_COLUMNS})
        yield line


def _delimiter(text: str) -> str:
    """Return the first delimiter that cuts the first rows into equally many cells, else the one seen most often."""
    sample = [line for line in text.lstrip("\r\n ")[: 2**16].splitlines() if line.strip()][:SAMPLE]
    for delimiter in DELIMITERS:
        widths = {len(row) for row in csv.reader(sample, delimiter=delimiter, skipinitialspace=True)}
        if len(widths) == 1 and widths != {1}:
            return delimiter
    return max(reversed(DELIMITERS), key=sample[0].count) if sample else ","


# ---- from cells to numbers


def _column(cells: tuple[str, ...]) -> Column:
    numbers: list[float] = []
    for cell in cells:
        number = _number(cell)
        if number is None or abs(number) > LARGEST:
            return cells
        numbers.append(number)
    return locked(np.array(numbers))


def _number(cell: str) -> float | None:
    """Return what a cell says if it is a decimal number, else None. U+2212 is taken for a minus."""
    plain = cell.replace("−", "-")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _looks_numeric(cell: str) -> bool:
    """Tell whether a number is meant, be it one that is refused later: a decimal comma, nan, inf."""
    return _number(cell.replace(",", ".")) is not None or _NOT_FINITE.fullmatch(cell) is not None


def _complaint(cell: str) -> str:
    """Return why a cell is no number that can be taken, or nothing."""
    number = _number(cell)
    if number is None:
        return "csv_not_finite" if _NOT_FINITE.fullmatch(cell) else "csv_not_a_number"
    if math.isinf(number):
        return "csv_not_finite"
    return "csv_too_big" if abs(number) > LARGEST else ""


def _short(text: str, most: int = 40) -> str:
    short = text if len(text) <= most else text[: most - 1] + "…"
    return short if short.isprintable() else ascii(short)[1:-1]
