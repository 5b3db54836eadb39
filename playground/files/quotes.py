"""Quotation marks within texts: escaped by a backslash, or plain letters, where cells are not quoted at all; those of
formulas such as `="007"`, by which Excel keeps a text as it is.
"""

from __future__ import annotations

import re

from playground.files.reading import Remark

_SAMPLE = 2**16  # characters that tell
_ESCAPED = '\\"'
_AT_ENDS = 0.1  # of the lines with a backslash before a quotation mark: those in which one ends a cell
_OPEN = re.compile('[\t\n] *"(?![^"\t\n]*(?:""[^"\t\n]*)*" *(?:[\t\n]|$))')  # and not closed at the cell's end
_FORMULA = re.compile(r'(?m)(^|[,;\t])="([^"\n]*)"(?=[,;\t]|$)')


def doubled(text: str, separator: str) -> tuple[str, list[Remark]]:
    """Return a text with quotation marks within its cells doubled, and what is said of that.

    The separator is a sign, or `auto`.
    """
    if '"' not in text:
        return text, []
    if _FORMULA.search(text[:_SAMPLE]):
        return _FORMULA.sub(r'\1"\2"', text), [Remark("formulas")]
    if _ESCAPED in text and _escapes(text[:_SAMPLE]):
        return text.replace(_ESCAPED, '""'), [Remark("quotes_escaped")]
    if separator in ("auto", "\t") and _are_letters(text):
        return "\n".join(map(_quoted, text.split("\n"))), [Remark("quotes_plain")]
    return text, []


def _escapes(sample: str) -> bool:
    """Tell whether a backslash makes a quotation mark one of a cell's letters: all others come in pairs."""
    lines = [line for line in sample.split("\n") if _ESCAPED in line]
    others = [line.replace(_ESCAPED, "").count('"') for line in lines]
    return any(others) and sum(count % 2 for count in others) <= _AT_ENDS * len(lines)


def _are_letters(text: str) -> bool:
    """Tell whether tabs cut every line alike, and a cell begins with a quotation mark that does not close it."""
    if "\t" not in text[: text.find("\n")]:
        return False
    return _OPEN.search(text) is not None and len({line.count("\t") for line in text.split("\n") if line.strip()}) == 1


def _quoted(line: str) -> str:
    """Return a line with quotation marks around its cells that hold some."""
    return line if '"' not in line else "\t".join(map(_cell, line.split("\t")))


def _cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell else cell
