"""What a preview shows: the first rows as they are read, a picture, or the beginning of a text, and what is taken.

All of it may take its time, and is computed beside the window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from core.run.values import Floats
from playground.files.bytes_to_text import text_of
from playground.files.missing import KEYS, marks_of
from playground.files.pictures import picture_of
from playground.files.reading import GUESSED, Reading
from playground.files.row_names import naming
from playground.files.text_to_table import Table
from playground.files.wanted import Taken, keeps_gaps, proposed, table_for, taken_of, wanted, with_blank_classes
from playground.tab.import_source import Source, Use, first_lines

AT_ONCE = 2**20  # bytes that are read whole for a preview
BEGINNING = 2**18  # bytes that are read of a larger text
ROWS = 1_000  # of a table, at most
CHARACTERS = 4_000  # of a text that are shown
_CELLS = 400  # of an array of several axes

Check = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Returns values as the tab will hold them, by name. Raises Refusal for those it cannot take."""


@dataclass(frozen=True)
class Asked:
    """What is brought, what it shall be, how it is read, and the columns chosen; none for those proposed."""

    source: Source
    use: Use
    reading: Reading = GUESSED
    chosen: tuple[str, ...] = ()

    @property
    def as_read(self) -> tuple[Reading, bool]:
        """How its table is read, and whether as rows of words: what becomes of blanks is asked afterwards."""
        return replace(self.reading, blank=GUESSED.blank), self.use.parameter.kind == "rows"


@dataclass(frozen=True, eq=False)
class Preview:
    """What was read and what of it is taken, or why nothing can be. `whole`: nothing is left to be read."""

    asked: Asked
    whole: bool
    table: Table | None = None
    pixels: Floats | None = None
    held: tuple[int, ...] = ()  # the shape of the array that the tab makes of it
    text: str = ""
    encoding: str = ""
    taken: Taken | None = None
    refusal: Refusal | None = None
    left_out: frozenset[int] = frozenset()  # rows, counted from 0, with a blank in a column that is taken

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are taken, or would be were it not for what is refused."""
        if self.taken or not self.table:
            return self.taken.columns if self.taken else ()
        return self.asked.chosen or _proposed(self.table, self.asked.use.parameter)

    @property
    def naming(self) -> str:
        """The column that names the rows, or would; nothing where none does."""
        return (self.table and naming(self.table, self.columns, self.asked.use.parameter)) or ""

    @property
    def keeps_gaps(self) -> bool:
        """Whether blanks stay as gaps."""
        return self.table is not None and keeps_gaps(self.table, self.columns, self.asked.use.parameter)

    @property
    def marks(self) -> tuple[str, ...]:
        """The numbers that may stand for a missing value, those taken for blank first."""
        if not self.table:
            return ()
        remarks = self.taken.remarks if self.taken else self.table.remarks
        found = (remark.values["given"] for remark in remarks if remark.key in KEYS)
        return (*marks_of(self.asked.reading.missing), *found)

    @property
    def found(self) -> Reading:
        """How it was read."""
        if self.table:
            return self.table.reading
        return replace(self.asked.reading, encoding=self.encoding or self.asked.reading.encoding)


def _proposed(table: Table, parameter: Parameter) -> tuple[str, ...]:
    try:
        return proposed(table, parameter)
    except Refusal:
        return ()


def look(asked: Asked, check: Check, known: Table | None = None, whole: bool = False) -> Preview:
    """Return the preview of what is asked; a large source is read `whole` only where that is asked for.

    `known` is its table, read in this way before. Values of a whole source are checked by what the tab can take.
    """
    use, size = asked.use, len(asked.source.data)
    seen = Preview(asked, whole or use.form == "picture" or size <= AT_ONCE)
    try:
        seen = {"table": _table, "picture": _picture, "text": _text}[use.form](seen, known)
        if seen.whole and seen.taken:
            seen = _held(seen, seen.taken, check(seen.taken.values))
    except Refusal as refusal:
        return replace(seen, taken=None, refusal=refusal)
    return seen


def _held(seen: Preview, taken: Taken, held: Mapping[str, Any]) -> Preview:
    """Take arrays as the tab holds them, of which it knows already all that takes long."""
    arrays = {name: value for name, value in held.items() if isinstance(value, np.ndarray)}
    own = held[seen.asked.use.parameter.name]
    shape = own.shape if isinstance(own, np.ndarray) else ()
    return replace(seen, taken=replace(taken, values={**taken.values, **arrays}), held=shape)


def _table(seen: Preview, known: Table | None) -> Preview:
    asked, parameter = seen.asked, seen.asked.use.parameter
    is_text = asked.source.kind == "text"
    data = asked.source.data if seen.whole or not is_text else first_lines(asked.source.data, BEGINNING)
    try:
        table = known or table_for(parameter, data, asked.source.name, asked.reading, None if seen.whole else ROWS)
    except Refusal:
        if is_text:
            raise
        return _array(seen)
    table = replace(table, reading=replace(table.reading, blank=asked.reading.blank))
    try:
        taken = wanted(table, parameter, asked.chosen)
        return replace(seen, table=table, taken=taken, left_out=_left_out(table, taken, parameter))
    except Refusal as refusal:  # the table is shown all the same
        return replace(seen, table=table, refusal=refusal)


def _left_out(table: Table, taken: Taken, parameter: Parameter) -> frozenset[int]:
    if not taken.left_out:
        return frozenset()
    table, _ = with_blank_classes(table, taken.columns, parameter)
    columns = (table.columns[name] for name in taken.columns)
    return frozenset(row for column in columns for row, cell in enumerate(column) if cell == "" or cell != cell)


def _array(seen: Preview) -> Preview:
    """Read what has other axes than rows and columns, or is no table though it is no text either."""
    asked = seen.asked
    taken = taken_of(asked.source.data, asked.source.name, asked.use.parameter, asked.reading)
    return replace(seen, whole=True, text=_shown(taken.values[asked.use.parameter.name]), taken=taken)


def _shown(value: Any) -> str:
    """Return numbers as they are written in a preview, those of an array after its shape."""
    if not isinstance(value, np.ndarray):
        return json.dumps(value, ensure_ascii=False)[:CHARACTERS]
    shape = " × ".join(map(str, value.shape))
    return f"{shape}\n\n{np.array2string(value, threshold=_CELLS, edgeitems=4, max_line_width=100)}"


def _picture(seen: Preview, known: Table | None) -> Preview:
    name = seen.asked.use.parameter.name
    picture = picture_of(seen.asked.source.data, name, seen.asked.source.name, shrink=True)
    taken = Taken({name: picture.pixels}, remarks=picture.remarks)
    return replace(seen, pixels=picture.pixels, taken=taken)


def _text(seen: Preview, known: Table | None) -> Preview:
    asked = seen.asked
    found = text_of(asked.source.data, asked.reading.encoding)
    taken = taken_of(asked.source.data, asked.source.name, asked.use.parameter, asked.reading)
    is_too_long = asked.use.parameter.kind == "text" and len(found.text) > asked.use.parameter.longest
    whole = seen.whole or is_too_long  # which is refused at once
    return replace(seen, whole=whole, text=found.text, encoding=found.encoding, taken=taken)
