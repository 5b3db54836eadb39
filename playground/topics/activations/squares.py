"""A square a unit: strong ink where its inputs lie on the slope, faint where the function is nearly flat, × where it is
flat for all points. Of large nets the layer that is told of is shown alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from core.activations.explained import Chosen
from core.run.explanation import Focus
from playground.tab.marked_cells import cells
from playground.topics.activations.tile import Tile
from widgets.base.fonts import scaled
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed

HIGH = 18  # px of the row
LARGEST = 13.0  # px of a square
_SMALLEST = 6  # px of a square, below which one layer is shown
_LABEL, _GAP = 16, 10  # px of a layer's number, and between two layers
_MOST_LAYERS, _MOST_UNITS = 2, 12  # that are shown whole


@dataclass(frozen=True)
class Squares:
    """The row of squares under a tile."""

    tile: Tile
    chosen: Chosen

    @property
    def layers(self) -> list[int]:
        """The layers shown, counted from 0."""
        params = self.tile.params
        is_small = params.layers <= _MOST_LAYERS and params.units <= _MOST_UNITS
        return list(range(params.layers)) if is_small else [self.chosen.layer]

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place the squares of each layer side by side, its number before them."""
        if self.tile.view.covered:  # they would tell the answer
            return ()
        cell, lefts = self._columns(width, height)
        items = [item for layer, left in lefts.items() for item in self._layer(layer, left, cell, (height - cell) / 2)]
        return [*items, *cells(self.tile.view, lambda thing: self._rect(thing, width, height))]

    def _columns(self, width: float, height: float) -> tuple[float, dict[int, float]]:
        """Return the side of a square, and where each layer begins."""
        layers, units = self.layers, self.tile.params.units
        if len(layers) * units * scaled(_SMALLEST) > width - len(layers) * scaled(_LABEL + _GAP):
            layers = [self.chosen.layer]
        room = width - len(layers) * scaled(_LABEL) - (len(layers) - 1) * scaled(_GAP)
        cell = max(2.0, min(scaled(LARGEST), height - 2, room / (units * len(layers))))
        whole = scaled(_LABEL) + units * cell + scaled(_GAP)
        return cell, {layer: place * whole for place, layer in enumerate(layers)}

    def _rect(self, thing: Focus, width: float, height: float) -> QRectF | None:
        """Return where the square of a unit is that a scene speaks of."""
        cell, lefts = self._columns(width, height)
        if thing.kind != self.tile.function or not thing.at or thing.at[0] not in lefts:
            return None
        left = lefts[thing.at[0]] + scaled(_LABEL) + thing.at[1] * cell
        return QRectF(left, (height - cell) / 2, cell, cell)

    def _layer(self, layer: int, left: float, cell: float, top: float) -> list[Item]:
        number = Caption(str(layer + 1), left, top - 2, "tick")
        values = self.tile.net.steepness[[layer]]
        is_told = (self.chosen.function, self.chosen.layer) == (self.tile.function, layer)
        told = [Outline(0, self.chosen.unit)] if is_told else []
        grid = Grid(values, Ink(0.0, 1.0), outlines=told, finest=4.0)
        first = left + scaled(_LABEL)
        dead = [unit for unit, is_dead in enumerate(self.tile.net.dead[layer].tolist()) if is_dead]
        crosses = [dead_at(first + (unit + 0.5) * cell, top, cell) for unit in dead]
        return [number, Placed(f"layer {layer}", grid, first, top, cell), *crosses]


def dead_at(middle: float, top: float, cell: float) -> Caption:
    """Return the cross on the square of a unit that is flat for all points."""
    return Caption("×", middle, top + (cell - text_height("label")) / 2, "label", "error", "middle", moves=True)
