"""The rank of every triple over the steps: a dot for all that share one, the larger the more there are.

Some steps of the record are shown, the same ones however long it becomes, only fewer of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from core.run.timeline import KEPT_EVERY, Timeline
from core.run.values import Floats, kept
from core.transe.algorithm import State, ranks_of
from core.transe.ranks import HEAD
from core.transe.settings import Params
from playground.playback.view import View
from playground.topics.transe.shown import Shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.captions import Caption
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Clouds, Points

_COLUMNS = 40  # steps that are shown, at most
_LEAST, _WIDER, _MOST = 3.0, 1.3, 11.0  # px: size of a dot of none, what the root of its number adds, and the largest
_AHEAD, _RING = 2.0, 13.0  # px: a dot beyond the step in view, and the ring
_KNOWN: WeakKeyDictionary[Timeline[Any, Any], tuple[tuple[int, ...], Clouds]] = WeakKeyDictionary()


def dots(view: View) -> list[Mark]:
    """Return the dots of the record: small ones beyond the step in view."""
    if view.covered or not view.timeline.recorded:
        return []
    every = stride(view.steps)
    return [_clouds(view.timeline, every, min(view.t, view.recorded) // every, view.recorded // every)]


def _clouds(run: Timeline[Any, Any], every: int, shown: int, recorded: int) -> Clouds:
    """Return the dots up to the column that is shown last, and beyond it; kept, as most frames have the same."""
    key = every, shown, recorded
    if (known := _KNOWN.get(run)) and known[0] == key:
        return known[1]
    made = Clouds((*_groups(run, every, shown + 1, recorded + 1, True), *_groups(run, every, 0, shown + 1)))
    _KNOWN[run] = key, made
    return made


def stride(steps: int) -> int:
    """Return how many steps lie between two that are shown: as records keep states, or so many times two of that.

    >>> stride(20), stride(1000), stride(2000)
    (8, 32, 64)
    """
    return KEPT_EVERY * int(2 ** np.ceil(np.log2(max(1.0, steps / _COLUMNS / KEPT_EVERY))))


def _groups(run: Timeline[Any, Any], every: int, first: int, last: int, ahead: bool = False) -> Iterator[Points]:
    """Yield the dots of columns in groups of one size."""
    columns = [_counted(run.frame(i * every).state, run.params_at(0)) for i in range(first, last)]
    if not columns:
        return
    steps = np.repeat(every * np.arange(first, last, dtype=float), [len(column) for column in columns])
    ranks, counts = np.concatenate(columns).T
    sizes = np.full(len(counts), _AHEAD) if ahead else np.minimum(_MOST, np.round(_LEAST + _WIDER * np.sqrt(counts)))
    for size in np.unique(sizes):
        of_size = sizes == size
        name = f"ranks {'ahead ' if ahead else ''}{size:g}"
        yield Points(name, np.column_stack([steps, ranks])[of_size], "sky", "circle", float(size), faint=True)


@kept(512)
def _counted(state: State, params: Params) -> Floats:
    """Return each rank of the trained triples, and how many have it, (k, 2)."""
    return np.column_stack(np.unique(ranks_of(state, params).own, return_counts=True)).astype(float)


def ring(view: View, texts: Texts) -> Sequence[Mark]:
    """Return a ring at the rank of the triple spoken of, with that before the step, where it has both.

    The words stand at the top, off what curves say.
    """
    shown = Shown(view)
    is_read = view.options.get("names", True) and not view.covered and not view.beside  # where the runs are told of
    if not is_read or view.before is None or shown.tail is None:
        return ()
    row = int(np.flatnonzero((shown.rows == shown.asked).all(axis=1))[0])
    was, now = (float(ranks_of(state, shown.params).filtered[row]) for state in (view.before.state, view.state))
    head, told = shown.graph.entities[shown.asked[HEAD]], (numbers.shortest(was), numbers.shortest(now))
    words = texts.get("panels", "rank_now").format(head=head, was=told[0], now=told[1])
    place = np.array([[float(view.t), now]])
    at_the_top = float(view.t), float(len(shown.graph.entities))
    return Points("rank now", place, "orange", "circle", _RING, hollow=True), Caption(
        words, at_the_top, "orange", "left above"
    )
