"""Tables of Weka (ARFF): a head that names the columns, then rows, plain or in braces: of those what is not 0."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.run.refusal import Refusal
from playground.files.spelled import double_quoted

_BEGINNING = re.compile(r"\s*(?:%[^\n]*\n\s*)*@relation\b", re.IGNORECASE)
_NAME = re.compile(
    r"^[ \t]*@attribute[ \t]+('[^'\n]*'|\"[^\"\n]*\"|[^\s{]+)[ \t]*(?:\{[ \t]*('[^'\n]*'|\"[^\"\n]*\"|[^,}\n]*))?",
    re.IGNORECASE | re.MULTILINE,
)  # and the first of the words that may stand there
_SPARSE = re.compile(r"^[ \t]*\{([^{}\n]*)\}[ \t]*\r?$", re.MULTILINE)
_CELL = re.compile(r"(\d{1,9})[ \t]+('[^'\n]*'|\"[^\"\n]*\"|[^,\n]+)")
_MOST_CELLS = 10_000_000  # of a table whose rows stand in braces
_DATA = re.compile(r"^[ \t]*@data[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def is_arff(text: str) -> bool:
    """Tell whether a text is a table of Weka."""
    return bool(_BEGINNING.match(text) and _DATA.search(text))


def as_csv(text: str, field: str) -> str:
    """Return the table with a row of names in place of `@data`, so that every row stays in its line.

    Raises Refusal for rows in braces that would make too large a table.
    """
    begin, end = next(found.span() for found in _DATA.finditer(text))
    names, firsts = zip(*_NAME.findall(text[:begin]), strict=True) if _NAME.search(text[:begin]) else ((), ())
    head = (name.strip("'\"").replace('"', '""') for name in names)
    rows = text[end:]
    if _SPARSE.search(rows):
        _check_size(rows, len(names), field)
        absent = [first.strip() or "0" for first in firsts]
        rows = _SPARSE.sub(lambda found: _filled(found[0], found[1], absent), rows)
    return "\n" * text.count("\n", 0, begin) + ",".join(f'"{name}"' for name in head) + double_quoted(rows)


def _check_size(rows: str, columns: int, field: str) -> None:
    allowed = _MOST_CELLS // max(columns, 1)
    if rows.count("{") > allowed:
        raise Refusal(field, "csv_too_many_rows", {"allowed": allowed})


def _filled(row: str, cells: str, absent: Sequence[str]) -> str:
    """Return a row in braces, `1 5, 3 2`, with 0 or the first word for what it leaves out; any other as it is."""
    values = list(absent)
    found = _CELL.findall(cells)
    if any(int(place) >= len(values) for place, _ in found) or _CELL.sub("", cells).strip(" \t,"):
        return row
    for place, value in found:
        values[int(place)] = value.strip()
    return ",".join(values)
