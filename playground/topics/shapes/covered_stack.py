"""The stack while a scene asks for one of its shapes: what is told and which layers follow, not what they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from core.nn.layers import written
from core.shapes.keras_code import call
from core.shapes.settings import stack
from playground.playback.view import View
from playground.topics.shapes.axes import JointBox, colour_of, names_in
from playground.words.texts import Texts, shared_texts
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item

_BAR, _BETWEEN, _PAD = 28.0, 26.0, 10.0  # px of a layer's bar, between two of them, inside one
_HIGHER = 10.0  # px that a shape stands higher with the names of its axes below it
_UNKNOWN = "(?)"


@dataclass(frozen=True)
class Picture:
    """What the board shows of a view whose shapes are asked for: what the first layer is told, which has no batch."""

    view: View
    texts: Texts

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        layers = self.view.params.layers
        step = _BAR + _BETWEEN
        shown = layers[: max(1, int((height - 2 * step) / step))]
        items: list[Item] = [*self._note(width), *self._input(step, width)]
        for k, layer in enumerate(shown, 1):
            items += self._layer(call(layer), (k + 0.5) * step, width)
        if len(shown) < len(layers):
            text = self.texts.get("board", "below").format(count=len(layers) - len(shown))
            items.append(Caption(text, width - 2, height - text_height("tick") - 2, "tick", "muted", "right"))
        return items

    def _note(self, width: float) -> Iterator[Item]:
        yield Caption(shared_texts().get("stage", "drawn_later"), 2, 2, "subtitle", "muted", "left", width - 4)

    def _input(self, y: float, width: float) -> Iterator[Item]:
        """Yield the shape of one example, each size in the colour of its axis, and the names of the axes."""
        made = stack(self.view.params)
        names, sizes = names_in(made, 0)[1:], written(made.shapes[0])[1:]
        pieces = [("input_shape  ", "muted"), ("(", "text")]
        for i, (name, size) in enumerate(zip(names, sizes, strict=True)):
            pieces += [(", ", "text")] * (i > 0) + [(str(size), colour_of(name))]
        words = " · ".join(self.texts.find("axes", name) or name for name in names)
        x = 2.0
        beside = x + sum(text_width(text, "strong") for text, _ in pieces) + 30
        is_beside = beside + text_width(words, "tick") <= width
        y -= 0 if is_beside else _HIGHER
        for text, colour in [*pieces, (",)" if len(sizes) == 1 else ")", "text")]:
            yield Caption(text, x, y, "strong", colour)
            x += text_width(text, "strong")
        high = text_height("strong")
        at = (beside, y + high - text_height("tick")) if is_beside else (2.0, y + high + 2)
        yield Caption(words, *at, "tick", "muted", "left", width - at[0])

    def _layer(self, name: str, y: float, width: float) -> Iterator[Item]:
        yield JointBox(QRectF(0.5, y, width - 1, _BAR), "ahead")
        middle = y + (_BAR - text_height("strong")) / 2
        yield Caption(name, _PAD, middle, "strong", "text", "left", width - 2 * _PAD, True)  # over the bar
        yield Caption(_UNKNOWN, 2, y + _BAR + (_BETWEEN - text_height("strong")) / 2, "strong", "muted")
