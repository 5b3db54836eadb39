"""The player: the only timer, how many steps a tick makes, and when it stands still."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import current_thread
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from core.run import timeline as timeline_module
from core.run.timeline import Timeline
from playground.playback import player as module
from playground.playback import run as run_module
from playground.playback.beside import submit
from playground.playback.player import Player
from playground.playback.run import Run
from playground.topic_list import topic

ENTRY = topic("optimizers")


class Clock:
    """A clock that only moves when it is told to, and a little at each look."""

    def __init__(self) -> None:
        self.now = 100.0
        self.look = 0.0

    def __call__(self) -> float:
        self.now += self.look
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "perf_counter", clock)
    return clock


@pytest.fixture
def player(qapp: Any, run: Run) -> Player:
    player = Player()
    player.show(run)
    return player


def timer_of(player: Player) -> QTimer:
    timers = player.findChildren(QTimer)
    assert len(timers) == 1
    return timers[0]


@pytest.fixture
def tick(player: Player) -> Callable[[], None]:
    timer = timer_of(player)
    return lambda: timer.timeout.emit()


def test_paused_no_timer_runs(player: Player, run: Run) -> None:
    assert not timer_of(player).isActive()
    player.play()
    assert timer_of(player).isActive()
    player.pause()
    assert not timer_of(player).isActive()


def test_it_plays_and_tells_so(player: Player, run: Run, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.state_changed):
        player.play()
    qtbot.waitUntil(lambda: run.position >= 2)
    assert player.playing
    player.toggle()
    assert not player.playing


def test_the_first_step_is_made_at_once(player: Player, run: Run, clock: Clock, tick: Callable[[], None]) -> None:
    player.set_speed(1.0)
    player.play()
    tick()
    assert run.position == 1


@pytest.mark.parametrize("per_second", [1, 8, 60])
def test_a_speed_is_steps_a_second(
    player: Player, run: Run, clock: Clock, tick: Callable[[], None], per_second: float
) -> None:
    player.set_speed(per_second)
    player.play()
    for _ in range(100):
        clock.now += 0.02
        tick()
    assert run.position == pytest.approx(1 + 2 * per_second, abs=1)


def test_a_speed_of_steps_a_frame_makes_them_in_one_picture(
    player: Player, run: Run, clock: Clock, tick: Callable[[], None]
) -> None:
    moved: list[int] = []
    run.moved.connect(lambda: moved.append(run.position))
    player.set_speed(None, 10)
    player.play()
    tick()
    tick()
    assert moved == [10, 20]


def test_the_step_to_come_is_made_beside_while_one_is_drawn(
    player: Player, run: Run, clock: Clock, tick: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.run.timeline.FELT", -1.0)
    run.pin()
    run.restart_with({"sgd.learning_rate": 0.02})
    threads: list[str] = []

    def noted(step: Callable[..., Any], *given: Any) -> Any:
        threads.append(current_thread().name)
        return step(*given)

    monkeypatch.setattr(module, "submit", partial(submit, noted))
    player.set_speed(None, 1)
    player.play()
    for _ in range(3):
        tick()
    submit(int).result()  # what was asked for before is done
    assert threads == ["beside_0"] * 6  # of two runs, after each tick
    assert run.frame == Timeline(ENTRY.core, run.recipe).frame(3)


def test_the_time_of_a_tick_is_kept(player: Player, run: Run, clock: Clock, tick: Callable[[], None]) -> None:
    clock.look = 0.005  # every step takes 5 ms
    player.set_speed(None)
    player.play()
    tick()
    assert 1 <= run.position <= 4


def test_steps_that_had_no_time_are_made_up_so_that_a_film_ends_when_it_names(
    player: Player, run: Run, clock: Clock, tick: Callable[[], None]
) -> None:
    clock.look = 0.0005  # of a step
    player.set_speed(500.0)
    player.play()
    began = clock.now
    while run.position < 500:
        tick()
        clock.now += 0.03  # of a picture: each tick comes late
    assert clock.now - began < 1.3


def test_it_does_not_race_after_a_hiccup(player: Player, run: Run, clock: Clock, tick: Callable[[], None]) -> None:
    player.set_speed(8.0)
    player.play()
    tick()
    clock.now += 60
    tick()
    assert run.position <= 1 + 2 + 1


def test_at_the_limit_it_pauses_and_says_why(
    player: Player, run: Run, tick: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "LONGEST", 5)
    reasons: list[str] = []
    player.stopped.connect(reasons.append)
    player.set_speed(None, 100)
    player.play()
    tick()
    assert (run.position, player.playing, reasons) == (5, False, ["limit"])
    player.play()
    assert not player.playing


def test_one_method_diverging_stops_nothing_but_the_last_one_does(
    player: Player, run: Run, tick: Callable[[], None], clock: Clock
) -> None:
    reasons: list[str] = []
    player.stopped.connect(reasons.append)
    run.set_parameter("function", "bowl")
    run.set_parameter("sgd.learning_rate", 9.0)
    run.set_parameter("momentum.learning_rate", 9.0)
    run.set_parameter("methods", ["sgd", "adam"])
    player.set_speed(None, 100)
    player.play()
    tick()
    assert any("diverged: sgd" in keys for keys in run.timeline.events.values())
    assert player.playing
    run.set_parameter("methods", ["sgd", "momentum"])
    run.restart()
    tick()
    assert (player.playing, reasons) == (False, ["end"])


def test_a_failing_step_pauses(
    player: Player, run: Run, tick: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    reasons: list[str] = []
    player.stopped.connect(reasons.append)
    player.play()
    monkeypatch.setattr(ENTRY.core, "step", fail)
    tick()
    assert (player.playing, reasons) == (False, ["error"])


def test_showing_another_run_pauses_the_one_before(player: Player, run: Run) -> None:
    player.play()
    other = Run(ENTRY)
    player.show(other)
    assert not player.playing
    assert not timer_of(player).isActive()
    assert player.run is other


def test_a_recorded_stretch_is_replayed_without_new_steps(
    player: Player, run: Run, tick: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.advance(20)
    run.seek(0)
    monkeypatch.setattr(run.timeline, "extend", lambda: pytest.fail("recorded again"))
    player.set_speed(None, 20)
    player.play()
    tick()
    assert run.position == 20


def opened_at(run: Run, t: int) -> Timeline[Any, Any]:
    timeline = Timeline(ENTRY.core, run.recipe)
    timeline.adopt(t, Timeline(ENTRY.core, run.recipe).frame(t).made)
    return timeline


def test_an_opened_snapshot_gets_its_record_in_the_background(player: Player, run: Run, qtbot: QtBot) -> None:
    timeline = opened_at(run, 300)
    with qtbot.waitSignal(player.caught_up):
        run.load(timeline, 300, stands_in=True)
        assert timer_of(player).isActive()  # the run itself wakes the player
        assert timeline.recorded == 0
    assert (timeline.recorded, run.position, run.target) == (300, 300, None)
    assert not timer_of(player).isActive()


def test_the_background_works_in_slices(
    player: Player, run: Run, clock: Clock, tick: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.load(opened_at(run, 300), 300, stands_in=True)
    monkeypatch.setattr(timeline_module, "perf_counter", clock)
    clock.look = 0.005
    tick()
    assert 0 < run.timeline.recorded < 10


def test_a_far_step_is_made_again_in_slices_and_then_the_timer_stands_still(
    player: Player, run: Run, tick: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.advance(40)
    monkeypatch.setattr(Timeline, "wait_for", lambda timeline, t: float(t == 15))
    slices: list[float] = []
    come_nearer = Timeline.come_nearer

    def one_step(timeline: Any, t: int, deadline: float) -> bool:
        slices.append(deadline)
        return come_nearer(timeline, t, 0.0)

    monkeypatch.setattr(Timeline, "come_nearer", one_step)
    run.seek(15)
    assert timer_of(player).isActive()
    for _ in range(10):
        if run.far is not None:
            tick()
    assert run.position == 15
    assert len(slices) == 7  # from 8, which is kept, a step each
    assert not timer_of(player).isActive()
