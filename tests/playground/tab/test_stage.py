"""The stage: a scene asks, plays for the time it names, pauses at its moments, and ticks when seen to its end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.files.own_progress import own_progress
from playground.files.progress import Predicted
from playground.playback.run import Run
from playground.scenes.scene import Scene
from playground.start.app import Program
from playground.tab.scene_words import Phase
from playground.tab.stage import Stage
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, topic
from playground.window.window import Window
from widgets.grids.grid import Placed

ENTRY, KMEANS = topic("optimizers"), topic("kmeans")
TASK = "make_sgd_diverge"


def stage_of(run: Run, freed: Any) -> Stage:
    stage = Stage(run.entry, run)
    freed(stage.card)
    freed(stage.list)
    run.changed.connect(stage.run_changed)
    run.moved.connect(stage.run_moved)
    stage.retranslate()
    return stage


@pytest.fixture
def stage(dressed: Any, settings: Any, run: Run, freed: Any) -> Iterator[Stage]:
    stage = stage_of(run, freed)
    yield stage
    stage.close()  # or its clock would ring in the next test


@pytest.fixture
def kmeans(dressed: Any, settings: Any, freed: Any) -> Iterator[Stage]:
    stage = stage_of(Run(KMEANS), freed)
    yield stage
    stage.close()


def conclude(stage: Stage, qtbot: QtBot) -> None:
    """What happens when the check of a film is through."""
    qtbot.waitUntil(lambda: stage.on is not None and stage.on.outcome is not None, timeout=20_000)


def look(stage: Stage) -> None:
    """What happens a fifth of a second after the run of a task has moved."""
    timer = stage.findChild(QTimer)
    assert timer is not None
    timer.stop()
    timer.timeout.emit()


def shown(stage: Stage, name: str) -> str:
    label = stage.card.findChild(QLabel, name)
    assert label is not None
    return label.text() if label.isVisibleTo(stage.card) else ""


def button(stage: Stage, name: str) -> QAbstractButton:
    found = stage.card.findChild(QAbstractButton, name)
    assert found is not None
    return found


def test_opening_shows_the_run_at_its_start_and_undo_leads_back(stage: Stage, run: Run) -> None:
    told: list[Scene] = []
    stage.opened.connect(told.append)
    run.advance(5)
    before = run.recipe
    stage.open("saddle")
    assert run.recipe == stage.scenes["saddle"].recipe()
    assert (run.position, run.timeline.recorded) == (0, 0)
    assert told == [stage.scenes["saddle"]]
    assert shown(stage, "scene.text") == stage.scenes["saddle"].texts.get("text")
    run.undo()
    assert (run.recipe, run.position) == (before, 5)
    assert stage.on is None


def test_a_film_pauses_at_its_moments_and_says_them(kmeans: Stage, qtbot: QtBot) -> None:
    asked: list[str] = []
    kmeans.pause_asked.connect(lambda: asked.append("pause"))
    kmeans.open("nearest_centre")
    kmeans.take_answer("3")
    assert shown(kmeans, "scene.moment") == ""
    button(kmeans, "scene.play").click()
    assert not kmeans.stops(0)
    assert kmeans.stops(1)
    kmeans.run.advance(1)
    scene = kmeans.scenes["nearest_centre"]
    assert asked == ["pause"]
    assert shown(kmeans, "scene.moment") == scene.moments[0].texts.get("text")
    button(kmeans, "scene.play").click()
    assert shown(kmeans, "scene.moment") == ""
    assert not kmeans.stops(1)  # passed once, it pauses no more
    kmeans.run.advance(6)
    conclude(kmeans, qtbot)
    assert kmeans.done == {"nearest_centre"}


def test_no_result_and_no_tick_before_the_end(kmeans: Stage) -> None:
    kmeans.open("nearest_centre")
    kmeans.skip()
    kmeans.run.advance(kmeans.scenes["nearest_centre"].length - 1)
    look(kmeans)
    assert kmeans.done == set()
    assert shown(kmeans, "scene.result") == ""


def test_play_waits_for_an_answer_that_is_one(kmeans: Stage) -> None:
    kmeans.open("start_decides")
    field = kmeans.card.findChild(QLineEdit, "scene.answer")
    assert field is not None
    assert not button(kmeans, "scene.play").isEnabled()
    for typed, can_play in (("three", False), ("99", False), ("3.5", True), ("", False)):
        field.setText(typed)
        field.textEdited.emit(typed)
        assert button(kmeans, "scene.play").isEnabled() is can_play, typed


@pytest.mark.parametrize(("answer", "right"), [("a and b", True), ("all", False)])
def test_an_answer_is_judged_and_kept(kmeans: Stage, qtbot: QtBot, answer: str, right: bool) -> None:
    kmeans.open("first_centres")
    button(kmeans, f"scene.answer.{answer}").click()
    button(kmeans, "scene.play").click()
    kmeans.run.advance(10)
    conclude(kmeans, qtbot)
    question = kmeans.scenes["first_centres"].question
    assert question is not None
    said = shown(kmeans, "scene.note")
    assert said == ("That is what happened." if right else question.texts.get("wrong", answer))
    assert own_progress().predicted["first_centres"].right is right
    assert json.loads(own_progress().path.read_text("utf-8"))["answers"]["first_centres"]["answer"] == answer


def test_no_result_while_a_compared_run_is_behind(kmeans: Stage, qtbot: QtBot, monkeypatch: Any) -> None:
    """What the sentence tells of is drawn to its end first."""
    is_behind = [True]
    monkeypatch.setattr(Run, "behind", property(lambda _: bool(is_behind)))
    kmeans.open("first_centres")
    kmeans.skip()
    checking = kmeans._checking
    kmeans.run.advance(10)
    assert checking is not None
    checking.wait()
    look(kmeans)
    assert kmeans.on is not None
    assert kmeans.on.outcome is None
    is_behind.clear()
    conclude(kmeans, qtbot)


def test_rows_to_sort_answer_as_they_stand(kmeans: Stage) -> None:
    kmeans.open("which_k")
    assert kmeans.on is not None
    assert kmeans.on.answer == ["3", "4", "5"]
    assert button(kmeans, "scene.play").isEnabled()


def test_again_asks_anew_and_next_goes_on(kmeans: Stage, qtbot: QtBot) -> None:
    kmeans.open("first_centres")
    kmeans.skip()
    kmeans.run.advance(10)
    conclude(kmeans, qtbot)
    button(kmeans, "scene.again").click()
    assert kmeans.on is not None
    assert (kmeans.on.phase, kmeans.on.answer, kmeans.run.position) == (Phase.ASK, None, 0)
    kmeans.skip()
    kmeans.run.advance(10)
    button(kmeans, "scene.next").click()
    assert kmeans.on.scene.id == list(kmeans.scenes)[1]


@pytest.mark.parametrize("change", [("sgd.learning_rate", 0.01), ("start", [1, 1])])
def test_changed_settings_end_the_scene(stage: Stage, run: Run, change: Any) -> None:
    stage.open("ravine_oscillation")
    run.set_parameter(*change)
    run.advance(200)
    assert stage.on is None
    assert stage.done == set()


def test_hiding_a_method_does_not_end_the_scene(stage: Stage, run: Run, qtbot: QtBot) -> None:
    stage.open("ravine_oscillation")
    run.set_parameter("methods", ["sgd"])
    run.advance(30)
    conclude(stage, qtbot)
    assert stage.done == {"ravine_oscillation"}


def reach(run: Run) -> None:
    """What makes SGD diverge."""
    run.set_parameter("function", "bowl")
    run.set_parameter("sgd.learning_rate", 9.0)
    run.advance(60)


def test_a_task_ticks_from_the_learners_own_acts_while_it_is_open(stage: Stage, run: Run) -> None:
    reach(run)
    assert stage.done == set()  # it was not asked for
    stage.open(TASK)
    run.advance(5)
    look(stage)
    assert stage.done == set()
    reach(run)
    look(stage)
    assert stage.done == {TASK}
    assert shown(stage, "scene.result")


def test_undo_ticks_no_task(stage: Stage, run: Run) -> None:
    stage.open(TASK)
    reach(run)
    stage.findChild(QTimer).stop()  # type: ignore[union-attr]
    run.set_parameter("sgd.learning_rate", 0.01)
    run.undo()
    run.advance(60)
    look(stage)
    assert stage.done == set()


def test_after_three_tries_a_task_gives_its_hint(stage: Stage, run: Run) -> None:
    stage.open(TASK)
    for rate in (0.011, 0.012, 0.013, 0.014):
        assert shown(stage, "scene.hint") == ""
        run.set_parameter("sgd.learning_rate", rate)
        run.advance(3)
        run.seek(0)
    assert shown(stage, "scene.hint") == stage.scenes[TASK].texts.get("hint")


def test_ticks_of_older_versions_are_taken_over(settings: QSettings, dressed: Any, freed: Any) -> None:
    settings.setValue("lessons/optimizers", ["gone", "saddle"])
    assert stage_of(Run(ENTRY), freed).done == {"saddle"}


def test_what_is_worth_another_look_comes_first(kmeans: Stage) -> None:
    own_progress().predicted["which_k"] = Predicted(["3", "4", "5"], right=False, day="2000-01-01")
    kmeans.retranslate()
    assert kmeans.list.buttons()[0].objectName() == "scene.which_k"


def test_typing_filters_the_list(tab: TopicTab, settle: Any) -> None:
    tab.stage.turn_list()
    settle()
    assert tab.stage.list.isVisible()
    field = tab.stage.list.findChild(QLineEdit)
    assert field is not None
    wanted = tab.stage.list.buttons()[2]
    field.setText(wanted.text())
    assert [button for button in tab.stage.list.buttons() if button.isVisible()] == [wanted]
    wanted.click()
    assert tab.stage.on is not None
    assert f"scene.{tab.stage.on.scene.id}" == wanted.objectName()
    assert not tab.stage.list.isVisible()


def test_the_result_stays_in_either_language(window: Window, tab: TopicTab, settle: Any, qtbot: QtBot) -> None:
    tab.stage.open("ravine_oscillation")
    tab.run.advance(30)
    conclude(tab.stage, qtbot)
    assert shown(tab.stage, "scene.result").startswith("SGD jumped across in 30 of 30 steps")
    window.set_language("zh")
    settle()
    assert shown(tab.stage, "scene.result").startswith("30 步里")


def test_every_topic_shows_what_was_done_before(program: Program, window: Window) -> None:
    own_progress().done |= {"saddle", "local_minimum", "no scene"}
    program.control.show_all_progress()
    bar = window.tabs.navigation_bar
    bar.grab()  # names are told once the bar is laid out
    told = [bar.accessibleTabName(i) for i in range(1, 1 + len(TOPICS))]  # the start page stands first
    counts = [len(entry.texts.tree["scenes"]) for entry in TOPICS]
    done = [2, *[0] * (len(TOPICS) - 1)]
    assert told == [f"{e.title}, {n} of {all} done" for e, n, all in zip(TOPICS, done, counts, strict=True)]


def test_a_film_is_played_by_the_player_at_its_own_pace(program: Program, window: Window) -> None:
    tab = window.visit("kmeans")
    tab.stage.open("first_centres")
    tab.stage.skip()
    assert program.player.playing
    assert program.player.per_second == tab.stage.scenes["first_centres"].pace
    tab.run.advance(10)
    assert not program.player.playing
    assert program.player.per_second != tab.stage.scenes["first_centres"].pace


def test_nothing_that_would_tell_the_answer_can_be_played_before(program: Program, window: Window) -> None:
    tab, act = window.visit("kmeans"), window.actions_
    tab.stage.open("start_decides")
    for id in ("transport.step", "transport.ten_on", "transport.end", "transport.play"):
        assert not act[id].isEnabled(), id
    assert not tab.transport.scrub_bar.isEnabled()
    tab.stage.take_answer("3")
    assert not act["transport.step"].isEnabled()
    act["transport.play"].trigger()
    assert program.player.playing
    assert program.player.per_second == tab.stage.scenes["start_decides"].pace
    assert tab.transport.scrub_bar.isEnabled()
    program.player.pause()
    assert act["transport.step"].isEnabled()


def test_without_a_question_the_transport_plays_the_film(program: Program, window: Window) -> None:
    tab = window.visit("kmeans")
    tab.stage.open("unequal_groups")
    tab.run.advance(1)
    assert tab.stage.on is not None
    assert tab.stage.on.phase is Phase.WATCH


def test_a_map_that_would_tell_the_answer_is_drawn_when_the_film_begins(program: Program, settle: Any) -> None:
    tab = program.window.visit("convolution")
    board: Any = tab.plots()["sweep"]

    def names() -> list[str]:
        settle()
        return [item.name for item in board.items() if isinstance(item, Placed)]

    assert "output 0" in names()
    tab.stage.open("output_size")
    assert "output 0" not in names()
    assert "input" in names()
    tab.stage.skip()
    program.player.pause()
    assert "output 0" in names()
    tab.stage.open("one_window_one_cell")  # here the place of the answer is seen, as it is swept
    assert "output 0" in names()


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_every_panel_that_a_scene_names_is_there_and_its_card_fits(entry: Any, window: Window, settle: Any) -> None:
    """At 1100 by 700 the card with a question must leave room for what it speaks of."""
    window.resize(1100, 700)
    tab = window.visit(entry.id)
    for scene in tab.stage.scenes.values():
        tab.stage.open(scene.id)
        settle()
        asked = scene.question.panel if scene.question else ""
        named = {*scene.set_up.panels, *scene.set_up.zoom, asked} - {""}
        pages = {"compare.cursor"} if len(scene.names) > 1 else set()  # the table comes with runs that are compared
        assert named <= {*tab.plots(), *pages}, scene.id
        assert all(tab.findChild(QWidget, page) for page in pages), scene.id
        assert tab.stage.card.height() <= 420, scene.id
