"""What may be asked of TransE, and what is refused in one line."""

from __future__ import annotations

from typing import Any

import pytest

from core.data.triples import NAMES, SETS
from core.transe import Params, check
from core.transe.settings import graph_of

AB = ("a", "r", "b")
COMPLETE = tuple((h, "r", t) for h in "ab" for t in "ab")


@pytest.mark.parametrize("name", NAMES)
def test_every_set_is_taken(name: str) -> None:
    assert check(Params(triples=name)) is None
    assert graph_of(Params(triples=name)).trained.shape == (len(SETS[name]), 3)


def test_triples_of_ones_own_with_some_held_out() -> None:
    params = Params(triples=(AB, ("b", "r", "c")), held_out=(("a", "r", "c"),))
    assert check(params) is None
    assert graph_of(params).held_out.tolist() == [[0, 0, 2]]


def test_a_loop_is_a_triple() -> None:
    assert check(Params(triples=(("a", "r", "a"), AB))) is None


@pytest.mark.parametrize(
    ("given", "field", "key"),
    [
        ({"triples": "worlds"}, "triples", "triples_unknown"),
        ({"triples": (AB, AB)}, "triples", "triple_twice"),
        ({"triples": (AB,), "held_out": (AB,)}, "held_out", "triple_twice"),
        ({"held_out": (("Paris", "lies on", "Europe"),)}, "held_out", "triple_twice"),
        ({"held_out": (("Paris", "beside", "Europe"),)}, "held_out", "relation_unknown"),
        ({"triples": (("a", "r", ""),)}, "triples", "empty_name"),
        ({"triples": (("a", "r", "a"),)}, "triples", "too_few_entities"),
        ({"triples": COMPLETE}, "triples", "nothing_false"),
        ({"triples": COMPLETE[:3], "held_out": COMPLETE[3:]}, "triples", "nothing_false"),
        ({"triples": tuple((f"a{i}", "r", f"b{i}") for i in range(1000))}, "triples", "too_many_candidates"),
    ],
)
def test_what_does_not_go_together_is_refused(given: Any, field: str, key: str) -> None:
    refused = check(Params(**given))
    assert refused is not None
    assert (refused.field, refused.key) == (field, key)


def test_what_is_true_everywhere_but_at_one_end_is_taken() -> None:
    assert check(Params(triples=COMPLETE[:2])) is None
