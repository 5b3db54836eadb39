"""What plots over steps share: where their axes end, and the marks of settings changed in mid-run."""

from __future__ import annotations

import math
from typing import Any

from core.run.recipe import SetParam
from playground.playback.run import Run
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.line_plot import ChangeMark

SMALLEST = 1e-16  # a loss below this is drawn on the floor of a log axis
_ROUND = (20, 50, 100, 200, 500)


def change_marks(run: Run, texts: Texts) -> list[ChangeMark]:
    """Return the changed settings as marks on the plots."""
    marks = []
    for change in run.recipe.edits:
        if isinstance(change.edit, SetParam):
            old: Any = run.timeline.value_before(change)
            marks.append(ChangeMark(change.step, change_text(texts, change.edit.name, old, change.edit.value)))
    return marks


def change_text(texts: Texts, name: str, old: Any, new: Any) -> str:
    """Return a changed setting in words: `η 0.004 → 0.003`."""
    short = texts.find("params", name.rpartition(".")[2], "short") or name
    return f"{short} {_shown(texts, name, old)} → {_shown(texts, name, new)}"


def _shown(texts: Texts, name: str, value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return numbers.shortest(value) if is_number else texts.choice(name, str(value))


def steps_shown(run: Run) -> int:
    """Return the end of the step axis: a round number at or beyond the record, so that it seldom moves."""
    longest = max(run.timeline.recorded, run.ghost.recorded if run.ghost else 0)
    scale = 1
    while scale * _ROUND[-1] < longest:
        scale *= 10
    return next(scale * steps for steps in _ROUND if scale * steps >= longest)


def decades(low: float, high: float) -> tuple[float, float]:
    """Return a range of whole powers of ten that holds both; ten of them at most: below lies what nobody looks for."""
    high = max(high, SMALLEST * 100)
    top = math.ceil(math.log10(high) + 0.3)  # some room for the marks of changed settings
    bottom = math.floor(math.log10(max(low, SMALLEST)) - 1e-9)
    bottom = max(bottom, top - 10)
    return 10.0 ** min(bottom, top - 2), 10.0**top
