"""Progress is shown, kept elsewhere, taken in and forgotten; what cannot be read is said and changes nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QTextBrowser
from pytestqt.qtbot import QtBot

from playground.files.own_progress import own_progress
from playground.files.progress import Progress
from playground.start.app import Program
from playground.window.progress_dialog import ProgressDialog
from widgets.shell.scene_list import SceneList


@pytest.fixture
def dialog(program: Program) -> Any:
    own_progress().finish("saddle")
    own_progress().predict("first_centres", "all", right=False, day=date(2026, 1, 2))
    program.window.actions_["help.progress"].trigger()
    found = program.window.findChild(ProgressDialog)
    assert found is not None
    yield found
    found.close()


def told(dialog: ProgressDialog) -> str:
    browser = dialog.findChild(QTextBrowser)
    assert browser is not None
    return browser.toPlainText()


def test_it_lists_what_was_done_and_predicted(dialog: ProgressDialog) -> None:
    lines = told(dialog).splitlines()
    assert [line for line in lines if "✓" in line and "saddle" in line.lower()]
    assert [line for line in lines if "predicted wrongly on 2026-01-02" in line]


def test_it_goes_out_and_comes_in_again(dialog: ProgressDialog, tmp_path: Path, program: Program) -> None:
    path = tmp_path / "mine.json"
    dialog.export_to(path)
    assert json.loads(path.read_text("utf-8"))["done"] == ["saddle"]
    dialog.forget()
    assert own_progress().done == set()
    assert "✓" not in told(dialog)
    assert program.window.visit("optimizers").stage.done == set()
    dialog.import_from(path)
    assert Progress.read(own_progress().path).done == {"saddle"}
    assert program.window.visit("optimizers").stage.done == {"saddle"}


def test_a_tab_that_was_built_before_does_not_show_what_was_done_then(dialog: ProgressDialog, program: Program) -> None:
    window = program.window
    while window.build_ahead("kmeans"):
        pass
    page: Any = window.page("kmeans")
    old = page.findChild(SceneList)
    assert old is not None
    dialog.forget()
    assert page.findChild(SceneList) is None
    assert window.visit("kmeans").stage.done == set()


def test_what_is_no_progress_is_said(dialog: ProgressDialog, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}")
    dialog.import_from(path)
    said = dialog.findChild(QLabel, "progress.said")
    assert said is not None
    assert "other.json" in said.text()
    assert own_progress().done == {"saddle"}


def test_progress_that_cannot_be_kept_is_said_and_nothing_is_left_behind(program: Program, qtbot: QtBot) -> None:
    stage, said = program.window.visit("kmeans").stage, list[str]()
    stage.failed.connect(said.append)
    own_progress().path.mkdir(parents=True)  # a folder stands in its place
    stage.open("first_centres")
    stage.skip()
    stage.run.advance(10)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    [words] = said
    assert words.startswith("Your progress could not be kept: ")
    assert words.endswith("progress.json cannot be written: it is no ordinary file.")
    assert stage.done == {"first_centres"}
    assert [path.name for path in own_progress().path.parent.iterdir()] == ["progress.json"]
