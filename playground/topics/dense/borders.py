"""What is made of nets for the part of the plane that is seen: their fields, and the lines where z is 0."""

from __future__ import annotations

import numpy as np

from core.dense.nets import NetName
from core.dense.settings import Params
from core.run.explanation import Focus
from core.run.values import Floats
from playground.topics.dense.fields import COLOURS, border, border_of_unit, ground, ground_of_unit, raster
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.path import Path
from widgets.plots.viewport import Rectangle


def theirs(net: NetName, xy: Floats, at: Floats, letter: str) -> Path:
    """The line of a net of a run beside, its letter at a place or the last of several."""
    x, y = at.reshape(-1, 2)[-1].tolist()
    return Path(Focus("beside"), xy, COLOURS[net], at=(x, y), letter=letter)


def net_ground(weights: Floats, params: Params, net: NetName, unit: int, fine: bool, seen: Rectangle) -> Mark:
    """What a net makes of each place."""
    return ground(weights, params, net, unit, raster(seen, fine))


def unit_ground(
    weights: Floats, params: Params, net: NetName, layer: int, unit: int, fine: bool, seen: Rectangle
) -> Mark:
    """What a hidden unit gives at each place."""
    return ground_of_unit(weights, params, net, layer, unit, raster(seen, fine))


def net_border(
    weights: Floats, params: Params, net: NetName, unit: int, fine: bool, letter: str, seen: Rectangle
) -> Mark:
    """Where z of a unit of the last layer is 0; with a letter it is of a run beside."""
    xy = border(weights, params, net, unit, raster(seen, fine))
    if not letter:
        return Path(Focus(net), xy, COLOURS[net], dashed=net == "without_bias")
    known = xy[np.isfinite(xy[:, 0])]
    behind = 4 * (len(known) - 1) // 5  # a fifth is still to come behind its letter
    return theirs(net, xy, known[behind] if len(known) else np.full(2, np.nan), letter)


def unit_border(
    weights: Floats, params: Params, net: NetName, layer: int, unit: int, fine: bool, seen: Rectangle
) -> Mark:
    """Where z of a hidden unit is 0."""
    xy = border_of_unit(weights, params, net, layer, unit, raster(seen, fine))
    return Path(Focus("hidden", (layer, unit)), xy, COLOURS[net])
