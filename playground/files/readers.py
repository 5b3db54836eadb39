"""The bytes of a file, and JSON to the letter."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.run.refusal import Refusal
from playground.words.quoting import short, short_path

LARGEST_FILE = 32 * 2**20


@contextmanager
def malformed(field: str, name: str) -> Iterator[None]:
    """Refuse the file of that name where the reader of a damaged one raises whatever its parser raises."""
    try:
        yield
    except Refusal as refusal:
        raise replace(refusal, field=field) from None
    except Exception as error:
        raise Refusal(field, "file_malformed", {"given": short_path(name), "reason": short(str(error))}) from None


def read_bytes(path: Path, field: str) -> bytes:
    """Return the bytes of a file. Raises Refusal where it cannot be read or is larger than 32 MiB."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(field, "file_unreadable", {"given": short_path(path), "reason": reason}) from None
    if len(data) > LARGEST_FILE:
        raise Refusal(field, "file_too_large", {"given": short_path(path), "allowed": f"{LARGEST_FILE // 2**20} MiB"})
    return data


def strict_json(text: str) -> Any:
    """Return what a JSON text says. Raises ValueError for anything that is not JSON to the letter, or too deep."""
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_distinct)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number that JSON knows")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{short(text)} is too large")
    return value


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"“{short(twice)}” stands there twice")
    return table
