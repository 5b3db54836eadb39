"""Over every topic: a film ends when and where it says; a task ticks for the learner's own acts and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback import player as player_module
from playground.playback.player import Player
from playground.playback.run import Run
from playground.scenes.scene import scenes
from playground.tab.scene_words import Phase
from playground.tab.stage import Stage
from playground.topic_list import TOPICS, TopicEntry, topic

TICK, MOST = 0.016, 60.0  # s
FILMS = [(entry, scene.id) for entry in TOPICS for scene in scenes(entry) if not scene.is_task]
DEFAULT = 200  # steps of the run as it stands by default


@pytest.fixture
def stage_of(dressed: Any, settings: Any, freed: Any) -> Iterator[Any]:
    """Make the stage of a topic, with nothing to draw on."""
    made: list[Stage] = []

    def make(entry: TopicEntry) -> Stage:
        run = Run(entry)
        stage = Stage(entry, run)
        freed(stage.card)
        freed(stage.list)
        run.changed.connect(stage.run_changed)
        run.moved.connect(stage.run_moved)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


@pytest.mark.parametrize(("entry", "id"), FILMS, ids=[id for _, id in FILMS])
def test_a_film_ends_in_the_time_and_on_the_step_it_names(
    entry: TopicEntry, id: str, stage_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Played by a clock of the test's own, without drawing; the time it pauses at its moments is not counted."""
    now, stage = 100.0, stage_of(entry)
    monkeypatch.setattr(player_module, "perf_counter", lambda: now)
    monkeypatch.setattr(type(stage.scenes[id]), "check", lambda scene: None)
    player = Player()
    player.show(stage.run)
    player.stops = stage.stops
    stage.pause_asked.connect(player.pause)
    stage.play_asked.connect(player.set_speed)
    stage.play_asked.connect(lambda _: player.play(at_once=False))
    stage.open(id)
    stage.skip()
    clock, began = player.findChildren(QTimer)[0], now
    clock.stop()
    while stage.on and stage.on.phase is Phase.WATCH and now < began + MOST:
        if not player.playing:
            assert stage.on.moment is not None
            stage.play()
            clock.stop()
        now += TICK
        clock.timeout.emit()
    clock.stop()
    assert stage.on
    assert stage.on.phase is Phase.COMPARE
    assert stage.run.position == stage.scenes[id].length
    assert now - began == pytest.approx(stage.scenes[id].seconds, abs=2)


def shown_runs(entry: TopicEntry) -> tuple[Timeline[Any, Any], ...]:
    """Return the run that stands by default and those of every scene, each recorded to its end."""
    default: Timeline[Any, Any] = Timeline(entry.core, Recipe(entry.id, entry.core.VERSION, 0, entry.core.Params()))
    default.record(DEFAULT)
    films = [scene for scene in scenes(entry) if not scene.is_task]
    return default, *(scene.recorded(name) for scene in films for name in scene.names)


def look(stage: Stage) -> None:
    """What happens a fifth of a second after the run of a task has moved."""
    timer = stage.findChild(QTimer)
    assert timer is not None
    timer.stop()
    timer.timeout.emit()


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_a_task_is_ticked_by_no_run_that_is_shown_and_by_no_undo(entry: TopicEntry, stage_of: Any) -> None:
    shown = shown_runs(entry)
    for id in (scene.id for scene in scenes(entry) if scene.is_task):
        stage = stage_of(entry)
        stage.open(id)
        stage.run.advance(max(stage.scenes[id].length, 40))
        look(stage)
        assert id not in stage.done
        for timeline in shown:
            stage.run.load(timeline)
            stage.run.seek(timeline.recorded)
            look(stage)
            assert id not in stage.done
            stage.run.reseed(stage.run.recipe.seed + 1)
            stage.run.undo()
            stage.run.seek(timeline.recorded)
            look(stage)
            assert id not in stage.done
            assert stage.run.recipe == timeline.recipe
            assert stage.on


def test_some_of_these_runs_do_what_some_task_asks() -> None:
    """Or the test above would show nothing: it is the learner's own act that they lack."""
    reached = {scene.id for entry in (topic("optimizers"), topic("kmeans")) for scene in scenes(entry)
               if scene.is_task and any(map(scene.reached, shown_runs(entry)))}  # fmt: skip
    assert len(reached) >= 3
