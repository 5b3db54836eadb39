"""What nets make of the plane: fields of colour, borders, and a small picture for every unit.

A unit's picture goes from −1, vermillion, to 1, blue: shares as seen from a half, tanh as it is, all other functions
beside the largest number in the picture.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core.dense.nets import NetName, net_of
from core.dense.plane import field, fields_of_units
from core.dense.settings import Params, data_of, loss_of
from core.nn import activations
from core.nn.activations import Activation, sigmoid, softmax
from core.run.values import Floats, kept, locked
from widgets.plots.level_lines import lines_at
from widgets.plots.marks.ground import ColourGround, Shade
from widgets.plots.viewport import Rectangle

COLOURS: dict[NetName, str] = {"with_bias": "black", "without_bias": "purple"}
CLASSES = (("vermillion", "square"), ("blue", "circle"))  # 0 and 1; the others follow
LOOKS = (*CLASSES, ("green", ""), ("orange", ""), ("purple", ""), ("sky", ""))  # of more classes, over and over
CELLS, FINE = 56, 112  # of a field along a side of a square, while the run plays and while it stands
_BEYOND = 0.02  # of what is seen, by which a field goes on, so that borders reach the edge
SMALL = 24  # of a unit's picture in the drawing of the net
MARGIN = 0.12  # of the longer side, around the points and the origin
WIDE = 1.0  # of the longer side, by which a straight line goes on beyond that: a wide panel shows more
_FLAT = 0.5  # of the longer side, that the shorter one has at least: what lies on one line has a plane around it
_JUST_ABOVE = 1e-9  # where a function that is 0 for a whole side of z begins to rise


def is_plane(params: Params) -> bool:
    """Tell whether the points lie in a plane."""
    return bool(data_of(params).x.shape[1] == 2)


def takes_points(params: Params) -> bool:
    """Tell whether the points of the plane have classes, so that one more would be of one of them."""
    return is_plane(params) and data_of(params).has_targets and loss_of(params) == "cross-entropy"


def home_of(params: Params) -> Rectangle:
    """Return the rectangle around all points and the origin."""
    return _around(data_of(params).x)


@kept(4)
def _around(points: Floats) -> Rectangle:
    low, high = np.minimum(points.min(axis=0), 0.0), np.maximum(points.max(axis=0), 0.0)
    longer = float((high - low).max())
    room = (MARGIN * longer or 1.0) + np.maximum(_FLAT * longer - (high - low), 0.0) / 2
    (x0, y0), (x1, y1) = (low - room).tolist(), (high + room).tolist()
    return x0, x1, y0, y1


@lru_cache(maxsize=8)
def wider(home: Rectangle) -> Rectangle:
    """Return the rectangle in which straight lines are drawn: a plot may show more than the points."""
    x0, x1, y0, y1 = home
    room = WIDE * max(x1 - x0, y1 - y0)
    return x0 - room, x1 + room, y0 - room, y1 + room


def look_of(number: int) -> tuple[str, str]:
    """Return colour and marker of a class or a unit."""
    return LOOKS[number % len(LOOKS)]


class Raster(NamedTuple):
    """Cells over a rectangle."""

    home: Rectangle
    columns: int
    rows: int


@lru_cache(maxsize=16)
def raster(seen: Rectangle, fine: bool) -> Raster:
    """Return the cells over what is seen and a little more: as many on any area, near to squares."""
    x0, x1, y0, y1 = seen
    wide, high, side = x1 - x0, y1 - y0, FINE if fine else CELLS
    longer = float(np.clip(np.sqrt(wide / high), 1 / 4, 4))
    across, up = _BEYOND * wide, _BEYOND * high
    return Raster((x0 - across, x1 + across, y0 - up, y1 + up), round(side * longer), round(side / longer))


@lru_cache(maxsize=8)
def _middles(cells: Raster) -> tuple[Floats, Floats]:
    """The middles of the cells along both sides."""
    x0, x1, y0, y1 = cells.home
    across, up = ((np.arange(count) + 0.5) / count for count in (cells.columns, cells.rows))
    return locked(x0 + across * (x1 - x0)), locked(y0 + up * (y1 - y0))


@kept(4)
def ground(weights: Floats, params: Params, net: NetName, unit: int, cells: Raster) -> Shade | ColourGround:
    """What the net makes of each place: how near to which class, of several units how much the one told of gives."""
    z, home = _field(weights, params, net, cells)[::-1], cells.home  # the uppermost row first
    if params.activation == "softmax":
        return ColourGround(softmax(z), home, tuple(look_of(j)[0] for j in range(params.units)))
    share = locked(sigmoid(z[:, :, unit]) if params.activation == "sigmoid" else (z[:, :, unit] > 0).astype(float))
    if params.units > 1:
        return ColourGround(share[:, :, None], home, (look_of(unit)[0],))
    return Shade(share, home, (CLASSES[0][0], CLASSES[1][0]))


@kept(8)
def _field(weights: Floats, params: Params, net: NetName, cells: Raster) -> Floats:
    """Return z of every unit of the last layer in every cell."""
    return locked(field(net_of(params, net), weights, *_middles(cells)))


@kept(12)
def border(weights: Floats, params: Params, net: NetName, unit: int, cells: Raster) -> Floats:
    """The points of the lines where z is 0, or of softmax as large as the next; with a gap of nan behind each."""
    every = _field(weights, params, net, cells)
    z = every[:, :, unit]
    if params.activation == "softmax":
        z = z - np.delete(every, unit, axis=2).max(axis=2)
    return lines_at(0.0, *_mesh(cells), z)


@lru_cache(maxsize=4)
def _mesh(cells: Raster) -> tuple[Floats, Floats]:
    """The middles of all cells; made once, for that takes as long as to find the lines."""
    x, y = np.meshgrid(*_middles(cells))
    return locked(x), locked(y)


# ---- every unit


def functions(params: Params) -> tuple[Activation, ...]:
    """Return the function of each layer, the last one's last."""
    return (*(params.hidden_activation for _ in params.hidden), params.activation)


