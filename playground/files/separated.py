"""Rows of cells in a text: what separates them, where the table begins, which do not fit. pyarrow cuts them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from core.run.refusal import Refusal
from core.run.values import Ints
from playground.files.cells import is_finite, looks_numeric
from playground.files.reading import AUTO, Reading, Remark
from playground.words.quoting import short

MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
CHARACTERS = {"tab": "\t", "space": " "}  # what --read calls them
_ORDER = ("\t", ";", "|", ",", " ")  # a comma comes late: in many countries it stands inside numbers
_SAMPLE, _SAMPLE_ROWS = 2**16, 100  # characters, rows that tell
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t]*(?:\n|$)', re.IGNORECASE)
_COMMENT = ("#", "%")
_OURS = "# recipe:"


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cells as they are written: the rows of the sample, and the whole body that begins with one of them."""

    separator: str  # as --read writes it
    sample: list[list[str]]  # the first rows of the table, all of them as long as the table is wide, or the heading
    starts: list[int]  # of each row of the sample, its line in the file, counted from 1
    data: bytes  # the whole text in UTF-8, which pyarrow reads
    noted: list[str]  # cells of the last line of comment, where they may be names
    comments: int  # lines above the table
    remarks: list[Remark]


@dataclass(frozen=True, eq=False)
class Body:
    """Columns of cells (pyarrow arrays, all of numbers or all of texts, null for nothing), and each row's line."""

    cells: list[Any]
    lines: Ints
    remarks: list[Remark]


