from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog

from playground.export import film
from playground.export.dialog import Exports
from playground.export.formats import Chosen
from playground.export.pictures import TAB_PAPER
from playground.files import session
from playground.playback.player import Player
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window


@pytest.fixture
def exports(window: Window, player: Player, tab: TopicTab) -> Exports:
    tab.run.advance(20)
    tab.run.seek(12)
    return Exports(tab, player, window, window.say)


def finish(qtbot: Any, exports: Exports, path: Path, chosen: Chosen) -> Any:
    with qtbot.waitSignal(exports.export_to(path, chosen).ended, timeout=20_000) as ended:
        pass
    return ended.args[0]


def complaint(window: Window) -> str:
    box = window.findChild(QMessageBox, "complaint")
    assert box is not None
    box.close()
    return box.informativeText()


def test_a_picture_of_the_tab_reopens_as_the_run_in_view(
    qtbot: Any, exports: Exports, window: Window, tmp_path: Path
) -> None:
    assert finish(qtbot, exports, tmp_path / "tab.png", Chosen("tab", ".png", 2)) is None
    opened = session.open_file(tmp_path / "tab.png")
    assert (opened.recipe, opened.position) == (exports.tab.run.recipe, 12)
    with Image.open(tmp_path / "tab.png") as picture:
        assert picture.size == (TAB_PAPER.around(exports.tab.size()) * 2).toTuple()
    assert "tab.png" in window.statusBar().currentMessage()


@pytest.mark.parametrize("chosen", [Chosen("surface", ".svg"), Chosen("loss", ".pdf"), Chosen("data", ".csv", last=20)])
def test_other_files_are_written(qtbot: Any, exports: Exports, tmp_path: Path, chosen: Chosen) -> None:
    path = tmp_path / f"f{chosen.ending}"
    assert finish(qtbot, exports, path, chosen) is None
    assert path.read_bytes()[:8] in (b"<?xml ve", b"%PDF-1.4", b"# recipe")


def test_a_panel_is_exported_with_the_runs_beside_each_other(qtbot: Any, exports: Exports, tmp_path: Path) -> None:
    tab = exports.tab
    tab.run.pin()
    tab.set_parameter("sgd.learning_rate", 0.02)
    tab.compared.ways.chosen.emit("beside")
    path, room = tmp_path / "both.png", tab.shown.page_of("surface").size()
    assert finish(qtbot, exports, path, Chosen("surface", ".png")) is None
    with Image.open(path) as picture:
        assert picture.size == (room.width() + 16, room.height() + 16)
    assert session.open_file(path).comparison.way == "beside"


def test_an_animation_leaves_the_run_where_it_was(qtbot: Any, exports: Exports, player: Player, tmp_path: Path) -> None:
    run = exports.tab.run
    timeline = run.timeline
    chosen = Chosen("loss", ".gif", 1, first=0, last=20, every=5)
    assert finish(qtbot, exports, tmp_path / "film.gif", chosen) is None
    with Image.open(tmp_path / "film.gif") as gif:
        assert gif.n_frames == 5  # type: ignore[attr-defined]
    assert (run.timeline, run.position) == (timeline, 12)
    assert player.run is run


def test_nobody_plays_the_run_while_it_is_filmed(qtbot: Any, exports: Exports, player: Player, tmp_path: Path) -> None:
    work = exports.export_to(tmp_path / "film.gif", Chosen("loss", ".gif", 1, 0, 20))
    player.play()
    assert not player.playing
    with qtbot.waitSignal(work.ended, timeout=20_000):
        pass


def test_a_cancelled_export_leaves_nothing_behind(
    qtbot: Any, exports: Exports, player: Player, window: Window, tmp_path: Path
) -> None:
    timeline = exports.tab.run.timeline
    (tmp_path / "film.gif").write_bytes(b"an older film")
    work = exports.export_to(tmp_path / "film.gif", Chosen("tab", ".gif", 1, 0, 20))
    progress = window.findChild(QProgressDialog, "export.progress")
    assert progress is not None
    qtbot.waitUntil(lambda: progress.value() > 2, timeout=20_000)
    with qtbot.waitSignal(work.ended):
        progress.cancel()
    assert (tmp_path / "film.gif").read_bytes() == b"an older film"
    assert [path.name for path in tmp_path.iterdir() if path.name != "settings"] == ["film.gif"]
    assert (exports.tab.run.timeline, exports.tab.run.position) == (timeline, 12)
    assert player.run is exports.tab.run


def test_an_unwritable_place_gives_one_message_and_harms_nothing(
    qtbot: Any, exports: Exports, window: Window, tmp_path: Path
) -> None:
    recipe = exports.tab.run.recipe
    error = finish(qtbot, exports, tmp_path / "no" / "tab.png", Chosen("tab", ".png"))
    assert error is not None
    assert "cannot be written" in complaint(window)
    assert (exports.tab.run.recipe, exports.tab.run.position) == (recipe, 12)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_gives_one_message(
    qtbot: Any, exports: Exports, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = open("/dev/full", "wb", buffering=0)  # noqa: SIM115  (closed by what writes to it)
    monkeypatch.setattr(Path, "open", lambda path, mode: full)
    assert finish(qtbot, exports, tmp_path / "t.csv", Chosen("data", ".csv", last=20)) is not None
    assert "No space left" in complaint(window)
    assert not (tmp_path / "t.csv").exists()


def test_a_fault_while_drawing_gives_one_message(
    qtbot: Any, exports: Exports, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of paint")

    monkeypatch.setattr(film, "image", broken)
    finish(qtbot, exports, tmp_path / "f.gif", Chosen("loss", ".gif", 1, 0, 5))
    assert "out of paint" in complaint(window)
    assert exports.tab.run.position == 12
    assert not (tmp_path / "f.gif").exists()


def test_the_dialog_asks_for_a_file_and_remembers_its_folder(
    qtbot: Any, exports: Exports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def save_name(parent: object, title: str, suggested: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(suggested).name)
        return str(tmp_path / "mine"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_name)
    dialog = exports.ask()
    assert dialog.isVisible()
    dialog.what.setCurrentIndex(dialog.what.findData("loss"))
    dialog.accept()
    qtbot.waitUntil(lambda: (tmp_path / "mine.png").exists(), timeout=20_000)
    assert asked == ["optimizers-loss.png"]
    assert QSettings().value("folder") == str(tmp_path)


def test_a_file_that_is_there_is_not_replaced_unasked(
    qtbot: Any, exports: Exports, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.png").write_bytes(b"older")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    exports.ask().accept()
    qtbot.wait(0)
    assert (tmp_path / "mine.png").read_bytes() == b"older"
    assert window.findChild(QProgressDialog) is None


def test_the_panels_in_view_are_offered(exports: Exports) -> None:
    dialog = exports.ask()
    offered = [dialog.what.itemData(i) for i in range(dialog.what.count())]
    assert offered == ["tab", "surface", "loss", "rates", "data"]
    assert dialog.last.maximum() == 20
    dialog.reject()


def test_opening_the_dialog_pauses(exports: Exports, player: Player) -> None:
    player.play()
    exports.ask().reject()
    assert not player.playing
