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
        "from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from widgets.plots.plot import Plot; from PySide6 import QtCore; print('QTimer' in dir(QtCore));"
        "print(Plot('x', 'y').grab().isNull())"
    )
    assert run(code).split() == ["True", "False"]


def test_what_no_plot_uses_is_left_out_until_it_is_asked_for() -> None:
    code = (
        "import sys; from widgets.plots.lean_pyqtgraph import pg;"
        "print(*(n for n in sys.modules if n.startswith('pyqtgraph') and n.endswith(('Item', 'ROI', 'Menu', 'tree'))));"
        "from pyqtgraph.graphicsItems.ROI import ROI; print(ROI.__mro__[-1].__name__, hasattr(pg, 'ROI'))"
    )
    assert run(code).splitlines() == ["pyqtgraph.graphicsItems.GraphicsItem", "object False"]


def test_a_pyqtgraph_that_is_there_already_is_taken() -> None:
    assert run("import pyqtgraph; from widgets.plots.lean_pyqtgraph import pg; print(pg is pyqtgraph)") == "True"
