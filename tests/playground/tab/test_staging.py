"""What an open scene changes in the rest of the tab: who leads on, what the transport says, what is offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from core.run.explanation import Focus
from playground.files.own_progress import own_progress
from playground.files.progress import Predicted
from playground.start.app import Program
from playground.tab.scene_words import Phase
from playground.tab.stage import Stage
from playground.topic_list import TOPICS, TopicEntry
from widgets.plots.plot import Plot


def test_while_the_card_leads_the_transport_says_the_span_and_stands_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = program.window.visit("kmeans")
    play = program.window.actions_["transport.play"]
    outlined: list[bool] = []
    pauses: list[Sequence[int]] = []
    monkeypatch.setattr(tab.transport, "set_outlined", outlined.append)
    monkeypatch.setattr(tab.transport.scrub_bar, "set_pauses", pauses.append)
    tab.stage.open("nearest_centre")
    assert tab.stage.note() == "0 → 7 in 8 s"
    assert tab.transport.scrub_bar.span() == tab.stage.scenes["nearest_centre"].length
    assert play.toolTip() == "Answer the question of the scene first, or press Skip"
    assert (outlined[-1], list(pauses[-1])) == (True, [])
    tab.stage.take_answer("3")
    assert play.toolTip() == "Plays the scene; your answer stays beside it"
    tab.stage.play()
    program.player.pause()
    assert (outlined[-1], list(pauses[-1])) == (False, [1])
    tab.run.advance(1)
    assert outlined[-1]  # at a moment it is "Go on" that leads
    tab.stage.close()
    assert (outlined[-1], list(pauses[-1]), tab.stage.note()) == (False, [], "")


def offer(stage: Stage, place: int) -> QAbstractButton:
    found = stage.card.findChild(QAbstractButton, f"scene.offer.{place}")
    assert found is not None
    return found


def test_the_next_scene_and_one_predicted_wrongly_are_offered(program: Program) -> None:
    kmeans = program.window.visit("kmeans").stage
    ids = list(kmeans.scenes)
    own_progress().done |= {ids[0], ids[3]}
    own_progress().predicted[ids[3]] = Predicted("3", right=False, day="2000-01-01")
    kmeans.retranslate()
    offer(kmeans, 1).click()
    assert kmeans.on is not None
    assert kmeans.on.scene.id == ids[3]
    kmeans.close()
    offer(kmeans, 0).click()
    assert kmeans.on.scene.id == ids[1]


def test_a_scene_sets_its_stage_and_strikes_it(program: Program) -> None:
    tab = program.window.visit("optimizers")
    surface, before = tab.plots()["surface"], tab.centre.big.width()
    assert isinstance(surface, Plot)
    scene = tab.stage.scenes["momentum_adds_vectors"]
    tab.stage.open(scene.id)
    seen, (x0, x1, y0, y1) = surface.viewport_now(), scene.set_up.zoom["surface"]
    assert seen.x0 <= x0 < x1 <= seen.x1
    assert seen.y0 <= y0 < y1 <= seen.y1
    assert (seen.x1 - seen.x0) / (x1 - x0) < 1.5 or (seen.y1 - seen.y0) / (y1 - y0) < 1.5
    assert tab.plots()["loss"].isVisible()
    assert surface.user_zoomed
    tab.stage.close()
    assert not surface.user_zoomed
    assert tab.centre.big.width() == before


def test_a_scene_gives_room_to_the_panel_it_names(program: Program, settle: Callable[[], None]) -> None:
    tab = program.window.visit("kmeans")
    program.window.resize(1100, 800)
    studies, inertia = (tab.shown.by_id[id].widget for id in ("studies", "inertia"))
    tab.shown.bring_forward("studies")
    settle()
    assert inertia.isVisible()
    before = studies.height()
    tab.stage.open("find_the_elbow")
    settle()
    assert studies.isVisible()
    assert not inertia.isVisible()
    assert studies.height() > 1.5 * before
    tab.stage.close()
    settle()
    assert (inertia.isVisible(), studies.height()) == (True, before)


def test_a_scene_stands_on_the_beat_it_names(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = program.window.visit("word2vec")
    scene = tab.stage.scenes["look_up"]
    asked = replace(scene, set_up=replace(scene.set_up, beat="forward"))
    monkeypatch.setitem(tab.stage.scenes, "look_up", asked)
    tab.stage.open("look_up")
    assert tab.beat == "forward"
    tab.stage.turn(1)  # its stage names none: the whole step, not what the scene before left
    assert tab.beat == tab.beats()[-1]


def test_a_mark_in_the_picture_answers_and_what_is_explained_stays(program: Program) -> None:
    tab = program.window.visit("kmeans")
    tab.stage.open("nearest_centre")
    before = tab.focus
    tab.pick(Focus("cluster", (1,)))
    assert tab.stage.on is not None
    assert tab.stage.on.answer == "2"
    assert tab.focus == before
    chosen = tab.stage.card.findChild(QAbstractButton, "scene.answer.2")
    assert chosen is not None
    assert chosen.isChecked()
    tab.stage.play()
    program.player.pause()
    tab.pick(Focus("cluster", (3,)))  # afterwards it is only pointed at
    assert (tab.stage.on.answer, tab.focus) == ("2", Focus("cluster", (3,)))


def test_only_a_click_answers(program: Program) -> None:
    """The scene about Nesterov explains Nesterov, which is one of the options; so does the pointer above a mark."""
    tab = program.window.visit("optimizers")
    tab.stage.open("nesterov_looks_ahead")
    assert tab.focus == Focus("nesterov")
    assert tab.stage.on is not None
    assert tab.stage.on.answer is None
    tab.choose(Focus("momentum"))
    assert tab.stage.on.answer is None
    tab.rows.focused.emit("momentum")
    assert tab.stage.on.answer == "momentum"


def test_a_click_in_the_grid_leads_to_the_field_of_the_cell(program: Program, settle: Callable[[], None]) -> None:
    tab = program.window.visit("convolution")
    tab.stage.open("one_window_one_cell")
    settle()
    tab.pick(Focus("output", (0, 0, 0)))
    assert tab.window().focusWidget() is tab.stage.card.findChild(QLineEdit, "scene.answer")


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_the_card_keeps_its_height_to_the_end(entry: TopicEntry, program: Program, settle: Callable[[], None]) -> None:
    """With a question, and with the result of a wrong answer: at most 400 px, 420 in the narrow column."""
    window = program.window
    stage = window.visit(entry.id).stage
    window.setUpdatesEnabled(False)  # what is painted is not looked at
    asked = {scene.id: scene.check() for scene in stage.scenes.values() if scene.question}
    for size, highest in (((1100, 700), 420), ((1440, 900), 400)):
        window.resize(*size)
        for scene in stage.scenes.values():
            stage.open(scene.id)
            settle()
            assert stage.card.height() <= highest, stage.on
            if scene.question and stage.on:
                told = asked[scene.id]
                wrong = scene.question.wrong_answers(told.truth)[0]
                stage.on = replace(stage.on, phase=Phase.COMPARE, answer=wrong, outcome=told)
                stage.retranslate()
                settle()
                assert stage.card.height() <= highest, stage.on


def test_a_panel_that_a_scene_speaks_of_has_the_room_beside_the_picture(program: Program) -> None:
    tab = program.window.visit("optimizers")
    rates = tab.plots()["rates"]
    tab.stage.open("rmsprop_forgets")
    program.window.grab()
    assert rates.isVisible()
    assert not (tab.centre.first.isVisible() and tab.centre.second.isVisible())


def test_a_scene_keeps_its_panel_in_front_where_the_cards_come_to_stand_anew(
    program: Program, settle: Callable[[], None]
) -> None:
    window = program.window
    window.resize(1440, 900)
    tab = window.visit("word2vec")
    tab.stage.open("look_up")
    first = tab.stage.scenes["look_up"].set_up.panels[0]
    for wide in (1100, 1440):
        window.resize(wide, 700)
        settle()
        assert tab.shown.area.is_folded == (wide == 1100)
        assert tab.shown.by_id[first].widget.isVisibleTo(tab)
