from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from playground.start.app import Program
from playground.topic_list import topic
from playground.welcome.left_off import LeftOff
from playground.window.window import START

NOTHING_ASKED = Namespace(open_topic=None, scene=None, session=None, seed=None)
Make = Callable[[], Program]


@pytest.fixture
def opened(make_program: Make, settle: Callable[[], None]) -> Callable[[str], Program]:
    """Return what opens a window with a page in front."""

    def open_at(id: str) -> Program:
        program = make_program()
        program.window.begin_with(id)
        program.window.show()
        program.load()
        program.keep_work(NOTHING_ASKED)
        settle()
        return program

    return open_at


def test_a_run_left_is_there_again(opened: Callable[[str], Program], dressed: QApplication) -> None:
    before = opened("kmeans")
    tab = before.window.visit("kmeans")
    tab.run.advance(4)
    recipe = tab.run.recipe
    assert before.window.close()
    after = opened(START)
    assert after.window.front.start is not None
    assert "step 4" in after.window.front.start.go_on.button.accessibleName()
    after.window.front.start.go_on.button.click()
    now: Any = after.window.tab
    assert (now.entry.id, now.run.recipe, now.run.position) == ("kmeans", recipe, 4)
    assert not after.window.isWindowModified()


def test_a_scene_left_is_open_again_at_its_start(opened: Callable[[str], Program]) -> None:
    before = opened("optimizers")
    before.window.visit("optimizers").stage.open("saddle")
    assert before.window.close()
    left = LeftOff.read()
    assert left is not None
    assert (left.scene, left.is_front) == ("saddle", True)
    after = opened("optimizers")
    after.going_on.restore()
    on = after.window.visit("optimizers").stage.on
    assert on is not None
    assert on.scene.id == "saddle"


def test_closed_on_the_start_page_it_still_knows_where_one_was(opened: Callable[[str], Program]) -> None:
    before = opened("shapes")
    before.window.tabs.setCurrentIndex(0)
    assert before.window.close()
    again = opened(START)
    assert again.window.close()
    left = LeftOff.read()
    assert left is not None
    assert (left.entry, left.is_front) == (topic("shapes"), False)


def test_who_never_left_the_start_page_begins_there_again(opened: Callable[[str], Program]) -> None:
    assert opened(START).window.close()
    assert LeftOff.read() is None
