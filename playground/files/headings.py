"""What the first rows of a table are: names, units, or already data; told from what stands below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from core.run.values import Floats
from playground.files.cells import is_blank, looks_numeric
from playground.files.reading import Reading, Remark
from playground.files.triple_names import triple_names
from playground.words.quoting import listed, one_line

Rows = Sequence[Sequence[str]]
_UNIT = re.compile(r"[\[(]?[^\d\s][^\s,;]{0,9}( [^\s,;]{1,5})?[\])]?")
_INDEX = re.compile(
    r"#|id|index|idx|no\.?|nr\.?|num|number|obs|case|row|row_?names?|row_?id|rank|step|key|unnamed: ?\d+(\.\d+)?"
    "|序号|编号|索引|行号",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"[^\w\s#]\w*\W?|_|[A-Za-z]{1,3}(?=\d)")  # with which identifiers begin, and names seldom
_YEARS = range(1000, 3000)
_FEW = 10  # rows; in fewer, columns without names that count up are no proof of an index


@dataclass(frozen=True)
class Heading:
    """Names of columns, how many rows of the sample they take, and what is said of them."""

    names: tuple[str, ...]
    written: tuple[str, ...]  # as they stand there; empty where a column has no name
    rows: int  # of the sample, before the data begin
    header: bool
    remarks: list[Remark]


def heading_of(sample: Rows, noted: Sequence[str], reading: Reading) -> Heading:
    """Return the names in the first rows of a table; `noted` are cells of a comment above, which may be names."""
    width = max(map(len, sample))
    if reading.header != "no" and _are_names(noted, sample, width) and not _is_header(sample, width):
        return _named(list(noted), sample, 0, width)
    header = reading.header == "yes" or (reading.header == "auto" and _is_header(sample, width))
    if not header:
        return Heading(tuple(map(str, range(width))), ("",) * width, 0, False, [Remark("no_header")])
    return _named(list(sample[0]), sample, 1, width)


def _named(first: list[str], sample: Rows, rows: int, width: int) -> Heading:
    remarks = []
    if rows and (sum(map(looks_numeric, first)) * 2 >= len(first) or _is_of_words(sample)):
        remarks.append(Remark("header_in_doubt", {"given": listed([cell for cell in first if cell])}))
    if _are_units(sample[rows:], width) and _are_halves(first, sample[rows]):
        first = _joined(first, sample[rows])
        remarks.append(Remark("names_in_two_rows"))
        rows += 1
    elif _are_units(sample[rows:], width):
        remarks.append(Remark("units", {"given": listed([cell for cell in sample[rows] if cell])}))
        rows += 1
    written = _spread(first, sample, width)
    names, said = distinct(written)
    return Heading(names, tuple(written), rows, True, remarks + said)


def _is_of_words(rows: Rows) -> bool:
    """Tell whether no number stands in a table of several columns: its first row may be data as well as names."""
    return len(rows[0]) > 1 and not any(looks_numeric(cell) for row in rows for cell in row)


def _are_halves(first: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether two rows name the columns together: above a word in the second stands one name twice, or none."""
    named = [above for above, word in zip(first, below, strict=False) if word]
    return len(set(filter(None, named))) < len(named)


