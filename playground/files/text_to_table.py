"""From bytes to a table: named columns of numbers or of texts."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

import numpy as np

from core.run.refusal import Refusal
from core.run.values import Floats, locked
from playground.files.bytes_to_text import text_of
from playground.files.reading import GUESSED, Reading, Remark

Column = Floats | tuple[str, ...]  # nan, or an empty text, where a cell is blank


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length by name, and how they were read."""

    names: tuple[str, ...]
    columns: dict[str, Column]
    lines: tuple[int, ...]  # of each row, its line in the file, counted from 1
    reading: Reading  # nothing in it is `auto`; `blank` as given
    remarks: tuple[Remark, ...] = ()
    index: str | None = None  # the column that only counts the rows; never proposed for numbers


def table_of(
    data: bytes, name: str = "", reading: Reading = GUESSED, field: str = "data", most: int | None = None
) -> Table:
    """Return the table that a file holds; with `most` only its first rows. Raises Refusal naming what is wrong."""
    text = text_of(data, reading.encoding)
    reader = csv.reader(io.StringIO(text.text, newline=""))
    rows = [(reader.line_num, row) for row in reader if row]
    if len(rows) < 2:
        raise Refusal(field, "csv_empty")
    names = tuple(rows[0][1])
    body = rows[1 : None if most is None else most + 1]
    cells = zip(names, zip(*(row for _, row in body), strict=True), strict=True)
    columns = {name: _column(values) for name, values in cells}
    found = replace(reading, header="yes", encoding=text.encoding, separator=",", decimal=".")
    return Table(names, columns, tuple(line for line, _ in body), found)


def _column(cells: tuple[str, ...]) -> Column:
    try:
        return locked(np.array([float(cell) if cell.strip() else np.nan for cell in cells]))
    except ValueError:
        return cells
