"""The same Dense at every time: one V under each column of states; three ways to the same numbers, their weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.nn.training import Look
from core.rnn.net import named, unrolled
from core.rnn.settings import Params, sizes_of
from core.rnn.time_distributed import three_ways, weights_at_each_time, weights_over_all_times
from core.run.explanation import Focus
from core.run.values import Floats, kept
from playground.topics.rnn.film_data import FilmData
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed

_LEFT, _MARGIN, _GAP, _APART = 40, 8.0, 6.0, 3.0  # px: of names, around, between rows, between two V
_WIDEST, _LEAST = 46.0, 9.0  # px of a column; of fewer not all are shown
_SHARES = (0.38, 0.38, 0.24)  # of the height of all grids: states, V, outputs
_HIGHEST = 16.0  # px of a row


@kept(4)
def _apart(seen: Look, params: Params) -> tuple[float, float]:
    """Return by how much loop and flattened product differ from the whole block at most."""
    own = named(seen.weights, params)
    ways = three_ways(unrolled(seen).h[:, 1:], own["V"], own["c"])
    return tuple(float(np.abs(other - ways.block).max()) for other in (ways.loop, ways.product))  # type: ignore[return-value]


class EachTime(FilmData):
    """What the board of one view is made of."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        return () if self.seen is None else tuple(self._items(width, height))

    def times(self, width: float) -> list[int]:
        """The times there is room for: the last ones."""
        room = int((width - scaled(_LEFT) - 2 * _MARGIN) / _LEAST)
        return list(range(max(0, self.params.length - room), self.params.length))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        times, line = self.times(width), text_height("tick") + 2
        told = self._told() if self.params.mode != "many-to-one" else self._told_of_one()
        left, words = _MARGIN + scaled(_LEFT), height - _MARGIN - len(told) * line
        column = min(_WIDEST, (width - left - _MARGIN) / len(times))
        free, y = words - 3 * _GAP - line - 2 * _MARGIN, _MARGIN
        weights: Floats = named(self.look.weights, self.params)["V"]
        rows = (self.params.units, len(weights), sizes_of(self.params).outputs)
        highs = [min(_HIGHEST, share * free / n) for share, n in zip(_SHARES, rows, strict=True)]
        for name, high, n in zip(("h(t)", "V", "o(t)"), highs, rows, strict=True):
            yield Caption(name, left - 6, y + n * high / 2 - line / 2, "strong", "text", "right")
            yield from self._row(name, times, (left, y), (column, high))
            y += n * high + _GAP
        for n, text in enumerate(told):
            yield Caption(text, _MARGIN, words + n * line, "tick", "muted", widest=width - 2 * _MARGIN, moves=True)

    def _row(
        self, name: str, times: Sequence[int], corner: tuple[float, float], cell: tuple[float, float]
    ) -> Iterator[Item]:
        (left, y), (wide, high) = corner, cell
        if name == "V":
            yield from self._under_each(times, corner, cell)
            return
        values = self.states if name == "h(t)" else self._scores
        marks = () if name == "h(t)" else self._marked(1, 0, len(times))
        limit = float(np.nanmax(np.abs(values), initial=0.0))
        grid = Grid(values[:, times], Signed(limit), outlines=marks, finest=12.0)
        yield Placed("state" if name == "h(t)" else "out", grid, left, y, wide, high)

    def _under_each(
        self, times: Sequence[int], corner: tuple[float, float], cell: tuple[float, float]
    ) -> Iterator[Item]:
        """The same V under every column that has an output; that of the output told of is framed in all of them."""
        weights: Floats = named(self.look.weights, self.params)["V"]
        limit, (left, y), (wide, high) = float(np.abs(weights).max()), corner, cell
        across = (wide - _APART) / weights.shape[1]
        for column, time in enumerate(times):
            if self.params.mode == "many-to-one" and time < self.params.length - 1:
                continue
            marks = self._marked(len(weights), self._told_output, 1)
            yield Placed("V", Grid(weights, Signed(limit), outlines=marks, finest=12.0),
                         left + column * wide + _APART / 2, y, across, high)  # fmt: skip

    @property
    def _told_output(self) -> int:
        focus = self.view.pointed or self.view.focus
        return focus.at[2] if focus and focus.kind == "output" else 0

    def _marked(self, rows: int, column: int, columns: int) -> tuple[Outline, ...]:
        row = 0 if rows > 1 else self._told_output
        return (Outline(row, column, rows, columns, "accent_text", 1.5),)

    @property
    def _scores(self) -> Floats:
        """(outputs, length): h·V + c at each time that has an output."""
        return self._told_at(self.look.scores[self.told.sequence])

    def output_of(self, name: str, row: int, column: int, width: float) -> Focus | None:
        """Return the output that a cell is about: of V the one that its column gives."""
        if name == "out":
            return Focus("output", (self.told.sequence, self.times(width)[column], row))
        return Focus("output", (self.told.sequence, self.told.time, column)) if name == "V" else None

    # ---- in words

    def _told(self) -> list[str]:
        """The three ways with the shapes of this batch and how far apart their numbers are; the weights."""
        get, p, outputs = self.texts.get, self.params, sizes_of(self.params).outputs
        loop, product = (numbers.compact(far) if far else "0" for far in _apart(self.look, p))
        shapes = {"batch": p.batch_size, "length": p.length, "units": p.units, "outputs": outputs,
                  "rows": p.batch_size * p.length, "loop": loop, "product": product,
                  "each": numbers.count(weights_at_each_time(p.units, outputs)),
                  "all": numbers.count(weights_over_all_times(p.length, p.units, outputs))}  # fmt: skip
        return [get("panels", f"each_{key}").format(**shapes) for key in ("block", "loop", "product", "weights")]

    def _told_of_one(self) -> list[str]:
        outputs = sizes_of(self.params).outputs
        each = numbers.count(weights_at_each_time(self.params.units, outputs))
        return [self.texts.get("panels", "each_one").format(each=each)]
