from dataclasses import replace

import pytest

from core.run.timeline import Timeline
from playground.playback.run import Run
from playground.topic_list import topic


@pytest.fixture
def run() -> Run:
    return Run(topic("optimizers"))


def test_undo_of_an_opened_run_brings_back_what_was_shown(run: Run) -> None:
    run.set_parameter("methods", ["adam"])
    run.load(Timeline(run.entry.core, replace(run.recipe, params=run.entry.core.Params(methods=("sgd",)))))
    run.undo()
    assert run.params.methods == ("adam",)
    run.redo()
    assert run.params.methods == ("sgd",)


def test_undo_of_a_restart_brings_the_position_back(run: Run) -> None:
    run.advance(30)
    run.seek(17)
    run.set_parameter("start", [1.0, 1.0])
    run.set_parameter("methods", ["adam"])
    run.advance(3)
    run.undo()
    assert (run.position, run.timeline.recorded >= 17) == (17, True)


def test_every_cut_is_told_all_along_a_drag(run: Run) -> None:
    told: list[int] = []
    run.cut.connect(told.append)
    run.advance(10)
    run.seek(4)
    for value in (0.1, 0.2):
        run.set_parameter("sgd.learning_rate", value, final=False)
    run.set_parameter("sgd.learning_rate", 0.3)
    assert told == [4, 4, 4]
    run.set_parameter("sgd.learning_rate", 0.4)  # nothing lies behind it any more
    assert told == [4, 4, 4]
    run.set_parameter("start", [1.0, 1.0])
    assert told == [4, 4, 4, 0]
