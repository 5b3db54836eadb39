"""What the columns of a table of triples are called."""

from __future__ import annotations

import pytest

from playground.files.triple_names import triple_names


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("h", "r", "t"), ("h", "r", "t")), (("id", "Tail", " Relation ", "Head"), ("Head", " Relation ", "Tail")),
        (("subject", "predicate", "object"), ("subject", "predicate", "object")),
        (("头", "关系", "尾"), ("头", "关系", "尾")),
        (("head entity", "relation", "tail entity"), ("head entity", "relation", "tail entity")),
        (("h", "r"), ()), (("Ann", "knows", "Bob"), ()),
    ],
)  # fmt: skip
def test_head_relation_and_tail_are_known_by_their_names(names: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert triple_names(names) == found
