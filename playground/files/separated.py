"""Where the table in a text begins: behind comments, titles and a line that names the separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import NamedTuple

from core.run.refusal import Refusal
from playground.files.cells import looks_numeric
from playground.files.quotes import doubled
from playground.files.reading import AUTO, MAX_ROWS, Reading, Remark
from playground.files.separator import ROWS, cut, name_of, separator_of, sign_of, single_spaced, usual
from playground.files.spelled import plainly
from playground.words.quoting import short

MAX_COLUMNS = 1_000
_SAMPLE = 2**16  # characters that tell
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t]*(?:\n|$)', re.IGNORECASE)
_COMMENT = ("#", "%")
_OURS = "# recipe:"
_NAMED = {"\t": "tabs", " ": "blanks"}  # remarks on signs that cannot be seen
_SEPARATORS = ("two_colons", "arrows")  # remarks that say already what separates the columns


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cells as they are written: the rows of the sample, and the whole body that begins with one of them."""

    separator: str  # as --read writes it
    sample: list[list[str]]  # the first rows of the table, all of them as long as the table is wide, or the heading
    first: int  # the line in which the sample begins, counted from 1
    follows: list[int]  # of each row of the sample, the line after it
    data: bytes  # the whole text in UTF-8, which pyarrow reads
    noted: list[str]  # cells of the last line of comment, where they may be names
    comments: int  # lines above the table
    remarks: list[Remark]


class _Row(NamedTuple):
    """Cells, and the lines in which they begin and after which they end."""

    begin: int
    follow: int
    cells: list[str]


def sheet_of(given: str, data: bytes, reading: Reading, field: str) -> Sheet:
    """Return where the table in a text begins and how it is cut; `data` are its bytes where they are in UTF-8.

    Raises Refusal for a text without a table.
    """
    text = given.replace("\r\n", "\n").replace("\r", "\n") if "\r" in given else given
    text, quoted = doubled(text, sign_of(reading.separator))
    text, spelled = plainly(text, _SAMPLE, sign_of(reading.separator))
    told = _SEPARATOR_LINE.match(text)
    skipped = 1 if told else 0
    lines = _first_lines(text, field)
    comments = _count_comments(lines, skipped)
    separator = sign_of(reading.separator)
    if separator == AUTO:
        separator = told[1] if told else separator_of(lines[comments:])
    if len(separator) != 1 or not separator.isascii() or separator in '"\n\r\0':
        raise Refusal(field, "csv_separator", {"given": short(separator), "allowed": ", ; tab | space"})
    if separator == " ":
        text = single_spaced(text)
        lines = _first_lines(text, field)
    sample, first, follows = _sample(lines, comments, separator, field)
    said = [line for line in lines[skipped:comments] if line.strip() and not line.startswith(_OURS)]
    is_told = told is not None or len(sample[0]) == 1 or any(remark.key in _SEPARATORS for remark in spelled)
    remarks = quoted + spelled + _said_of(separator, first - 1 - comments, is_told)
    noted = _noted(lines[comments - 1], separator) if comments > skipped else []
    whole = data if data and text is given else text.encode()
    return Sheet(name_of(separator), sample, first, follows, whole, noted, len(said), remarks)


def _first_lines(text: str, field: str) -> list[str]:
    """Return the lines that tell, with the blank ones above them; nothing but a line feed ends a line."""
    begin = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    above = text.count("\n", 0, begin)
    if begin == len(text) or above > MAX_ROWS:
        raise Refusal(field, "csv_empty")
    return ["\n"] * above + io.StringIO(text[begin : begin + _SAMPLE]).readlines()


def _count_comments(lines: list[str], skipped: int) -> int:
    """Return how many lines stand before the first that is neither blank nor a comment."""
    body = (i for i, line in enumerate(lines) if i >= skipped and line.strip() and not is_comment(line))
    return next(body, len(lines))


def is_comment(line: str) -> bool:
    """Tell whether a line says something of the table instead of belonging to it."""
    return line.lstrip(" \t").startswith(_COMMENT)


def _noted(line: str, separator: str) -> list[str]:
    """Return the cells of a line of comment, such as `# x, y`; none for a recipe."""
    plain = line.strip().lstrip("".join(_COMMENT))
    return [] if line.startswith(_OURS) else [cell.strip() for cell in next(cut([plain.strip("\n")], separator), [])]


def _said_of(separator: str, above: int, told: bool) -> list[Remark]:
    remarks = [Remark("title", {"count": above})] if above > 0 else []
    if separator in _NAMED and not told:
        remarks.append(Remark(_NAMED[separator]))
    elif separator != "," and not told:
        remarks.append(Remark("separator", {"given": separator}))
    return remarks


def _sample(lines: list[str], above: int, separator: str, field: str) -> tuple[list[list[str]], int, list[int]]:
    """Return the first rows of the table, from the first as wide as most on, where it begins, what follows each."""
    for place, line in enumerate(lines, 1):
        if line.count(separator) >= MAX_COLUMNS:
            raise Refusal(field, "csv_too_many_columns", {"line": place, "allowed": MAX_COLUMNS})
    rows = list(islice(_numbered(lines, above, separator), ROWS))
    if not rows:
        raise Refusal(field, "csv_empty")
    width, _ = usual([row.cells for row in rows])
    start = next(i for i, row in enumerate(rows) if len(row.cells) == width)
    start += _titles([row.cells for row in rows[start:]])
    filled = max(len(_without_end(row.cells)) for row in rows if len(row.cells) == width)
    if start and _heads(rows[start - 1].cells, filled):
        start -= 1
    kept = [row for i, row in enumerate(rows[start:]) if len(row.cells) == width or i == 0]
    return [row.cells for row in kept], kept[0].begin, [row.follow for row in kept]


def _titles(rows: list[list[str]]) -> int:
    """Return how many rows at the top fill their first cell alone: titles, where names stand below them."""
    count = sum(1 for _ in takewhile(lambda row: len(row) > 1 and row[0].strip() and not any(row[1:]), rows))
    names = rows[count] if count < len(rows) - 1 else [""]
    are_names = sum(map(bool, names)) >= max(2, len(names) - 1) and not looks_numeric(names[0])
    return count if are_names and all(map(_is_name, names)) else 0


def _is_name(cell: str) -> bool:
    return not looks_numeric(cell) or (cell.isdecimal() and len(cell) == 4)  # a year


def _heads(row: list[str], filled: int) -> bool:
    """Tell whether a row that is not as long as the others names their filled columns, or all of them but the first."""
    row = _without_end(row)
    return filled - 1 <= len(row) <= filled and len(row) > 1 and not any(map(looks_numeric, row))


def _without_end(row: list[str]) -> list[str]:
    """Return a row without the blank cells that end it."""
    return row[: max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)]


def _numbered(lines: list[str], above: int, separator: str) -> Iterator[_Row]:
    """Yield the rows of the sample that are neither blank nor comments."""
    reader = csv.reader(lines[above:], delimiter=separator, skipinitialspace=separator != "\t")
    begin, end = above + 1, len(lines[above:])
    for row in reader:
        is_whole = reader.line_num < end or end < 2
        follow = above + reader.line_num + 1
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith(_COMMENT) and (is_whole or begin < 9):
            yield _Row(begin, follow, [cell.strip() for cell in row])
        begin = follow