def sheet_of(text: str, reading: Reading, field: str) -> Sheet:
    """Return where the table in a text begins and how it is cut. Raises Refusal for a text without one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    told = _SEPARATOR_LINE.match(text)
    skipped = 1 if told else 0
    lines = _first_lines(text)
    comments = _count_comments(lines, skipped)
    separator = CHARACTERS.get(reading.separator, reading.separator)
    if separator == AUTO:
        separator = told[1] if told else separator_of(lines[comments:])
    if len(separator) != 1 or separator in '"\n\r\0':
        raise Refusal(field, "csv_separator", {"given": short(reading.separator), "allowed": ", ; tab | space"})
    if separator == " ":
        text = _single_spaced(text)
        lines = _first_lines(text)
    sample, starts = _sample(lines, comments, separator, field)
    said = [line for line in lines[skipped:comments] if line.strip() and not line.startswith(_OURS)]
    remarks = _said_of(separator, starts[0] - 1 - comments, told is not None)
    noted = _noted(lines[comments - 1], separator) if comments > skipped else []
    return Sheet(_called(separator), sample, starts, text.encode(), noted, len(said), remarks)


def _first_lines(text: str) -> list[str]:
    """Return the lines that tell, with the blank ones above them; nothing but a line feed ends a line."""
    begin = len(text) - len(text.lstrip())
    return io.StringIO(text[: begin + _SAMPLE]).readlines()


def _called(separator: str) -> str:
    return next((name for name, sign in CHARACTERS.items() if sign == separator), separator)


def _count_comments(lines: list[str], skipped: int) -> int:
    """Return how many lines stand before the first that is neither blank nor a comment."""
    body = (i for i, line in enumerate(lines) if i >= skipped and line.strip() and not _is_comment(line))
    return next(body, len(lines))


def _is_comment(line: str) -> bool:
    return line.lstrip(" \t").startswith(_COMMENT)


def _noted(line: str, separator: str) -> list[str]:
    """Return the cells of a line of comment, such as `# x, y`; none for a recipe."""
    plain = line.strip().lstrip("".join(_COMMENT))
    return [] if line.startswith(_OURS) else [cell.strip() for cell in next(_cut([plain.strip("\n")], separator), [])]


def _said_of(separator: str, above: int, told: bool) -> list[Remark]:
    remarks = [Remark("title", {"count": above})] if above > 0 else []
    if separator != "," and not told:
        remarks.append(Remark("separator", {"given": _called(separator)}))
    return remarks


@dataclass(frozen=True)
class Unfit:
    """A row of another length: its place among all rows, from 0, how many cells it has, and what it is."""

    place: int
    columns: int
    text: str


# ---- what separates the cells


def separator_of(lines: list[str]) -> str:
    """Return the sign that cuts lines into rows of one length, the more the better; where none does, one not there."""
    lines = [line for line in lines if line.strip()][:_SAMPLE_ROWS]
    best, most = ";" if lines and _is_decimal(list(_cut(lines, ","))) else ",", 0.0
    for sign in _ORDER:
        rows = list(_cut(_squeezed(lines) if sign == " " else lines, sign))
        fit = _fit(rows, sign)
        if fit > most:
            best, most = sign, fit
    return best


def _fit(rows: list[list[str]], sign: str) -> float:
    """Return how well rows are cut, from 0 to 1: the share of rows that are as long as most are."""
    width, count = _usual(rows)
    if width < 2 or (sign == "," and _is_decimal(rows)):
        return 0.0
    if sign == " " and not _mostly_numbers(rows, width):
        return 0.0
    ragged = len(rows) - count - (len(rows[0]) != width)  # a heading may be shorter
    return 1 - ragged / len(rows) if ragged * 4 <= len(rows) or ragged < 2 else 0.3


def _usual(rows: list[list[str]]) -> tuple[int, int]:
    """Return the length that most rows have, and how many have it; of two the longer."""
    widths = Counter(map(len, rows))
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))


def _is_decimal(rows: list[list[str]]) -> bool:
    """Tell whether the comma stands within the numbers of a single column: under one name, `1,5`."""
    numbers = [row for row in rows if len(row) == 2 and all(cell.lstrip("-").isdecimal() for cell in row)]
    return len(rows) > 1 and len(rows[0]) == 1 and len(numbers) == len(rows) - 1 and not looks_numeric(rows[0][0])


def _mostly_numbers(rows: list[list[str]], width: int) -> bool:
    """Tell whether half of the cells are numbers: blanks between words separate no columns."""
    cells = [cell for row in rows[1:] if len(row) == width for cell in row]
    return 2 * sum(map(looks_numeric, cells)) >= max(len(cells), 1)


def _squeezed(lines: list[str]) -> list[str]:
    return [re.sub(r"[ \t]+", " ", line.strip(" \t\n")) for line in lines]


def _single_spaced(text: str) -> str:
    return re.sub(r"[ \t]+", " ", re.sub(r"(?m)^[ \t]+|[ \t]+$", "", text))


def _cut(lines: list[str], sign: str) -> Iterator[list[str]]:
    """Yield the rows in lines, those that are blank left out."""
    csv.field_size_limit(2**30)
    reader = csv.reader(lines, delimiter=sign, skipinitialspace=sign != "\t")
    yield from (row for row in reader if any(cell.strip() for cell in row))


# ---- the rows that tell


def _sample(lines: list[str], first: int, separator: str, field: str) -> tuple[list[list[str]], list[int]]:
    """Return the first rows of the table, from the first that is as wide as most, and the lines they begin in."""
    if max((line.count(separator) for line in lines), default=0) >= MAX_COLUMNS:
        raise Refusal(field, "csv_too_many_columns", {"allowed": MAX_COLUMNS})
    rows = list(islice(_numbered(lines, first, separator), _SAMPLE_ROWS))
    if not rows:
        raise Refusal(field, "csv_empty")
    width, _ = _usual([row for _, row in rows])
    start = next(i for i, (_, row) in enumerate(rows) if len(row) == width)
    if start and _heads(rows[start - 1][1], max(len(_without_end(row)) for _, row in rows if len(row) == width)):
        start -= 1
    kept = [(line, row) for i, (line, row) in enumerate(rows[start:]) if len(row) == width or i == 0]
    return [row for _, row in kept], [line for line, _ in kept]


def _heads(row: list[str], filled: int) -> bool:
    """Tell whether a row that is not as long as the others names their filled columns, or all of them but the first."""
    row = _without_end(row)
    return filled - 1 <= len(row) <= filled and len(row) > 1 and not any(map(looks_numeric, row))


def _without_end(row: list[str]) -> list[str]:
    """Return a row without the blank cells that end it."""
    return row[: max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)]


def _numbered(lines: list[str], first: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the sample that are neither blank nor comments, each with the line it begins in."""
    reader = csv.reader(lines[first:], delimiter=separator, skipinitialspace=separator != "\t")
    begin, end = first + 1, len(lines[first:])
    for row in reader:
        is_whole = reader.line_num < end or end < 2
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith(_COMMENT) and (is_whole or begin < 9):
            yield begin, [cell.strip() for cell in row]
        begin = first + reader.line_num + 1


