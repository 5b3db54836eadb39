"""TransE: a relation is one arrow for all; what lies at its tip is the answer.

    d(h + r, t)  is to be small for what is true, and larger by a margin for what is made up

    one step    takes the next triple (h, r, t), in an order drawn anew each epoch, and a corrupted one (h', r, t'):
                head or tail is replaced by an entity that makes no known triple
                L = max(0, margin + d(h + r, t) − d(h' + r, t'))
                h, r, t, h', t' ← one step of SGD against the gradient; with L = 0 nothing moves

u is the slope of d: sign(x) with norm 1, x/|x| with norm 2. An entity that stands in both triples gets the sum.
Source: Bordes, Usunier, García-Durán, Weston & Yakhnenko (2013), algorithm 1; their entities are put back to length 1
before each batch, here, where `normalise` asks for it, after the update that moved them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.data.triples import Indices
from core.nn import training
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen, kept, locked
from core.transe.ranks import HEAD, RELATION, TAIL, Ranks, judged, length, measures, ranks
from core.transe.settings import Params, graph_of

VERSION = 1
START = 6.0  # first numbers are uniform within ±6/√dim
UNKNOWN = -1  # the name that stands for none
NONE = locked(np.full(3, UNKNOWN, dtype=np.int64))  # the triple of row 0

EDITS = ()
CONSTANT_ARRAYS = frozenset({"entity_names", "relation_names", "numbered"})


@frozen
class State:
    """Both tables, and what the step that led here took and saw."""

    t: int
    entities: Array  # (n, dim)
    relations: Array  # (m, dim)
    triple: Ints  # (3,) head, relation, tail; −1 in row 0
    corrupted: Ints  # (3,)
    loss: float = 0.0  # before the update
    distance: float = 0.0  # of the true tail, before the update
    corrupted_distance: float = 0.0
    diverged: bool = False

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with another table. Raises ValueError for another shape."""
        old = getattr(self, name)
        if value.shape != old.shape:
            raise ValueError(f"{name} must keep its shape {old.shape}")
        changed: dict[str, Any] = {name: value}
        return replace(self, diverged=False, **changed)


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: both tables."""
    return "entities", "relations"


def start(params: Params, rng: Streams) -> State:
    """Return rows of length 1 that point anywhere."""
    graph, bound = graph_of(params), START / params.dim**0.5
    shapes = (len(graph.entities), params.dim), (len(graph.relations), params.dim)
    entities, relations = (of_length_one(rng.generator.uniform(-bound, bound, shape)) for shape in shapes)
    return State(0, entities, relations, NONE, NONE)


def of_length_one(rows: Floats) -> Floats:
    """Return rows divided by their Euclidean length; one of zeros stays."""
    lengths = length(rows, 2)[:, None]
    return np.divide(rows, lengths, out=rows.copy(), where=lengths > 0)


# ---- a step


def step(state: State, params: Params, rng: Streams) -> State:
    """Return both tables after one update; they stay as they are where it would leave all bounds."""
    if state.diverged:
        return replace(state, t=state.t + 1)
    triple, corrupted = next_pair(state.t + 1, params, rng)
    return moved(state, taken_apart(state, params, triple, corrupted))


def next_pair(t: int, params: Params, rng: Streams) -> tuple[Indices, Indices]:
    """Return the triple that step t takes, and its corruption: head or tail, whatever chance says, is another.

    Where every entity makes a known triple there, the other end is replaced.
    """
    graph = graph_of(params)
    triple = graph.trained[training.batch_of(t, len(graph.trained), 1, rng)[0]].copy()
    end = TAIL if rng.generator.random() < 0.5 else HEAD
    free = graph.false_ones(triple, end)
    if not len(free):
        end = HEAD + TAIL - end
        free = graph.false_ones(triple, end)
    corrupted = triple.copy()
    corrupted[end] = free[rng.generator.integers(len(free))]
    return triple, corrupted


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step is made of, beat by beat: composed in this order they are the step."""

    triple: Indices
    corrupted: Indices
    distance: float  # error: d, d' and the loss
    corrupted_distance: float
    loss: float
    slope: Floats  # gradients: u of the true triple, (dim,); zeros where the loss is 0
    corrupted_slope: Floats  # u'
    rows: Indices  # the entities that stand in one of the triples, each once
    gradient: Floats  # ∂L/∂entity of these, (rows, dim)
    relation_gradient: Floats  # ∂L/∂r, (dim,)
    entities: Floats  # update: both tables after it
    relations: Floats


