"""Which steps the claims of the recurrent net speak of."""

from __future__ import annotations

import numpy as np
import pytest

from core.run.explanation import Focus
from playground.scenes.scene import column, scenes
from playground.topic_list import topic
from playground.topics.rnn.conditions import half_wrong, known, mostly_right


@pytest.mark.parametrize(("condition", "share"), [(known, 0.95), (mostly_right, 0.9)])
@pytest.mark.parametrize("names", [(), ("accuracy_0", "accuracy_7")])
def test_steps_by_which_most_answers_of_the_last_twenty_were_right(
    condition: object, share: float, names: tuple[str, ...]
) -> None:
    run = next(scene for scene in scenes(topic("rnn")) if scene.id == "place_after_place").recorded()
    marked = condition(run, run.recorded, *names)  # type: ignore[operator]
    assert set(marked.steps) == set(names or ("accuracy",))
    for name, steps in marked.steps.items():
        right = column(run, name)
        found = [t for t in range(20, run.recorded + 1) if right[t - 19 : t + 1].mean() >= share - 1e-12]
        assert np.array_equal(steps, found)
        assert 20 <= steps[0] < run.recorded
        assert not condition(run, int(steps[0]) - 1, name).all_steps  # type: ignore[operator]


def test_places_where_less_than_half_is_right_are_those_before_which_a_piece_began() -> None:
    scene = next(scene for scene in scenes(topic("rnn")) if scene.id == "the_seam")
    off, on = (scene.recorded(name) for name in ("off", "on"))
    assert half_wrong(off, off.recorded).things == {Focus("place", (0,)), Focus("place", (1,))}
    assert not half_wrong(on, on.recorded)
    assert not half_wrong(off, 5)
