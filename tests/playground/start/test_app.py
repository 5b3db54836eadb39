"""From the command line to the window, in processes of their own."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from core.run.timeline import Timeline
from playground.command_line.cli import NOTHING_ASKED
from playground.files import session
from playground.start import app
from playground.start.app import Program
from playground.topic_list import TOPICS, topic
from playground.welcome.left_off import LeftOff
from playground.window.window import Window
from playground.words import texts
from resources import FOLDER
from tests.playground.start.screens import SCREENS, surroundings
from widgets.base import theme

ROOT = FOLDER.parent

# A window that tells what it shows when it is ready, and then does what the test wants.
DRIVER = """
import sys
from PySide6.QtCore import QTimer
from playground.command_line import cli
from playground.start import app
class Told(app.Program):
    def __init__(self, seed=0):
        super().__init__(seed)
        self.window.ready.connect(lambda: QTimer.singleShot(0, self.tell))
    def tell(self):
        window = self.window
        run = window.tab.run
        print("ready", window.tab.entry.id, run.recipe.seed, run.position, window.windowTitle(), flush=True)
        {then}
app.Program = Told
sys.exit(cli.main(sys.argv[1:]))
"""
REPORT = """
from PySide6.QtWidgets import QApplication, QMessageBox
def report(program):
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    if boxes:
        print(program.window.tab.run.position, program.player.playing, len(boxes), boxes[0].text(), flush=True)
        QApplication.exit(0)
"""
QUIT = "window.close()"


def start(tmp_path: Path, then: str, *arguments: str) -> subprocess.Popen[str]:
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    code = REPORT + DRIVER.replace("{then}", then)
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe,
        text=True,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_it_opens_at_what_was_asked_for_and_closes_with_0(tmp_path: Path) -> None:
    code, out, err = finish(start(tmp_path, QUIT, "--topic", "optimizers", "--seed", "7", "--theme", "dark"))
    assert (code, err) == (0, "")
    assert out.split()[:4] == ["ready", "optimizers", "7", "0"]


def test_a_scene_and_a_language(tmp_path: Path) -> None:
    code, out, err = finish(
        start(tmp_path, f"print(run.recipe.params.function); {QUIT}", "--scene", "saddle", "--lang", "zh")
    )
    assert (code, err) == (0, "")
    assert "优化器" in out
    assert out.splitlines()[1] == "saddle"


def test_a_file_opens_at_its_step_under_its_name(tmp_path: Path) -> None:
    core = topic("optimizers").core
    timeline = Timeline(core, app_recipe())
    timeline.frame(5)
    session.save(tmp_path / "mine.mlplay", session.session_of(timeline, 4))
    code, out, err = finish(start(tmp_path, QUIT, "--open", str(tmp_path / "mine.mlplay")))
    assert (code, err) == (0, "")
    assert out.split()[3] == "4"
    assert "mine.mlplay" in out


def app_recipe() -> Any:
    from core.run.recipe import Recipe

    core = topic("optimizers").core
    return Recipe("optimizers", core.VERSION, 3, core.Params())


@pytest.mark.parametrize(
    "arguments",
    [("--open", "no such file"), ("--open", "README.md"), ("--scene", "nonsense"), ("--topic", "nonsense"),
     ("--seed", "-1"), ("--theme", "pink")],
)  # fmt: skip
def test_what_cannot_be_opened_is_one_line_and_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = finish(start(tmp_path, QUIT, *arguments))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("ml-playground: ")


@pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends the process at once")
def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    process = start(tmp_path, "pass", "--topic", "optimizers")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("ready")
    process.send_signal(signal.SIGINT)
    code, _, err = finish(process)
    assert (code, err) == (130, "")


FAULT = """
        run.advance(5)
        run.moved.connect(lambda: 1 / 0)
        self.player.play()
        timer = QTimer(window, interval=10)
        timer.timeout.connect(lambda: report(self))
        timer.start()
