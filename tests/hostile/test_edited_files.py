"""Session files that somebody changed by hand, opened in the window."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.files import session
from playground.tab.topic_tab import TopicTab
from playground.topic_list import topic
from playground.window.documents import Documents
from playground.window.window import Window

ENTRY = topic("optimizers")


def recorded(t: int) -> session.Session:
    timeline = Timeline(ENTRY.core, Recipe(ENTRY.id, ENTRY.core.VERSION, 5, ENTRY.core.Params()))
    timeline.frame(t)
    return session.session_of(timeline, t)


def test_a_file_edited_by_hand_shows_what_it_says_and_that_is_told(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path, qtbot: QtBot
) -> None:
    text = session.dump(recorded(1_200)).decode()
    (tmp_path / "mine.mlplay").write_text(text.replace('"sgd.learning_rate": 0.006', '"sgd.learning_rate": 0.002'))
    documents.open(str(tmp_path / "mine.mlplay"))
    qtbot.waitUntil(lambda: tab.run.position == 1_200, timeout=20_000)
    assert tab.run.params.sgd.learning_rate == 0.002
    assert tab.run.frame == Timeline(ENTRY.core, tab.run.recipe).frame(1_200)
    assert "edited by hand" in window.statusBar().currentMessage()


def test_of_an_old_file_that_comes_out_differently_both_causes_are_told(window: Window, documents: Documents) -> None:
    documents.take(Path("a.mlplay"), session.Session(recorded(20).recipe, 20, 20, digest="0" * 64, edited=None))
    assert "edited, or another installation" in window.statusBar().currentMessage()
