"""A step of TransE as formulas with its numbers: both distances, the loss, the first number of the relation's move.

Distances and loss are those before the update; the sentence says what became of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.data.triples import Indices
from core.run.explanation import MINUS, SETTING, Explanation, Focus, Line, Term, added_up, line, number
from core.transe.algorithm import Parts, State, missed_by, parts, ranks_of
from core.transe.ranks import HEAD, RELATION, TAIL, distances, judged, length
from core.transe.settings import Params, graph_of

SOURCE = "core.transe.algorithm:step"
_OF_NORM = {1: "Σ|h + r − t|", 2: "√Σ(h + r − t)²"}

Told = tuple[str, dict[str, float | str]]


@dataclass(frozen=True, eq=False)
class Step:
    """A step that was made between two states."""

    before: State
    after: State
    params: Params
    made: Parts

    def distances(self, state: State) -> tuple[float, float]:
        """Return d and d' of the step's triples with a state's tables."""
        d, d_false = (
            float(length(missed_by(state, row), self.params.norm)) for row in (self.made.triple, self.made.corrupted)
        )
        return d, d_false

    @property
    def names(self) -> dict[str, float | str]:
        """The names of the triple, and of the entity put in."""
        graph = graph_of(self.params)
        head, relation, tail = graph.named(self.made.triple)
        other = self.made.corrupted[TAIL if self.is_tail else HEAD]
        return {"head": head, "relation": relation, "tail": tail, "other": graph.entities[other]}

    @property
    def is_tail(self) -> bool:
        """Whether the tail was replaced, not the head."""
        return bool(self.made.corrupted[TAIL] != self.made.triple[TAIL])


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return both distances, the loss and the relation's move; of a `triple` (i,) in focus its distance and rank."""
    if before is None:
        return Explanation(_rule(params), (), "rule", {}, SOURCE)
    if after.diverged:
        return Explanation(_rule(params), (), "diverged", {}, SOURCE)
    step = Step(before, after, params, parts(before, after, params))
    match focus:
        case Focus("triple", (i,)) if i < len(judged(graph_of(params)).rows):
            return _of_triple(step, i)
        case Focus("question", (head, relation)) if graph_of(params).has(head, relation):
            return _of_question(step, head, relation)
    rows = ("true", (*error(step), *_move(step))), ("corrupted", corrupted_error(step))
    key, values = in_words(step)
    return Explanation(_rule(params), rows, key, values, SOURCE)


def _rule(params: Params) -> tuple[Line, ...]:
    return *rule_of_error(params), line(f"{{r:relation}} ← {{r:relation}} {MINUS} η·(u {MINUS} u′)")


def rule_of_error(params: Params) -> tuple[Line, Line]:
    """Return the distance and the loss in symbols."""
    return line(f"{{d:true}} = {_OF_NORM[params.norm]}"), line(f"L = max(0, margin + {{d:true}} {MINUS} {{d′:false}})")


# ---- in numbers


def error(step: Step) -> tuple[Line, ...]:
    """Return d of the true triple and the loss with their numbers."""
    made = step.made
    values = {"margin": step.params.margin, "d": made.distance, "f": made.corrupted_distance, "L": made.loss}
    if made.loss:
        loss = line(f"{{L}} = {{margin:{SETTING}}} + {{d:true}} {MINUS} {{f:false}}", values)
    else:
        values["a"] = step.params.margin + made.distance - made.corrupted_distance
        loss = line("0 = max(0, {a})", values)
    return summed_up(step.before, made.triple, Focus("true"), step.params.norm), loss


def corrupted_error(step: Step) -> tuple[Line, ...]:
    """Return d' of the corrupted triple with its numbers."""
    return (summed_up(step.before, step.made.corrupted, Focus("false"), step.params.norm),)


def summed_up(state: State, triple: Indices, mark: Focus, norm: int) -> Line:
    """Return a distance as the root of squares, or the sum of sizes, with a state's tables."""
    missed = missed_by(state, triple).tolist()
    result = Term(float(length(np.array(missed), norm)), mark), Term(" = ")
    if norm == 1:
        return (*result, *added_up([(Term(abs(x)),) for x in missed]))
    return (*result, Term("√("), *added_up([line("{x} × {x}", {"x": x}) for x in missed]), Term(")"))


def _move(step: Step) -> tuple[Line, ...]:
    """Return how the first number of the relation moved; nothing where the loss is 0."""
    if not step.made.loss:
        return ()
    row = step.made.triple[RELATION]
    values = {
        "new": float(step.made.relations[row, 0]), "old": float(step.before.relations[row, 0]),
        "eta": step.params.learning_rate, "u": float(step.made.slope[0]), "v": float(step.made.corrupted_slope[0]),
    }  # fmt: skip
    return (line(f"{{new:relation}} = {{old:relation}} {MINUS} {{eta:{SETTING}}} × ({{u}} {MINUS} {{v}})", values),)


# ---- in words


def in_words(step: Step) -> Told:
    """Return the key of a sentence that fits the step, and its values: distances before and after."""
    (d, d_false), (d_now, d_false_now) = step.distances(step.before), step.distances(step.after)
    values = {**step.names, "d": d, "false": d_false, "margin": step.params.margin}
    if not step.made.loss:
        return "nothing", values
    key = "tail" if step.is_tail else "head"
    return key, {**values, "d_now": d_now, "false_now": d_false_now}


def _of_triple(step: Step, i: int) -> Explanation:
    """Return the distance of a triple before and after the step, and its rank."""
    row = judged(graph_of(step.params)).rows[i]
    head, relation, tail = graph_of(step.params).named(row)
    was, now = (float(ranks_of(state, step.params).filtered[i]) for state in (step.before, step.after))
    d, d_now = (float(length(missed_by(state, row), step.params.norm)) for state in (step.before, step.after))
    of_all = len(step.after.entities)
    values: dict[str, float | str] = {"head": head, "relation": relation, "tail": tail, "all": str(of_all)}
    values |= {"rank": number(was), "rank_now": number(now), "d": d, "d_now": d_now}
    rows = tuple((key, (summed_up(state, row, Focus("true"), step.params.norm),))
                 for key, state in (("before", step.before), ("after", step.after)))  # fmt: skip
    return Explanation(rule_of_error(step.params)[:1], rows, "triple", values, "core.transe.ranks:ranks")


def _of_question(step: Step, head: int, relation: int) -> Explanation:
    """Return which name lies nearest to the tip after the step, where no triple tells the tail."""
    graph, state = graph_of(step.params), step.after
    tip = state.entities[head] + state.relations[relation]
    away = distances(tip[None], state.entities, step.params.norm)[0]
    first = int(np.argmin(away))
    values: dict[str, float | str] = {"head": graph.entities[head], "relation": graph.relations[relation]}
    values |= {"first": graph.entities[first], "d": float(away[first])}
    nearest = summed_up(state, np.array([head, relation, first]), Focus("entity", (first,)), step.params.norm)
    rule = rule_of_error(step.params)[:1]
    return Explanation(rule, (("after", (nearest,)),), "question", values, "core.transe.ranks:distances")
