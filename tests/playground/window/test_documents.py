"""Runs as files: opening, saving, recent files, and the question before unsaved work is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from core.data.corpora import read_corpus
from core.run.recipe import Recipe
from core.run.studies import CancelledError
from core.run.timeline import Timeline
from playground.files import session
from playground.playback import run as run_module
from playground.tab import waiting
from playground.tab.topic_tab import TopicTab
from playground.topic_list import topic
from playground.window.documents import Documents
from playground.window.window import Window

ENTRY = topic("optimizers")


def recorded(t: int, position: int | None = None) -> session.Session:
    timeline = Timeline(ENTRY.core, Recipe(ENTRY.id, ENTRY.core.VERSION, 5, ENTRY.core.Params()))
    timeline.frame(t)
    return session.session_of(timeline, t if position is None else position)


def answers(monkeypatch: pytest.MonkeyPatch, *paths: Path | str) -> list[str]:
    """Let the file dialogs answer; return what they suggested."""
    suggested: list[str] = []
    left = [str(path) for path in paths]

    def answer(_parent: Any, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        suggested.append(folder)
        return left.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    return suggested


def ask(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    asked: list[str] = []

    def question(*args: Any) -> Any:
        asked.append(args[2])
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def complaint(window: Window) -> QMessageBox:
    box = window.findChild(QMessageBox, "complaint")
    assert isinstance(box, QMessageBox)
    return box


def test_what_is_saved_opens_as_it_was(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, tmp_path / "race.mlplay")
    tab.run.advance(5)
    tab.set_parameter("sgd.learning_rate", 0.02)
    tab.run.advance(4)
    recipe, frame = tab.run.recipe, tab.run.frame
    assert documents.save()
    tab.set_parameter("start", [1, 1])
    assert documents.open(str(tmp_path / "race.mlplay"))
    assert (tab.run.recipe, tab.run.frame) == (recipe, frame)
    assert window.windowTitle() == "race.mlplay[*] – ML Playground"


@pytest.mark.parametrize(("answer", "opens"), [("Save", True), ("Discard", True), ("Cancel", False)])
def test_a_file_over_unsaved_work_asks_first(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    answer: str, opens: bool,
) -> None:  # fmt: skip
    session.save(tmp_path / "mine.mlplay", recorded(3))
    asked = ask(monkeypatch, answer)
    documents.offer(str(tmp_path / "mine.mlplay"))
    assert not asked  # there was no work yet
    answers(monkeypatch, tmp_path / "mine.mlplay")
    tab.set_parameter("sgd.learning_rate", 0.02)
    work = tab.run.recipe
    documents.ask_open()
    assert len(asked) == 1
    assert (tab.run.recipe == work) is not (opens and answer != "Save")  # what was saved is what is opened again
    assert (session.open_file(tmp_path / "mine.mlplay").recipe == work) is (answer == "Save")


def test_opening_a_run_beside_one_that_is_pinned_leaves_that(
    tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, tmp_path / "race.mlplay")
    assert documents.save()
    tab.set_parameter("sgd.learning_rate", 0.02)
    tab.run.pin()
    assert documents.open(str(tmp_path / "race.mlplay"))
    rates = [other.timeline.params_at(0).sgd.learning_rate for other in tab.run.compared]
    assert rates == [0.02, tab.entry.core.Params().sgd.learning_rate]


def test_save_asks_once_and_then_knows_the_name(
    tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested = answers(monkeypatch, tmp_path / "race")  # the ending is added
    assert documents.save()
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert documents.save()
    assert len(suggested) == 1
    assert session.open_file(tmp_path / "race.mlplay").recipe == tab.run.recipe


def test_save_as_suggests_the_topic_in_the_folder_used_last(
    documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested = answers(monkeypatch, tmp_path / "a.mlplay", tmp_path / "b.mlplay")
    documents.save_as()
    documents.save_as()
    assert suggested[1] == str(tmp_path / "optimizers.mlplay")


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_a_run_that_is_there_under_the_name_with_its_ending_is_not_replaced_unasked(
    documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    (tmp_path / "race.mlplay").write_bytes(b"older")
    answers(monkeypatch, tmp_path / "race")
    asked = ask(monkeypatch, answer)
    assert documents.save_as() == (answer == "Yes")
    assert len(asked) == 1
    assert ((tmp_path / "race.mlplay").read_bytes() == b"older") == (answer == "No")


def test_a_cancelled_dialog_saves_and_opens_nothing(
    tab: TopicTab, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "", "")
    recipe = tab.run.recipe
    assert not documents.save()
    documents.ask_open()
    assert tab.run.recipe is recipe


def test_a_name_that_cannot_be_written_is_told_and_stays_unsaved(
    tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: told.append(args[2]))
    answers(monkeypatch, tmp_path / "no" / "such" / "folder.mlplay")
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert not documents.save()
    assert len(told) == 1
    assert documents.is_modified(tab)


def test_a_broken_session_keeps_the_open_work(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path
) -> None:
    tab.run.advance(3)
    tab.set_parameter("sgd.learning_rate", 0.02)
    recipe, timeline = tab.run.recipe, tab.run.timeline
    newer = '{"format": "mlplay", "format_version": 99}'
    for text in ("", "{", "[]", '{"format": "mlplay"}', newer, "\x00\x01"):
        (tmp_path / "bad.mlplay").write_text(text)
        assert not documents.open(str(tmp_path / "bad.mlplay"))
        assert (tab.run.recipe, tab.run.timeline, tab.run.position) == (recipe, timeline, 3)
        assert documents.recent() == []
        box = complaint(window)
        assert "bad.mlplay" in box.text()
        assert box.informativeText(), text
        box.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_message_names_the_field(window: Window, documents: Documents, tmp_path: Path) -> None:
    text = session.dump(recorded(3)).decode().replace('"sgd.learning_rate": 0.006', '"sgd.learning_rate": -1')
    assert "-1" in text
    (tmp_path / "bad.mlplay").write_text(text)
    documents.open(str(tmp_path / "bad.mlplay"))
    assert complaint(window).informativeText().startswith("recipe.params.sgd.learning_rate: ")


def test_undo_leads_back_from_an_opened_file(tab: TopicTab, documents: Documents, tmp_path: Path) -> None:
    session.save(tmp_path / "a.mlplay", recorded(3))
    tab.run.advance(8)
    recipe, frame = tab.run.recipe, tab.run.frame
    documents.open(str(tmp_path / "a.mlplay"))
    tab.run.undo()
    assert (tab.run.recipe, tab.run.frame) == (recipe, frame)


def test_an_opened_file_is_unmodified_until_something_changes(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path
) -> None:
    session.save(tmp_path / "a.mlplay", recorded(3))
    documents.open(str(tmp_path / "a.mlplay"))
    tab.run.advance(5)
    tab.set_parameter("methods", ["sgd"])
    assert not window.isWindowModified()
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert window.isWindowModified()
    tab.run.undo()
    assert not window.isWindowModified()


# Long runs.


def test_a_long_session_shows_its_snapshot_at_once_and_records_in_the_background(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path, qtbot: QtBot
) -> None:
    saved = recorded(1500)
    session.save(tmp_path / "long.mlplay", saved)
    documents.open(str(tmp_path / "long.mlplay"))
    assert (tab.run.position, tab.run.timeline.recorded) == (1500, 0)
    assert tab.run.frame.made == saved.snapshot
    assert "1500" in window.statusBar().currentMessage()
    losses = [window.tab.row_values(tab.view())] if window.tab else []
    qtbot.waitUntil(lambda: tab.run.target is None, timeout=20_000)
    assert (tab.run.position, tab.run.timeline.recorded) == (1500, 1500)
    assert tab.run.frame.made == saved.snapshot
    assert [tab.row_values(tab.view())] == losses
    assert window.statusBar().currentMessage() == ""


def test_a_picture_of_a_late_step_is_shown_as_soon_as_it_is_recorded(
    tab: TopicTab, documents: Documents, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "_AT_ONCE", 0.0)
    documents.take(Path("far.png"), session.Session(recorded(0).recipe, 700, 700))
    assert (tab.run.position, tab.run.target) == (0, 700)
    qtbot.waitUntil(lambda: tab.run.position == 700, timeout=20_000)
    assert tab.run.frame == Timeline(ENTRY.core, tab.run.recipe).frame(700)


def test_a_snapshot_can_be_saved_before_its_record_is_made(
    tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.save(tmp_path / "long.mlplay", recorded(1500))
    documents.open(str(tmp_path / "long.mlplay"))
    assert documents.save()
    assert session.open_file(tmp_path / "long.mlplay").position == 1500


def test_a_run_that_comes_out_differently_here_is_told(
    window: Window, tab: TopicTab, documents: Documents, qtbot: QtBot
) -> None:
    saved = recorded(20)
    documents.take(Path("a.mlplay"), saved)
    assert window.statusBar().currentMessage() == ""
    other = session.Session(saved.recipe, 20, 20, digest="0" * 64)
    documents.take(Path("a.mlplay"), other)
    assert "a little differently" in window.statusBar().currentMessage()


# Recent files.


def test_recent_files_are_listed_newest_first_and_open(
    window: Window, tab: TopicTab, documents: Documents, tmp_path: Path
) -> None:
    for i in range(12):
        session.save(tmp_path / f"{i}.mlplay", recorded(i))
        documents.open(str(tmp_path / f"{i}.mlplay"))
    menu = window.submenus["file.recent"]
    menu.aboutToShow.emit()
    assert [Path(action.text()).stem for action in menu.actions()] == [str(i) for i in range(11, 2, -1)]
    menu.actions()[4].trigger()
    assert tab.run.position == 7
    assert Path(documents.recent()[0]).stem == "7"


def test_no_recent_files_is_said(window: Window) -> None:
    menu = window.submenus["file.recent"]
    menu.aboutToShow.emit()
    assert [(action.text(), action.isEnabled()) for action in menu.actions()] == [("No files yet", False)]


def test_a_recent_file_that_is_gone_goes_from_the_list(window: Window, documents: Documents, tmp_path: Path) -> None:
    session.save(tmp_path / "there.mlplay", recorded(1))
    QSettings().setValue("recent", [str(tmp_path / "gone.mlplay"), str(tmp_path / "there.mlplay")])
    menu = window.submenus["file.recent"]
    menu.aboutToShow.emit()
    assert [Path(action.text()).name for action in menu.actions()] == ["there.mlplay"]
    (tmp_path / "there.mlplay").unlink()
    menu.actions()[0].trigger()  # gone while the menu was open
    assert "there.mlplay" in complaint(window).text()


# Unsaved work.


def test_save_at_closing_writes_the_file(
    window: Window, tab: TopicTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, "Save")
    answers(monkeypatch, tmp_path / "kept.mlplay")
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert window.close()
    assert session.open_file(tmp_path / "kept.mlplay").recipe == tab.run.recipe


def test_save_at_closing_that_is_then_cancelled_keeps_the_window(
    window: Window, tab: TopicTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, "Save")
    answers(monkeypatch, "")
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert not window.close()
    assert window.isVisible()


def test_a_lesson_is_no_unsaved_work(window: Window, tab: TopicTab, documents: Documents) -> None:
    tab.stage.open("saddle")
    assert not documents.is_modified(tab)
    tab.set_parameter("sgd.learning_rate", 0.3)
    assert documents.is_modified(tab)


def test_a_lesson_over_unsaved_work_does_not_make_it_forgotten(tab: TopicTab, documents: Documents) -> None:
    tab.set_parameter("sgd.learning_rate", 0.02)
    tab.stage.open("saddle")
    assert documents.is_modified(tab)


def test_saving_a_lesson_does_not_write_over_the_file_opened_before(
    tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.save(tmp_path / "mine.mlplay", recorded(3))
    documents.open(str(tmp_path / "mine.mlplay"))
    tab.stage.open("saddle")
    answers(monkeypatch, tmp_path / "lesson.mlplay")
    documents.save()
    assert session.open_file(tmp_path / "mine.mlplay") == recorded(3)


def test_a_saved_comparison_opens_as_it_was(
    documents: Documents, tab: TopicTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, path = tab.run, tmp_path / "two.mlplay"
    run.pin()
    tab.set_parameter("sgd.learning_rate", 0.02)
    run.advance(12)
    tab.compared.ways.chosen.emit("beside")
    kept = run.comparison()
    answers(monkeypatch, path)
    assert documents.save_as()
    run.unpin("A")
    tab.compared.ways.chosen.emit("only")
    assert documents.open(str(path))
    page: Any = tab.shown.page_of("surface")
    assert list(page.parts()) == ["A", "B"]
    assert tab.compared.ways.current() == "beside"
    assert run.comparison() == kept
    assert [(o.letter, o.timeline.recorded) for o in run.compared] == [("A", 12), ("B", 12)]


def test_a_large_session_is_read_beside_the_window(window: Window, documents: Documents, tmp_path: Path) -> None:
    words, core = "a king walks. a queen runs. " * 50_000, topic("word2vec").core
    long = Timeline(core, Recipe("word2vec", core.VERSION, 0, core.Params(corpus=words)))
    session.save(tmp_path / "long.mlplay", session.session_of(long, 0))
    read_corpus.cache_clear()
    assert documents.open(str(tmp_path / "long.mlplay"))
    assert window.visit("word2vec").run.params.corpus == words


def test_a_large_session_that_is_cancelled_keeps_the_open_work(
    tab: TopicTab, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*args: Any) -> None:
        raise CancelledError

    path = tmp_path / "large.mlplay"
    path.write_bytes(b" " * 2**21)
    monkeypatch.setattr(waiting, "waited_for", cancelled)
    before = tab.run.recipe
    assert not documents.open(str(path))
    assert tab.run.recipe == before
