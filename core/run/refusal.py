"""A refused value: which field, why (as a key, since core has no interface texts), and the numbers of the message."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass
class Refusal(Exception):  # noqa: N818  (it is shown to the learner, not a fault of the program)
    """Why a value cannot be taken.

    `field` is the dotted parameter name, `key` names the sentence in the texts (`refusal.<key>`),
    `values` fill its placeholders. Returned by `check`, raised by parsers.
    """

    field: str
    key: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.field}: {self.key} {dict(self.values)}"
