from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from playground.files.own_progress import own_progress
from playground.files.progress import Predicted
from playground.start.app import Program
from playground.topic_list import TOPICS, topic
from playground.welcome.paths import paths
from playground.welcome.start_page import StartPage
from playground.window.window import Window
from playground.words import languages
from resources import FOLDER
from widgets.base import appearance

# Imports the page, shows it and asks for nothing: no topic is loaded, nor what plots need.
ALONE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
from playground.actions import Actions
from playground.welcome.start_page import StartPage
owner = QWidget()
page = StartPage(Actions(owner), owner)
page.show_left(None)
owner.show()
app.processEvents()
loaded = [name for name in sys.modules if name.startswith(("core.", "playground.topics", "pyqtgraph", "numpy."))]
print([name for name in loaded if not name.startswith("core.run")])
"""


def words_on(page: QWidget) -> str:
    cards = [card.accessibleName() for card in page.findChildren(QWidget) if card.accessibleName()]
    return "\n".join([*(label.text() for label in page.findChildren(QLabel)), *cards])


def test_the_page_loads_no_topic() -> None:
    run = subprocess.run([sys.executable, "-c", ALONE], cwd=FOLDER.parent, capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("[]\n", 0), run.stderr


def test_every_topic_and_path_has_its_card(page: StartPage) -> None:
    said = words_on(page)
    assert [entry.title for entry in TOPICS if entry.title not in said] == []
    assert [path.title for path in paths() if path.title not in said] == []


def test_a_topic_is_asked_for_by_click_and_by_enter(page: StartPage, qtbot: Any) -> None:
    card = page.topics[topic("rnn")]
    with qtbot.waitSignal(page.topic_asked) as clicked:
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.topic_asked) as entered:
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert clicked.args == entered.args == ["rnn"]


def test_a_path_is_asked_for_by_click(page: StartPage, qtbot: Any) -> None:
    with qtbot.waitSignal(page.path_asked) as asked:
        page.paths[paths()[2]].click()
    assert asked.args == [paths()[2]]


def test_at_first_it_begins_with_the_first_path(page: StartPage, qtbot: Any) -> None:
    with qtbot.waitSignal(page.path_asked) as asked:
        page.go_on.button.click()
    assert asked.args == [paths()[0]]
    assert page.go_on.again.isHidden()


def test_what_was_predicted_wrongly_last_time_is_offered_again(page: StartPage, qtbot: Any) -> None:
    own_progress().predicted["saddle"] = Predicted(1, False, "2020-01-01")
    for entry in TOPICS:
        page.show_progress(entry, 0, 9)
    assert page.go_on.again.text() == "1 to answer again"
    assert topic("optimizers").texts.get("scenes", "saddle", "title") in page.go_on.again.toolTip()
    with qtbot.waitSignal(page.path_asked) as asked:
        page.go_on.again.click()
    assert [(station.entry.id, station.scene) for station in asked.args[0].stations] == [("optimizers", "saddle")]


def in_focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_arrows_go_from_card_to_card(page: StartPage) -> None:
    page.window().activateWindow()
    QTest.qWaitForWindowActive(page.window())
    page.topics[topic("optimizers")].setFocus(Qt.FocusReason.TabFocusReason)
    for key, name in ((Qt.Key.Key_Right, "activations"), (Qt.Key.Key_Down, "cnn"), (Qt.Key.Key_Left, "convolution")):
        QTest.keyClick(in_focus(), key)
        assert in_focus().objectName() == f"start.topic.{name}"


@pytest.mark.parametrize("width", [1048, 1228])
def test_all_cards_have_room(page: StartPage, width: int) -> None:
    page.resize(width, 640)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    inner: Any = page.widget()
    assert inner.width() <= page.viewport().width()
    places = [card.geometry() for card in page.cards()]
    assert all(place.width() >= 180 and inner.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one is not other)


def test_language_and_look_change_as_it_stands(page: StartPage, dressed: QApplication) -> None:
    card = page.topics[topic("kmeans")]
    before = card.grab().toImage()
    languages.use(dressed, "zh")
    QApplication.processEvents()
    assert "聚类" in card.accessibleName()
    assert "Thirteen" not in words_on(page)
    appearance.apply(dressed, "dark")
    QApplication.processEvents()
    assert card.grab().toImage().pixelColor(20, 20).lightness() < 60 < before.pixelColor(20, 20).lightness()


def test_the_picture_of_where_one_was_changes_with_the_look(page: StartPage, dressed: QApplication) -> None:
    def ground() -> int:  # in a corner of the picture, beside what is drawn
        return page.go_on.grab().toImage().pixelColor(20, 40).lightness()

    light = ground()
    appearance.apply(dressed, "dark")
    QApplication.processEvents()
    assert ground() < 60 < light


# In the window.


def test_a_card_opens_its_topic_and_the_page_is_there_to_come_back_to(window: Window, start: StartPage) -> None:
    start.topics[topic("shapes")].click()
    assert window.tab is not None
    assert window.tab.entry.id == "shapes"
    window.tabs.setCurrentIndex(0)
    assert window.tab is None
    start.go_on.button.click()
    assert window.tab.entry.id == "shapes"


def test_a_path_opens_its_scene(window: Window, start: StartPage) -> None:
    start.paths[paths()[0]].click()
    assert window.tab is not None
    assert window.tab.stage.on is not None
    assert window.tab.stage.on.scene.id == paths()[0].stations[0].scene


def test_on_the_page_actions_of_a_tab_do_nothing(window: Window, start: StartPage) -> None:
    act = window.actions_
    assert not any(
        act[id].isEnabled() for id in ("transport.play", "file.save", "edit.undo", "help.topic", "view.compare")
    )
    assert all(act[id].isEnabled() for id in ("file.open", "file.quit", "edit.paste", "help.keys", "view.theme.dark"))
    assert window.windowTitle() == "ML Playground"
    assert not act["view.go_back"].isEnabled()
    window.visit("optimizers")
    assert not act["view.go_back"].isEnabled()
    assert all(act[id].isEnabled() for id in ("transport.play", "file.save", "file.export", "help.topic"))


def test_progress_is_shown_as_it_is_made(welcoming: Program, start: StartPage) -> None:
    entry = topic("optimizers")
    own_progress().done.add("saddle")
    welcoming.control.show_progress(entry)
    total = len(entry.texts.tree["scenes"])
    assert start.topics[entry].accessibleName().endswith(f"1 of {total} scenes")
    assert "1 of 10" in start.paths[paths()[0]].accessibleName()


def test_what_is_dropped_on_the_page_is_offered_to_the_topics_that_can_take_it(
    welcoming: Program, start: StartPage, tmp_path: Any, qtbot: Any
) -> None:
    (tmp_path / "points.csv").write_text("x,y\n1,2\n3,4\n5,6\n")
    welcoming.imports.take_file(tmp_path / "points.csv")
    find: Callable[..., Any] = welcoming.window.findChild
    qtbot.waitUntil(lambda: find(QWidget, "import.elsewhere") is not None)
    box = find(QWidget, "import.elsewhere")
    assert find(QWidget, "import.elsewhere.kmeans") is not None
    assert "points.csv" in box.text()
    box.close()
