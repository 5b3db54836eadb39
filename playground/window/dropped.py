"""What a file that is dropped on the window can be there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from playground.files import session

_DATA = (".csv", ".npy")


def takes_as(path: Path, parameters: Iterable[Parameter]) -> str:
    """Return the parameter that a table or an array is data for; nothing where there is none, or it carries a run."""
    fields = [p.name for p in parameters if p.kind == "open choice" and p.takes_arrays]
    return fields[0] if fields and path.suffix.lower() in _DATA and not _carries_run(path) else ""


def _carries_run(path: Path) -> bool:
    try:
        session.open_file(path)
    except Refusal:
        return False
    return True
