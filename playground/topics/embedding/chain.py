"""The chain of layers with the shapes between them: at a fixed length; and without one, where it breaks and why.

Where runs are compared, their chains stand beside each other instead, each with the sizes of E and W.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from core.embedding import nets
from core.embedding.settings import Params, data_of
from core.run.refusal import Refusal
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.tab.marked import runs_in
from playground.topics.embedding.painted import Chip
from playground.words.refusals import sentence
from widgets.base import fonts, numbers
from widgets.base.labels import plot_font, text_height, text_width
from widgets.base.letters import SIDE
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import RunLetter

_MARGIN, _GAP = 8.0, 3.0  # px
LAYERS = ("Embedding", "Flatten", "Dense")


@dataclass(frozen=True)
class Column:
    """A chain: its head, what goes in, and for each layer the shape that comes out and the weights in it."""

    head: str
    given: str
    layers: Sequence[tuple[str, str]]  # without a shape the layer is not built
    letter: str = ""
    is_front: bool = False


class Chain(ViewPicture[Params]):
    """Both chains, or those of the runs that are compared, side by side."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        runs = sorted(runs_in(self.view), key=lambda run: run.letter) if self.view.beside else []
        columns = [self._of_run(run) for run in runs] or [self._fixed(), self._open()]
        wide = (width - (len(columns) + 1) * _MARGIN) / len(columns)
        items = [
            item for k, own in enumerate(columns) for item in self._column(own, _MARGIN + k * (wide + _MARGIN), wide)
        ]
        return items if runs else [*items, *self._why(width)]

    def _fixed(self) -> Column:
        n, m = self.params.input_length, self.params.output_dim
        cells, more = ("?", "?") if self.view.covered else (numbers.count(n * m), numbers.count(n * m + 1))
        told = self._weights(numbers.count(data_of(self.params).rows * m)), self._weights("0"), self._weights(more)
        head = self.texts.get("panels", "chain_fixed").format(n=n)
        return Column(head, f"({n})", tuple(zip((f"({n}, {m})", f"({cells})", "(1)"), told, strict=True)))

    def _open(self) -> Column:
        m = self.params.output_dim
        told = self._weights(numbers.count(data_of(self.params).rows * m)), self._weights("0"), self._weights("?")
        head = self.texts.get("panels", "chain_open")
        return Column(head, "(None)", tuple(zip((f"(None, {m})", "(None)", ""), told, strict=True)))

    def _of_run(self, run: View) -> Column:
        """The chain of a run that is compared: its shapes, and how many rows and columns its weights have."""
        n, m, rows = run.params.input_length, run.params.output_dim, numbers.count(data_of(run.params).rows)
        cells = "?" if run.covered else numbers.count(n * m)
        layers = (f"({n}, {m})", f"E {rows} × {m}"), (f"({cells})", ""), ("(1)", f"W {cells} × 1")
        return Column("", f"({n})", layers, run.letter, run.letter == self.view.letter)

    def _weights(self, count: str) -> str:
        return self.texts.get("panels", "weights").format(count=count)

    def _column(self, own: Column, x: float, wide: float) -> Iterator[Item]:
        """Yield a chain: what goes in, and for each layer a box, the shape that comes out, and its weights."""
        line = text_height("tick")
        if own.letter:
            yield RunLetter(QPointF(x + SIDE / 2 + 1, line), own.letter, own.is_front)
        yield Caption(own.head, x, 0, "strong", "text", widest=wide)
        given = x + SIDE + 2 * _GAP if own.letter else x + _GAP
        yield Caption(own.given, given, 0.5 * line if own.letter else 1.3 * line, "tick", "text", widest=wide)
        for k, (layer, (shape, weights)) in enumerate(zip(LAYERS, own.layers, strict=True)):
            y = 2.6 * line + k * self._pace
            box, colour = QRectF(x, y, wide, 1.4 * line), "" if shape else "vermillion"
            yield Chip(layer, box, layer if shape else f"{layer} ✗", not shape, colour=colour)
            yield Caption(shape, x + _GAP, box.bottom() + _GAP, "tick", "text", widest=0.5 * wide)
            room = wide - 3 * _GAP - text_width(shape, "tick")
            ways = weights, weights.replace(" × ", "×"), weights.split()[0] if weights else ""
            told = next((told for told in ways if text_width(told, "tick") <= room), "")
            yield Caption(told, x + wide - _GAP, box.bottom() + _GAP, "tick", align="right", widest=room)

    @property
    def _pace(self) -> float:
        """From box to box, px."""
        return 3.2 * text_height("tick")

    def _why(self, width: float) -> Iterator[Item]:
        """Say why the open chain breaks, as the layers themselves do."""
        refused, line = nets.chain(self.params, is_fixed=False), text_height("tick")
        if isinstance(refused, Refusal):
            told, top = sentence(refused, self.texts), 3 * line + len(LAYERS) * self._pace
            for i, text in enumerate(fonts.wrapped(told, plot_font("tick"), width - 2 * _MARGIN)):
                yield Caption(text, _MARGIN, top + i * line, "tick", "vermillion")
