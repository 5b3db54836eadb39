"""JSON that a person can read and edit: tables indented, rows of numbers one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_STEP = "  "


def indented(value: Any, margin: str = "") -> str:
    """Return JSON with an entry of each table and each item of a list of lists or tables on a line of its own."""
    opened, closed = ("{", "}") if isinstance(value, dict) else ("[", "]")
    if not _is_parted(value):
        return json.dumps(value, ensure_ascii=False)
    inner = margin + _STEP
    lines = f",\n{inner}".join(_entries(value, inner))
    return f"{opened}\n{inner}{lines}\n{margin}{closed}"


def _is_parted(value: Any) -> bool:
    """Tell whether what stands in a value gets lines of its own."""
    return bool(value) and (isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], list | dict)))


def _entries(value: Any, margin: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{json.dumps(key, ensure_ascii=False)}: {indented(item, margin)}"
    else:
        for item in value:
            yield indented(item, margin)
