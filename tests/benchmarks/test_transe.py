"""A step of TransE with the ranks of all triples, which every row tells, beside REF."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import pytest

from core import transe
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.transe import Params

FACTS = tuple((f"{i % 150}", f"r{i % 6}", f"{150 + (7 * i + i // 150) % 150}") for i in range(500))  # of 300 names
ROUNDS, STEPS = 21, 5


@pytest.mark.parametrize("dim", [2, 20])
def test_a_step_with_the_ranks_of_500_triples(bench: Any, reference: Callable[[], None], dim: int) -> None:
    """At most 25 REF with 300 names, though the ranks of no step are left out."""
    run: Timeline[Any, Any] = Timeline(transe, Recipe("transe", transe.VERSION, 0, Params(triples=FACTS, dim=dim)))
    refs, steps = bench.in_turn(ROUNDS, STEPS, reference, run.extend, clock=process_time)
    unit, step = (median(map(median, times)) for times in (refs, steps))
    assert run.recorded == (ROUNDS + 1) * STEPS
    bench.judge((f"transe, step of 500 triples, dim {dim} / REF", step / unit, 25.0, f"{1e3 * step:.1f} ms"))
