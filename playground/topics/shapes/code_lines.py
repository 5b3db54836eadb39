"""Lines of a program in a room: those too long for it go on, further in, in the next one; told shapes are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.shapes.keras_code import CodeLine
from widgets.base.labels import text_width

ROLE = "cell"
_FURTHER_IN = "  "
_PIECE = re.compile(r"(?:=\([^()]*\)|.)+?(?:, |$)")  # behind a comma a line may be broken, but not inside a tuple


@dataclass(frozen=True)
class Row:
    """What stands in one line of the room, in parts that are told shapes or not, and the layer it belongs to."""

    parts: tuple[tuple[str, bool], ...]
    layer: int | None

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _ in self.parts)


def rows_of(lines: tuple[CodeLine, ...], widest: float) -> tuple[Row, ...]:
    """Return lines as rows, none of them wider than so many px where it can be broken."""
    return tuple(row for line in lines for row in _broken(line, widest))


def widest_of(lines: tuple[CodeLine, ...]) -> float:
    """Return how wide the longest line is."""
    return max((text_width(line.text.strip(), ROLE) for line in lines), default=0.0)


def in_view(count: int, most: int, at: int) -> list[int | None]:
    """Return which of so many lines stand in `most` rows, three or more, with line `at` among them.

    None stands for those left out above or below.
    """
    first = max(0, min(at - most + 2, count - most))
    rows: list[int | None] = [*range(first, min(first + most, count))]
    if first:
        rows[0] = None
    if first + most < count:
        rows[-1] = None
    return rows


def _broken(line: CodeLine, widest: float) -> Iterator[Row]:
    text = line.text.strip()
    begin = text.find(line.told) if line.told else len(text)
    rows, at = [(0, "")], 0
    for piece in _PIECE.findall(text):
        start, shown = rows[-1]
        if shown.strip() and text_width(shown + piece.rstrip(), ROLE) > widest:
            rows.append((at, _FURTHER_IN + piece))
        else:
            rows[-1] = start, shown + piece
        at += len(piece)
    for i, (start, shown) in enumerate(rows):
        indent = len(_FURTHER_IN) if i else 0
        yield Row(
            tuple(_parts(shown.rstrip(), begin - start + indent, begin + len(line.told) - start + indent)), line.layer
        )


def _parts(shown: str, begin: int, end: int) -> Iterator[tuple[str, bool]]:
    """Split a row where what is told begins and ends."""
    begin, end = max(0, begin), max(0, end)
    for text, is_told in ((shown[:begin], False), (shown[begin:end], True), (shown[end:], False)):
        if text:
            yield text, is_told
