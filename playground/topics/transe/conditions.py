"""What the claims of TransE speak of: names that lie where one arrow had to put them."""

from __future__ import annotations

from itertools import combinations

from core.run.explanation import Focus
from core.transe.algorithm import State
from core.transe.ranks import HEAD, TAIL, distances
from core.transe.settings import graph_of
from playground.scenes.mark import Members
from playground.scenes.scene import Timeline

_NEAR = 0.5  # how far apart names lie that lie together


def nearest_to_themselves(run: Timeline, t: int) -> Members:
    """The heads that lie nearest of all to the tip of their own arrow, or to all others' as near as the tail."""
    state, params = _state(run, t), run.params_at(t)
    found = set()
    for head, relation, _ in graph_of(params).trained.tolist():
        tip = state.entities[head] + state.relations[relation]
        away = distances(tip[None], state.entities, params.norm)[0]
        found |= {head} if away[head] <= away.min() else set()
    return Members(frozenset(Focus("entity", (head,)) for head in found))


def tails_together(run: Timeline, t: int) -> Members:
    """The tails of one head that lie no farther than half a unit from each other."""
    state, params = _state(run, t), run.params_at(t)
    found: set[int] = set()
    for a, b in combinations(graph_of(params).trained, 2):
        ends = int(a[TAIL]), int(b[TAIL])
        away = distances(state.entities[[ends[0]]], state.entities[[ends[1]]], params.norm)
        found |= set(ends) if a[HEAD] == b[HEAD] and away[0, 0] <= _NEAR else set()
    return Members(frozenset(Focus("entity", (tail,)) for tail in found))


def _state(run: Timeline, t: int) -> State:
    state: State = run.frame(t).state
    return state