def signed(y: Floats, function: Activation) -> Floats:
    """Return what a unit gives as the −1 to 1 of its picture."""
    if function in ("sigmoid", "softmax"):
        return 2.0 * y - 1.0
    return y / (1.0 if function == "tanh" else float(np.abs(y).max()) or 1.0)


@kept(4)
def pictures(weights: Floats, params: Params, net: NetName) -> tuple[tuple[Floats, ...], ...]:
    """Return the pictures (rows from the top, columns) of both inputs, then of the units of each layer."""
    made = fields_of_units(net_of(params, net), weights, *_middles(_small(home_of(params))))
    layers = (
        tuple(locked(signed(given[::-1, :, j], function)) for j in range(given.shape[2]))
        for given, function in zip(made, functions(params), strict=True)
    )
    return (_of_inputs(), *layers)


@lru_cache(maxsize=4)
def _small(home: Rectangle) -> Raster:
    return Raster(home, SMALL, SMALL)


@lru_cache(maxsize=1)
def _of_inputs() -> tuple[Floats, ...]:
    side = np.linspace(-1.0, 1.0, SMALL)
    return locked(np.tile(side, (SMALL, 1))), locked(np.tile(-side[:, None], (1, SMALL)))


@kept(4)
def _of_unit(weights: Floats, params: Params, net: NetName, layer: int, unit: int, cells: Raster) -> Floats:
    """Return what a hidden unit gives in each cell, (rows from below, columns)."""
    made = fields_of_units(net_of(params, net), weights, *_middles(cells))
    return locked(made[layer - 1][:, :, unit])


@kept(4)
def ground_of_unit(weights: Floats, params: Params, net: NetName, layer: int, unit: int, cells: Raster) -> Shade:
    """Return the picture of a hidden unit, of a layer counted from 1, over what is seen of the plane."""
    share = (signed(_of_unit(weights, params, net, layer, unit, cells), params.hidden_activation)[::-1] + 1.0) / 2.0
    return Shade(locked(share), cells.home, (CLASSES[0][0], CLASSES[1][0]))


@kept(4)
def border_of_unit(weights: Floats, params: Params, net: NetName, layer: int, unit: int, cells: Raster) -> Floats:
    """Return the points of the lines where z of a hidden unit is 0; with a gap of nan behind each."""
    at_0 = float(activations.value(params.hidden_activation, np.zeros(1))[0]) or _JUST_ABOVE
    return lines_at(at_0, *_mesh(cells), _of_unit(weights, params, net, layer, unit, cells))
