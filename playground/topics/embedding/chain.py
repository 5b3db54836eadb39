"""The chain of layers with the shapes between them: at a fixed length; and without one, where it breaks and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

from core.embedding import nets
from core.embedding.settings import Params, data_of
from core.run.refusal import Refusal
from playground.playback.picture import ViewPicture
from playground.topics.embedding.painted import Chip
from playground.words.refusals import sentence
from widgets.base import fonts, numbers
from widgets.base.labels import plot_font, text_height
from widgets.grids.board import Caption, Item

_MARGIN, _GAP = 8.0, 3.0  # px
LAYERS = ("Embedding", "Flatten", "Dense")


class Chain(ViewPicture[Params]):
    """Both chains, side by side."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        params, wide = self.params, (width - 3 * _MARGIN) / 2
        n, m = params.input_length, params.output_dim
        cells, more = ("?", "?") if self.view.covered else (numbers.count(n * m), numbers.count(n * m + 1))
        rows = numbers.count(data_of(params).rows * m)
        fixed = ((f"({n})", ""), (f"({n}, {m})", rows), (f"({cells})", "0"), ("(1)", more))
        unfixed = (("(None)", ""), (f"(None, {m})", rows), ("(None)", "0"), ("", "?"))
        return [
            *self._column("chain_fixed", fixed, _MARGIN, wide),
            *self._column("chain_open", unfixed, 2 * _MARGIN + wide, wide),
            *self._why(width),
        ]

    def _column(self, head: str, given: Sequence[tuple[str, str]], x: float, wide: float) -> Iterator[Item]:
        """Yield a chain: what goes in, and for each layer a box, the shape that comes out, and its weights."""
        get, line, pace = self.texts.get, text_height("tick"), self._pace
        told = get("panels", head).format(n=self.params.input_length)
        yield Caption(told, x, 0, "strong", "text", widest=wide)
        yield Caption(given[0][0], x + _GAP, 1.3 * line, "tick", "text", widest=wide)
        for k, (layer, (shape, weights)) in enumerate(zip(LAYERS, given[1:], strict=True)):
            y = 2.6 * line + k * pace
            box, colour = QRectF(x, y, wide, 1.4 * line), "" if shape else "vermillion"
            yield Chip(layer, box, layer if shape else f"{layer} ✗", not shape, colour=colour)
            yield Caption(shape, x + _GAP, box.bottom() + _GAP, "tick", "text", widest=0.5 * wide)
            count = get("panels", "weights").format(count=weights)
            yield Caption(count, x + wide - _GAP, box.bottom() + _GAP, "tick", align="right", widest=0.6 * wide)

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
