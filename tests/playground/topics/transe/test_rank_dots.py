"""The dots over the steps are the ranks of the triples, as many as there are."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from core.run.explanation import Focus
from playground.playback.view import View
from playground.topics.transe.rank_dots import dots, ring, stride
from widgets.plots.marks.captions import Caption
from widgets.plots.marks.points import Clouds, Points


def test_each_column_has_the_ranks_of_its_step(entry: Any, record: Any) -> None:
    run = record(70)
    (clouds,) = dots(View(run, 44, steps=100))
    assert isinstance(clouds, Clouds)
    every = stride(100)
    found = {(x, y): group for group in clouds.groups for x, y in group.xy.tolist()}
    for t in range(0, 71, every):
        ranks = entry.core.arrays(run.frame(t).state, run.recipe.params)["ranks"]
        assert {y for x, y in found if x == t} == set(ranks.tolist())
        if t <= 44:
            sizes = [found[t, rank].size for rank, _ in sorted(_counts(ranks).items(), key=lambda part: part[1])]
            assert sizes == sorted(sizes)
    assert {x for x, _ in found} == set(range(0, 71, every))


def test_a_longer_axis_shows_some_of_the_same_steps() -> None:
    strides = [stride(steps) for steps in (20, 50, 100, 200, 500, 1000, 2000, 5000)]
    assert all(later % earlier == 0 for earlier, later in pairwise(strides))


def test_the_triple_spoken_of_is_ringed_with_its_ranks(entry: Any, record: Any) -> None:
    run = record(30)
    for i in (0, 20):
        view = View(run, 30, focus=Focus("triple", (i,)))
        mark, caption = ring(view, entry.texts)
        was, now = (entry.core.arrays(run.frame(t).state, run.recipe.params)["ranks"][i] for t in (29, 30))
        assert isinstance(caption, Caption)
        assert caption.text.endswith(f"{was:g} → {now:g}")
        assert isinstance(mark, Points)
        assert mark.xy.tolist() == [[30, now]]
        assert caption.xy[1] >= entry.core.arrays(run.frame(30).state, run.recipe.params)["ranks"].max()
    assert not ring(View(run, 30, covered=True), entry.texts)
    assert not dots(View(run, 30, covered=True))


def _counts(ranks: Any) -> dict[float, int]:
    return dict(zip(*(part.tolist() for part in np.unique(ranks, return_counts=True)), strict=True))
