"""Each way in, chosen, dropped or pasted, with a table, a text, a picture, a run and junk."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QTableView

from playground.export.dialog import Exports
from playground.export.formats import Chosen
from playground.files import session
from tests.playground.window.conftest import Hands
from widgets.base.elided_label import ElidedLabel

TABLE = "row,a,b,kind\n0,1,2,x\n1,3,,y\n2,5,1,x\n3,2,2,z\n"
PROSE = "The king walks.\nThe queen walks.\n"


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def text(words: str) -> QMimeData:
    data = QMimeData()
    data.setText(words)
    return data


def png() -> bytes:
    file = io.BytesIO()
    Image.new("L", (6, 4), 90).save(file, "PNG")
    return file.getvalue()


def ink() -> bytes:
    file, image = io.BytesIO(), Image.new("L", (40, 40), 255)
    image.paste(0, (16, 5, 22, 35))
    image.save(file, "PNG")
    return file.getvalue()


def bring(hands: Hands, way: str, parameter: str, path: Path) -> None:
    match way:
        case "browse":
            hands.browse(parameter, path)
        case "drop":
            hands.drop(path)
        case "paste":
            hands.paste(urls(path))


WAYS = pytest.mark.parametrize("way", ["browse", "drop", "paste"])


@WAYS
def test_a_table_is_previewed_then_taken_and_only_then_is_that_said(hands: Hands, way: str) -> None:
    tab = hands.visit("kmeans")
    bring(hands, way, "points", hands.file("mine.csv", TABLE))
    hands.dialog()
    assert tab.run.params.points == "blobs"
    assert "mine.csv" not in hands.status
    hands.press("accept")
    assert tab.run.params.points.shape == (3, 2)
    assert "mine.csv" in hands.status
    assert "1" in hands.status
    [origin] = tab.run.recipe.origins
    assert (origin.parameter, origin.file, len(origin.columns)) == ("points", "mine.csv", 2)
    tab.run.undo()
    assert tab.run.params.points == "blobs"


@WAYS
def test_a_text_becomes_the_corpus(hands: Hands, way: str) -> None:
    tab = hands.visit("word2vec")
    bring(hands, way, "corpus", hands.file("mine.txt", PROSE))
    hands.press("accept")
    assert tab.run.params.corpus == PROSE


@WAYS
def test_a_picture_becomes_the_picture(hands: Hands, way: str) -> None:
    tab = hands.visit("convolution")
    bring(hands, way, "image", hands.file("mine.png", png()))
    hands.press("accept")
    assert tab.run.params.image.tolist() == [[90.0] * 6] * 4


@WAYS
def test_a_preview_that_is_cancelled_leaves_everything_as_it_was(hands: Hands, way: str) -> None:
    tab = hands.visit("kmeans")
    tab.run.advance(3)
    recipe = tab.run.recipe
    bring(hands, way, "points", hands.file("mine.csv", TABLE))
    hands.press("cancel")
    assert (tab.run.recipe, tab.run.position, tab.run.can_undo) == (recipe, 3, False)
    assert "mine.csv" not in hands.status


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_junk_leaves_everything_as_it_was_and_says_so(hands: Hands, way: str) -> None:
    tab = hands.visit("kmeans")
    recipe = tab.run.recipe
    bring(hands, way, "points", hands.file("junk.bin", bytes(range(256))))
    box = hands.box("import.nobody")
    assert "junk.bin" in box.text()
    box.close()
    assert tab.run.recipe == recipe


def test_junk_that_is_chosen_for_a_field_cannot_be_taken(hands: Hands) -> None:
    hands.visit("kmeans")
    hands.browse("points", hands.file("junk.bin", bytes(range(256))))
    dialog = hands.dialog()
    error, accept = dialog.findChild(QLabel, "import.error"), dialog.findChild(QPushButton, "import.accept")
    assert error is not None
    assert accept is not None
    assert error.text()
    assert not accept.isEnabled()
    hands.press("cancel")


def test_a_file_that_is_not_there_is_complained_of(hands: Hands, tmp_path: Path) -> None:
    hands.visit("kmeans")
    hands.drop(tmp_path / "none.csv")
    box = hands.box("complaint")
    assert "none.csv" in box.text()
    assert box.informativeText()
    box.close()


def test_a_folder_is_called_a_folder(hands: Hands, tmp_path: Path) -> None:
    hands.visit("kmeans")
    (tmp_path / "many").mkdir()
    hands.drop(tmp_path / "many")
    box = hands.box("import.folder")
    assert "many" in box.text()
    box.close()


def test_a_file_without_anything_in_it_is_called_empty(hands: Hands) -> None:
    hands.visit("kmeans")
    hands.drop(hands.file("mine.csv", " \n"))
    box = hands.box("import.nobody")
    assert box.text() == "There is nothing in mine.csv."
    box.close()


def test_a_link_is_told_from_a_file_and_from_a_text(hands: Hands) -> None:
    hands.visit("word2vec")
    data = text("https://example.org/a.csv")
    data.setUrls([QUrl("https://example.org/a.csv")])
    hands.drop_data(data)
    assert "link" in hands.status


def test_of_several_files_one_is_taken_and_that_is_said(hands: Hands) -> None:
    hands.visit("kmeans")
    hands.drop(hands.file("one.csv", TABLE), hands.file("two.csv", TABLE))
    title = hands.dialog().findChild(ElidedLabel)
    assert title is not None
    assert "one.csv" in title.text()
    assert "one.csv" in hands.status
    hands.press("cancel")


def test_no_file_is_chosen(hands: Hands) -> None:
    tab = hands.visit("kmeans")
    hands.browse("points", None)
    assert not hands.window.findChildren(QDialog, "import")
    assert tab.run.params.points == "blobs"


def test_what_the_tab_in_front_has_no_use_for_is_offered_to_those_that_have(hands: Hands, qtbot: Any) -> None:
    hands.visit("kmeans")
    hands.drop(hands.file("mine.txt", PROSE))
    box = hands.box("import.elsewhere")
    assert {b.objectName() for b in box.buttons()} >= {"import.elsewhere.word2vec", "import.elsewhere.rnn"}
    button = box.findChild(QPushButton, "import.elsewhere.word2vec")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    hands.press("accept")
    assert hands.window.tab is hands.visit("word2vec")
    assert hands.visit("word2vec").run.params.corpus == PROSE


def test_several_values_of_one_table_come_together(hands: Hands) -> None:
    tab = hands.visit("dense")
    hands.drop(hands.file("mine.csv", "x,y,class\n1,0,0\n2,0.5,0\n5,4,1\n6,4,1\n"))
    hands.press("accept")
    assert tab.run.params.points.tolist() == [[1, 0], [2, 0.5], [5, 4], [6, 4]]
    assert tab.run.params.targets.tolist() == [0, 0, 1, 1]
    origins = {origin.parameter: (origin.file, origin.columns) for origin in tab.run.recipe.origins}
    assert origins == {"points": ("mine.csv", ("x", "y")), "targets": ("mine.csv", ("class",))}
    tab.run.undo()
    assert tab.run.params.points == "clouds"


def test_of_many_columns_their_number_is_told(hands: Hands) -> None:
    hands.visit("convolution")
    hands.drop(hands.file("mine.csv", "\n".join(",".join(f"{i * j}.5" for i in range(9)) for j in range(9))))
    hands.press("accept")
    assert "9 rows of 9 columns" in hands.status


def test_a_picture_that_a_run_only_looks_at_is_let_go_of_by_undo(hands: Hands) -> None:
    tab = hands.visit("cnn")
    before = tab.run.params
    hands.drop(hands.file("mine.png", ink()))
    hands.press("accept")
    assert tab.run.params != before
    tab.run.undo()
    assert tab.run.params == before
    assert tab.run.recipe.origins == ()


def test_a_table_is_offered_to_the_tabs_that_its_columns_fit(hands: Hands) -> None:
    hands.visit("word2vec")
    hands.drop(hands.file("mine.csv", "name,height,weight\nAda,1.5,50\nBob,1.75,72\nCy,1.6,66\n"))
    box = hands.box("import.elsewhere")
    offered = {button.objectName().rpartition(".")[2] for button in box.buttons()}
    box.close()
    assert {"kmeans", "optimizers"} <= offered
    assert "activations" not in offered  # which wants three columns


def test_a_table_that_fits_no_tab_is_offered_all_the_same_and_its_preview_says_why(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.window.brought.fits", lambda source, use: False)
    hands.visit("word2vec")
    hands.drop(hands.file("mine.csv", "name,colour\nAda,red\nBob,blue\nCy,green\n"))
    box = hands.box("import.elsewhere")
    assert "import.elsewhere.kmeans" in {button.objectName() for button in box.buttons()}
    box.close()


def test_data_come_with_the_setting_that_shows_them(hands: Hands) -> None:
    tab = hands.visit("optimizers")
    assert tab.run.params.function not in ("linear-regression", "logistic-regression")
    hands.drop(hands.file("mine.csv", "u,t\n1,2\n2,4.5\n3,5\n4,9\n"))
    hands.press("accept")
    assert tab.run.params.function == "linear-regression"
    assert tab.run.params.data.tolist() == [[1, 2], [2, 4.5], [3, 5], [4, 9]]
    reader = hands.visit("rnn")
    hands.drop(hands.file("mine.txt", "abc abd abc abd "))
    hands.press("accept")
    assert (reader.run.params.task, reader.run.params.text) == ("next-character", "abc abd abc abd ")


# What is pasted, or dragged here from a program, and is no file.


def test_a_table_of_a_spreadsheet_is_pasted(hands: Hands) -> None:
    tab = hands.visit("kmeans")
    hands.paste(text("a\tb\n1\t2\n3\t4\n5\t9\n7\t7\n"))
    hands.press("accept")
    assert tab.run.params.points.tolist() == [[1, 2], [3, 4], [5, 9], [7, 7]]


def test_words_are_pasted_and_dropped(hands: Hands) -> None:
    tab = hands.visit("word2vec")
    hands.paste(text(PROSE))
    hands.press("accept")
    hands.drop_data(text(PROSE + PROSE))
    hands.press("accept")
    assert tab.run.params.corpus == PROSE + PROSE


def test_a_picture_is_pasted(hands: Hands) -> None:
    tab, image = hands.visit("convolution"), QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 200, 30))
    data = QMimeData()
    data.setImageData(image)
    hands.paste(data)
    hands.press("accept")
    assert tab.run.params.image.shape == (3, 3, 5)
    assert np.unique(tab.run.params.image).tolist() == [10, 30, 200]


def test_nothing_is_pasted_and_that_is_said(hands: Hands) -> None:
    hands.visit("kmeans")
    hands.paste(QMimeData())
    assert hands.status
    assert not hands.window.findChildren(QDialog, "import")


def test_what_a_field_is_typed_into_is_pasted_there(hands: Hands, qtbot: Any) -> None:
    tab = hands.visit("optimizers")
    field: Any = tab.findChild(QLineEdit, "param.start")
    QGuiApplication.clipboard().setText("[1, 2]")
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "[1, 2]"
    assert not hands.window.findChildren(QDialog, "import")


def test_cells_of_a_table_in_focus_are_pasted_there(hands: Hands, qtbot: Any, settle: Any) -> None:
    tab = hands.visit("kmeans")
    tab.run.advance(1)
    tab.bring_forward("cells")
    table: Any = tab.findChild(QTableView, "cells.points")
    settle()
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    QGuiApplication.clipboard().setText("7.5\t8.5")
    hands.window.actions_["edit.paste"].trigger()
    assert tab.run.frame.state.points[0].tolist() == [7.5, 8.5]
    assert not hands.window.findChildren(QDialog, "import")


# Runs.

EXPORTS = [
    Chosen("tab", ".png", 1), Chosen("surface", ".svg"), Chosen("loss", ".gif", 1, first=0, last=4, every=2),
    Chosen("loss", ".apng", 1, first=0, last=4, every=2), Chosen("data", ".csv", last=4),
    Chosen("data", ".json", last=4),
    Chosen("data", ".npz", last=4),
]  # fmt: skip


@pytest.mark.parametrize("chosen", EXPORTS, ids=lambda chosen: chosen.ending)
@pytest.mark.parametrize("front", ["optimizers", "kmeans"])
def test_every_export_that_is_dropped_reopens_its_run(
    hands: Hands, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: Chosen, front: str
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    tab = hands.visit("optimizers")
    tab.set_parameter("function", "beale")
    tab.set_parameter("sgd.learning_rate", 0.002)
    tab.run.advance(4)
    recipe, path = tab.run.recipe, tmp_path / f"mine{chosen.ending}"
    exports = Exports(tab, hands.program.player, hands.window, hands.window.say)
    with qtbot.waitSignal(exports.export_to(path, chosen).ended, timeout=20_000) as ended:
        pass
    assert ended.args == [None]
    tab.run.reset_parameters()
    hands.visit(front)
    with qtbot.waitSignal(tab.run.changed):
        hands.drop(path)
    assert tab.run.recipe == recipe
    assert hands.window.tab is tab
    assert not hands.window.findChildren(QDialog, "import")


def test_a_session_that_is_dropped_opens(hands: Hands, qtbot: Any, tmp_path: Path) -> None:
    tab = hands.visit("kmeans")
    tab.run.advance(3)
    session.save(tmp_path / "mine.mlplay", session.session_of(tab.run.timeline, 3))
    hands.program.documents.take(None, session.open_file(tmp_path / "mine.mlplay"))
    tab.run.seek(0)
    with qtbot.waitSignal(tab.run.changed):
        hands.drop(tmp_path / "mine.mlplay")
    assert tab.run.position == 3


def test_numbers_copied_here_reopen_their_run_where_they_are_pasted(hands: Hands, qtbot: Any) -> None:
    tab = hands.visit("kmeans")
    data = text("step,x\n0,1\n")
    data.setData("text/csv", b'# recipe: {"topic": "kmeans", "version": 1, "seed": 7, "params": {}}\nstep\n0\n')
    with qtbot.waitSignal(tab.run.changed):
        hands.paste(data)
    assert tab.run.recipe.seed == 7


def test_a_damaged_run_is_complained_of_by_name(hands: Hands) -> None:
    hands.visit("kmeans")
    hands.drop(hands.file("mine.csv", "# recipe: {oh\nstep\n0\n"))
    box = hands.box("complaint")
    assert "mine.csv" in box.text()
    box.close()


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.png"])
def test_a_stranger_that_is_opened_is_told_what_it_is_not(hands: Hands, name: str) -> None:
    data: dict[str, str | bytes] = {"a.csv": TABLE, "a.txt": PROSE, "a.png": png()}
    assert not hands.program.documents.open(str(hands.file(name, data[name])))
    box = hands.box("complaint")
    assert "  " not in box.informativeText()
    assert not box.informativeText().startswith(" ")
    assert "char 0" not in box.informativeText()
    box.close()


def test_a_file_that_nobody_reads_is_told_what_it_is(hands: Hands) -> None:
    hands.visit("kmeans")
    hands.drop(hands.file("a.pdf", b"%PDF-1.4\n"))
    box = hands.box("complaint")
    assert "a.pdf is a PDF" in box.informativeText()
    box.close()
