"""Where a run that diverged was still well, and what has most likely driven it away."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.run.parameters import parameters
from core.run.recipe import SetParam
from core.run.timeline import Timeline

_KEY = "diverged"
_FAR = 2  # times what the loss was before: no noise any more


def divergences(timeline: Timeline[Any, Any]) -> dict[str, int]:
    """Return the step at which each of those in view diverged, by name; "" where there is one only."""
    told = sorted({t for key, steps in timeline.steps_of.items() if key.startswith(_KEY) for t in steps})
    pairs = [(key.partition(": "), t) for t in told for key in timeline.events_at(t)]
    return {which: t for (kind, _, which), t in pairs if kind == _KEY}


def sound_extremes(timeline: Timeline[Any, Any], name: str, above: float = -np.inf) -> tuple[float, float]:
    """Return the lowest finite value of a series that is above a floor, and the highest; (inf, -inf) for none.

    Of what diverged nothing counts from where it grew until it had; the series `sgd.loss` is one of `sgd`.
    """
    series, which = timeline.series, name.rpartition(".")[0]
    if not has_diverged(timeline, name):
        low, high = series.extremes(name)
        return (low if low > above else series.lowest_above(name, above)), high
    values = series.column(name).copy()
    for t in _divergences_of(timeline, which):
        values[_lowest(timeline, t, which) + 1 : t + 1] = np.nan
    known = values[np.isfinite(values)]
    return float(known.min(where=known > above, initial=np.inf)), float(known.max(initial=-np.inf))


def has_diverged(timeline: Timeline[Any, Any], name: str) -> bool:
    """Tell whether what a series is of diverged anywhere in the record."""
    return bool(_divergences_of(timeline, name.rpartition(".")[0]))


def _divergences_of(timeline: Timeline[Any, Any], which: str) -> list[int]:
    key = f"{_KEY}: {which}" if which else _KEY
    return timeline.steps_of.get(key, [])


def has_ended(timeline: Timeline[Any, Any]) -> bool:
    """Tell whether a run can go no further because all of it that is in view diverged."""
    return timeline.end is not None and bool(divergences(timeline))


def last_well(timeline: Timeline[Any, Any]) -> tuple[int, str]:
    """Return the step before it grew, and the name of what grew first.

    Its loss was lowest there of all since the last edit.

    Raises ValueError for a run in which nothing diverged.
    """
    return min((_lowest(timeline, t, which), which) for which, t in divergences(timeline).items())


def _lowest(timeline: Timeline[Any, Any], end: int, which: str) -> int:
    since = max((change.step for change in timeline.recipe.edits if change.step < end), default=0)
    name = f"{which}.loss" if which else "loss"
    losses = np.abs(timeline.series.column(name)[: end + 1]) if name in timeline.series.names else np.empty(0)
    if not np.isfinite(losses).any():  # none is known
        return max(since, end - 1)
    late = int(np.isnan(losses[0]))  # a loss that is told of the step to a row is that of the state before
    losses[np.isnan(losses)] = np.inf
    known = losses[: since + late + 1]
    usual = known[np.isfinite(known)].max(initial=0.0)
    beyond = np.flatnonzero(losses[since + late :] > _FAR * usual)
    tame = losses[since + late : since + late + 1 + int(beyond[0] if beyond.size else 0)]
    return since + len(tame) - 1 - int(np.argmin(tame[::-1]))


def likely_cause(timeline: Timeline[Any, Any], t: int, which: str) -> str:
    """Return the parameter that was changed at a step, else the learning rate of what diverged; "" if there is none."""
    changed = [c.edit.name for c in timeline.recipe.edits if c.step == t and isinstance(c.edit, SetParam)]
    names = {parameter.name for parameter in parameters(timeline.topic.Params)}
    rates = (f"{which}.learning_rate", "learning_rate")
    return next((name for name in (*reversed(changed), *rates) if name in names), "")
