"""Which two columns of a table to take: asked where there is a choice, in the words of the topic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QLabel, QWidget

from core.data.table import shipped
from core.run.refusal import Refusal
from playground.tab.topic_tab import TopicTab
from playground.topic_list import topic
from playground.window.column_dialog import ColumnsDialog, ask_columns
from playground.window.documents import Documents
from playground.window.window import Window

Browse = Callable[[str, str, bytes], TopicTab]


def labels(dialog: ColumnsDialog) -> list[str]:
    form: Any = dialog.layout()
    assert isinstance(form, QFormLayout)
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("id", "words"), [("kmeans", ["x axis", "y axis"]), ("optimizers", ["Given (u)", "Predicted (t)"])]
)
def test_it_asks_in_the_words_of_the_topic(
    window: Window, freed: Callable[[QWidget], None], id: str, words: list[str]
) -> None:
    dialog = ColumnsDialog(shipped("iris"), topic(id).texts)
    freed(dialog)
    assert labels(dialog) == words
    box: Any = dialog.findChild(QComboBox, "columns.t")
    box.setCurrentIndex(3)
    assert dialog.chosen() == ("sepal_length", "petal_width")


def test_two_columns_leave_no_choice(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    assert ask_columns(window, path, "points", topic("kmeans").texts) == ()
    assert ask_columns(window, tmp_path / "a.npy", "points", topic("kmeans").texts) == ()


def test_what_is_no_table_is_refused(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x00")
    with pytest.raises(Refusal):
        ask_columns(window, path, "points", topic("kmeans").texts)


@pytest.fixture
def browse(window: Window, documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browse:
    """Open a table in the form of a topic, and return its tab."""

    def do(id: str, name: str, table: bytes) -> TopicTab:
        path = tmp_path / "a.csv"
        path.write_bytes(table)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        tab = window.visit(id)
        documents.browse(name)
        return tab

    return do


def test_a_table_opened_in_the_form_becomes_the_points(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        ColumnsDialog, "exec", lambda self: self.findChild(QComboBox, "columns.t").setCurrentIndex(2) or 1
    )
    tab = browse("kmeans", "points", b"a,b,c\n1,2,3\n4,5,6\n7,8,1\n")
    assert tab.run.params.points.tolist() == [[1, 3], [4, 6], [7, 1]]
    assert tab.run.params.n_clusters == 3
    monkeypatch.setattr(ColumnsDialog, "exec", lambda self: 1)
    browse("kmeans", "points", b"a,b,c\n1,2,3\n4,x,6\n7,8,1\n")
    error: Any = tab.findChild(QLabel, "param.points.error")
    assert "Line 3" in error.text()
    assert tab.run.params.points.tolist() == [[1, 3], [4, 6], [7, 1]]


def test_a_kernel_takes_all_columns_and_nothing_is_asked(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ColumnsDialog, "exec", lambda self: pytest.fail("asked"))
    tab = browse("convolution", "kernel", b"1,2,3\n4,5,6\n7,8,9\n")
    assert tab.run.params.kernel.tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_a_name_with_a_comma_is_chosen(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ColumnsDialog, "exec", lambda self: 1)
    tab = browse("kmeans", "points", b'"Height, cm","a:b",c\n1,2,3\n4,5,6\n7,8,1\n')
    assert tab.run.params.points.tolist() == [[1, 2], [4, 5], [7, 8]]
