"""Codes of colours: three that mean something beside three one-hots, with cosine and distance of every pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QRectF

from core.embedding.codes import CODES, CODES_DRAWN, COLOURS, ONE_HOTS, ONE_HOTS_DRAWN, pairs
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from widgets.base import numbers
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.board_lines import Arrow
from widgets.grids.board_series import Polyline
from widgets.grids.grid import Grid, Ink, Placed
from widgets.grids.number_format import NumberForm

_MARGIN, _LEAST = 8.0, 80.0  # px; that a drawing is high
_COLUMNS = (0.0, 0.5, 0.78)  # of a half: the pair, its cosine, its distance


class Codes(ViewPicture[object]):
    """Both kinds of codes, side by side."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        half = (width - 3 * _MARGIN) / 2
        return [
            *self._half("codes", CODES, _MARGIN, half, height),
            *self._half("one_hots", ONE_HOTS, 2 * _MARGIN + half, half, height),
            *self._drawn("codes", CODES_DRAWN, QRectF(_MARGIN, 0, half, height)),
            *self._drawn("one_hots", ONE_HOTS_DRAWN, QRectF(2 * _MARGIN + half, 0, half, height)),
        ]

    def _half(self, kind: str, codes: Floats, left: float, wide: float, height: float) -> Iterator[Item]:
        line, get = text_height("tick"), self.texts.get
        yield Caption(get("panels", kind), left, 0, "strong", "text", widest=wide)
        names = 0.24 * wide
        cell, high = (wide - names) / codes.shape[1], min(22.0, (height - 6 * line) / 3)
        if high < line:
            high = float(line)
        for i, colour in enumerate(COLOURS):
            y = line + 4 + i * high + high / 2 - line / 2
            yield Caption(get("panels", colour), left, y, "tick", "text", widest=names - 4)
        grid = Grid(codes, Ink(0.0, float(codes.max())), NumberForm.of(codes), kept=True)
        yield Placed(kind, grid, left + names, line + 4, cell, high)
        if not self.view.covered:
            yield from self._pairs(codes, left, line + 10 + 3 * high, wide)

    def _pairs(self, codes: Floats, left: float, y: float, wide: float) -> Iterator[Item]:
        line, get = text_height("tick"), self.texts.get
        for share, key in zip(_COLUMNS[1:], ("cosine", "distance"), strict=True):
            yield Caption(get("panels", key), left + share * wide, y, "tick", widest=0.28 * wide)
        for i, pair in enumerate(pairs(codes), 1):
            both = f"{get('panels', pair.one)} – {get('panels', pair.other)}"
            told = (both, numbers.fixed(pair.cosine, 3), numbers.significant(pair.distance, 4))
            for share, text in zip(_COLUMNS, told, strict=True):
                yield Caption(text, left + share * wide, y + i * line, "tick", "text", widest=0.48 * wide)

    def _drawn(self, kind: str, places: Floats, half: QRectF) -> Iterator[Item]:
        """Draw the three as far apart as they are; codes as arrows, between which are the angles, too."""
        line = text_height("tick")
        top, low, high = 13 * line, np.minimum(places.min(axis=0), 0.0), places.max(axis=0)
        scale = min((half.width() - 6 * line) / (high - low)[0], (half.height() - top - 2.2 * line) / (high - low)[1])
        if scale * (high - low)[1] < _LEAST:
            return
        corner = np.array([half.left() + 3 * line, half.height() - 2.2 * line])
        at = corner + (places - low) * scale * np.array([1.0, -1.0])
        for i, (x, y) in enumerate(at.tolist()):
            if kind == "codes":
                yield Arrow(float(corner[0]), float(corner[1]), x, y, "text")
            else:
                yield Polyline(np.array([[x, y]] * 2), "text", dot=7.0)
            name = self.texts.get("panels", COLOURS[i])
            yield Caption(name, x, y - line - 3 if y < corner[1] - 1 else y + 2, "strong", "text", "middle")
        yield from self._distances(ONE_HOTS if kind == "one_hots" else CODES, at)

    def _distances(self, codes: Floats, at: Floats) -> Iterator[Item]:
        """Dashed lines from code to code, once they may be told with their lengths."""
        for pair in () if self.view.covered else pairs(codes):
            ends = at[[COLOURS.index(pair.one), COLOURS.index(pair.other)]]
            yield Polyline(ends, "orange", width=1.0, dashed=True)
            x, y = ends.mean(axis=0).tolist()
            yield Caption(numbers.significant(pair.distance, 4), x + 4, y - text_height("tick"), "tick", "text")
