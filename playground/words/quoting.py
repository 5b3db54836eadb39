"""Given values in one short line, for messages. The command line needs this, so nothing heavy is imported at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LONGEST_QUOTE = 60  # characters
_ALIKE = 8  # names, where there are too many to name all


def short(value: Any) -> str:
    """Return a given value as it can stand in one line: a text as it is, else JSON, cut after 60 characters."""
    import numpy as np

    if isinstance(value, np.ndarray):
        return f"an array of shape {list(value.shape)}"
    text = value if isinstance(value, str) else _beginning(value)
    line = one_line(text[: 4 * LONGEST_QUOTE])
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def one_line(text: str) -> str:
    """Return a text without line breaks and without what a terminal would obey."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(text.split()))


def listed(names: Sequence[str]) -> str:
    """Return names in quotation marks, for they may hold commas, as they can stand in one line."""
    return in_line([f"“{short(name)}”" for name in names])


def in_line(texts: Sequence[str], most: int = 300) -> str:
    """Return texts separated by commas, cut where they are too many."""
    text = ", ".join(texts)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def short_path(path: object) -> str:
    """Return a path as it can stand in one line: of a long one its end, which tells most."""
    line = one_line(str(path))
    return line if len(line) <= LONGEST_QUOTE else f"…{line[1 - LONGEST_QUOTE :]}"


def most_alike(given: str, names: Sequence[str]) -> list[str]:
    """Return the names most like a given one, the likest first."""
    from difflib import get_close_matches

    return get_close_matches(given[:LONGEST_QUOTE], names, _ALIKE, cutoff=0.0)


def nearest(given: str, names: Sequence[str]) -> str:
    """Return the name that a given one may stand for: one that it begins, or is much like; nothing where none is."""
    from difflib import get_close_matches  # the first picture does without

    known = {name.lower(): name for name in names}
    text = given[:LONGEST_QUOTE].strip().lower()
    begun = [name for name in known if text and name.startswith(text)]
    alike = begun[:1] or get_close_matches(text, known, 1, cutoff=0.6)
    return known[alike[0]] if alike else ""


def _beginning(value: Any) -> str:
    """Return the first pieces of the value's JSON; the rest, however large or deep, is never made."""
    import json

    text = ""
    for piece in json.JSONEncoder(ensure_ascii=False, default=repr).iterencode(value):
        text += piece[: 4 * LONGEST_QUOTE]
        if len(text) > LONGEST_QUOTE:
            break
    return text
