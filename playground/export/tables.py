"""Runs as tables: CSV for spreadsheets, JSON and NPZ with arrays and full precision. Each carries its recipe."""

from __future__ import annotations

import csv
import itertools
import json
import math
from array import array
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.replay import replay
from core.run.topic import NOTHING, Arrays, Series, Topic
from playground.files.embedded_recipe import CSV_MARK, RECIPE_KEY
from playground.recipes.plain_recipes import plain_recipe
from playground.topic_list import topic

LARGEST_TABLE = 2**30  # bytes
CHUNK = 4096  # values made into JSON at once
_BYTES = {".json": 20, ".npz": 8}  # what one number takes


@dataclass(frozen=True)
class Row:
    """One row of a table: the step, its series and arrays, and what began since the row before."""

    step: int
    series: Series
    arrays: Arrays
    events: tuple[tuple[int, str], ...]


def rows(topic: Topic[Any, Any], recipe: Recipe[Any], steps: int, every: int, arrays: bool) -> Iterator[Row]:
    """Yield rows 0, K, 2K, … and the last step; `arrays` are left out where they are not wanted."""
    pending: list[tuple[int, str]] = []
    for frame, began in replay(topic, recipe, steps):
        pending += [(frame.t, key) for key in began]
        if frame.t % every and frame.t != steps and "end" not in began:
            continue
        held = topic.arrays(frame.state, frame.params) if arrays else {}
        yield Row(frame.t, _existing(topic.series(frame.state, frame.params)), held, tuple(pending))
        pending = []


def _existing(series: Series) -> Series:
    """Return the series with what is infinite, such as the slope of √x at 0, as not there."""
    return {name: v if isinstance(v, str) or math.isfinite(v) else NOTHING for name, v in series.items()}


