"""Data of one's own from files: what a table brings, and what becomes of a file that is dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from playground.window.documents import Documents
from playground.window.window import Window


def table(folder: Path, text: str) -> Path:
    (folder / "points.csv").write_text(text)
    return folder / "points.csv"


@pytest.mark.parametrize("way", ["button", "drop"])
def test_points_come_with_their_classes(
    window: Window, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    tab = window.visit("dense")
    path = table(tmp_path, "x,y,class\n1,0,0\n2,0.5,0\n5,4,1\n6,4,1\n")
    if way == "button":
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        documents.browse("points")
    else:
        window.dropped.connect(documents.drop)
        window.dropped.emit(str(path))
    assert tab.run.params.points.tolist() == [[1, 0], [2, 0.5], [5, 4], [6, 4]]
    assert tab.run.params.targets.tolist() == [0, 0, 1, 1]
    tab.run.advance(20)
    assert tab.run.frame.state.with_bias.accuracy == 1.0
    tab.run.undo()
    assert tab.run.params.points == "clouds"


def test_a_run_that_is_dropped_is_opened_though_it_is_a_table(
    window: Window, documents: Documents, tmp_path: Path
) -> None:
    tab = window.visit("dense")
    documents.drop(
        str(table(tmp_path, '# recipe: {"topic": "dense", "version": 1, "seed": 7, "params": {}}\nstep\n0\n'))
    )
    assert tab.run.recipe.seed == 7
    documents.drop(str(tmp_path / "none.csv"))
    error: Any = tab.form.findChild(object, "param.points.error")
    assert error.text()
