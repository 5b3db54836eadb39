"""From the start of Python to the first picture: the shell beside a bare window, the tab beside a bare plot.

And how long another tab takes, from the click to its picture, in a window that is at rest. Each start is a process of
its own. Bytecode is compiled beforehand, as in an installed program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import CLOCK_MONOTONIC, clock_gettime
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROUNDS = 9
OPENED = ("activations", "loss-metrics", "shapes", "dense")

_END = """
import os, sys, time
def painted():
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
    if "playground" in sys.modules:
        quick_start.settle()  # it keeps what the next start need not compile
    os._exit(0)
def watch(widget):
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # comes once the whole window is painted
            return False
        def customEvent(self, event):
            painted()
    widget.watch = Watch()
    widget.installEventFilter(widget.watch)
"""

_BARE_WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
watch(window)
window.show()
app.exec()
"""

_PROGRAM = """
sys.path.insert(0, {root!r})
from playground.command_line import cli
from playground.start import quick_start
quick_start.begin()  # as the command line does, before anything of Qt is loaded
from playground.start import app
class Watched(app.Program):
    def __init__(self, seed=0):
        super().__init__(seed)
        window = self.window
        {then}
    def begin_with(self, options):
        self.window.begin_with("{front}")
app.Program = Watched
cli.main([])
"""
_SHELL = _PROGRAM.replace("{then}", "window.painted.connect(painted)").replace("{front}", "start")
_PAGE = _PROGRAM.replace("{then}", "window.welcomed.connect(watch)").replace("{front}", "start")
_PROGRAM = _PROGRAM.replace("{front}", "optimizers")
_TAB = _PROGRAM.replace("{then}", "window.filled.connect(lambda tab: watch(tab.plane.viewport()))")
_OPENED = (
    """
def opened(window):
    print(time.clock_gettime(time.CLOCK_MONOTONIC))
    watch(window.visit({id!r}))
def rest(window):
    pages = [window.page(entry.id) for entry in TOPICS]
    is_ready = all(page.tab or page.may_be_filled() for page in pages)  # what is built ahead is there
    QTimer.singleShot(500, lambda: (opened if is_ready else rest)(window))
"""
    + _PROGRAM.replace("{then}", "window.ready.connect(lambda: rest(window))")
).replace(
    "from playground.start import app\n",
    "from playground.start import app\nfrom PySide6.QtCore import QTimer\nfrom playground.topic_list import TOPICS\n",
)

_BARE_PLOT = """
import pyqtgraph
app = pyqtgraph.mkQApp()
plot = pyqtgraph.PlotWidget()
plot.plot(range(1000))
plot.resize(1440, 900)
watch(plot.viewport())
plot.show()
app.exec()
"""


@pytest.fixture
def start(tmp_path: Path) -> Callable[[str], Callable[[], float]]:
    """Return a function that starts a program and returns the seconds until it has painted."""
    screen = tmp_path / "screen.json"  # that has room for the windows compared
    one = {
        "name": "one",
        "x": 0,
        "y": 0,
        "width": 1920,
        "height": 1080,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    screen.write_text(json.dumps({"screens": [one]}), encoding="utf-8")
    platform = f"offscreen:configfile={screen}"
    ours = {"PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode"), "QT_QPA_PLATFORM": platform}
    environment = {**os.environ, **ours}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def of(program: str) -> Callable[[], float]:
        code = _END + program.replace("{root!r}", repr(str(ROOT)))

        def seconds() -> float:
            begin = clock_gettime(CLOCK_MONOTONIC)
            ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, cwd=tmp_path)
            assert ran.returncode == 0, ran.stderr.decode()
            *begun, painted = map(float, ran.stdout.split())  # it tells where it begins later than with its start
            return painted - (begun or [begin])[0]

        return seconds

    return of


def _judge(bench: Any, name: str, limit: float, candidate: Callable[[], float], bare: Callable[[], float]) -> None:
    candidate(), bare()  # the first start writes the bytecode
    pairs = [(candidate(), bare()) for _ in range(ROUNDS)]
    own, other = (1e3 * median(times) for times in zip(*pairs, strict=True))
    bench.judge((name, median(a / b for a, b in pairs), limit, f"{own:.0f} ms, {other:.0f} ms"))


def test_the_shell_beside_a_bare_window(bench: Any, start: Any) -> None:
    _judge(bench, "shell painted / bare QMainWindow", 1.3, start(_SHELL), start(_BARE_WINDOW))


def test_the_start_page_beside_a_bare_window(bench: Any, start: Any) -> None:
    _judge(bench, "start page drawn / bare QMainWindow", 3.0, start(_PAGE), start(_BARE_WINDOW))


def test_the_first_tab_beside_a_bare_plot(bench: Any, start: Any) -> None:
    _judge(bench, "first tab drawn / bare pyqtgraph plot", 1.2, start(_TAB), start(_BARE_PLOT))


@pytest.mark.parametrize("id", OPENED)
def test_the_first_opening_of_another_tab_beside_a_bare_window(bench: Any, start: Any, id: str) -> None:
    opened = start(_OPENED.replace("{id!r}", repr(id)))
    _judge(bench, f"{id} opened / bare QMainWindow", 0.5, opened, start(_BARE_WINDOW))
