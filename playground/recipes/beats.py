"""The beat of a step that a file or a command names."""

from __future__ import annotations

from collections.abc import Sequence

from core.run.refusal import Refusal
from playground.words.quoting import short


def check_beat(beats: Sequence[str], given: str, field: str) -> None:
    """Raise Refusal, naming the field, for a beat that is none of these; "" is none in particular."""
    if given and not beats:
        raise Refusal(field, "bad_value", {"given": short(given), "reason": "a step of this topic has no beats"})
    if given and given not in beats:
        raise Refusal(field, "not_one_of", {"given": short(given), "allowed": tuple(beats)})
