"""Tables of Weka (ARFF): a head that names the columns, then rows as in any table."""

from __future__ import annotations

import re

from playground.files.spelled import double_quoted

_BEGINNING = re.compile(r"\s*(?:%[^\n]*\n\s*)*@relation\b", re.IGNORECASE)
_NAME = re.compile(r"^[ \t]*@attribute[ \t]+('[^'\n]*'|\"[^\"\n]*\"|[^\s{]+)", re.IGNORECASE | re.MULTILINE)
_DATA = re.compile(r"^[ \t]*@data[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def is_arff(text: str) -> bool:
    """Tell whether a text is a table of Weka."""
    return bool(_BEGINNING.match(text) and _DATA.search(text))


def as_csv(text: str) -> str:
    """Return the table with a row of names in place of `@data`, so that every row stays in its line."""
    begin, end = next(found.span() for found in _DATA.finditer(text))
    names = (name.strip("'\"").replace('"', '""') for name in _NAME.findall(text[:begin]))
    return "\n" * text.count("\n", 0, begin) + ",".join(f'"{name}"' for name in names) + double_quoted(text[end:])
