"""pyqtgraph is loaded in a process of its own: in this one it is there already."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(code: str) -> str:
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.parametrize("name", ["QtCore", "QtGui", "QtWidgets"])
def test_its_mirrors_are_the_modules_of_pyside(name: str) -> None:
    code = f"from widgets.plots.lean_pyqtgraph import pg; import PySide6.{name} as own; print(pg.Qt.{name} is own)"
    assert run(code) == "True"


def test_the_modules_list_their_names_again_and_a_plot_can_be_made() -> None:
    code = (
        "from widgets.plots.lean_pyqtgraph import pg; from PySide6 import QtCore; print('QTimer' in dir(QtCore));"
        "pg.mkQApp(); plot = pg.PlotWidget(); plot.plot([1, 2, 3]); print(plot.grab().isNull())"
    )
    assert run(code).split() == ["True", "False"]


def test_a_pyqtgraph_that_is_there_already_is_taken() -> None:
    assert run("import pyqtgraph; from widgets.plots.lean_pyqtgraph import pg; print(pg is pyqtgraph)") == "True"
