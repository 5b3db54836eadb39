"""The net of candidates as numbers, from the top down: rows of the videos watched, their mean, what the ReLU layers
make of it, and the scores of the first videos.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.ratings.candidates import first_of, named
from core.run.values import Floats
from playground.topics.ratings.video_plane import Videos
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.labels import metrics, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Placed, Right, Signed
from widgets.grids.number_format import RoundedForm

_MARGIN, _GAP = 8, 6  # px
_WIDEST, _HIGHEST, _LOWEST = 44, 22, 15  # px of a cell
_MOST_WATCHED, _MOST_LISTED = 5, 5


@dataclass(frozen=True)
class Net(Videos):
    """What the net makes of the videos watched, in one view."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place the rows below each other, as many as there is room for."""
        side = _MARGIN + self._side() + _GAP
        rows = list(self._rows())
        gaps = sum(after for *_, after in rows)
        lines = len(rows) + min(_MOST_LISTED, len(self.names)) + 1
        high = max(_LOWEST, min(float(scaled(_HIGHEST)), (height - 2 * _MARGIN - gaps) / lines))
        items, y = list[Item](), float(_MARGIN)
        for name, values, colour, after in rows:
            wide = min(float(scaled(_WIDEST)), (width - side - _MARGIN) / values.shape[1])
            limit = float(np.abs(values).max(initial=0.0))
            ramp = Right(0.0, limit) if colour == "green" else Signed(limit)
            items.append(Placed(f"net {name}", Grid(values, ramp, RoundedForm(limit)), side, y, wide, high))
            middle = y + high / 2 - metrics("subtitle").height() / 2
            items.append(Caption(name, side - _GAP, middle, "subtitle", colour or "muted", "right", side - _GAP))
            y += high + after
        return [*items, *self._scores(_MARGIN, y, width, high)]

    def _side(self) -> float:
        return max(text_width(name, "subtitle") for name, *_ in self._rows())

    def _rows(self) -> Iterator[tuple[str, Floats, str, float]]:
        """Yield name, numbers (1, k), colour and the room below: videos, the mean, each ReLU layer."""
        videos, watched = named(self.net.weights, self.params)["videos"], self.params.watched
        for k, j in enumerate(watched[:_MOST_WATCHED]):
            is_last = k == min(len(watched), _MOST_WATCHED) - 1
            yield self.names[j], videos[[j]], "", _GAP if is_last else 0.0
        more = len(watched) - _MOST_WATCHED
        mean = self.texts.get("panels", "mean_of").format(count=len(watched)) if more > 0 else self._say("centre")
        yield mean, self.served.centre[None], "orange", 2.0 * _GAP
        for k, outputs in enumerate(self.served.layers, 1):
            is_last = k == len(self.served.layers)
            yield (self._say("relu_user") if is_last else self._say("relu")), outputs[None], "green", 2.0 * _GAP

    def _say(self, key: str) -> str:
        return self.texts.get("panels", key)

    def _scores(self, left: float, top: float, width: float, high: float) -> Iterator[Item]:
        """Yield u·w + b of the first videos, and the share of the softmax that comes of it."""
        ends = (left, left + 0.42 * (width - left), left + 0.72 * (width - left), width - _MARGIN)
        heads = ("", "u·w", "b", "p")
        for text, x in zip(heads, ends, strict=True):
            yield Caption(text, x, top, "subtitle", "muted", "right" if x > left else "left")
        told = self.served
        listed = [] if self.view.covered else first_of(told.scores, _MOST_LISTED).tolist()
        for k, j in enumerate(listed, 1):
            values = float(told.dots[j]), float(told.b[j])
            texts = (self.names[j], *(numbers.fixed(value, 2) for value in values),
                     numbers.percent(float(told.probabilities[j])))  # fmt: skip
            for text, x in zip(texts, ends, strict=True):
                colour = "text" if j not in self.params.watched else "orange"
                yield Caption(text, x, top + k * high, "subtitle", colour, "right" if x > left else "left")
