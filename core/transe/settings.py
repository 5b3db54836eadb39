"""What is asked of TransE: triples, those held out, how many numbers a name gets, the loss, how it learns."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, Le, Len

from core.data import triples as sets
from core.data.triples import Graph, Triple
from core.run.parameters import LOG, RESTART, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.values import frozen, kept

COLUMNS = Columns(3, ("head", "relation", "tail"))
MOST_TRIPLES = 2_000
MOST_CANDIDATES = 1_000_000  # triples times entities: each is a distance of every row


@frozen
class Params:
    """The triples and what is learned from them."""

    triples: Annotated[
        str | tuple[Triple, ...], Suggestions(sets.NAMES, sets.shipped), COLUMNS, Len(1, MOST_TRIPLES), RESTART
    ] = "world"
    held_out: Annotated[tuple[Triple, ...], COLUMNS, Len(0, MOST_TRIPLES), RESTART] = ()  # ranked but not trained
    dim: Annotated[int, Ge(1), Le(64), RESTART] = 2
    margin: Annotated[float, Ge(0), Le(100), RESTART] = 1.0
    norm: Annotated[int, Ge(1), Le(2), RESTART] = 2  # d is Σ|x| or √Σx²
    normalise: Annotated[bool, RESTART] = False  # entities are put back to length 1
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.05


@kept(8)
def graph_of(params: Params) -> Graph:
    """Return the triples as numbers. Raises Refusal for those that are no graph to learn from."""
    given = params.triples
    return Graph.of(sets.shipped(given) if isinstance(given, str) else given, params.held_out)


def check(params: Params) -> Refusal | None:
    """Refuse triples of which nothing can be learned, and more of them than can be ranked at each step."""
    try:
        graph = graph_of(params)
    except Refusal as refusal:
        return refusal
    rows, names = len(graph.trained) + len(graph.held_out), len(graph.entities)
    if rows * names > MOST_CANDIDATES:
        return Refusal("triples", "too_many_candidates", {"given": rows, "names": names, "allowed": MOST_CANDIDATES})
    for triple in graph.trained:
        if not len(graph.false_ones(triple, 2)) and not len(graph.false_ones(triple, 0)):
            return Refusal("triples", "nothing_false", {"given": " · ".join(graph.named(triple))})
    return None
