"""The frame of a study: one button, which begins or cancels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from widgets.cards.study_panel import StudyPanel


@pytest.fixture
def panel(dressed: Any, freed: Callable[[QWidget], None]) -> StudyPanel:
    made = StudyPanel("k", QLabel("picture"))
    freed(made)
    made.resize(300, 200)
    made.show()
    return made


def test_the_button_begins_and_cancels(panel: StudyPanel) -> None:
    told: list[str] = []
    panel.asked.connect(lambda: told.append("asked"))
    panel.cancelled.connect(lambda: told.append("cancelled"))
    button: Any = panel.findChild(QPushButton, "study.k.run")
    progress: Any = panel.findChild(QProgressBar, "study.k.progress")
    assert button.text() == "Compute"
    button.click()
    panel.show_progress(3, 30)
    assert (button.text(), progress.value(), progress.maximum(), progress.isVisible()) == ("Cancel", 3, 30, True)
    button.click()
    panel.show_progress(0, 0)
    assert (button.text(), progress.isVisible()) == ("Compute", False)
    assert told == ["asked", "cancelled"]


def test_the_answer_is_written_and_told(panel: StudyPanel) -> None:
    panel.set_note("k = 4")
    assert panel.note() == panel.accessibleDescription() == "k = 4"
    panel.set_note("")
    assert panel.note() == ""


def test_a_long_answer_takes_no_height_from_the_neighbours(panel: StudyPanel) -> None:
    panel.set_note("a long answer " * 20)
    assert not panel.hasHeightForWidth()
