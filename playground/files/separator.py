"""What separates the cells of a text: the sign that cuts its lines into rows of one length."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from playground.files.cells import looks_numeric
from playground.files.reading import AUTO

SIGNS = {"tab": "\t", "space": " "}  # what --read calls them
ROWS = 100  # that tell
_ORDER = ("\t", ";", "|", ",", " ")  # a comma comes late: in many countries it stands inside numbers


class Fit(NamedTuple):
    """How well lines are cut, from 0 to 1, which share of the cells are numbers, and into how many columns."""

    rows: float
    numbers: float
    width: int


def sign_of(name: str) -> str:
    """Return the sign that a separator's name stands for."""
    return SIGNS.get(name, name)


def name_of(sign: str) -> str:
    """Return what a separator is called."""
    return next((name for name, own in SIGNS.items() if own == sign), sign)


def separator_of(lines: list[str]) -> str:
    """Return the sign that cuts lines into rows of one length, the more the better; where none does, one not there."""
    lines = [line for line in lines if line.strip(" \t\n,;|")][:ROWS]
    absent = (sign for sign in (",", ";", "|") if not any(sign in line for line in lines))
    best, most, share = next(absent, ","), 0.0, 0.0
    for sign in _ORDER:
        rows = list(cut(_squeezed(lines) if sign == " " else lines, sign))
        fit, numbers = _fit(rows, sign, lines), _share_of_numbers(rows)
        if fit > most or (sign == " " and fit == most == 1 and numbers > share):  # tabs may stand beside blanks, too
            best, most, share = sign, fit, numbers
    return best


def fit_of(text: str, sign: str = AUTO) -> Fit:
    """Return how well a sign, where it is `auto` the best, cuts the lines of a text that are no comments."""
    lines = [line for line in text.split("\n") if line.strip(" \t,;|") and not line.lstrip().startswith(("#", "%"))]
    sign = separator_of(lines) if sign == AUTO else sign
    rows = list(cut(_squeezed(lines[:ROWS]) if sign == " " else lines[:ROWS], sign))
    width, _ = usual(rows)
    return Fit(_fit(rows, sign, lines[:ROWS]), _share_of_numbers(rows), width)


def _share_of_numbers(rows: list[list[str]]) -> float:
    """Return which share of the cells in rows of the usual length are numbers."""
    width, _ = usual(rows)
    cells = [cell for row in rows if len(row) == width for cell in row]
    return sum(map(looks_numeric, cells)) / max(len(cells), 1)


def _fit(rows: list[list[str]], sign: str, lines: list[str]) -> float:
    """Return how well rows are cut, from 0 to 1: the share of rows that are as long as most are."""
    width, count = usual(rows)
    if width < 2 or (sign == "," and _is_decimal(rows)):
        return 0.0
    if sign == " " and (not _mostly_numbers(rows, width) or any("|" in row for row in rows)):
        return 0.0
    ragged = len(rows) - count
    if ragged * 4 <= len(rows):
        return 1 - ragged / len(rows)
    is_prose = all(line.count(sign) == line.count(f"{sign} ") for line in lines)
    return 0.0 if is_prose else 0.3


def usual(rows: list[list[str]]) -> tuple[int, int]:
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


def single_spaced(text: str) -> str:
    """Return a text in which one blank stands wherever there were several or a tab, and none at either end."""
    return re.sub(r"[ \t]+", " ", re.sub(r"(?m)^[ \t]+|[ \t]+$", "", text))


def cut(lines: list[str], sign: str) -> Iterator[list[str]]:
    """Yield the rows in lines, those that are blank left out."""
    csv.field_size_limit(2**30)
    reader = csv.reader(lines, delimiter=sign, skipinitialspace=sign != "\t")
    yield from (row for row in reader if any(cell.strip() for cell in row))
