"""The preview of what is brought, as hands meet it: nothing is taken before it was seen."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from threading import Event
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from core.run.parameters import get_value, parameters
from core.run.refusal import Refusal
from playground.recipes.plain_recipes import with_parameters
from playground.tab import import_preview
from playground.tab.import_dialog import ImportDialog
from playground.tab.import_preview import Check
from playground.tab.import_source import Source, uses_of
from playground.topic_list import topic
from widgets.tables.column_choice import ColumnChoice

TABLE = b"name,a,b,c\nx,1,2,3\ny,4,,6\nz,7,8,1\nw,9,5,4\n"


class Seen:
    """A dialog and what stands in it."""

    def __init__(self, dialog: ImportDialog, qtbot: Any) -> None:
        self.dialog, self._qtbot, self.taken = dialog, qtbot, list[Any]()
        dialog.chosen.connect(self.taken.append)

    def part(self, kind: type[Any], name: str) -> Any:
        found = self.dialog.findChild(kind, f"import.{name}")
        assert found is not None
        return found

    @property
    def said(self) -> str:
        return str(self.part(QLabel, "said").text())

    @property
    def why(self) -> str:
        return str(self.part(QLabel, "error").text())

    @property
    def can_take(self) -> bool:
        return bool(self.part(QPushButton, "accept").isEnabled())

    def do(self, what: Callable[[], object]) -> None:
        with self._qtbot.waitSignal(self.dialog.looked):
            what()

    def click_head(self, column: int) -> None:
        header = self.part(ColumnChoice, "table").horizontalHeader()
        at = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
        self.do(lambda: self._qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at))

    def choose(self, name: str, value: object) -> None:
        box = self.part(QComboBox, name)
        at = next(i for i in range(box.count()) if box.itemData(i) == value)
        box.setCurrentIndex(at)
        self.do(lambda: box.activated.emit(at))

    def heads(self) -> list[str]:
        model = self.part(ColumnChoice, "table").model()
        return [str(model.headerData(i, Qt.Orientation.Horizontal)) for i in range(model.columnCount())]

    def accept(self) -> None:
        self._qtbot.mouseClick(self.part(QPushButton, "accept"), Qt.MouseButton.LeftButton)


Preview = Callable[..., Seen]


@pytest.fixture
def preview(qtbot: Any, dressed: object, settings: object, freed: Callable[[QWidget], None]) -> Preview:
    """Open the preview of something that is brought to a topic."""

    def open_one(id: str, name: str, data: bytes, check: Check = lambda values: values) -> Seen:
        entry, source = topic(id), Source(name, data)
        dialog = ImportDialog(source, uses_of(source, parameters(entry.core.Params)), entry.texts, check)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        freed(dialog)
        seen = Seen(dialog, qtbot)
        seen.do(dialog.open)
        return seen

    return open_one


def test_columns_of_numbers_are_proposed_and_a_click_chooses_others(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", TABLE)
    assert seen.heads()[1:] == ["a\n✓ x axis", "b\n✓ y axis", "c\n"]
    seen.click_head(3)
    assert seen.heads()[1:] == ["a\n", "b\n✓ x axis", "c\n✓ y axis"]
    seen.accept()
    [taken] = seen.taken
    assert taken.values["points"].tolist() == [[2, 3], [8, 1], [5, 4]]
    assert taken.columns == ("b", "c")


def test_a_column_that_names_the_rows_is_marked(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", b"country,a,b\nChile,1,2\nPeru,4,3\nCuba,7,8\n")
    assert seen.heads() == ["country\n✓ names of rows", "a\n✓ x axis", "b\n✓ y axis"]
    seen.accept()
    assert seen.taken[0].values["point_names"] == ["Chile", "Peru", "Cuba"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"who,Up,Jaws\nAnn,5,\nBob,,4\n", "stay as gaps"),
        (b"who,what,stars\nAnn,Up,5\nBob,Up,\n", "leave those rows out"),
    ],
)
def test_blanks_of_a_wide_table_of_ratings_stay_as_gaps(preview: Preview, content: bytes, said: str) -> None:
    box = preview("ratings", "a.csv", content).part(QComboBox, "blank")
    assert box.itemText(box.findData("drop")) == said


def test_blanks_are_counted_left_out_or_refused(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", TABLE)
    assert "1 of 4" in seen.said
    seen.choose("blank", "refuse")
    assert seen.why
    assert not seen.can_take
    seen.choose("blank", "drop")
    assert (seen.why, seen.can_take) == ("", True)


def test_a_number_that_marks_what_is_missing_is_blank_where_that_is_chosen(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", b"a,b\n1,2\n-999,3\n5,-999\n7,8\n9,1\n")
    box = seen.part(QCheckBox, "missing")
    assert (box.isVisible(), box.text(), box.isChecked()) == (True, "Read -999 as blank", False)
    assert "-999 stands 2 times in “a”, “b”" in seen.said
    seen.do(box.click)
    assert box.isVisible()
    assert box.isChecked()
    assert "-999 stands" not in seen.said
    assert "left out for a blank cell: 2 of 5" in seen.said
    seen.accept()
    assert seen.taken[0].values["points"].tolist() == [[1, 2], [7, 8], [9, 1]]


def test_zeros_that_are_no_ratings_become_gaps_where_that_is_chosen(preview: Preview) -> None:
    seen = preview("ratings", "a.csv", b"user,Up,Jaws\nAnn,5,0\nBob,0,4\n")
    seen.do(seen.part(QCheckBox, "missing").click)
    seen.accept()
    np.testing.assert_array_equal(seen.taken[0].values["ratings"], [[5, np.nan], [np.nan, 4]])


def test_a_column_of_texts_cannot_be_taken_for_numbers_and_the_reason_is_said(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", TABLE)
    seen.click_head(0)
    assert "name" in seen.why
    assert not seen.can_take
    seen.accept()
    assert seen.taken == []
    seen.click_head(0)
    seen.click_head(3)
    assert seen.can_take


def test_triples_may_have_blanks_between_their_words(preview: Preview) -> None:
    seen = preview("transe", "train.txt", b"ann knows bob\nbob likes cid\ncid knows ann\n")
    assert seen.heads() == ["0\n✓ head", "1\n✓ relation", "2\n✓ tail"]
    seen.accept()
    assert seen.taken[0].values["triples"] == [
        ["ann", "knows", "bob"],
        ["bob", "likes", "cid"],
        ["cid", "knows", "ann"],
    ]


def test_a_header_that_is_none_is_read_as_a_row(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", b"1,2\n3,4\n5,6\n")
    header = seen.part(QCheckBox, "header")
    before, rows = header.isChecked(), seen.part(ColumnChoice, "table").model().rowCount()
    seen.do(header.click)
    assert header.isChecked() is not before
    assert seen.part(ColumnChoice, "table").model().rowCount() == rows + (1 if before else -1)


def test_what_was_found_stands_in_the_boxes_and_can_be_changed(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", b"a;b\n1,5;2\n3;4\n")
    assert "semicolon" in seen.part(QComboBox, "separator").currentText()
    assert "comma" in seen.part(QComboBox, "decimal").currentText()
    seen.choose("separator", ",")
    assert seen.part(QComboBox, "separator").currentText() == "comma"


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("a.csv", TABLE, {"header", "encoding", "separator", "decimal", "blank"}),
        ("a.json", b'[{"x": 1, "y": 2}, {"x": 3, "y": 4}]', {"encoding", "blank"}),
    ],
)
def test_only_boxes_that_have_a_use_are_shown(preview: Preview, name: str, data: bytes, shown: set[str]) -> None:
    seen = preview("kmeans", name, data)
    boxes = {"header": QCheckBox} | dict.fromkeys(("encoding", "separator", "decimal", "blank"), QComboBox)
    assert {what for what, kind in boxes.items() if seen.part(kind, what).isVisible()} == shown


def test_a_text_is_read_in_the_encoding_that_is_chosen(preview: Preview) -> None:
    seen = preview("word2vec", "a.txt", "国王走路。\n王后走路。\n".encode("gb18030"))
    seen.choose("encoding", "gb18030")
    seen.accept()
    assert seen.taken[0].values == {"corpus": "国王走路。\n王后走路。\n"}


def test_a_picture_is_shown_as_it_will_be(preview: Preview) -> None:
    file = io.BytesIO()
    Image.new("L", (1200, 600), 90).save(file, "PNG")
    seen = preview("convolution", "a.png", file.getvalue())
    pixmap = seen.part(QLabel, "picture").pixmap()
    assert pixmap.width() == pytest.approx(2 * pixmap.height(), abs=2)
    assert "512 × 256" in seen.said
    assert "1200 × 600" in seen.said
    seen.accept()
    assert np.unique(seen.taken[0].values["image"]).tolist() == [90]


def test_what_the_tab_makes_of_a_picture_is_said(preview: Preview) -> None:
    file = io.BytesIO()
    Image.new("L", (60, 40), 90).save(file, "PNG")
    seen = preview("cnn", "a.png", file.getvalue(), lambda values: {"picture": np.zeros((8, 8))})
    assert "60 × 40" in seen.said
    assert "8 × 8" in seen.said


def test_what_it_shall_be_is_a_choice_where_there_are_several(preview: Preview) -> None:
    seen = preview("convolution", "a.csv", b"1,2,3\n4,5,6\n7,8,9\n")
    box = seen.part(QComboBox, "field")
    box.setCurrentIndex(1)
    seen.do(lambda: box.activated.emit(1))
    seen.accept()
    assert {name: value.shape for name, value in seen.taken[0].values.items()} == {"kernel": (3, 3)}


def test_a_table_of_texts_and_its_lines_are_told_apart(preview: Preview) -> None:
    box = preview("embedding", "train.txt", b"__label__pos so good\n__label__neg so bad\n").part(QComboBox, "field")
    assert [box.itemText(i) for i in range(box.count())] == ["As Sentences", "As Sentences, line by line"]


def test_what_the_tab_cannot_take_is_said_before_it_is_taken(preview: Preview) -> None:
    def refuse(values: Mapping[str, Any]) -> Mapping[str, Any]:
        raise Refusal("points", "data_constant", {"given": 7})

    seen = preview("kmeans", "a.csv", TABLE, refuse)
    assert "7" in seen.why
    assert not seen.can_take


def test_a_text_that_is_too_long_is_refused_before_it_is_taken(preview: Preview) -> None:
    core = topic("rnn").core

    def check(values: Mapping[str, Any]) -> Mapping[str, Any]:
        params = with_parameters(core, core.Params(), values)
        return {name: get_value(params, name) for name in values}

    seen = preview("rnn", "a.txt", b"abcd " * (import_preview.AT_ONCE // 4), check)
    assert "10000" in seen.why
    assert not seen.can_take


def test_arrays_are_taken_as_the_tab_holds_them(preview: Preview) -> None:
    held = np.array([[1.0, 2.0]])
    seen = preview("kmeans", "a.csv", TABLE, lambda values: {**values, "points": held})
    seen.accept()
    assert seen.taken[0].values["points"] is held


def test_keys_alone_choose_columns_and_take_them(preview: Preview, qtbot: Any) -> None:
    seen = preview("kmeans", "a.csv", TABLE)
    table = seen.part(ColumnChoice, "table")
    while table.currentIndex().column() < 3:
        qtbot.keyClick(table, Qt.Key.Key_Right)
    seen.do(lambda: qtbot.keyClick(table, Qt.Key.Key_Space))
    assert seen.heads()[1:] == ["a\n", "b\n✓ x axis", "c\n✓ y axis"]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    [taken] = seen.taken
    assert taken.columns == ("b", "c")


def test_escape_takes_nothing(preview: Preview, qtbot: Any) -> None:
    seen = preview("kmeans", "a.csv", TABLE)
    qtbot.keyClick(seen.part(ColumnChoice, "table"), Qt.Key.Key_Escape)
    assert not seen.dialog.isVisible()
    assert seen.taken == []


def test_everything_that_keys_come_to_has_a_name(preview: Preview) -> None:
    dialog = preview("kmeans", "a.csv", TABLE).dialog
    kinds = (QAbstractButton, QComboBox, QAbstractItemView, QPlainTextEdit)
    nameless = [
        part.objectName()
        for part in dialog.findChildren(QWidget)
        if isinstance(part, kinds) and part.objectName().startswith("import.")
        if not (part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()))
    ]
    assert nameless == []


def test_a_column_that_would_name_the_rows_is_marked_while_others_are_refused(preview: Preview) -> None:
    seen = preview("kmeans", "a.csv", b"country,a\nChile,1\nPeru,4\nCuba,7\n")
    assert not seen.can_take
    assert seen.heads()[0] == "country\n✓ names of rows"


def test_one_column_is_counted_in_words(preview: Preview) -> None:
    assert "4 rows, one column." in preview("kmeans", "a.csv", b"a\n1\n2\n5\n4\n").said


def test_of_a_large_file_the_first_rows_are_shown_and_all_are_taken(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(import_preview, "AT_ONCE", 100)
    monkeypatch.setattr(import_preview, "ROWS", 10)
    checked: list[int] = []
    data = b"a,b\n" + b"".join(b"%d.5,%d.5\n" % (i, i * i) for i in range(300))

    def check(values: Mapping[str, Any]) -> Mapping[str, Any]:
        checked.append(len(values["points"]))
        return values

    seen = preview("kmeans", "a.csv", data, check)
    assert seen.part(ColumnChoice, "table").model().rowCount() == 10
    assert (checked, seen.can_take) == ([], True)
    assert "10" in seen.said
    with qtbot.waitSignal(seen.dialog.chosen):
        seen.accept()
    assert len(seen.taken[0].values["points"]) == 300
    assert checked == [300]


def test_a_large_file_is_read_whole_as_it_was_shown(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(import_preview, "AT_ONCE", 100)
    monkeypatch.setattr(import_preview, "BEGINNING", 200)
    data = b"a,b\n" + 300 * b"1.5,2.5\n" + "国,3\n".encode("gb18030")
    seen = preview("kmeans", "a.csv", data)
    assert seen.can_take
    with qtbot.waitSignal(seen.dialog.looked):
        seen.accept()
    assert (seen.taken, seen.can_take) == ([], False)
    assert "utf-8" in seen.why.lower()


def test_a_large_file_that_is_cancelled_while_it_is_read_is_not_taken(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(import_preview, "AT_ONCE", 10)
    begun, may_end = Event(), Event()

    def wait(values: Mapping[str, Any]) -> Mapping[str, Any]:
        begun.set()
        may_end.wait(10)
        return values

    seen = preview("kmeans", "a.csv", b"a,b\n1,2.5\n3,4\n5,7\n", wait)
    seen.accept()
    assert begun.wait(10)
    assert seen.part(QWidget, "progress").isVisible()
    with qtbot.waitSignal(seen.dialog.rejected):
        seen.part(QPushButton, "cancel").click()
    may_end.set()
    assert seen.taken == []


def test_a_fault_is_told_and_nothing_is_taken(preview: Preview) -> None:
    def stumble(values: Mapping[str, Any]) -> Mapping[str, Any]:
        raise ZeroDivisionError("of its own")

    seen = preview("kmeans", "a.csv", TABLE, stumble)
    assert "of its own" in seen.why
    assert not seen.can_take
