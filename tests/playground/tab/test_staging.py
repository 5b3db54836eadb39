"""What an open scene changes in the rest of the tab: who leads on, what the transport says, what is offered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QAbstractButton

from playground.files.own_progress import own_progress
from playground.files.progress import Predicted
from playground.start.app import Program
from playground.tab.stage import Stage


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
    assert tab.stage.note() == "plays 0 → 7 in 8 s once you have answered"
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
