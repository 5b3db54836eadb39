"""What the scenes mark is what meets their conditions."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.run.explanation import Focus
from core.run.recipe import Recipe, SetArray
from core.run.timeline import Timeline
from core.transe import Params


def at_start(entry: Any, triples: Any, entities: Any, relations: Any) -> Any:
    recipe = Recipe("transe", 1, 0, Params(triples=triples))
    for name, table in (("entities", entities), ("relations", relations)):
        recipe = recipe.edited(0, SetArray(name, np.array(table)))
    return Timeline(entry.core, recipe)


def test_a_head_at_its_own_tip_is_nearest_to_itself(entry: Any) -> None:
    triples = (("a", "r", "b"), ("c", "r", "b"))
    run = at_start(entry, triples, [[0.0, 0.0], [1.0, 0.0], [0.9, 0.0]], [[0.1, 0.0]])
    assert entry.conditions.nearest_to_themselves(run, 0).things == {Focus("entity", (0,))}


def test_tails_of_one_head_lie_together_or_not(entry: Any) -> None:
    triples = (("a", "r", "b"), ("a", "r", "c"), ("d", "r", "e"))
    together = [[0.0, 0.0], [1.0, 0.0], [1.0, 0.4], [1.0, 0.0], [1.0, 0.1]]
    run = at_start(entry, triples, together, [[1.0, 0.0]])
    assert entry.conditions.tails_together(run, 0).things == {Focus("entity", (1,)), Focus("entity", (2,))}
    together[2] = [1.0, 0.6]
    assert not entry.conditions.tails_together(at_start(entry, triples, together, [[1.0, 0.0]]), 0).things
