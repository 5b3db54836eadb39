"""The tables that come with the program: comma-separated UTF-8 whose first row holds the names of its columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.run.refusal import Refusal
from core.run.values import Floats, locked
from resources import FOLDER

Column = Floats | tuple[str, ...]
_AGAINST = ("负", "差", "反", "✗")  # what words begin with that stand behind their opposites in sorted order


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length by name, of numbers or of words."""

    names: tuple[str, ...]
    columns: dict[str, Column]

    def numbers(self, column: str, field: str = "data") -> Floats:
        """Return a column, (n,), given by name or by index, counted from 0.

        Raises Refusal for one that is not there or holds words.
        """
        by_index = dict(zip(map(str, range(len(self.names))), self.names, strict=True))
        name = column if column in self.names else by_index.get(column, "")
        if not name:
            raise Refusal(field, "csv_column", {"given": column[:40], "allowed": tuple(self.names)})
        cells = self.columns[name]
        if isinstance(cells, tuple):
            numeric = [own for own in self.names if isinstance(self.columns[own], np.ndarray)]
            raise Refusal(field, "csv_words", {"column": name, "given": cells[0], "allowed": ", ".join(numeric)})
        return cells

    def beside(self, a: str, b: str, field: str = "data") -> Floats:
        """Return two columns of numbers side by side, (n, 2). Raises Refusal as `numbers` does."""
        return np.column_stack([self.numbers(a, field), self.numbers(b, field)])


@lru_cache
def shipped(name: str) -> Table:
    """Return a table that comes with the program, such as `iris`."""
    with (FOLDER / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return Table(tuple(names), dict(zip(names, map(_column, zip(*rows, strict=True)), strict=True)))


def _column(cells: tuple[str, ...]) -> Column:
    try:
        return locked(np.array([float(cell) for cell in cells]))
    except ValueError:
        return cells


def in_order(kinds: Iterable[Any]) -> list[Any]:
    """Return values sorted, words that say no before all others: as negative stands before positive, 负 before 正."""
    return sorted(kinds, key=lambda value: (not (isinstance(value, str) and value.startswith(_AGAINST)), value))


def code_target(values: Floats | Sequence[str], field: str = "data") -> Floats:
    """Return (n,) with 1 for the last of the two values in the order of `in_order` and 0 for the other.

    Raises Refusal for one value or more than two.
    """
    kinds = in_order(set(values.tolist() if isinstance(values, np.ndarray) else values))
    if len(kinds) != 2:
        raise Refusal(field, "data_two_values", {"given": len(kinds), "allowed": 2})
    coded: Floats = (np.asarray(values) == kinds[1]).astype(float)
    return coded
