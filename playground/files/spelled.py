"""Tables in another spelling: digits and commas of other scripts, single quotation marks, lines that draw a frame.

A spelling is undone only where the first lines are then cut better, or hold more numbers: in prose such signs stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from playground.files.reading import Remark
from playground.files.separator import Fit, fit_of

_SIGNS = str.maketrans({"．": ".", "－": "-", "＋": "+", "٫": ".", "٬": ",", "٪": "%"})
_WIDE = str.maketrans({"，": ",", "；": ";", "؛": ";", "、": ",", "\u3000": " "})
_DRAWN = r"(?m)^[ \t]*(?=\S*[-+=_]{3})[-+=|:_][-+=|:_ \t]*$"
_SINGLE = r"(?m)(?<![^,;\t| \n])'([^'\n]*)'(?=[ \t]*(?:[,;\t|]|$))"
_HIDDEN = "[\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e]"
_ROW = r'(?m)^"([^"\n]*)"$'
_ITEM = r"(?m)^(\d+):[ \t]*$"
_DOTS = r"(?m)^[ \t]*\.{2,3}(?:[ \t]+\.{2,3})+[ \t]*$"
_BRACKETED = r"(?m)^[ \t]*\(([^()\n]*(?:, |[^\W\d]+,)[^()\n]*)\)[ \t]*[,;.]?[ \t]*$"
_ARROW = r"[ \t]*(?:-+>|=>|→|⇒)[ \t]*"
_IN_PROSE = 2  # parts of a sentence in which one comma stands
_NEARLY = 0.9  # of the share of numbers: rows that did not fit before may hold fewer


@dataclass(frozen=True)
class _Way:
    """What is said of a spelling, what tells it, and how it is undone."""

    said: tuple[str, ...]
    told_by: str
    undo: Callable[[str], str]
    is_safe: bool = True  # else it is undone only where numbers stand in the cells, or three columns in every row
    is_of_all: bool = False  # undone where every line is so, be it cut no better


def plainly(text: str, sample: int, separator: str) -> tuple[str, list[Remark]]:
    """Return a text as it is usually spelled, and what is said of that; `sample` characters tell.

    The separator is a sign, or `auto`.
    """
    remarks: list[Remark] = []
    fit: Fit | None = None
    for way in _WAYS:
        begin = text[:sample]
        if not re.search(way.told_by, begin) or (way.is_of_all and not _is_every(way.told_by, begin)):
            continue
        fit = fit or fit_of(begin, separator)
        now = fit_of(way.undo(begin), separator)
        if way.is_of_all or _is_better(now, fit, way.is_safe):
            text, fit = way.undo(text), now
            remarks += map(Remark, way.said)
    return text, remarks


def _is_every(pattern: str, begin: str) -> bool:
    lines = [line for line in begin.split("\n")[:-1] or [begin] if line.strip()]
    return all(re.search(pattern, line) for line in lines)


def _is_better(now: Fit, before: Fit, is_safe: bool) -> bool:
    is_table = is_safe or now.numbers > 0 or (now.width > _IN_PROSE and now.rows == 1)
    if now.rows < before.rows or now.numbers < _NEARLY * before.numbers or not is_table:
        return False
    return now.rows > before.rows or now.numbers > before.numbers


def double_quoted(text: str) -> str:
    """Return a text with double quotation marks around the cells that have single ones."""
    return re.sub(_SINGLE, lambda found: '"' + found[1].replace('"', '""') + '"', text)


def _plain_digits(text: str) -> str:
    return text.translate(_digits()).translate(_SIGNS)


@cache
def _digits() -> dict[int, str]:
    """Return the decimal digits of all scripts."""
    found = ((code, unicodedata.decimal(chr(code), None)) for code in range(0x80, 0x10000))
    return {code: str(digit) for code, digit in found if digit is not None}


def _plain_separators(text: str) -> str:
    return text.translate(_WIDE)


def _without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text)


def _with_items(text: str) -> str:
    """Return ratings with the item, which stands alone above those of it, behind the user of each."""
    item, lines = "", list[str]()
    for line in text.split("\n"):
        found = re.fullmatch(_ITEM, line)
        item = found[1] if found else item
        user, comma, rest = line.partition(",")
        lines.append("" if found else f"{user},{item}{comma}{rest}" if item and comma else line)
    return "\n".join(lines)


_WAYS = (
    _Way(("hidden",), _HIDDEN, _without(_HIDDEN)),
    _Way(("drawn",), _DRAWN, _without(_DRAWN)),
    _Way(("dots",), _DOTS, _without(_DOTS)),
    _Way(("rows_bracketed",), _BRACKETED, lambda text: re.sub(_BRACKETED, r"\1", text), is_of_all=True),
    _Way(("arrows",), _ARROW, lambda text: re.sub(_ARROW, "\t", text), is_safe=False),
    _Way(("digits",), r"[^\D\x00-\x7f]", _plain_digits),
    _Way(("wide",), "[，；؛、\u3000]", _plain_separators, is_safe=False),
    _Way(("digits", "wide"), "[，；؛、\u3000]", lambda text: _plain_separators(_plain_digits(text)), is_safe=False),
    _Way(("rows_quoted",), _ROW, lambda text: re.sub(_ROW, r"\1", text), is_safe=False),
    _Way(("single_quotes",), _SINGLE, double_quoted),
    _Way(("item_above",), _ITEM, _with_items, is_safe=False),
    _Way(("two_colons",), "::", lambda text: text.replace("::", "\t"), is_safe=False),
)  # fmt: skip
