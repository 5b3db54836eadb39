"""The rows of a run on their way into a file or onto the clipboard: what `trace` writes for its recipe."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import IO, Any

from core.run.recipe import Recipe
from playground.export import tables
from playground.export.rows import Row, rows
from playground.topic_list import topic

TABLES = (".csv", ".json", ".npz")
_WRITERS = {".json": tables.write_json, ".npz": tables.write_npz}


class Table:
    """The rows 0, K, 2K, … of a recipe and the row of the last step."""

    def __init__(self, recipe: Recipe[Any], steps: int, every: int = 1, ending: str = ".csv") -> None:
        self._recipe, self._steps, self._every, self._ending = _until(recipe, steps), steps, every, ending
        self.length = steps // every + 2

    def draw(self) -> Generator[None, None, None]:
        """Draw nothing: rows need no GUI thread."""
        yield from ()

    def write(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        """Run the recipe and write its rows; `tick` is called once a row. Raises Refusal for more than 1 GiB."""
        table = self._rows(tick)
        if self._ending == ".csv":
            file.writelines(line.encode() for line in tables.csv_lines(self._recipe, table))
            return
        constants = topic(self._recipe.topic).core.CONSTANT_ARRAYS
        first = next(table)
        tables.check_size(self._ending, first, self.length, constants)
        gathered = tables.Gathered(itertools.chain([first], table), constants)
        _WRITERS[self._ending](file, self._recipe, gathered)

    def _rows(self, tick: Callable[[], None]) -> Iterator[Row]:
        core = topic(self._recipe.topic).core
        for row in rows(core, self._recipe, self._steps, self._every, arrays=self._ending != ".csv"):
            tick()
            yield row


def _until(recipe: Recipe[Any], step: int) -> Recipe[Any]:
    """Return the recipe without the edits after a step, which no row shows."""
    return replace(recipe, edits=tuple(change for change in recipe.edits if change.step <= step))
