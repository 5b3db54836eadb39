"""The scalars of every recorded step, in arrays that grow."""

from __future__ import annotations

from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.run.topic import Series

_WAITING = 256


class SeriesTable:
    """One row per step, one column per series. Numbers share one matrix, texts have a list each.

    Numbers come row by row and are read column by column, so new rows wait together until a column is asked for.
    """

    def __init__(self, first: Series) -> None:
        self.names = tuple(first)
        self._texts: dict[str, list[str]] = {n: [] for n, v in first.items() if isinstance(v, str)}
        self._columns = {n: i for i, n in enumerate(n for n in first if n not in self._texts)}
        self._waiting = np.empty((_WAITING, len(self._columns)))
        self._row = Struct(f"{len(self._columns)}d")  # writes a row in half the time of an assignment
        self._matrix = np.empty((len(self._columns), _WAITING))
        self._filed = 0  # rows that stand in the matrix, as its columns
        self.length = 0
        self._views: dict[str, NDArray[np.float64]] = {}
        self._extremes: dict[str, tuple[int, float, float]] = {}
        self._steps = np.arange(_WAITING, dtype=float)
        self.append(first)

    def append(self, row: Series) -> None:
        """Add the row of the next step."""
        if self.length - self._filed == _WAITING:
            self._file()
        for name, texts in self._texts.items():
            texts.append(str(row[name]))
        numbers = [row[name] for name in self._columns] if self._texts else row.values()
        self._row.pack_into(self._waiting.data, (self.length - self._filed) * self._row.size, *numbers)
        self.length += 1

    def _file(self) -> NDArray[np.float64]:
        """Bring the rows that wait into the matrix and return it, shape (series, steps and room for more)."""
        if self._filed < self.length:
            if self._matrix.shape[1] < self.length:
                small, self._matrix = self._matrix, np.empty((len(self._columns), 2 * self._matrix.shape[1]))
                self._matrix[:, : self._filed] = small[:, : self._filed]
            self._matrix[:, self._filed : self.length] = self._waiting[: self.length - self._filed].T
            self._filed = self.length
        return self._matrix

    def steps(self) -> NDArray[np.float64]:
        """Return the step numbers of all rows, shape (length,); the same object until a row is added."""
        if len(self._views.get("", ())) != self.length:
            if len(self._steps) < self.length:
                self._steps = np.arange(2 * self.length, dtype=float)
            self._views[""] = _read_only(self._steps[: self.length])
        return self._views[""]

    def column(self, name: str) -> NDArray[np.float64]:
        """Return all values of one numeric series, shape (length,); the same object until a row is added."""
        if len(self._views.get(name, ())) != self.length:
            self._views[name] = _read_only(self._file()[self._columns[name], : self.length])
        return self._views[name]

    def block(self, name: str, width: int) -> NDArray[np.float64]:
        """Return `width` series that follow each other from `name` on, shape (length, width)."""
        first = self._columns[name]
        return _read_only(self._file()[first : first + width, : self.length].T)

    def extremes(self, name: str) -> tuple[float, float]:
        """Return the lowest and highest finite value of a series; (inf, -inf) where there is none."""
        seen, low, high = self._extremes.get(name, (0, np.inf, -np.inf))
        if seen < self.length:
            new = self._file()[self._columns[name], seen : self.length]
            new = new[np.isfinite(new)]
            low, high = float(new.min(initial=low)), float(new.max(initial=high))
            self._extremes[name] = (self.length, low, high)
        return low, high

    def texts(self, name: str) -> list[str]:
        """Return all recorded values of one text series."""
        return self._texts[name]

    def is_text(self, name: str) -> bool:
        """Tell whether a series holds texts."""
        return name in self._texts

    def row(self, t: int) -> dict[str, Any]:
        """Return the row of step t: a float or a text per series."""
        numbers = self._file()[:, t].tolist()
        return {n: self._texts[n][t] if n in self._texts else numbers[self._columns[n]] for n in self.names}

    def cut(self, length: int) -> SeriesTable | None:
        """Return a copy of the first `length` rows, or None where there are none."""
        if length < 1:
            return None
        copy = object.__new__(SeriesTable)
        copy.names, copy._columns, copy._row = self.names, self._columns, self._row
        copy._texts = {n: texts[:length] for n, texts in self._texts.items()}
        copy._waiting, copy._matrix = np.empty_like(self._waiting), self._file()[:, : max(length, _WAITING)].copy()
        copy._views, copy._extremes, copy._steps = {}, {}, self._steps
        copy.length = copy._filed = length
        return copy


def _read_only(view: NDArray[np.float64]) -> NDArray[np.float64]:
    view.setflags(write=False)
    return view
