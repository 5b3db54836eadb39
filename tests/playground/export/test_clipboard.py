from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, current_thread
from typing import Any

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from playground.command_line.cli import main
from playground.export import clipboard
from playground.export.dialog import Exports
from playground.export.formats import Looks
from playground.export.pictures import TAB_PAPER
from playground.playback.player import Player
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window
from widgets.base import theme

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def cleared(qapp: QApplication) -> Iterator[None]:
    """Leave nothing on the clipboard: what is made here would be freed after Python, as no test quits the program."""
    yield
    QGuiApplication.clipboard().clear()


def test_the_panel_under_the_pointer_is_meant(tab: TopicTab, monkeypatch: pytest.MonkeyPatch) -> None:
    plots: Any = tab.plots()
    both = tab.shown.page_of("surface")  # all runs that stand beside each other
    for pointed, meant in (
        (plots["loss"].viewport(), plots["loss"]), (plots["cost"], plots["cost"]), (plots["surface"], both)
    ):  # fmt: skip
        monkeypatch.setattr(QApplication, "widgetAt", lambda _, pointed=pointed: pointed)
        assert clipboard.subject_under_pointer(tab).widget is meant
    for elsewhere in (tab.header, None):
        monkeypatch.setattr(QApplication, "widgetAt", lambda _, elsewhere=elsewhere: elsewhere)
        assert clipboard.subject_under_pointer(tab).widget is tab


@pytest.fixture
def exports(window: Window, player: Player, tab: TopicTab) -> Exports:
    return Exports(tab, player, window, window.say)


def test_a_picture_is_copied_as_pixels_and_as_svg(exports: Exports, tab: TopicTab) -> None:
    tab.run.advance(5)
    exports.copy_picture()
    data = QGuiApplication.clipboard().mimeData()
    picture: Any = data.imageData()
    assert picture.width() == 2 * TAB_PAPER.around(tab.size()).width()
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")
    with Image.open(io.BytesIO(bytes(data.data("image/png").data()))) as png:
        assert png.size == (picture.width(), picture.height())
        assert png.info["step"] == "5"  # dropped as a file it opens as its run


def test_its_file_is_written_beside_the_window_and_waited_for_by_who_asks(
    exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, threads = Event(), []

    def write(file: Any, *_: Any) -> None:
        may_go_on.wait(60)
        threads.append(current_thread())
        file.write(b"all of it")

    monkeypatch.setattr(clipboard, "write_png", write)
    exports.copy_picture()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasFormat("image/png")
    assert not threads  # it is copied, and not waited for
    may_go_on.set()
    assert bytes(data.data("image/png").data()) == b"all of it"
    assert threads != [current_thread()]


def test_a_copy_looks_as_exports_do(exports: Exports, tab: TopicTab, monkeypatch: pytest.MonkeyPatch) -> None:
    Looks(caption=True, theme="dark", transparent=False).remember()
    monkeypatch.setattr(QApplication, "widgetAt", lambda _: tab.plots()["loss"])
    exports.copy_picture()
    picture: Any = QGuiApplication.clipboard().mimeData().imageData()
    assert picture.height() > 2 * (tab.plots()["loss"].height() + 16)
    assert picture.pixelColor(1, 1).lightness() < 60
    assert not theme.current().is_dark


_COPIED_AND_QUIT = """
import io
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from core import optimizers
from core.run.recipe import Recipe
from playground.export import clipboard
from playground.export.pictures import Origin, of_panel
from playground.start.app import application
from widgets.plots.plot import Plot
app = application()
plot, recipe = Plot(), Recipe("optimizers", optimizers.VERSION, 0, optimizers.Params())
COPY
QTimer.singleShot(0, app.quit)
app.exec()
data = QGuiApplication.clipboard().mimeData()
print(data.hasImage(), data.text())
"""
_OF_PICTURE = "clipboard.put_picture(of_panel(plot), Origin('', recipe, 0))"
_OF_TABLE = "clipboard.put_table(io.BytesIO(b'a,b'))"


@pytest.mark.parametrize(("copy", "held"), [(_OF_PICTURE, "True "), (_OF_TABLE, "False a,b")])
def test_quitting_after_a_copy_is_no_crash_and_what_was_copied_stays(copy: str, held: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _COPIED_AND_QUIT.replace("COPY", copy)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{held}\n", "")


def test_the_numbers_are_those_of_trace_up_to_the_step_in_view(
    exports: Exports, tab: TopicTab, qtbot: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    tab.run.advance(3)
    tab.set_parameter("sgd.learning_rate", 0.001)
    tab.run.advance(9)
    tab.run.seek(8)
    with qtbot.waitSignal(exports.copy_data().ended):
        pass
    assert main(["trace", "optimizers", "--at", "3:sgd.learning_rate=0.001", "--steps", "8"]) == 0
    assert QGuiApplication.clipboard().text() == capsys.readouterr().out
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("text/csv").data()).decode() == data.text()
