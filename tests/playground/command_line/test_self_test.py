"""The self-test passes here, names what fails, and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from playground.command_line.self_test import self_test
from playground.files import session
from playground.topic_list import TOPICS

CHECKS = 6


def test_all_is_well_here_and_settings_stay_as_they_are(
    dressed: QApplication, settings: QSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.setValue("folder", "/here")
    settings.sync()
    assert self_test() == 0
    assert QSettings().value("folder") == "/here"
    assert QSettings().value("theme") is None
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + CHECKS * len(TOPICS) + 1
    assert lines[-1] == "All is well."


def test_what_fails_is_named_and_the_rest_is_tried(
    dressed: QApplication, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("playground.command_line.self_test.TOPICS", TOPICS[:1])
    monkeypatch.setattr(TOPICS[0].core, "step", fail)
    monkeypatch.setattr(session, "open_file", fail)
    assert self_test() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[1].strip() for line in lines if line.startswith("failed")] == ["steps", "saves and reopens"]
    assert lines[-1].startswith("2 failed: ")


def test_a_fault_in_a_slot_is_found(
    dressed: QApplication, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def fail(_tab: object, view: Any) -> None:
        if view.t and not seen:  # once: Qt goes on with a fault in hand, and many of them bring it down
            seen.append(view.t)
            raise KeyError("in a slot")

    monkeypatch.setattr("playground.command_line.self_test.TOPICS", TOPICS[:1])
    monkeypatch.setattr(TOPICS[0].tab, "show_view", fail)
    assert self_test() == 1
    failed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("failed")]
    assert len(failed) == 1, failed
    assert failed[0].startswith(f"failed  {TOPICS[0].id}: steps: KeyError: 'in a slot'")


def test_without_qt_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from playground.start import can_open

    monkeypatch.setattr(can_open, "obstacle", lambda: "Qt is not here")
    assert self_test() == 1
    assert capsys.readouterr().out == "failed: Qt is not here\n"
