from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle

from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, TopicEntry, topic
from playground.welcome import playing
from playground.welcome.kept_pictures import panel_of, picture
from playground.welcome.playing import Playing
from playground.welcome.start_page import StartPage


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "_WAIT_MS", 0)
    monkeypatch.setattr(playing, "_FRAME_MS", 0)


def frames(player: Playing, entry: TopicEntry, count: int, qtbot: Any) -> list[QImage]:
    shown: list[QImage] = []
    player.shown.connect(lambda _, image: shown.append(image.copy()))
    player.begin(entry)
    qtbot.waitUntil(lambda: len(shown) >= count, timeout=20_000)
    player.stop()
    return shown


@pytest.mark.parametrize("id", ["optimizers", "kmeans", "shapes"])
def test_it_plays_the_run_of_the_kept_picture(page: StartPage, id: str, qtbot: Any) -> None:
    shown = frames(page.playing, topic(id), 3, qtbot)
    assert shown[0].size() == shown[-1].size()
    assert shown[0] != shown[-1]
    kept = picture(topic(id))
    assert shown[0].width() / shown[0].height() == pytest.approx(kept.width() / kept.height(), rel=0.02)


def test_what_was_loaded_for_it_is_let_go(page: StartPage, qtbot: Any) -> None:
    frames(page.playing, topic("shapes"), 1, qtbot)
    assert not any(isinstance(widget, TopicTab) for widget in QApplication.allWidgets())


def test_only_the_one_pointed_at_plays(page: StartPage, qtbot: Any) -> None:
    one, other = page.topics[topic("optimizers")], page.topics[topic("shapes")]
    kept = other.grab().toImage()
    QTest.mouseMove(one)
    one.pointed.emit(True)
    with qtbot.waitSignal(page.playing.shown, timeout=20_000) as told:
        pass
    assert told.args[0] is topic("optimizers")
    assert other.grab().toImage() == kept
    page.hide()
    with qtbot.assertNotEmitted(page.playing.shown, wait=50):
        pass


def test_nothing_plays_where_less_motion_is_wanted(
    page: StartPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStyle, "styleHint", lambda *_: 0)
    with qtbot.assertNotEmitted(page.playing.shown, wait=100):
        page.topics[topic("optimizers")].pointed.emit(True)


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_the_panel_of_each_picture_has_a_name_in_its_topic(entry: TopicEntry) -> None:
    assert entry.texts.find("panels", panel_of(entry))
