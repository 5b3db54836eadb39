"""What excites a map: its kernel, and the nine held-out digits it answers most to, cut to what it sees of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.cnn.explained import Chosen
from core.cnn.inside import Patch, patches
from core.cnn.settings import Params, net
from core.data.digits import digits
from core.nn.layers import Dense, Flatten
from playground.topics.cnn.read_at import ReadPicture
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Placed, Signed, cell_size

_WAYS, _GAP, _LARGEST = ((5, 2), (10, 1)), 8.0, 20.0  # tiles across and down; px between two; px of a cell


@dataclass(frozen=True)
class Patches(ReadPicture):
    """The patches of a view: of the map, or unit, that is chosen, else of the first."""

    @property
    def which(self) -> tuple[int, int]:
        """The layer, from 1, and the map or unit."""
        chosen = Chosen.of(self.view.pointed or self.view.focus, self.params)
        return (chosen.k, chosen.place[0] if chosen.place else 0) if chosen else (1, 0)

    @property
    def found(self) -> tuple[Patch, ...]:
        """The nine patches, the most exciting first."""
        return patches(self.read.weights, self.read.layers, *self.which)

    @property
    def title(self) -> str:
        """Which map or unit it is about, and after which epoch."""
        k, unit = self.which
        return self.read.said(name_of(self.params, k, unit, self.texts), self.texts)

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place the kernel, where it is one slice, and the patches: what the map gives for each, of which class it is.

        That is not told while a scene asks.
        """
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        line = text_height("tick")
        begin, below = line + 3, 2 * line
        across, down = max(_WAYS, key=lambda way: min(width / way[0], (height - begin) / way[1] - below))
        wide, high = width / across, (height - begin) / down
        yield Caption(self.title, 0, 0, "tick", widest=width)
        tiles = [
            *self._kernel(),
            *((Grid(patch.cells, Ink(0.0, 1.0), kept=True), self._said(patch)) for patch in self.found),
        ]
        for i, (grid, told) in enumerate(tiles):
            left, top = (i % across) * wide, begin + (i // across) * high
            cell = cell_size(wide - _GAP, high - below - _GAP, grid.rows, grid.columns, _LARGEST)
            middle = left + wide / 2
            yield Placed(f"patch {i}", grid, round(middle - grid.columns * cell / 2), top, cell)
            for n, words in enumerate(told):
                under = top + grid.rows * cell + 2 + n * line
                yield Caption(words, middle, under, "tick", align="middle", widest=wide)

    def _said(self, patch: Patch) -> tuple[str, ...]:
        value, label = numbers.compact(patch.value), digits().labels[patch.digit]
        of = self.texts.get("panels", "patch_of").format(label=label)
        return (value,) if self.view.covered else (value, of)

    def _kernel(self) -> Iterator[tuple[Grid, tuple[str, ...]]]:
        k, unit = self.which
        own = net(self.read.layers).stack.by_layer(self.read.weights)[k - 1]
        if own and own["W"].ndim == 4 and own["W"].shape[1] == 1:
            kernel = own["W"][unit, 0]
            yield Grid(kernel, Signed(float(np.abs(own["W"]).max())), kept=True), (self.texts.get("panels", "kernel"),)


def name_of(params: Params, k: int, unit: int, texts: Texts) -> str:
    """Return what a map, or a unit, of a layer is called, the layer counted from 1."""
    layer = params.layers[k - 1]
    key = "unit_of" if isinstance(layer, Dense | Flatten) else "map_of"
    return texts.get("panels", key).format(k=k, layer=texts.get("mosaic", layer.type), unit=unit)
