"""Where values were read that a file gave, as a recipe remembers it: names for axes, fields and exports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from core.run.parameters import Parameter
from core.run.recipe import LONGEST_NAME, Origin


def origins_of(
    parameter: Parameter, path: str | Path, given: Collection[str], columns: Sequence[str] = ()
) -> tuple[Origin, ...]:
    """Return the origin of each parameter that a file gave, which was read for one of them.

    Of its columns the last belongs to the parameter for which `Columns.last` says so, if that was given, too.
    """
    file = _one_line(Path(path).name)
    last = parameter.columns.last if parameter.columns else ""
    own = columns[:-1] if last in given else columns
    parts = {parameter.name: own, last: columns[-1:]}
    names = sorted(given, key=lambda name: name != parameter.name)
    return tuple(Origin(name, file, tuple(map(_one_line, parts.get(name, ())))) for name in names)


def _one_line(name: str) -> str:
    """Return a name as it can stand at an axis: in one line, and not without end."""
    return " ".join(name.split())[:LONGEST_NAME] or "?"