def taken_apart(state: State, params: Params, triple: Indices, corrupted: Indices) -> Parts:
    """Return the parts of the update from a triple and its corruption."""
    missed = missed_by(state, np.stack([triple, corrupted]))
    d, d_false = length(missed, params.norm).tolist()
    loss = max(0.0, params.margin + d - d_false)
    u, u_false = slopes_of(missed, params.norm) * float(loss > 0)
    ends = [triple[HEAD], triple[TAIL], corrupted[HEAD], corrupted[TAIL]]
    rows, gradient = summed(ends, np.stack([u, -u, -u_false, u_false]))
    made = Parts(triple, corrupted, d, d_false, loss, u, u_false, rows, gradient, u - u_false,
                 state.entities, state.relations)  # fmt: skip
    return updated(made, params)


def missed_by(state: State, triples: Indices) -> Floats:
    """Return h + r − t of triples (…, 3), shape (…, dim)."""
    head, relation, tail = triples.T
    missed: Floats = state.entities[head] + state.relations[relation] - state.entities[tail]
    return missed


def slopes_of(x: Floats, norm: int) -> Floats:
    """Return the slope of d at each x (n, dim): sign(x) or x/|x|, 0 at 0."""
    return np.sign(x) if norm == 1 else of_length_one(x)


def summed(rows: Sequence[int], gradients: Floats) -> tuple[Indices, Floats]:
    """Return each row once, ascending, with the sum of its gradients (n, dim): few, so they are added one by one."""
    places = sorted(set(rows))
    total = np.zeros((len(places), gradients.shape[1]))
    for row, gradient in zip(rows, gradients, strict=True):
        total[places.index(row)] += gradient
    return np.array(places), total


def updated(parts: Parts, params: Params) -> Parts:
    """Return the parts with both tables one step of SGD against the gradients shown."""
    if not parts.loss:
        return parts
    entities, relations = parts.entities.copy(), parts.relations.copy()
    entities[parts.rows] -= params.learning_rate * parts.gradient
    relations[parts.triple[RELATION]] -= params.learning_rate * parts.relation_gradient
    if params.normalise:
        moves = parts.rows[parts.gradient.any(axis=1)]
        entities[moves] = of_length_one(entities[moves])
    return replace(parts, entities=entities, relations=relations)


def moved(state: State, made: Parts) -> State:
    """Return the state that the parts of a step make; it keeps its tables where they would leave all bounds."""
    if not (made.loss <= LARGEST and max(np.abs(made.entities).max(), np.abs(made.relations).max()) <= LARGEST):
        return replace(state, t=state.t + 1, diverged=True)
    seen = made.loss, made.distance, made.corrupted_distance
    return State(state.t + 1, made.entities, made.relations, made.triple, made.corrupted, *seen)


def parts(before: State, after: State, params: Params) -> Parts:
    """Return the parts of the step between two states, computed again: they are kept nowhere."""
    return taken_apart(before, params, after.triple, after.corrupted)


# ---- what a row tells


@kept(8)
def ranks_of(state: State, params: Params) -> Ranks:
    """Return the ranks of all tails with the state's own tables."""
    return ranks(state.entities, state.relations, params.norm, judged(graph_of(params)))


def series(state: State, params: Params) -> Series:
    """Return what the step saw, the finished epochs, and how near the true tails are now."""
    found, is_told = ranks_of(state, params), state.t > 0 and not state.diverged
    trained = found.trained
    row: Series = {
        name: getattr(state, name) if is_told else NOTHING for name in ("loss", "distance", "corrupted_distance")
    }
    row |= measures(found.own)
    row |= {f"raw_{name}": value for name, value in measures(found.raw[:trained]).items()}
    unseen = measures(found.unseen) if len(found.unseen) else {}
    row |= {f"test_{name}": unseen.get(name, NOTHING) for name in ("mean_rank", "mrr")}
    row["epoch"] = float(training.epochs_after(state.t, trained, 1))
    return row


def arrays(state: State, params: Params) -> Arrays:
    """Return both tables, the step's triples, the filtered ranks of the trained ones, names and numbers."""
    graph = graph_of(params)
    return {
        "entities": state.entities, "relations": state.relations, "triple": state.triple,
        "corrupted": state.corrupted, "ranks": ranks_of(state, params).own,
        "entity_names": np.array(graph.entities), "relation_names": np.array(graph.relations),
        "numbered": graph.trained,
    }  # fmt: skip


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return that training diverged, when it did; a finished epoch."""
    if after.diverged:
        return () if before.diverged else ("diverged", "end")
    return ("epoch",) if training.ends_epoch(after.t, len(graph_of(params).trained), 1) else ()
