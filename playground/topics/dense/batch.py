"""A batch through the last layer, cell by cell: x · W + b = z, and what the function makes of z, of the net with bias.

The weights are those of the row in view. With hidden layers the last one's outputs stand in the place of x.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from PySide6.QtCore import QRectF

from core.dense.explained import Chosen
from core.dense.nets import named, net_of
from core.dense.settings import Params, data_of, loss_of
from core.nn import activations
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.topics.dense.fields import look_of
from playground.topics.dense.net import Net
from widgets.base.fonts import scaled
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed, rounding
from widgets.grids.number_format import NumberForm, RoundedForm

FEWEST, MOST = 3, 12  # points in view
MOST_UNITS = 4  # in view, the one told of among them
_HIGH, _WIDEST = 24, 62  # px of a cell
_HEAD, _SIDE, _SIGN, _MARK = 26, 27, 11, 14  # px above, of the points' numbers, of a sign between, of the class
_NAMED = 15  # px of a name before what stands beside it
_MARGIN = 6  # px
_NET = 130  # px under the rows, from which on the net is drawn there
_SHARES = {"x": 1.0, "W": 1.1, "b": 1.15, "z": 1.15, "y": 1.0}  # of the width: signs and larger numbers need more
_SHAPES = {"circle": "●", "square": "■"}
_PALE = 4.0  # times the largest input: what is given is paler than what is learned
_SIGNS = {"sigmoid": "σ", "softmax": "→", "tanh": "→", "relu": "→", "linear": "="}  # from z to what is made of it


def points_in_view(n: int, count: int, told: int) -> list[int]:
    """Return so many points spread over all of them, in order; the one told of takes the place of its nearest."""
    spread = np.linspace(0, n - 1, min(n, count)).round().astype(int)  # each once, for they lie 1 apart or more
    spread[np.abs(spread - told).argmin()] = told
    return [int(i) for i in spread]


@dataclass(frozen=True)
class Batch(ViewPicture[Params]):
    """What the board of one view is made of."""

    @cached_property
    def told(self) -> Chosen:
        """The point and the unit that the strip tells of, of a hidden unit the first one it leads to."""
        told = Chosen.of(self.view.pointed or self.view.focus, self.view.frame.made, self.params)
        return Chosen(told.point, 0) if told.hidden else told

    @cached_property
    def units(self) -> list[int]:
        """The units in view."""
        first = max(0, min(self.told.unit - MOST_UNITS + 1, self.params.units - MOST_UNITS))
        return list(range(first, min(first + MOST_UNITS, self.params.units)))

    def points(self, height: float) -> list[int]:
        """The points for which there is room."""
        others = len(self.beside) * (scaled(_HIGH) + _MARGIN)
        count = int((height - scaled(_HEAD) - _MARGIN - others) // scaled(_HIGH))
        return points_in_view(len(data_of(self.params).x), max(FEWEST, min(MOST, count)), self.told.point)

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        points = self.points(height)
        grids = self.grids(points)
        shares = sum(grid.columns * _SHARES[name] for name, grid in grids.items())
        room = width - 2 * _MARGIN - scaled(_SIDE) - (len(grids) - 1) * scaled(_SIGN) - scaled(_MARK)
        share = max(4.0, min(float(scaled(_WIDEST)), room / shares))
        items: list[Item] = []
        x, top = float(_MARGIN + scaled(_SIDE)), float(scaled(_HEAD))
        signs = dict(zip(grids, ("·", "+", "=", _SIGNS[self.params.activation], ""), strict=True))
        for name, grid in grids.items():
            cell = _SHARES[name] * share
            high = min(float(scaled(_HIGH)), (height - top - _MARGIN) / grid.rows)
            y = top + max(0.0, len(points) * scaled(_HIGH) - grid.rows * high) / 2  # all stand at one middle
            if grid.form and grid.form.fit(cell, high) is None:  # in narrower digits, then
                grid = replace(grid, form=RoundedForm(_largest(grid.values)))
            items += self._placed(name, grid, (x, y), (cell, high), signs[name])
            x += grid.columns * cell + scaled(_SIGN)
        below = top + len(points) * scaled(_HIGH) + _MARGIN
        for other in self.beside:
            items += self._told_of(other, below, share)
            below += scaled(_HIGH) + _MARGIN
        items += self._net(QRectF(_MARGIN, below, width - 2 * _MARGIN, height - below - _MARGIN))
        return [*items, *self._sides(points, top, x - scaled(_SIGN))]

    @cached_property
    def beside(self) -> list[View]:
        """The runs it is compared with that have such a unit before the same point."""
        views = (self.view.of(other) for other in self.view.beside if not self.view.covered)
        return [v for v in views if self.told.point < len(data_of(v.params).x) and self.told.unit < v.params.units]

    def _told_of(self, other: View, top: float, share: float) -> list[Item]:
        """The row told of in another run: the weights of the unit side by side, its bias, z, and what it gives."""
        theirs = Batch(other, self.texts)
        theirs = replace(
            theirs, view=replace(other, focus=Focus("output", (self.told.point, self.told.unit)), pointed=None)
        )
        grids = theirs.grids([self.told.point])
        unit, high, x = theirs.units.index(self.told.unit), float(scaled(_HIGH)), float(_MARGIN + scaled(_SIDE))
        items: list[Item] = [Caption(other.letter, _MARGIN + scaled(_SIDE) - 8, top + 4, "strong", "text", "right")]
        for name in ("W", "b", "z", "y"):
            column = grids[name].values[:, [unit]]
            grid = replace(grids[name], values=column.T, outlines=(), kept=False)
            cell = min(_SHARES[name] * share, scaled(_WIDEST))
            if grid.form and grid.form.fit(cell, high) is None:
                grid = replace(grid, form=RoundedForm(_largest(grid.values)))
            items += [Caption(name if name != "y" else self._given_name, x, top + 4, "subtitle", "muted"),
                      Placed(f"{name} {other.letter}", grid, x + scaled(_NAMED), top, cell, high)]  # fmt: skip
            x += scaled(_NAMED) + grid.columns * cell + scaled(_SIGN)
        return items

    @property
    def _given_name(self) -> str:
        return "p" if _is_class(self.params) else "y"

    def _net(self, room: QRectF) -> list[Item]:
        """The net under the batch, where there is room for it."""
        return Net(self.view, self.texts).items(room) if room.height() >= scaled(_NET) else []

    def grids(self, points: list[int]) -> dict[str, Grid]:
        """The five matrices: what goes in, W, b, z, and the outputs."""
        own, given = named(self.view.state.with_bias.weights, "with_bias", self.params), self._given(points)
        z = given @ own["W"] + own["b"]
        y = activations.value(self.params.activation, z)
        if self.view.covered:  # they would tell the answer
            z, y = np.full_like(z, np.nan), np.full_like(y, np.nan)
        every = {"W": own["W"], "b": own["b"][None], "z": z, "y": y}
        shown = {"x": given, **{name: array[:, self.units] for name, array in every.items()}}
        marks = self._outlines(points, len(own["W"]))
        limits = {name: _largest(array) * (_PALE if name == "x" else 1.0) for name, array in shown.items()}
        floors = {"z": rounding(given, own["W"])}
        return {
            name: Grid(array, Signed(limits[name], floors.get(name, 0.0)), NumberForm.of(array),
                       outlines=marks.get(name, ()),
                       kept=name == "x" and not self.params.hidden)
            for name, array in shown.items()
        }  # fmt: skip

    def _given(self, points: list[int]) -> Floats:
        x = data_of(self.params).x[points]
        if not self.params.hidden:
            return x
        made = net_of(self.params, "with_bias").stack.forward(self.view.state.with_bias.weights, x)
        return made.outputs[-2]

    def _outlines(self, points: list[int], inputs: int) -> dict[str, list[Outline]]:
        """Frames around what the output told of is made of: its row, its column of W, its b."""
        row, column = points.index(self.told.point), self.units.index(self.told.unit)
        return {
            "x": [Outline(row, 0, 1, inputs)], "W": [Outline(0, column, inputs, 1)],
            "b": [Outline(0, column)], "z": [Outline(row, column)], "y": [Outline(row, column)],
        }  # fmt: skip

    def _placed(
        self, name: str, grid: Grid, corner: tuple[float, float], cell: tuple[float, float], sign: str
    ) -> list[Item]:
        """A matrix under its name, and the sign behind it."""
        (x, y), (wide, high) = corner, cell
        title = {"x": "h" if self.params.hidden else "x", "y": self._given_name}.get(name, name)
        head = Caption(title, x + grid.columns * wide / 2, y - scaled(_HEAD) + 6, "section", "text", "middle")
        at = x + grid.columns * wide + scaled(_SIGN) / 2, y + grid.rows * high / 2 - scaled(8)
        between = [Caption(sign, *at, "section", "muted", "middle")] if sign else []
        return [head, Placed(name, grid, x, y, wide, high), *between]

    def _sides(self, points: list[int], top: float, right: float) -> list[Item]:
        """The number of each point at the left, its class at the right."""
        data, high, items = data_of(self.params), scaled(_HIGH), list[Item]()
        for row, point in enumerate(points):
            y, role = top + row * high + 4, "strong" if point == self.told.point else "subtitle"
            colour = "text" if point == self.told.point else "muted"
            items.append(Caption(str(point + 1), _MARGIN + scaled(_SIDE) - 8, y, role, colour, "right"))
            if _is_class(self.params) and data.has_targets:
                colour, marker = look_of(int(np.ravel(data.t)[point]))
                items.append(Caption(_SHAPES.get(marker, "●"), right + 6, y, "subtitle", colour))
        return items


def _is_class(params: Params) -> bool:
    return loss_of(params) == "cross-entropy"


def _largest(array: Floats) -> float:
    return float(np.nanmax(np.abs(array), initial=0.0))


def cell_of(name: str, row: int, column: int, batch: Batch, height: float) -> Focus | None:
    """Return the point or the output that a cell of the board is about; None of a weight."""
    points = batch.points(height)
    if name == "x" and row < len(points):
        return Focus("point", (points[row],))
    if name in ("z", "y") and row < len(points):
        return Focus("output", (points[row], batch.units[column]))
    return None
