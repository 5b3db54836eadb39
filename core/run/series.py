"""The scalars of every recorded step, in chunks that tables of runs with a common beginning share."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.run.topic import Series
from core.run.values import Floats

_WAITING = 256
_CHUNK = 2048  # rows that are kept together once they are full
_DRAWN_WHOLE = 8192  # rows up to which a curve is drawn with all its points
_SHORT = 128  # rows of a long curve of which only the lowest and the highest is drawn


_NONE = np.empty(0)


class _Chunk:
    """Rows that never change again, (series, _CHUNK), and what is asked of them again and again."""

    def __init__(self, values: Floats) -> None:
        self.values = _read_only(values)
        known = np.isfinite(values)
        self.low = values.min(axis=1, where=known, initial=np.inf)
        self.high = values.max(axis=1, where=known, initial=-np.inf)
        self._outline: dict[int, NDArray[np.intp]] = {}

    def outline(self, series: int) -> NDArray[np.intp]:
        """Return where the lowest and highest value of each short stretch stand, and the last; all if any is nan."""
        if series not in self._outline:
            stretches = self.values[series].reshape(-1, _SHORT)
            if np.isfinite(stretches).all():
                ends = np.stack([stretches.argmin(axis=1), stretches.argmax(axis=1)], axis=1)
                rows = np.unique(np.append(ends + np.arange(0, _CHUNK, _SHORT)[:, None], _CHUNK - 1))
            else:
                rows = np.arange(_CHUNK)
            self._outline[series] = rows
        return self._outline[series]


class SeriesTable:
    """One row per step, one column per series. Numbers stand in chunks, texts have a list each.

    Numbers come row by row and are read column by column, so new rows wait together until a column is asked for.
    """

    def __init__(self, first: Series) -> None:
        self.names = tuple(first)
        self._texts: dict[str, list[str]] = {n: [] for n, v in first.items() if isinstance(v, str)}
        self._columns = {n: i for i, n in enumerate(n for n in first if n not in self._texts)}
        self._row = Struct(f"{len(self._columns)}d")  # writes a row in half the time of an assignment
        self._waiting = np.empty((_WAITING, len(self._columns)))
        self._chunks: list[_Chunk] = []
        self._ends: tuple[Floats, Floats] | None = None  # the lowest and highest value of each series in them
        self._last = np.empty((len(self._columns), _CHUNK))  # the chunk that is being filled
        self._filed = 0  # rows that stand in chunks
        self.length = 0
        self._seen: dict[str, Floats] = {}  # columns as they were asked for last
        self._outlines: dict[str, tuple[int, Floats, Floats]] = {}  # what is drawn of so many chunks: steps and values
        self._drawn: dict[str, tuple[tuple[int, int], tuple[Floats, Floats]]] = {}  # what was drawn last
        self._growing: dict[str, tuple[int, Floats, Floats]] = {}  # all that is drawn, with room to the chunk's end
        self._blocks: dict[tuple[str, int], tuple[tuple[int, int, int], Floats]] = {}  # what was asked for last
        self._lowest: dict[tuple[str, float], tuple[int, float]] = {}  # above a floor, of so many chunks
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

    def _file(self) -> None:
        """Bring the rows that wait into the last chunk, and begin another when it is full."""
        if self._filed == self.length:
            return
        waiting = self._waiting[: self.length - self._filed].T
        while waiting.shape[1]:
            begin = self._filed % _CHUNK
            now, waiting = np.split(waiting, [_CHUNK - begin], axis=1)
            self._last[:, begin : begin + now.shape[1]] = now
            self._filed += now.shape[1]
            if self._filed % _CHUNK == 0:
                self._add(_Chunk(self._last))
                self._last = np.empty_like(self._last)

    def _parts(self, begin: int, end: int) -> Iterator[tuple[int, Floats]]:
        """Yield what the rows from `begin` to before `end` are made of: the first row of a part, and (series, rows)."""
        self._file()
        for i in range(begin // _CHUNK, -(-end // _CHUNK)):
            values = self._chunks[i].values if i < len(self._chunks) else self._last
            first, last = max(begin - i * _CHUNK, 0), min(end - i * _CHUNK, _CHUNK)
            yield i * _CHUNK + first, values[:, first:last]

    def steps(self) -> Floats:
        """Return the step numbers of all rows, shape (length,); the same object until a row is added."""
        return self._kept("", lambda: np.arange(self.length, dtype=float))

    def column(self, name: str) -> Floats:
        """Return all values of one numeric series, shape (length,); the same object until a row is added."""
        at = self._columns[name]
        return self._kept(name, lambda: _joined([part[at] for _, part in self._parts(0, self.length)]))

    def _kept(self, name: str, made: Any) -> Floats:
        if len(self._seen.get(name, ())) != self.length:
            self._seen[name] = _read_only(made())
        return self._seen[name]

    def outline(self, name: str, begin: int, end: int) -> tuple[Floats, Floats]:
        """Return steps and values that draw a series from `begin` to before `end` as all its points would.

        Of a long stretch only the lowest and the highest value of each few rows stay, at their own steps. Asked again
        for the same rows it gives the same objects, so that pictures of them can be kept.
        """
        rows = begin, min(end, self.length)
        if name not in self._drawn or self._drawn[name][0] != rows:
            self._drawn[name] = rows, self._points(name, *rows)
        return self._drawn[name][1]

    def _points(self, name: str, begin: int, end: int) -> tuple[Floats, Floats]:
        if end - begin <= _DRAWN_WHOLE:
            return self._whole(name, begin, end)
        return self._grown(name) if (begin, end) == (0, self.length) else self._long(name, begin, end)

    def _whole(self, name: str, begin: int, end: int) -> tuple[Floats, Floats]:
        steps, values = self.steps(), self.column(name)
        return (steps, values) if begin == 0 and end == self.length else (steps[begin:end], values[begin:end])

    def _long(self, name: str, begin: int, end: int) -> tuple[Floats, Floats]:
        self._file()
        at = self._columns[name]
        first, last = -(-begin // _CHUNK), end // _CHUNK  # the whole chunks between
        steps, values = self._outline(name)
        inside = slice(*steps.searchsorted((first * _CHUNK, last * _CHUNK)))
        ends = (begin, first * _CHUNK), (last * _CHUNK, end)
        before, after = ([part[at] for _, part in self._parts(*rows)] for rows in ends)
        first_steps, last_steps = (self.steps()[slice(*rows)] for rows in ends)
        x = np.concatenate([first_steps, steps[inside], last_steps])
        y = np.concatenate([*before, values[inside], *after])
        return _read_only(x), _read_only(y)

    def _grown(self, name: str) -> tuple[Floats, Floats]:
        """Return what `_long` would of all rows; new ones are written behind the old ones, which never change."""
        self._file()
        chunks, rows = len(self._chunks), self._filed % _CHUNK
        if self._growing.get(name, (-1,))[0] != chunks:
            steps, values = self._outline(name)
            ahead = np.arange(chunks * _CHUNK, (chunks + 1) * _CHUNK, dtype=float)
            self._growing[name] = chunks, np.append(steps, ahead), np.append(values, np.empty(_CHUNK))
        _, x, y = self._growing[name]
        first = len(x) - _CHUNK
        y[first : first + rows] = self._last[self._columns[name], :rows]
        return _read_only(x[: first + rows]), _read_only(y[: first + rows])

    def _outline(self, name: str) -> tuple[Floats, Floats]:
        """Return steps and values that draw a series in all full chunks."""
        at = self._columns[name]
        count, steps, values = self._outlines.get(name, (0, _NONE, _NONE))
        if count < len(self._chunks):
            rows = [chunk.outline(at) for chunk in self._chunks[count:]]
            starts = range(count * _CHUNK, len(self._chunks) * _CHUNK, _CHUNK)
            steps = np.concatenate([steps, *(part + float(start) for part, start in zip(rows, starts, strict=True))])
            news = (chunk.values[at, part] for chunk, part in zip(self._chunks[count:], rows, strict=True))
            values = np.concatenate([values, *news])
            self._outlines[name] = len(self._chunks), steps, values
        return steps, values

    def block(self, name: str, width: int, begin: int, end: int, every: int = 1) -> Floats:
        """Return `width` series that follow each other from `name` on, (n, width): every so many rows, and the last.

        Asked again for the same rows it gives the same object.
        """
        rows, key = (begin, end, every), (name, width)
        if key not in self._blocks or self._blocks[key][0] != rows:
            self._blocks[key] = rows, self._block(name, width, *rows)
        return self._blocks[key][1]

    def _block(self, name: str, width: int, begin: int, end: int, every: int) -> Floats:
        self._file()
        at = slice(self._columns[name], self._columns[name] + width)
        if not self._chunks and every == 1:  # all lie in one piece
            return _read_only(self._last[at, begin:end].T)
        whole = end // _CHUNK * _CHUNK if begin == 0 and _CHUNK % every == 0 else begin
        parts = [self._strided(at, every, whole // _CHUNK)[:, : whole // every]] if whole > begin else []
        parts += [part[at, (begin - first) % every :: every] for first, part in self._parts(whole, end)]
        if (end - 1 - begin) % every:
            parts += [part[at] for _, part in self._parts(end - 1, end)]
        if not parts:
            return np.empty((0, width))
        return _read_only((parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)).T)

    def _strided(self, at: slice, every: int, chunks: int) -> Floats:
        """Return some series of every so many rows of at least so many full chunks, (series, n)."""
        key = f"{at.start} {at.stop} {every}"
        count, _, rows = self._outlines.get(key, (0, _NONE, np.empty((at.stop - at.start, 0))))
        if count < chunks:
            rows = np.concatenate([rows, *(chunk.values[at, ::every] for chunk in self._chunks[count:chunks])], axis=1)
            self._outlines[key] = chunks, _NONE, rows
        return rows

    def extremes(self, name: str) -> tuple[float, float]:
        """Return the lowest and highest finite value of a series; (inf, -inf) where there is none."""
        self._file()
        at = self._columns[name]
        low, high = (np.inf, -np.inf) if self._ends is None else (float(ends[at]) for ends in self._ends)
        last = self._last[at, : self._filed % _CHUNK]
        known = last[np.isfinite(last)]
        return float(known.min(initial=low)), float(known.max(initial=high))

    def lowest_above(self, name: str, floor: float) -> float:
        """Return the lowest finite value of a series that is above a floor; inf where there is none."""
        self._file()
        at, (count, low) = self._columns[name], self._lowest.get((name, floor), (0, np.inf))
        for chunk in self._chunks[count:]:
            values = chunk.values[at]
            low = float(values.min(where=values > floor, initial=low))
        self._lowest[name, floor] = len(self._chunks), low
        last = self._last[at, : self._filed % _CHUNK]
        return float(last.min(where=last > floor, initial=low))

    def _add(self, *chunks: _Chunk) -> None:
        """Take over full chunks, and note between which ends the values of all of them lie."""
        self._chunks += chunks
        if self._chunks:
            lows, highs = [chunk.low for chunk in self._chunks], [chunk.high for chunk in self._chunks]
            self._ends = np.min(lows, axis=0), np.max(highs, axis=0)

    def row(self, t: int) -> dict[str, Any]:
        """Return the row of step t: a float or a text per series."""
        ((_, part),) = self._parts(t, t + 1)
        numbers = part[:, 0].tolist()
        return {n: self._texts[n][t] if n in self._texts else numbers[self._columns[n]] for n in self.names}

    def cut(self, length: int) -> SeriesTable:
        """Return a table of the first `length` rows that goes on by itself."""
        younger = object.__new__(SeriesTable)
        younger.names, younger._columns, younger._row = self.names, self._columns, self._row
        younger._texts = {n: texts[:length] for n, texts in self._texts.items()}
        younger._waiting, younger._last = np.empty_like(self._waiting), np.empty_like(self._last)
        for first, part in self._parts(length - length % _CHUNK, length):
            younger._last[:, first % _CHUNK : first % _CHUNK + part.shape[1]] = part
        younger._chunks, younger._ends, younger._seen, younger._drawn = [], None, {}, {}
        younger._growing, younger._blocks = {}, {}
        younger._add(*self._chunks[: length // _CHUNK])
        common = len(younger._chunks)
        younger._outlines = {name: known for name, known in self._outlines.items() if known[0] <= common}
        younger._lowest = {key: known for key, known in self._lowest.items() if known[0] <= common}
        younger.length = younger._filed = length
        return younger


def _joined(parts: list[Floats]) -> Floats:
    return parts[0].view() if len(parts) == 1 else np.concatenate([_NONE, *parts])


def _read_only(array: Floats) -> Floats:
    array.setflags(write=False)
    return array
