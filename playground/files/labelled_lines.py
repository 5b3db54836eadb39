"""Texts with a label before each, a line each: as fastText writes them, `__label__good I like it`, or `1 I like it`."""

from __future__ import annotations

import re

MARK = "__label__"
_LINES = 20  # that tell
_OF_FASTTEXT = re.compile(rf"((?:{MARK}\S+[ \t]*)+)[,\t ]*(.*)")
_OF_TWO = re.compile(r"([01]|[-+]1)[ \t]+(\D*[^\W\d].*)")  # a word follows, no column of numbers


def is_fasttext(text: str) -> bool:
    """Tell whether labels of fastText stand before the lines of a text."""
    return MARK in text[:100] and _are(_OF_FASTTEXT, text)


def begins_with_labels(text: str) -> bool:
    """Tell whether each line begins with one of two numbers that both come, and words follow."""
    return _are(_OF_TWO, text) and len({line.split()[0] for line in _first(text)}) == 2


def as_csv(text: str) -> str:
    """Return the table of labels and texts, every row in its line."""
    pattern = _OF_FASTTEXT if is_fasttext(text) else _OF_TWO
    return "\n".join(_row(pattern, line) for line in text.split("\n"))


def _row(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.fullmatch(line.strip())
    if not found:
        return line
    label, text = " ".join(found[1].replace(MARK, "").split()), found[2].replace('"', '""')
    return f'"{label}","{text}"'


def _first(text: str) -> list[str]:
    return [line.strip() for line in text[: 2**16].split("\n")[:_LINES] if line.strip()]


def _are(pattern: re.Pattern[str], text: str) -> bool:
    lines = _first(text)
    return len(lines) > 1 and all(map(pattern.fullmatch, lines))
