from typing import Any

import pytest

from playground.playback.divergence import divergences, has_ended, last_well, likely_cause, sound_extremes
from playground.playback.run import Run
from playground.topic_list import topic


def diverged(id: str, change: dict[str, Any], settings: dict[str, Any], at: int) -> Run:
    run = Run(topic(id))
    for name, value in settings.items():
        run.set_parameter(name, value)
    run.advance(at)
    for name, value in change.items():
        run.set_parameter(name, value)
    run.timeline.record(3000)
    return run


CASES = [
    ("optimizers", {"sgd.learning_rate": 5.0}, {"methods": ["sgd"]}, 10, "sgd.learning_rate"),
    ("optimizers", {"momentum.learning_rate": 1.0}, {"methods": ["momentum"]}, 0, "momentum.learning_rate"),
    ("word2vec", {"learning_rate": 10.0}, {}, 50, "learning_rate"),
    ("convolution", {"learning_rate": 10.0}, {"operation": "learn"}, 3, "learning_rate"),
]


@pytest.mark.parametrize(("id", "change", "settings", "at", "cause"), CASES)
def test_a_run_was_last_well_where_it_was_made_to_grow(
    id: str, change: Any, settings: Any, at: int, cause: str
) -> None:
    run = diverged(id, change, settings, at)
    assert has_ended(run.timeline)
    t, which = last_well(run.timeline)
    assert t == at
    assert likely_cause(run.timeline, t, which) == cause


def test_what_is_not_chosen_ends_nothing() -> None:
    run = diverged("optimizers", {"sgd.learning_rate": 5.0}, {"methods": ["sgd", "adam"]}, 5)
    assert not has_ended(run.timeline)
    run.set_parameter("methods", ["adam"])
    assert divergences(run.timeline) == {}


def test_diverged_values_set_no_ranges() -> None:
    run = Run(topic("word2vec"))
    run.advance(50)
    before = {name: sound_extremes(run.timeline, name) for name in ("loss", "reach")}
    run.set_parameter("learning_rate", 10.0)
    run.timeline.record(3000)
    assert has_ended(run.timeline)
    assert run.timeline.series.extremes("reach")[1] > 100 * before["reach"][1]
    assert {name: sound_extremes(run.timeline, name) for name in before} == before
