"""What the columns of a table of triples are called: head, relation and tail, as sets of facts name them."""

from __future__ import annotations

from collections.abc import Sequence

_CALLED = (
    ("head", "h", "subject", "subj", "s", "source", "from", "head_entity", "entity1", "头", "头实体", "主语", "主体"),
    ("relation", "r", "rel", "predicate", "pred", "p", "relationship", "edge", "关系", "谓语", "谓词"),
    ("tail", "t", "object", "obj", "o", "target", "to", "tail_entity", "entity2", "尾", "尾实体", "宾语", "客体"),
)


def triple_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of head, relation and tail among those of the columns; nothing where one of the three lacks."""
    lower = {name.strip().lower().replace(" ", "_"): name for name in reversed(names)}
    found = (next((lower[word] for word in words if word in lower), "") for words in _CALLED)
    return called if all(called := tuple(found)) else ()
