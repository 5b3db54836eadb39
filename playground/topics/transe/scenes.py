"""Do the claims T1 to T3 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from core.run.recipe import SetArray
from core.transe.algorithm import State, ranks_of
from core.transe.ranks import HEAD, TAIL
from core.transe.settings import graph_of
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from widgets.base.numbers import fixed, percent

_ALIKE = 0.25  # by how much mean ranks may differ that are called alike
_ASKED = 1  # the triple whose ripple is counted


def one_arrow(runs: Runs) -> Outcome:
    """T1: the mean rank of the true tail falls from near a guess to almost 1."""
    run = runs["run"]
    ranks, last = column(run, "mean_rank"), _last(run)
    first = round(36 * last["hits_at_1"])
    told = {"begin": fixed(float(ranks[0]), 1), "end": fixed(last["mean_rank"], 2), "first": first}
    return Outcome(ranks[0] > 8 and last["mean_rank"] <= 2, told, last["mean_rank"])


def count_the_ripple(runs: Runs) -> Outcome:
    """T1: the rank is how many names the ripple meets until it comes to the true tail; it falls."""
    run = runs["run"]
    begin, end = (float(ranks_of(_state(run, t), run.params_at(t)).own[_ASKED]) for t in (0, run.recorded))
    told = {"begin": fixed(begin, 0), "nearer": fixed(begin - 1, 0), "end": fixed(end, 0), "steps": run.recorded}
    return Outcome(begin > end == 1, told, begin)


def margins(runs: Runs) -> Outcome:
    """T1: where names are not put back to length 1 the margin sets how long they become, and not how they rank."""
    ranks = {name: _last(run)["mean_rank"] for name, run in runs.items()}
    lengths = {name: float(np.linalg.norm(last_state(run).entities, axis=1).mean()) for name, run in runs.items()}
    told = {name: fixed(rank, 2) for name, rank in ranks.items()}
    told |= {f"{name}_length": fixed(length, 2) for name, length in lengths.items()}
    is_alike = max(ranks.values()) < min(2.0, min(ranks.values()) + _ALIKE)
    is_scaled = 1.5 * lengths["small"] < lengths["one"] < 0.5 * lengths["large"]
    return Outcome(is_alike and is_scaled, told, lengths["large"])


def both_ways(runs: Runs) -> Outcome:
    """T3: a relation that holds both ways loses its arrow, and one of two is nearest to itself."""
    run = runs["run"]
    lengths = [float(np.linalg.norm(_state(run, t).relations[0])) for t in (0, run.recorded)]
    last, graph = last_state(run), graph_of(run.recipe.params)
    apart = np.mean([np.linalg.norm(last.entities[row[HEAD]] - last.entities[row[TAIL]]) for row in graph.trained])
    rank = _last(run)["mean_rank"]
    told = {"begin": fixed(lengths[0], 2), "end": fixed(lengths[1], 2), "apart": fixed(float(apart), 2)}
    return Outcome(lengths[1] < 0.25 and rank == 1.5, {**told, "rank": fixed(rank, 1)}, lengths[1])


def one_to_many(runs: Runs) -> Outcome:
    """T3: the tails of one head are drawn together; raw ranks count them against each other."""
    run = runs["run"]
    begin, within = (_tails_apart(run, t) for t in (0, run.recorded))
    last = _last(run)
    told = {"begin": fixed(begin, 2), "within": fixed(within, 2), "raw": fixed(last["raw_mean_rank"], 2)}
    holds = within < begin / 2 and last["raw_mean_rank"] == 2 and last["mean_rank"] == 1
    return Outcome(holds, {**told, "filtered": fixed(last["mean_rank"], 2)}, last["raw_mean_rank"])


def ring(runs: Runs) -> Outcome:
    """T3: a chain is learned whole; one triple more closes it, and ranks stay up."""
    ranks = {name: _last(run)["mean_rank"] for name, run in runs.items()}
    told = {**{name: fixed(rank, 2) for name, rank in ranks.items()}, "steps": runs["ring"].recorded}
    return Outcome(ranks["week"] <= 1.05 and ranks["ring"] >= 1.5, told, "week")


def no_room(runs: Runs) -> Outcome:
    """T2: on a circle the tails stay in each other's way, in eight dimensions they are found."""
    told: dict[str, Any] = {}
    for name, run in runs.items():
        last = _last(run)
        told |= {name: fixed(last["mean_rank"], 2), f"{name}_hits": percent(last["hits_at_1"])}
        told[f"{name}_mrr"] = fixed(last["mrr"], 2)
    two, eight = (_last(runs[name])["mean_rank"] for name in ("two", "eight"))
    return Outcome(two > 2 and eight <= 1.05, told, eight)


def unseen(runs: Runs) -> Outcome:
    """T2: what follows from other facts is ranked high without ever being trained."""
    run = runs["run"]
    ranks = column(run, "test_mean_rank")
    begin, end = float(ranks[0]), float(ranks[-1])
    told = {"begin": fixed(begin, 1), "end": fixed(end, 2), "steps": run.recorded}
    return Outcome(begin > 5 and end <= 1.5, told, end)


# A task.


def pull_it_away(seen: Seen) -> bool:
    """Whether a name was put beyond 4 and the mean rank is below 1.5 again, some steps later."""
    pulled = [
        change.step
        for change in seen.recipe.edits
        if isinstance(change.edit, SetArray) and change.edit.name == "entities" and np.abs(change.edit.value).max() > 4
    ]
    return bool(pulled) and seen.t > max(pulled) > 0 and float(seen.row["mean_rank"]) < 1.5


def _last(run: Timeline) -> dict[str, float]:
    return {name: float(value) for name, value in run.series.row(run.recorded).items()}


def _state(run: Timeline, t: int) -> State:
    state: State = run.frame(t).state
    return state


def _tails_apart(run: Timeline, t: int) -> float:
    """Return the mean distance between tails of the same head."""
    state, rows = _state(run, t), graph_of(run.recipe.params).trained
    pairs = [(a[TAIL], b[TAIL]) for a, b in combinations(rows, 2) if a[HEAD] == b[HEAD]]
    return float(np.mean([np.linalg.norm(state.entities[a] - state.entities[b]) for a, b in pairs]))
