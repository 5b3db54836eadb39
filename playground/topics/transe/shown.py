"""What the pictures of TransE show of a view: which state, which relation, which triple, and where names lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from core.data.triples import Graph, Indices
from core.nn.principal_axes import main_axes
from core.run.explanation import Focus
from core.run.timeline import Timeline
from core.run.values import Floats, kept
from core.transe.algorithm import UNKNOWN, State, missed_by
from core.transe.ranks import HEAD, RELATION, TAIL, distances, judged, length
from core.transe.settings import Params, graph_of
from playground.playback.view import View

BEFORE_UPDATE = ("error", "gradients")  # beats that show the tables before the step


@dataclass(frozen=True, eq=False)
class Shown:
    """What is shown of a view; asked of by several panels, made anew for each view."""

    view: View

    @property
    def params(self) -> Params:
        """The parameters in force."""
        params: Params = self.view.params
        return params

    @cached_property
    def graph(self) -> Graph:
        """The triples as numbers."""
        return graph_of(self.params)

    @cached_property
    def is_before(self) -> bool:
        """Whether the tables are those before the update."""
        return self.view.beat in BEFORE_UPDATE and self.view.before is not None

    @cached_property
    def state(self) -> State:
        """The state that is drawn: before the update where the beat is one of those before it."""
        state: State = self.view.before.state if self.is_before and self.view.before else self.view.state
        return state

    @property
    def ends(self) -> tuple[State, State]:
        """The first and the last state recorded."""
        timeline = self.view.timeline
        return timeline.frame(0).state, timeline.frame(timeline.recorded).state

    @property
    def triple(self) -> Indices | None:
        """The triple of the step in view; None at the start."""
        row: Indices = self.view.state.triple
        return row if row[HEAD] >= 0 else None

    @property
    def corrupted(self) -> Indices:
        """The corrupted triple of the step in view."""
        row: Indices = self.view.state.corrupted
        return row

    @cached_property
    def rows(self) -> Indices:
        """The triples that have a rank, (k, 3): those trained, then those held out."""
        return judged(self.graph).rows

    @cached_property
    def chosen(self) -> Indices | None:
        """The triple that was chosen, or what is asked of a head and a relation; None where neither was."""
        match self.view.focus:
            case Focus("triple", (i,)) if i < len(self.rows):
                return cast("Indices", self.rows[i])
            case Focus("question", (head, relation)) if self.graph.has(head, relation):
                return np.array([head, relation, UNKNOWN])
        return None

    @cached_property
    def asked(self) -> Indices:
        """The triple that is spoken of: the chosen one, else that of the step, else the first of the relation.

        Its tail is −1 where no triple tells it.
        """
        if self.chosen is not None:
            return self.chosen
        return cast("Indices", self.of_relation[0]) if self.triple is None else self.triple

    @property
    def tail(self) -> int | None:
        """The true tail of the triple spoken of; None where no triple tells it."""
        tail = int(self.asked[TAIL])
        return None if tail == UNKNOWN else tail

    @property
    def words(self) -> tuple[str, ...]:
        """The names of the triple spoken of; of a question those of head and relation."""
        words = self.graph.named(self.asked)
        return words[:TAIL] if self.tail is None else words

    @property
    def is_of_step(self) -> bool:
        """Whether the triple spoken of is that of the step in view."""
        return self.triple is not None and bool((self.asked == self.triple).all())

    @property
    def relation(self) -> int:
        """The relation whose arrows are drawn: that of the chosen triple, else the one chosen in the header."""
        if self.chosen is not None:
            return int(self.chosen[RELATION])
        chosen = int(self.view.options.get("relation", 0))
        return chosen if chosen < len(self.graph.relations) else 0

    @cached_property
    def of_relation(self) -> Indices:
        """The trained triples of the relation shown, (k, 3)."""
        trained = self.graph.trained
        return cast("Indices", trained[trained[:, RELATION] == self.relation])

    @cached_property
    def heads(self) -> frozenset[int]:
        """The heads of the triples of the relation shown."""
        return frozenset(self.of_relation[:, HEAD].tolist())

    @cached_property
    def tails(self) -> frozenset[int]:
        """The tails of the triples of the relation shown."""
        return frozenset(self.of_relation[:, TAIL].tolist())

    @cached_property
    def axes(self) -> Floats:
        """The plane of the picture, (dim, 2), the same for the whole run."""
        return _axes(self.view.timeline)

    @cached_property
    def places(self) -> Floats:
        """Where the names lie on the picture, (n, 2)."""
        xy: Floats = self.state.entities @ self.axes
        return xy

    def arrow(self, relation: int) -> Floats:
        """Return the arrow of a relation on the picture, (2,)."""
        xy: Floats = self.state.relations[relation] @ self.axes
        return xy

    def tip(self, triple: Indices) -> Floats:
        """Return where the arrow of a triple's relation ends, put at its head, (2,)."""
        xy: Floats = self.places[triple[HEAD]] + self.arrow(int(triple[RELATION]))
        return xy

    def distance(self, triple: Indices) -> float:
        """Return d of a triple with the tables shown."""
        return float(length(missed_by(self.state, triple), self.params.norm))

    @property
    def share(self) -> float:
        """Return how much of the names' variance the picture shows."""
        spread = self.state.entities - self.state.entities.mean(axis=0)
        whole, seen = float((spread**2).sum()), float(((spread @ self.axes) ** 2).sum())
        return seen / whole if whole else 1.0

    # What is asked: which names lie nearest to the tip.

    @cached_property
    def away(self) -> Floats:
        """How far each name lies from the tip of the triple spoken of, (n,)."""
        head, relation = self.asked[HEAD], self.asked[RELATION]
        tip = self.state.entities[head] + self.state.relations[relation]
        return cast("Floats", distances(tip[None], self.state.entities, self.params.norm)[0])

    @cached_property
    def left_out(self) -> frozenset[int]:
        """The other true tails of the triple spoken of, where ranks leave them out."""
        if self.view.options.get("raw", False):
            return frozenset()
        head, relation, tail = map(int, self.asked)
        return frozenset(self.graph.known.get((TAIL, relation, head), ())) - {tail}

    @cached_property
    def order(self) -> list[int]:
        """All names, the nearest to the tip first."""
        return [int(entity) for entity in np.argsort(self.away, kind="stable")]

    @cached_property
    def nearer(self) -> list[int]:
        """The names that lie nearer to the tip than the true tail, the nearest first; all where none is known."""
        if self.tail is None:
            return self.order
        return self.order[: int((self.away < self.away[self.tail]).sum())]

    @property
    def whole(self) -> int:
        """How many names the ripple passes until it stops, at the true tail where one is known."""
        return len(self.nearer) + (self.tail is not None)

    @property
    def gone(self) -> float:
        """How many names the ripple has passed; between two of them it is on its way to the next."""
        gone = self.view.options.get("ripple")
        return self.whole if gone is None else min(gone, self.whole)

    @property
    def passed(self) -> list[int]:
        """The names that the ripple has passed, the nearest first, without the true tail."""
        return self.nearer[: int(self.gone)]

    @property
    def has_arrived(self) -> bool:
        """Whether the ripple has come to where it stops."""
        return self.gone >= self.whole

    @property
    def reach(self) -> float:
        """How far from the tip the ripple is."""
        stops = self.nearer if self.tail is None else [*self.nearer, self.tail]
        return float(np.interp(self.gone, np.arange(self.whole + 1), [0.0, *self.away[stops]]))

    def rank(self, entity: int) -> float:
        """Return the rank of a name among the candidates of the triple spoken of."""
        is_other = np.ones(len(self.away), dtype=bool)
        is_other[[entity, *self.left_out]] = False
        others, d = self.away[is_other], self.away[entity]
        return 1 + float((others < d).sum()) + float((others == d).sum()) / 2

    @property
    def head_triples(self) -> dict[int, int]:
        """Return by head the first triple of the relation shown."""
        rows = np.flatnonzero(self.rows[:, RELATION] == self.relation)
        return {int(self.rows[row, HEAD]): int(row) for row in rows[::-1]}

    def focus_of(self, head: int, relation: int) -> Focus:
        """Return what is chosen when a head and a relation are asked: the first triple of both, else the question."""
        found = np.flatnonzero((self.rows[:, :TAIL] == (head, relation)).all(axis=1))
        return Focus("triple", (int(found[0]),)) if len(found) else Focus("question", (head, relation))


@kept(8)
def _axes(timeline: Timeline[Any, Any]) -> Floats:
    """Return the main axes of the names at the start of a run; of one or two numbers those themselves."""
    return main_axes(timeline.frame(0).state.entities)