"""


def test_a_fault_in_a_slot_is_shown_logged_and_the_work_is_kept(tmp_path: Path) -> None:
    code, out, _ = finish(start(tmp_path, FAULT, "--topic", "optimizers"))
    assert code == 0
    position, playing, boxes, words = out.splitlines()[1].split(maxsplit=3)
    assert int(position) >= 5
    assert (playing, boxes, words) == ("False", "1", "Something went wrong. Your work is still here.")
    (log,) = tmp_path.rglob("faults.log")
    assert "ZeroDivisionError" in log.read_text()


# Look and language at the start.


@pytest.mark.parametrize(
    ("asked", "kept", "worn"),
    [(("dark", "zh"), {}, (True, "zh")), ((None, None), {"theme": "dark", "language": "zh"}, (True, "zh")),
     (("light", "en"), {"theme": "dark", "language": "zh"}, (False, "en")),
     ((None, None), {"theme": "pink", "language": "xx"}, (False, "en"))],
)  # fmt: skip
def test_what_is_asked_for_goes_before_what_is_remembered(
    qapp: QApplication, settings: QSettings, asked: Any, kept: dict[str, str], worn: tuple[bool, str]
) -> None:
    for key, value in kept.items():
        settings.setValue(key, value)
    app.dress(qapp, *asked)
    assert (theme.current().is_dark, texts.language()) == worn
    app.dress(qapp, "light", "en")


def test_reset_forgets_the_settings(qapp: QApplication, settings: QSettings) -> None:
    settings.setValue("theme", "dark")
    settings.setValue("recent", ["a", "b"])
    app.dress(qapp, None, "en", reset=True)
    assert settings.allKeys() == []
    assert not theme.current().is_dark


def test_the_shell_is_painted_before_what_is_heavy_is_loaded(
    make_program: Callable[[], Program], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "freeze", lambda: None)  # the other tests' garbage shall not stay for ever
    program = make_program()
    window = program.window
    seen: list[tuple[str, bool, bool]] = []
    for name in ("painted", "filled", "ready"):
        signal: Any = getattr(window, name)
        signal.connect(lambda *_, name=name: seen.append((name, window.tab is not None, hasattr(program, "player"))))
    program.show()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [("painted", False, False), ("filled", True, False), ("ready", True, True)]


def test_nothing_heavy_is_imported_for_the_window() -> None:
    heavy = ["numpy", "pyqtgraph", "scipy", "matplotlib", "sympy", "pydantic", "PIL", "pygments", "contourpy"]
    heavy += ["pyarrow", "chardet"]
    code = (
        "import sys, playground.start.app, playground.window.window;"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(out.split()) & set(heavy) == set()
    assert "playground" in out


def test_what_was_asked_is_shown_in_order(program: Program, window: Window) -> None:
    program.go_to(argparse.Namespace(open_topic="kmeans", scene="saddle", session=None, open=None))
    assert window.tab is not None
    assert window.tab.run.recipe.params.function == "saddle"


def asked(**given: Any) -> argparse.Namespace:
    return argparse.Namespace(**{**NOTHING_ASKED, **given})


@pytest.mark.parametrize("was_left", ["", "rnn", "rnn, then the start page"])
@pytest.mark.parametrize(
    ("given", "front"),
    [({}, ""), ({"open_topic": "cnn"}, "cnn"), ({"scene": "saddle"}, "optimizers"),
     ({"open_topic": "cnn", "scene": "a_rate_of_three"}, "cnn"), ({"seed": 4}, "")],
)  # fmt: skip
def test_who_wins_at_the_start(
    make_program: Callable[[], Program], was_left: str, given: dict[str, Any], front: str
) -> None:
    if was_left:
        LeftOff(topic("rnn"), is_front=was_left == "rnn").keep()
    program = make_program()
    program.begin_with(asked(**given))
    expected = front or ("rnn" if was_left == "rnn" else "start")
    assert program.window.tabs.currentWidget().objectName() == f"tab.{expected}"


def test_a_file_wins_over_all(make_program: Callable[[], Program], tmp_path: Path) -> None:
    LeftOff(topic("rnn")).keep()
    opened = session.session_of(Timeline(topic("optimizers").core, app_recipe()), 0)
    program = make_program()
    program.begin_with(asked(session=opened, open_topic="cnn", scene="a_rate_of_three"))
    assert program.window.tabs.currentWidget().objectName() == "tab.optimizers"


TELLS = """
import sys
from PySide6.QtCore import QTimer
from playground.command_line import cli
from playground.start import app
class Told(app.Program):
    def __init__(self, seed=0):
        super().__init__(seed)
        self.window.ready.connect(lambda: QTimer.singleShot(0, self.tell))
    def tell(self):
        tab = self.window.tab
        print(tab.run.position if tab else "start", flush=True)
        if tab:
            tab.run.advance(6)
        self.window.close()
app.Program = Told
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_first_start_shows_the_start_page_and_the_next_what_was_left(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    said = []
    for arguments in ((), ("--topic", "optimizers"), ()):
        command = [sys.executable, "-c", TELLS, *arguments]
        run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        assert (run.returncode, run.stderr) == (0, "")
        said.append(run.stdout.strip())
    assert said == ["start", "0", "6"]


@pytest.mark.slow
def test_the_window_lies_within_the_screen_and_its_transport_is_in_sight(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.playground.start.screens"]
    environment = {**os.environ, **surroundings(tmp_path)}
    seen = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = [
        f"{round(width / scale)} {round(height / scale)} {float(scale)} {len(TOPICS) if scale * 540 == height else 1}"
        for (width, height), scales in SCREENS.items()
        for scale in scales
    ]
    assert seen.splitlines() == wanted