# ---- the whole


def body_of(sheet: Sheet, first: int, width: int, plain: bool, field: str) -> Body:
    """Return all rows from a line of the file on, as numbers where `plain` ones stand in every column, else as texts.

    Raises Refusal for too many rows, and where too few fit the table.
    """
    sign = CHARACTERS.get(sheet.separator, sheet.separator)
    data = memoryview(sheet.data)[_place(sheet.data, first) :]
    quoted = b'"' in sheet.data
    if quoted and f'{sign} "'.encode() in sheet.data:
        data = memoryview(re.sub(re.escape(sign).encode() + b' +"', f'{sign}"'.encode(), data))
    unfit: list[Unfit] = []
    cells = _cells(data, sign, width, plain, quoted, unfit, field)
    if len(cells[0]) + len(unfit) > MAX_ROWS + 1:
        raise Refusal(field, "csv_too_many_rows", {"allowed": MAX_ROWS})
    lines = _lines(cells, unfit, first) if quoted or unfit else np.arange(first, first + len(cells[0]))
    if quoted:
        _check_quotes(data, cells, lines, field)
    keep = _filled(cells)
    if keep is not None:
        cells, lines = [column.filter(keep) for column in cells], lines[np.asarray(keep)]
    return Body(cells, lines, _ragged(unfit, len(lines), first, width, field))


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


def _lines(cells: list[Any], unfit: list[Unfit], first: int) -> Ints:
    """Return the line that each row begins in: every row takes one, and one more for each break within its cells."""
    count = len(cells[0]) + len(unfit)
    lost = np.array([row.place for row in unfit], dtype=int)
    whole = np.setdiff1d(np.arange(count), lost, assume_unique=True)
    taken = np.ones(count, dtype=np.int64)
    taken[whole] += _breaks(cells)
    taken[lost] += np.array([row.text.rstrip("\n").count("\n") for row in unfit], dtype=np.int64)
    lines: Ints = first + (np.cumsum(taken) - taken)[whole]
    return lines


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


def _filled(cells: list[Any]) -> Any:
    """Return which rows hold something and are no comment, or None where all do."""
    from pyarrow import compute

    keep = None
    if all(column.null_count for column in cells):
        keep = cells[0].is_valid()
        for column in cells[1:]:
            keep = compute.or_(keep, column.is_valid())
    if cells[0].type == "string":
        notes = compute.fill_null(compute.match_substring_regex(cells[0], "^[#%] "), False)
        if 0 < (compute.sum(notes).as_py() or 0) * 10 <= len(notes):
            keep = compute.and_not(keep if keep is not None else cells[0].is_valid(), notes)
    return keep


def _ragged(unfit: list[Unfit], whole: int, first: int, width: int, field: str) -> list[Remark]:
    """Return what is said of rows of another length. Raises Refusal where they are more than a few."""
    rows = [row for row in unfit if row.text.strip() and not _is_comment(row.text)]
    if not rows:
        return []
    line = first + rows[0].place
    values = {"line": line, "given": rows[0].columns, "allowed": width, "count": len(rows)}
    if len(rows) > max(1, (whole + len(rows)) // 4) or not whole:
        raise Refusal(field, "csv_ragged", values)
    return [Remark("ragged", values)]
