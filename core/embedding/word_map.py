"""A plane on which the rows of E are seen, the same for a whole run, so that no step turns or flips it.

    pull[x] = ½·Σ_k (times x stood at place k in sentences for it − in sentences against it)·W_k       W of the start

is the way on which the first gradient of all training sentences sends row x, as p is about ½ for each of them then; the
plane holds the two main axes of these ways. What the rows learn later lies near it. The vote of a place is how far a
row reaches along that place's W: rows alone, without the weights of a place, mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.embedding.algorithm import State, weights_of
from core.embedding.nets import net_of
from core.embedding.settings import Params
from core.embedding.votes import times_for
from core.nn.principal_axes import main_axes
from core.run.values import Floats, kept, locked


def map_axes(start: State, params: Params) -> Floats:
    """Return the plane of a run that begins in a state, (output_dim, 2); of one or two numbers these themselves."""
    return _axes(start.embedding.weights, params)


@kept(4)
def _axes(weights: Floats, params: Params) -> Floats:
    W = net_of(params, "embedding").stack.named(weights)["layer_3.W"]
    stands = 0.5 * (times_for(params, 1) - times_for(params, 0))
    return locked(main_axes(stands @ W.reshape(params.input_length, params.output_dim)))


@dataclass(frozen=True, eq=False)
class WordMap:
    """What lies on the plane in a state."""

    rows: Floats  # of E, (rows, 2)
    places: Floats  # W of each place, (input_length, 2)
    share: float  # of the spread of the rows that the plane shows


def word_map(state: State, start: State, params: Params) -> WordMap:
    """Return the map of a state in the run that began in another."""
    axes, own = map_axes(start, params), weights_of(state, params)
    spread = own["E"] - own["E"].mean(axis=0)
    whole, seen = float((spread**2).sum()), float(((spread @ axes) ** 2).sum())
    by_place = own["W"].reshape(params.input_length, params.output_dim)
    return WordMap(own["E"] @ axes, by_place @ axes, seen / whole if whole else 1.0)
