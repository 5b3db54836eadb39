"""Over every topic: what is drawn together shows one step; and nothing is behind once it pauses.

With a step at each frame, faster than one can read, small pictures and numbers take turns: they are a few frames behind
the big picture, and never more than a round.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from playground.playback.player import Player
from playground.playback.view import View
from playground.tab.explaining import explain
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS
from playground.window.window import Window

IDS = [entry.id for entry in TOPICS]
ROUND = 20  # frames, at most


class Shown:
    """Notes which step each panel in view of a tab, and its numbers, show."""

    def __init__(self, tab: TopicTab, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tab, self.steps = tab, dict[str, int]()
        self.together: list[set[int]] = []
        self.behind: list[int] = []  # in each frame, how many frames ago something in view was shown last
        self._frames: dict[str, int] = {}
        show = Panel.show

        def show_panel(panel: Panel, view: View) -> None:
            self._note(panel.id, view)
            show(panel, view)

        def show_numbers(tab: TopicTab, view: View) -> None:
            self._note("numbers", view)
            explain(tab, view)

        monkeypatch.setattr(Panel, "show", show_panel)
        monkeypatch.setattr("playground.tab.topic_tab.explain", show_numbers)
        tab.run.moved.connect(self.look)

    def _note(self, id: str, view: View) -> None:
        self.steps[id], self._frames[id] = view.t, len(self.together)

    def look(self) -> None:
        """Note which steps stand on the screen together."""
        panels = self.tab.shown.by_id
        seen = {id for id in self.steps if id not in panels or panels[id].widget.isVisibleTo(self.tab)}
        bar: Any = self.tab.findChild(QSlider, "transport.position")
        self.behind.append(max(len(self.together) - self._frames[id] for id in seen))
        self.together.append({*(self.steps[id] for id in seen), bar.value()})


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("speed", ["fastest", 8])
def test_what_is_drawn_together_shows_one_step(
    window: Window, player: Player, settle: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, id: str, speed: Any
) -> None:
    shown = played(window, player, settle, qtbot, monkeypatch, id, speed, 8)
    assert {len(steps) for steps in shown.together} == {1}
    assert set(shown.steps.values()) == {shown.tab.run.position}


@pytest.mark.parametrize("id", IDS)
def test_what_takes_turns_is_never_more_than_a_round_behind(
    window: Window, player: Player, settle: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, id: str
) -> None:
    shown = played(window, player, settle, qtbot, monkeypatch, id, 60, 2 * ROUND)
    assert 0 < max(shown.behind) <= ROUND
    assert set(shown.steps.values()) == {shown.tab.run.position}


def played(
    window: Window, player: Player, settle: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, id: str, speed: Any,
    frames: int,
) -> Shown:  # fmt: skip
    """Play a tab for so many frames and pause it."""
    tab = window.visit(id)
    settle()
    tab.run.advance(1)  # of everything in view its step is known
    shown = Shown(tab, monkeypatch)
    tab.run.advance(1)  # at the fastest speed short runs are over in a tick
    box = tab.transport.speed_box
    box.setCurrentIndex(box.findData(speed))
    player.play()
    qtbot.waitUntil(lambda: len(shown.together) >= frames or not player.playing, timeout=10_000)
    player.pause()
    settle()  # where a run stops by itself, what stands beside the big picture follows in the next frames
    assert len(shown.together) >= 2
    return shown
