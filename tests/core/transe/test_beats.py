"""The beats of a step: composed they are the step, to the byte."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from core import transe
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams
from core.transe import Params, beats, composed


@pytest.mark.parametrize(
    "given", [{}, {"norm": 1, "dim": 3}, {"normalise": True}, {"triples": "ring", "margin": 0.0}, {"margin": 5.0}]
)
def test_composed_they_give_the_next_state_to_the_byte(given: Any) -> None:
    params = Params(**given)
    states = [frame.state for frame, _ in replay(transe, Recipe("transe", 1, 3, params), 60)]
    for before, after in pairwise(states):
        rng = Streams.step(3, after.t)
        assert composed(before, params, rng, beats(params)) == after
        for count in range(len(beats(params))):
            assert composed(before, params, Streams.step(3, after.t), beats(params)[:count]) == before
