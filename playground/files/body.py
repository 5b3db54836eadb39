"""All rows of a table, cut into columns by pyarrow: as numbers where all are, else as texts; which rows do not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.run.refusal import Refusal
from core.run.values import Ints
from playground.files.cells import is_finite
from playground.files.reading import MAX_ROWS, Remark
from playground.files.separated import Sheet, is_comment
from playground.files.separator import sign_of
from playground.words.quoting import short

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Body:
    """Columns of cells (pyarrow arrays, all of numbers or all of texts, null for nothing), and each row's line."""

    cells: list[Any]
    lines: Ints
    remarks: list[Remark]


@dataclass(frozen=True)
class Unfit:
    """A row of another length: its place among all rows, from 0, how many cells it has, and what it is."""

    place: int
    columns: int
    text: str


def body_of(sheet: Sheet, first: int, width: int, plain: bool, field: str) -> Body:
    """Return all rows from a line of the file on, as numbers where `plain` ones stand in every column, else as texts.

    Raises Refusal for too many rows, and where too few fit the table.
    """
    sign = sign_of(sheet.separator)
    data = memoryview(sheet.data)[_place(sheet.data, first) :]
    quoted = b'"' in sheet.data
    if quoted and re.search(_blank_before(sign), sheet.data):
        data = memoryview(re.sub(_quoted_cell(sign), rb"\1\2", bytes(data)))
    unfit: list[Unfit] = []
    cells = _cells(data, sign, width, plain, quoted, unfit, field)
    if len(cells[0]) + len(unfit) > MAX_ROWS + 1:
        raise Refusal(field, "csv_too_many_rows", {"allowed": MAX_ROWS})
    lines, lost = _lines(cells, unfit, first) if quoted or unfit else (np.arange(first, first + len(cells[0])), [])
    if quoted:
        _check_quotes(data, cells, lines, field)
    keep = _kept(cells, _empty(cells, data, lines - first))
    if not keep.all():
        cells, lines = [column.filter(keep) for column in cells], lines[keep]
    remarks = _ragged(unfit, lost, len(lines), width, field)
    if not len(lines):
        raise Refusal(field, "csv_empty")
    return Body(cells, lines, remarks)


def _blank_before(sign: str) -> bytes:
    """Return the expression of a blank between a separator and what may be a cell in quotation marks."""
    own = re.escape(sign).encode()
    return own + b' +"(?!"(?!' + own + b"|\n|$))"


def _quoted_cell(sign: str) -> bytes:
    """Return the expression of a cell in quotation marks with what stands before it, and of blanks between."""
    return b"(?m)(^|" + re.escape(sign).encode() + b') *("[^"]*(?:""[^"]*)*")'


def _place(data: bytes, line: int) -> int:
    """Return where a line, counted from 1, begins."""
    place = 0
    for _ in range(line - 1):
        place = data.index(b"\n", place) + 1
    return place


def _cells(
    data: memoryview, sign: str, width: int, plain: bool, quoted: bool, unfit: list[Unfit], field: str
) -> list[Any]:
    """Return columns of cells: of numbers where all can be, which is faster, else of texts, exactly as they stand."""
    import pyarrow as pa

    if plain:
        try:
            cells = _read(data, sign, width, pa.float64(), quoted, unfit)
            if all(map(is_finite, cells)):
                return cells
        except pa.ArrowInvalid:
            pass
    try:
        return _read(data, sign, width, pa.string(), quoted, unfit)
    except pa.ArrowInvalid as error:
        raise Refusal(field, "csv_cut", {"given": short(str(error))}) from None


def _read(data: memoryview, sign: str, width: int, kind: Any, quoted: bool, unfit: list[Unfit]) -> list[Any]:
    import pyarrow as pa
    from pyarrow import csv as cutter

    def note(row: Any) -> str:
        unfit.append(Unfit(row.number - 1, row.actual_columns, row.text))
        return "skip"

    names = [str(place) for place in range(width)]
    options = (
        cutter.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
        cutter.ParseOptions(
            delimiter=sign, newlines_in_values=quoted, ignore_empty_lines=False, invalid_row_handler=note
        ),
        cutter.ConvertOptions(
            column_types=dict.fromkeys(names, kind), strings_can_be_null=True, null_values=[""], check_utf8=False
        ),
    )  # fmt: skip
    unfit.clear()
    table = cutter.read_csv(pa.BufferReader(data or b"\n"), *options)
    return [column.chunk(0) if column.num_chunks == 1 else column.combine_chunks() for column in table.columns]


def _lines(cells: list[Any], unfit: list[Unfit], first: int) -> tuple[Ints, list[int]]:
    """Return the line that each row, and each unfit one, begins in.

    A row takes one line, and one more for each break within its cells.
    """
    count = len(cells[0]) + len(unfit)
    lost = np.array([row.place for row in unfit], dtype=int)
    whole = np.setdiff1d(np.arange(count), lost, assume_unique=True)
    taken = np.ones(count, dtype=np.int64)
    taken[whole] += _breaks(cells)
    taken[lost] += np.array([row.text.rstrip("\n").count("\n") for row in unfit], dtype=np.int64)
    lines = first + np.cumsum(taken) - taken
    return lines[whole], lines[lost].tolist()


def _breaks(cells: list[Any]) -> Ints:
    """Return how many line breaks stand within the cells of each row, (n,)."""
    from pyarrow import compute

    breaks = np.zeros(len(cells[0]), dtype=np.int64)
    for column in cells:
        if column.type == "string":
            breaks += np.asarray(compute.fill_null(compute.count_substring(column, "\n"), 0))
    return breaks


def _check_quotes(data: memoryview, cells: list[Any], lines: Ints, field: str) -> None:
    """Raise Refusal where a quotation mark is opened and never closed: it would swallow all that follows."""
    if bytes(data).count(b'"') % 2 and len(lines) and _breaks([column[-1:] for column in cells])[0]:
        raise Refusal(field, "csv_unreadable", {"line": int(lines[-1])})


def _empty(cells: list[Any], data: memoryview, lines: Ints) -> list[int]:
    """Return the rows of which the line is empty; one of separators alone is a row of blanks."""
    if not all(column.null_count for column in cells):
        return []
    blank = np.all([np.asarray(column.is_null()) for column in cells], axis=0)
    written = bytes(data).split(b"\n")
    return [row for row in np.flatnonzero(blank).tolist() if not written[lines[row]].strip(b" ")]


def _kept(cells: list[Any], empty: list[int]) -> Bools:
    """Return which rows are neither empty nor comments, (n,)."""
    from pyarrow import compute

    keep = np.ones(len(cells[0]), dtype=bool)
    keep[empty] = False
    if cells[0].type == "string":
        notes = np.asarray(compute.fill_null(compute.match_substring_regex(cells[0], "^[#%]( |$)"), False))
        if 10 * np.count_nonzero(notes) <= len(notes):
            keep &= ~notes
    return keep


def _ragged(unfit: list[Unfit], lines: list[int], whole: int, width: int, field: str) -> list[Remark]:
    """Return what is said of rows of another length. Raises Refusal where they are more than a few."""
    rows = [
        (row, line) for row, line in zip(unfit, lines, strict=True) if row.text.strip() and not is_comment(row.text)
    ]
    if not rows:
        return []
    row, line = rows[0]
    values = {"line": line, "given": row.columns, "allowed": width, "count": len(rows)}
    if len(rows) > max(1, (whole + len(rows)) // 4) or not whole:
        raise Refusal(field, "csv_ragged", values)
    return [Remark("ragged", values)]
