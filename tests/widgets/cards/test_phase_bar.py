"""The phases of a cycle, the present one filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.cards.phase_bar import PhaseBar


@pytest.fixture
def bar(dressed: Any, freed: Callable[[QWidget], None]) -> PhaseBar:
    made = PhaseBar()
    freed(made)
    made.set_names("Half-step", ["Assign", "Move"])
    made.resize(made.sizeHint())
    made.show()
    dressed.processEvents()
    return made


def filled(bar: PhaseBar) -> list[bool]:
    """Whether the left end of each pill has the accent colour."""
    picture, accent = bar.grab().toImage(), theme.current().color("accent")
    row = [picture.pixelColor(x, bar.height() // 2) == accent for x in range(bar.width())]
    half = bar.width() // 2
    return [any(row[:half]), any(row[half:])]


def test_the_present_phase_alone_is_filled(bar: PhaseBar) -> None:
    assert filled(bar) == [False, False]
    bar.show_phase(0)
    assert filled(bar) == [True, False]
    bar.show_phase(1)
    assert filled(bar) == [False, True]
    assert bar.phase() == 1


def test_it_is_told_to_a_screen_reader(bar: PhaseBar) -> None:
    assert bar.accessibleName() == "Half-step"
    bar.show_phase(1)
    assert bar.accessibleDescription() == "Move"
    bar.show_phase(-1)
    assert bar.accessibleDescription() == ""


def test_longer_names_take_more_room(bar: PhaseBar) -> None:
    before = bar.sizeHint().width()
    bar.set_names("Half-step", ["Assign every point", "Move"])
    assert bar.sizeHint().width() > before


def test_a_compact_one_shows_the_present_phase_alone(bar: PhaseBar) -> None:
    whole = bar.sizeHint().width()
    bar.set_compact(True)
    assert bar.sizeHint().width() < whole / 2
    bar.resize(bar.sizeHint())
    bar.show_phase(1)
    assert any(filled(bar))
    bar.show_phase(-1)
    assert not any(filled(bar))
