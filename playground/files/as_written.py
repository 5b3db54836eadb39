"""Cells as they stand in a file: as names 007 and 1.10 are texts, though every cell of their column is a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from playground.files.cells import BLANKS, Lines

_WHOLE = r"^-?\d+\.0$"


@dataclass(frozen=True, eq=False)
class AsWritten:
    """The texts of a table's columns, read when they are asked for; `read` returns them by name, and each row's line.

    The columns are pyarrow arrays of texts, null for nothing; the lines are in order.
    """

    read: Callable[[], tuple[Mapping[str, Any], Lines]]

    @cached_property
    def _found(self) -> tuple[Mapping[str, Any], Lines]:
        return self.read()

    def cells(self, name: str, lines: Lines) -> list[str] | None:
        """Return the cells of the rows that begin in some lines; None for a column that is not written as texts."""
        from pyarrow import compute

        columns, all_lines = self._found
        if name not in columns:
            return None
        places = np.searchsorted(np.asarray(all_lines), np.asarray(lines))
        column = _without_point(compute.utf8_trim_whitespace(columns[name]))
        found: list[str] = compute.fill_null(column, "").take(places).to_pylist()
        return found


def _without_point(column: Any) -> Any:
    """Return whole numbers without the `.0` that pandas gives them where one among them is missing."""
    import pyarrow as pa
    from pyarrow import compute

    blank = compute.is_in(compute.utf8_lower(column), pa.array([*BLANKS, None], pa.string()))
    is_whole = compute.fill_null(compute.match_substring_regex(column, _WHOLE), False)
    if compute.any(blank).as_py() and compute.all(compute.or_(is_whole, blank)).as_py():
        return compute.replace_substring_regex(column, r"\.0$", "")
    return column
