"""A series with one value a batch: thin, and over it the mean of the last ones, which is what is read off it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from core.run.timeline import Timeline
from core.run.values import Floats, kept, locked
from playground.playback.view import View
from playground.tab.histories import Line
from playground.words.texts import Texts


def of_batches(view: View, texts: Texts, series: str, count: int, colours: tuple[str, str]) -> Sequence[Line]:
    """Return the line of each batch and that of the mean of the last `count`; where runs are compared the means alone.

    The batches of several runs would hide what is compared.
    """
    get, made = texts.get, partial(means_of, series=series, count=count)
    mean = Line(series, get("panels", "mean_of").format(count=count), colours[1], focused=True, made=made)
    batch = Line(series, get("panels", "of_batch"), colours[0], pale=True, beside=False)
    return [mean] if view.beside else [batch, mean]


def means_of(timeline: Timeline[Any, Any], series: str, count: int) -> tuple[Floats, Floats]:
    """Return the steps of a record that have a value, and the mean of it and those before, `count` at most."""
    return _means(timeline.series.column(series), count)


@kept(8)
def _means(values: Floats, count: int) -> tuple[Floats, Floats]:
    steps = np.flatnonzero(np.isfinite(values))
    sums = np.convolve(values[steps], np.ones(count))[: len(steps)] if len(steps) else values[steps]
    return locked(steps.astype(float)), locked(sums / np.minimum(np.arange(1, len(steps) + 1), count))
