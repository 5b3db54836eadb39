"""The start page alone, and in a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from playground.actions import Actions
from playground.start.app import Program
from playground.welcome.start_page import StartPage
from playground.window.window import Window


@pytest.fixture
def page(dressed: Any, settings: Any, freed: Callable[[QWidget], None]) -> StartPage:
    """A page that is shown, of a learner who was nowhere yet."""
    owner = QWidget()
    made = StartPage(Actions(owner), owner)
    freed(owner)
    owner.resize(1228, 840)
    made.resize(owner.size())
    made.show_left(None)
    owner.show()
    return made


@pytest.fixture
def welcoming(open_at_start: Callable[[], Program]) -> Program:
    """A window with the start page in front, as at a first start, and who serves it."""
    return open_at_start()


@pytest.fixture
def start(welcoming: Program) -> StartPage:
    """The page in that window."""
    assert welcoming.window.front.start is not None
    return welcoming.window.front.start


@pytest.fixture
def window(welcoming: Program) -> Window:
    return welcoming.window