def csv_lines(recipe: Recipe[Any], table: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the CSV, each with its line end: the recipe, the header, a line per row."""
    yield f"{CSV_MARK} {json.dumps(plain_recipe(recipe))}\n"
    writer = csv.writer(_Echo(), lineterminator="\n")
    for i, row in enumerate(table):
        if i == 0:
            yield writer.writerow(["step", *row.series, "event"])
        values = [_field(value) for value in row.series.values()]
        yield writer.writerow([str(row.step), *values, "; ".join(key for _, key in row.events)])


class _Echo:
    """Gives a CSV line back instead of writing it."""

    def write(self, text: str) -> str:
        return text


def _field(value: float | str) -> str:
    """Return a value so that reading it back gives the same double; empty where it does not exist."""
    if isinstance(value, str):
        return value
    return "" if math.isnan(value) else repr(float(value))


class Gathered:
    """The rows of a table, column by column: a number takes eight bytes."""

    def __init__(self, table: Iterable[Row], constants: frozenset[str]) -> None:
        self.steps = array("q")
        self.series: dict[str, array[float] | list[str]] = {}
        self.arrays: dict[str, list[NDArray[Any]]] = {}
        self.events: list[list[int | str]] = []
        self.constants = constants
        for row in table:
            self.steps.append(row.step)
            self.events += [[step, key] for step, key in row.events]
            for name, value in row.series.items():
                if name not in self.series:
                    self.series[name] = [] if isinstance(value, str) else array("d")
                self.series[name].append(value)  # type: ignore[arg-type]
            for name, held in row.arrays.items():
                column = self.arrays.setdefault(name, [])
                if not (column and name in constants):
                    column.append(held)


def check_size(ending: str, first: Row, rows: int, constants: frozenset[str]) -> None:
    """Refuse a table that would pass 1 GiB, judged by its first row."""
    numbers = len(first.series) + sum(held.size for name, held in first.arrays.items() if name not in constants)
    size = rows * numbers * _BYTES[ending]
    if size > LARGEST_TABLE:
        raise Refusal("--every", "table_too_large", {"given": f"{size / 2**30:.1f} GiB", "allowed": "1 GiB"})


def write_json(file: IO[bytes], recipe: Recipe[Any], table: Gathered) -> None:
    """Write recipe, steps, series, arrays and events as JSON; what does not exist is null."""
    file.writelines(piece.encode() for piece in _json(recipe, table))


def _json(recipe: Recipe[Any], table: Gathered) -> Iterator[str]:
    yield json.dumps(plain_recipe(recipe)).removesuffix("}")
    yield ', "step": '
    yield from _list(table.steps)
    yield ', "series": '
    yield from _table({name: _list(column) for name, column in table.series.items()})
    yield ', "arrays": '
    yield from _table({name: _held(name, table) for name in table.arrays})
    yield f', "events": {json.dumps(table.events)}}}'


def _table(entries: dict[str, Iterator[str]]) -> Iterator[str]:
    yield "{"
    for i, (name, pieces) in enumerate(entries.items()):
        yield f"{', ' if i else ''}{json.dumps(name)}: "
        yield from pieces
    yield "}"


def _held(name: str, table: Gathered) -> Iterator[str]:
    held = table.arrays[name]
    if name in table.constants:
        return iter([json.dumps(_plain(held[0]))])
    shape = _common_shape(held)
    return _list([one if one.shape == shape else _padded(one.astype(object), shape, None) for one in held])


def _list(values: Sequence[Any]) -> Iterator[str]:
    """Yield a long list piece by piece."""
    yield "["
    for i in range(0, len(values), CHUNK):
        yield ", " * (i > 0) + json.dumps([_plain(value) for value in values[i : i + CHUNK]], allow_nan=False)[1:-1]
    yield "]"


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f" and not np.isfinite(value).all():
            return np.where(np.isfinite(value), value.astype(object), np.array(None)).tolist()
        return value.tolist()
    return None if value == "" or (isinstance(value, float) and math.isnan(value)) else value


def write_npz(file: IO[bytes], recipe: Recipe[Any], table: Gathered) -> None:
    """Write steps, series and arrays under their names, and the recipe as JSON text."""
    columns: dict[str, Any] = {"step": table.steps, RECIPE_KEY: json.dumps(plain_recipe(recipe)), **table.series}
    held: dict[str, Any] = {name: np.array(column) for name, column in columns.items()}
    for name, arrays in table.arrays.items():
        held[name] = arrays[0] if name in table.constants else stacked(arrays)
    np.savez_compressed(file, **held)


def stacked(held: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return the arrays of all rows as one, rows first; uneven ones padded with nan, −1 in an index, or no text."""
    empty: Any = {"f": np.nan, "i": -1}.get(held[0].dtype.kind, "")
    shape = _common_shape(held)
    return np.stack([_padded(one, shape, empty) for one in held])


def _common_shape(held: Sequence[NDArray[Any]]) -> tuple[int, ...]:
    return tuple(int(n) for n in np.max([one.shape for one in held], axis=0))


def _padded(one: NDArray[Any], shape: tuple[int, ...], empty: Any) -> NDArray[Any]:
    if one.shape == shape:
        return one
    whole = np.full(shape, empty, dtype=one.dtype)
    whole[tuple(slice(n) for n in one.shape)] = one
    return whole


class Table:
    """The rows 0, K, 2K, … of a recipe and the row of the last step, on their way into a file or onto the clipboard."""

    def __init__(self, recipe: Recipe[Any], steps: int, every: int = 1, ending: str = ".csv") -> None:
        edits = tuple(change for change in recipe.edits if change.step <= steps)  # later ones no row shows
        self._recipe, self._steps, self._every, self._ending = replace(recipe, edits=edits), steps, every, ending
        self._core = topic(recipe.topic).core
        self.length = steps // every + 2

    def draw(self) -> Generator[None, None, None]:
        """Draw nothing: rows need no GUI thread."""
        yield from ()

    def write(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        """Run the recipe and write its rows; `tick` is called once a row. Raises Refusal for more than 1 GiB."""
        if self._ending == ".csv":
            file.writelines(line.encode() for line in self.csv_lines(tick))
        else:
            write = {".json": write_json, ".npz": write_npz}[self._ending]
            write(file, self._recipe, self._gathered(tick))

    def csv_lines(self, tick: Callable[[], None]) -> Iterator[str]:
        """Run the recipe and yield its rows as the lines of a CSV."""
        return csv_lines(self._recipe, self._rows(tick))

    def _gathered(self, tick: Callable[[], None]) -> Gathered:
        table, constants = self._rows(tick), self._core.CONSTANT_ARRAYS
        first = next(table)
        check_size(self._ending, first, self.length, constants)
        return Gathered(itertools.chain([first], table), constants)

    def _rows(self, tick: Callable[[], None]) -> Iterator[Row]:
        for row in rows(self._core, self._recipe, self._steps, self._every, arrays=self._ending != ".csv"):
            tick()
            yield row
