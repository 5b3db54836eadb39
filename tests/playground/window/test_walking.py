from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from playground.files.own_progress import own_progress
from playground.files.progress import Predicted
from playground.start.app import Program
from playground.tab.scene_words import Staged
from playground.welcome.left_off import LeftOff
from playground.welcome.paths import Path, paths
from playground.window.window import Window

DOWNHILL, PICTURE = (next(path for path in paths() if path.id == id) for id in ("downhill", "picture"))
Opened = Callable[[], Program]


def click(window: Window, path: Path) -> None:
    assert window.front.start is not None
    window.show_start()
    window.front.start.paths[path].click()


def staged(window: Window) -> Staged:
    assert window.tab is not None
    assert window.tab.stage.on is not None
    return window.tab.stage.on


def onward(window: Window, qtbot: QtBot) -> QAbstractButton:
    """Play the scene that is open to its end, and return the button that leads on."""
    on, tab = staged(window), window.tab
    assert tab is not None
    tab.stage.skip()
    tab.run.advance(on.scene.length)
    qtbot.waitUntil(lambda: on.outcome is not None, timeout=20_000)
    found: QAbstractButton | None = tab.stage.card.findChild(QAbstractButton, "scene.next")
    assert found is not None
    return found


def words(button: QAbstractButton) -> str:
    return button.accessibleName()


def test_a_path_leads_into_the_next_topic_and_says_so_before(open_at_start: Opened, qtbot: QtBot) -> None:
    window = open_at_start().window
    click(window, PICTURE)
    first, second = PICTURE.stations[:2]
    assert staged(window).scene.id == first.scene
    assert second.entry is not first.entry
    button = onward(window, qtbot)
    assert words(button) == f"Next: {second.title}"
    button.click()
    assert (staged(window).scene.entry, staged(window).scene.id) == (second.entry, second.scene)
    assert window.statusBar().currentMessage() == f"Path “{PICTURE.title}”, 2 of {len(PICTURE.stations)}"


def test_what_is_done_is_passed_over_and_the_last_leads_to_the_start_page(open_at_start: Opened, qtbot: QtBot) -> None:
    window = open_at_start().window
    own_progress().done |= {station.scene for station in DOWNHILL.stations[:-1]}
    click(window, DOWNHILL)
    assert staged(window).scene.id == DOWNHILL.stations[-1].scene
    button = onward(window, qtbot)
    assert words(button) == f"“{DOWNHILL.title}” is done: to the start page"
    button.click()
    assert window.tab is None
    own_progress().done -= {DOWNHILL.stations[4].scene}
    click(window, DOWNHILL)
    assert staged(window).scene.id == DOWNHILL.stations[4].scene


def test_a_path_that_is_done_is_walked_anew(open_at_start: Opened, qtbot: QtBot) -> None:
    window = open_at_start().window
    own_progress().done |= {station.scene for station in PICTURE.stations}
    click(window, PICTURE)
    assert words(onward(window, qtbot)) == f"Next: {PICTURE.stations[1].title}"


def test_again_stays_on_the_path_and_another_scene_leaves_it(open_at_start: Opened, qtbot: QtBot) -> None:
    window = open_at_start().window
    click(window, PICTURE)
    assert window.tab is not None
    stage = window.tab.stage
    stage.again()
    assert words(onward(window, qtbot)) == f"Next: {PICTURE.stations[1].title}"
    stage.open(PICTURE.stations[0].scene)
    ids = list(stage.scenes)
    following = stage.scenes[ids[ids.index(PICTURE.stations[0].scene) + 1]]
    assert words(onward(window, qtbot)) == f"Next: {following.texts.get('title')}"


def test_what_is_due_again_is_a_path_of_its_own(open_at_start: Opened, qtbot: QtBot) -> None:
    program, progress = open_at_start(), own_progress()
    for scene in ("newton_uses_curvature", "a_colour_picture"):  # of the first topic and of the fourth
        progress.finish(scene)
        progress.predicted[scene] = Predicted(1, False, "2020-01-01")
    program.control.show_all_progress()
    assert program.window.front.start is not None
    program.window.front.start.go_on.again.click()
    assert staged(program.window).scene.id == "newton_uses_curvature"
    assert program.window.statusBar().currentMessage() == "Path “To answer again”, 1 of 2"
    onward(program.window, qtbot).click()
    assert staged(program.window).scene.id == "a_colour_picture"
    assert words(onward(program.window, qtbot)) == "“To answer again” is done: to the start page"


def test_a_path_goes_on_after_the_window_was_closed(open_at_start: Opened) -> None:
    before = open_at_start()
    click(before.window, PICTURE)
    assert before.window.close()
    assert (left := LeftOff.read()) is not None
    assert left.path == PICTURE.id
    after = open_at_start()
    after.going_on.restore()
    on = staged(after.window)
    assert on.onward is not None
    assert (on.scene.id, on.onward.words()) == (PICTURE.stations[0].scene, f"Next: {PICTURE.stations[1].title}")