def _joined(first: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return names of two parts; of cells that were merged only the first holds the upper part."""
    names, upper = list[str](), ""
    for above, word in zip_longest(first, below, fillvalue=""):
        upper = above or (upper if word else "")
        names.append(f"{upper} {word}".strip())
    return names


def _spread(first: list[str], sample: Rows, width: int) -> list[str]:
    """Return a name for each column: one row of names that is shorter by one leaves out the first, which is an index.

    It leaves out the last where nothing stands below: the rows are then ended by separators.
    """
    if len(first) < width and any(len(row) == width and row[-1].strip() for row in sample):
        first = [""] * (width - len(first)) + first
    return (first + [""] * width)[:width]


def distinct(names: Sequence[str]) -> tuple[tuple[str, ...], list[Remark]]:
    """Return names in one line that differ, a column without one called by its place, and what is said of that."""
    plain = [one_line(name) for name in names]
    twice = [name for name, count in Counter(plain).items() if count > 1 and name]
    taken: set[str] = set()
    for place, name in enumerate(plain):
        plain[place] = _free(name or str(place), taken | set(plain[place + 1 :]) if not name else taken)
        taken.add(plain[place])
    return tuple(plain), [Remark("names_twice", {"given": listed(twice)})] if twice else []


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


# ---- is the first row one of names


def _is_header(sample: Rows, width: int) -> bool:
    first, below = sample[0], [row for row in sample[1:] if len(row) == width]
    if triple_names(first):
        return True
    if len(first) < width or (not below and width > 1 and not any(map(looks_numeric, first))):
        return True
    columns = [[row[place] for row in below if not is_blank(row[place])] for place in range(width)]
    of_numbers = [bool(cells) and 2 * sum(map(looks_numeric, cells)) > len(cells) for cells in columns]
    numeric = [looks_numeric(cell) for cell in first]
    of_words = [[] if n else cells for cells, n in zip(columns, of_numbers, strict=True)]
    if set(of_words[-1]) == {first[-1]}:
        of_words[-1] = []  # it ends every row, as `eor` does
    is_above = any(
        n and not own and not is_blank(cell) for cell, own, n in zip(first, numeric, of_numbers, strict=True)
    )
    if is_above and (first in below or not _come_again(first, of_words)):  # unless it comes again as a whole
        return True
    if any(numeric):
        return _are_counted(first, columns, numeric)
    if any(of_numbers[not first[0] :]):  # and without a name above any of them, but for an index
        return False
    if any(_are_alike(cell, cells) for cell, cells in zip(first, columns, strict=True)):
        return False
    every = [cell for cells in columns for cell in cells]  # a name in one column of a graph stands in another, too
    return bool(below) and not _come_again(first, [every] * width) and _is_short(first, columns)


def _are_counted(first: Sequence[str], columns: list[list[str]], numeric: list[bool]) -> bool:
    """Tell whether the numbers in the first row count the columns, as years do, and are unlike those below."""
    counted = [float(cell) if cell.isdecimal() else np.nan for cell, own in zip(first, numeric, strict=True) if own]
    steps = set(np.diff(counted))
    if len(counted) < 2 or len(steps) != 1 or not steps.pop() >= 1:
        return False
    below = [cells for cells, own in zip(columns, numeric, strict=True) if own]
    if counted[0] == 0:
        return len(counted) > 2 and (not first[0] or not all(numeric))
    return int(counted[0]) in _YEARS and any(4 * sum(map(_is_year, cells)) < len(cells) for cells in below)


def _is_year(cell: str) -> bool:
    return cell.isdecimal() and int(cell) in _YEARS


def _come_again(first: Sequence[str], columns: list[list[str]]) -> bool:
    """Tell whether a cell of the first row stands in its column again: then it is no name of a column."""
    return any(cell in cells for cell, cells in zip(first, columns, strict=True))


def _are_alike(first: str, cells: list[str]) -> bool:
    """Tell whether a cell begins as all others of its column do, such as `/m/027rn`, `Q42` and `<http://…>`."""
    begin = _BEGIN.match(first)
    return begin is not None and bool(cells) and all(cell.startswith(begin[0]) for cell in cells)


def _is_short(first: Sequence[str], columns: list[list[str]]) -> bool:
    """Tell whether a row of words is short, as names are; a single one is a name above sentences alone."""
    if len(first) > 1:
        return not any(len(cell) > 40 for cell in first)
    return " " not in first[0] and 2 * sum(" " in cell for cell in columns[0]) > len(columns[0])


def _are_units(rows: Rows, width: int) -> bool:
    """Tell whether the first of these rows holds units: short words above numbers, in every column of numbers."""
    if len(rows) < 3 or len(rows[0]) != width:
        return False
    below = [row for row in rows[1:] if len(row) == width]
    columns = [[row[place] for row in below if not is_blank(row[place])] for place in range(width)]
    above = [cell for cell, cells in zip(rows[0], columns, strict=True) if cells and all(map(looks_numeric, cells))]
    words = [cell for cell in rows[0] if not is_blank(cell)]
    return bool(above) and any(map(str.strip, above)) and all(not cell or _is_unit(cell) for cell in above + words)


def _is_unit(cell: str) -> bool:
    plain = not is_blank(cell) and not looks_numeric(cell)
    return cell == "-" or (plain and _UNIT.fullmatch(cell) is not None)


def _are_names(noted: Sequence[str], sample: Rows, width: int) -> bool:
    """Tell whether a comment names the columns below it."""
    return len(noted) == width and len(set(noted)) == width and not any(map(looks_numeric, noted)) and width > 1


# ---- the column that only counts


def index_of(
    names: Sequence[str], written: Sequence[str], columns: Sequence[Floats | None], header: bool
) -> str | None:
    """Return the column that only counts or numbers the rows: one without a name or called so, or a running number.

    A running number is one only where there are two other columns of numbers: else it is data like any other.
    """
    for name, called, column in zip(names, written, columns, strict=True):
        if column is None or not _distinct_whole(column):
            continue
        is_nameless = name == names[0] and not called  # an index, be its rows sorted or shuffled
        if header and (is_nameless or _INDEX.fullmatch(called)):
            return name
        if name == names[0] and _counts(column) and _is_beside(columns, called, header):
            return name
    return None


def _counts(column: Floats) -> bool:
    return bool(column[0] in (0, 1) and np.all(np.diff(column) == 1))


def _is_beside(columns: Sequence[Floats | None], called: str, header: bool) -> bool:
    """Tell whether a running number stands beside numbers enough; one called `x` is no index, whatever it holds."""
    others = sum(column is not None for column in columns) - 1
    rows = len(next(column for column in columns if column is not None))
    return others > 1 and rows > 2 and (len(called) > 1 if header else rows >= _FEW)


def _distinct_whole(column: Floats) -> bool:
    if not len(column) or any(np.any(part != np.round(part)) for part in (column[:_FEW], column)):  # nan, too
        return False
    return bool(np.all(np.diff(column) > 0)) or len(np.unique(column)) == len(column)
