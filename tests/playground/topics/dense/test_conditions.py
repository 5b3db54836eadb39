"""Which steps a claim of Dense and bias speaks of."""

from __future__ import annotations

import numpy as np

from playground.scenes.scene import column, scenes
from playground.topic_list import topic
from playground.topics.dense.conditions import right_in_most


def test_the_net_with_a_bias_comes_to_be_right_the_other_never() -> None:
    scene = next(scene for scene in scenes(topic("dense")) if scene.id == "nail_at_the_origin")
    run = scene.recorded(next(iter(scene.names)))
    last = run.recorded
    marked = right_in_most(run, last)
    accuracy = column(run, "with_bias.accuracy")
    steps = marked.steps_of("with_bias.accuracy")
    assert len(steps)
    assert np.array_equal(steps, [t for t in range(last + 1) if accuracy[t] >= 0.95])
    assert not len(marked.steps_of("without_bias.accuracy"))
    first = int(steps[0])
    assert not right_in_most(run, first - 1).all_steps
