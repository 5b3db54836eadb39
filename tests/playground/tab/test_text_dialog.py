"""What the learner does in the Word2vec tab: texts of one's own, weights that are typed, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from core import word2vec as core
from core.data.corpora import shipped
from core.run.recipe import Recipe, SetArray
from core.run.timeline import Timeline
from playground.command_line.cli import main
from playground.files.session import dump, load, session_of
from playground.topics.word2vec.tab import Word2vecTab
from playground.window.window import Window

_ACROSS = Qt.Orientation.Horizontal
LONG = "\n".join(f"the {a} number{i} sees a {b}" for i in range(600) for a, b in (("cat", "dog"), ("king", "queen")))

TWENTY_THOUSAND = "\n".join(" ".join(f"w{(7 * i + j) % 1500}" for j in range(10)) for i in range(2000))


@pytest.fixture
def words(window: Window, settle: Any) -> Word2vecTab:
    tab: Any = window.visit("word2vec")
    assert isinstance(tab, Word2vecTab)
    settle()
    return tab


def show(tab: Word2vecTab, id: str, settle: Any) -> Any:
    page = tab.plots()[id]
    tab.centre.deck_of(page).show_page(page)
    settle()
    return page


def cell(tab: Word2vecTab, name: str) -> QTableView:
    table = tab.findChild(QTableView, f"cells.{name}")
    assert isinstance(table, QTableView)
    return table


@pytest.mark.parametrize("name", ["W", "C"])
def test_a_weight_that_is_typed_is_an_edit(words: Word2vecTab, settle: Any, name: str) -> None:
    words.run.advance(4)
    show(words, name, settle)
    table = cell(words, name)
    old = getattr(words.run.frame.state, name).copy()
    model = table.model()
    assert model.setData(model.index(2, 3), "0.125")
    new = getattr(words.run.frame.state, name)
    assert new[2, 3] == 0.125
    old[2, 3] = 0.125
    assert new.tolist() == old.tolist()
    assert isinstance(words.run.recipe.edits[0].edit, SetArray)
    words.run.undo()
    assert words.run.recipe.edits == ()


def test_the_tables_are_named_by_words(words: Word2vecTab, settle: Any) -> None:
    show(words, "C", settle)
    model = cell(words, "C").model()
    assert [model.headerData(i, _ACROSS) for i in range(3)] == ["the", "king", "wears"]
    assert (model.rowCount(), model.columnCount()) == (6, 20)


def in_dialog(do: Any) -> None:
    """Do something in the dialog that opens next; it is modal."""

    def act() -> None:
        dialog: Any = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "dialog.text")
        do(dialog)

    QTimer.singleShot(0, act)


def press(dialog: Any, button: QDialogButtonBox.StandardButton) -> None:
    dialog.findChild(QDialogButtonBox).button(button).click()


def test_a_text_of_ones_own_is_pasted(words: Word2vecTab) -> None:
    def paste(dialog: Any) -> None:
        edit: QPlainTextEdit = dialog.findChild(QPlainTextEdit, "text.edit")
        assert edit.toPlainText() == shipped("kings-and-cats")
        edit.setPlainText("小猫 喝 水。\n小狗 喝 水。")
        assert "2 sentences · 6 words · 4 different" in dialog._counts.text()
        press(dialog, QDialogButtonBox.StandardButton.Ok)

    in_dialog(paste)
    words.text_button.click()
    assert core.corpus_of(words.run.params).vocabulary == ("小猫", "喝", "水", "小狗")
    words.run.undo()
    assert words.run.params.corpus == "kings-and-cats"


def test_a_text_that_cannot_be_used_stays_in_the_dialog(words: Word2vecTab) -> None:
    said: list[str] = []

    def cancel(dialog: Any) -> None:
        said.append(dialog.findChild(QLabel, "text.error").text())
        press(dialog, QDialogButtonBox.StandardButton.Cancel)

    def paste(dialog: Any) -> None:
        dialog.findChild(QPlainTextEdit, "text.edit").setPlainText("alone")
        in_dialog(cancel)
        press(dialog, QDialogButtonBox.StandardButton.Ok)

    in_dialog(paste)
    words.text_button.click()
    assert "“alone” holds no example" in said[0]
    assert words.run.params.corpus == "kings-and-cats"


def test_a_text_is_opened_from_a_file(words: Word2vecTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("a cat sees a dog\na dog sees a cat\n", "utf-8")
    asked: list[str] = []

    def choose(*arguments: Any) -> tuple[str, str]:
        asked.append(arguments[3])
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    words.open_button.click()
    assert words.run.params.corpus == path.read_text("utf-8")
    assert "*.txt" in asked[0]
    box: Any = words.findChild(QComboBox, "param.corpus")
    assert box.currentText() == "a cat sees a d…"
    assert box.lineEdit().isReadOnly()
    words.set_parameter("corpus", "boats-and-bread")
    assert not box.lineEdit().isReadOnly()


def test_leaving_the_field_of_a_long_text_keeps_it(words: Word2vecTab, settle: Any) -> None:
    words.set_parameter("corpus", LONG)
    box: Any = words.findChild(QComboBox, "param.corpus")
    box.lineEdit().setFocus()
    box.lineEdit().editingFinished.emit()
    settle()
    assert words.run.params.corpus == LONG


def test_twenty_thousand_words_can_be_played(words: Word2vecTab, settle: Any) -> None:
    words.set_parameter("corpus", TWENTY_THOUSAND)
    words.run.advance(30)
    settle()
    assert words.run.timeline.error == ""
    assert not words.grab().isNull()


def test_the_end_of_a_pass_is_marked_once_each_and_of_many_only_some(words: Word2vecTab) -> None:
    words.set_parameter("corpus", "a b. a c")
    words.run.advance(2000)
    marks = words.shown_events()
    assert 20 < len(marks) <= 41
    assert all("epoch" in words.run.timeline.events_at(t) for t, _ in marks)


def test_divergence_is_said_and_the_weights_stay(window: Window, words: Word2vecTab) -> None:
    words.set_parameter("optimizer", "momentum")
    words.run.gesture(SetArray("W", np.full((20, 6), 1e11)))
    words.run.advance(500)
    assert words.run.timeline.ended
    assert "diverged" in window.statusBar().currentMessage()
    assert not words.run.can_step
    assert not words.grab().isNull()


def test_the_number_of_negatives_is_asked_only_where_they_are_drawn(words: Word2vecTab, settle: Any) -> None:
    field: Any = words.findChild(QWidget, "param.negative")
    assert not field.isVisible()
    words.set_parameter("output", "negative sampling")
    settle()
    assert field.isVisible()


def test_in_a_low_window_the_text_has_no_header(window: Window, words: Word2vecTab, settle: Any) -> None:
    assert words.text_button.isVisible()
    window.resize(1100, 700)
    settle()
    assert not words.key.isVisible()
    assert words.card.isAncestorOf(words.text_button)  # a text of one's own can be given in any window
    assert words.text_button.isVisible()
    assert words.strip.isVisible()


def test_the_button_of_the_map_goes_where_the_map_goes(window: Window, words: Word2vecTab, settle: Any) -> None:
    for size in ((1440, 900), (1100, 700), (1440, 900)):
        window.resize(*size)
        settle()
        deck = show(words, "map", settle) and words.centre.deck_of(words.map)
        assert deck.isAncestorOf(words.outputs_button)
        assert words.outputs_button.isVisible()
    window.resize(1100, 700)
    settle()
    show(words, "loss", settle)
    assert not words.outputs_button.isVisible()


# Files.


def test_a_long_text_is_saved_in_the_session_and_opens_again() -> None:
    recipe: Recipe[Any] = Recipe("word2vec", 1, 0, core.Params(corpus=TWENTY_THOUSAND, vector_size=4))
    timeline = Timeline(core, recipe)
    timeline.frame(1_005)
    back = load(dump(session_of(timeline, 1_003)))
    assert back.recipe == recipe
    assert back.timeline().frame(1_003) == timeline.frame(1_003)


def test_trace_reads_a_text_and_weights_from_files(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TWENTY_THOUSAND, "utf-8")
    size = core.corpus_of(core.Params(corpus=TWENTY_THOUSAND)).size
    rng = np.random.default_rng(4)
    w, c = rng.normal(size=(size, 3)), rng.normal(size=(3, size))
    np.save(tmp_path / "w.npy", w)
    np.save(tmp_path / "c.npy", c)
    given = [f"corpus=@{tmp_path / 'text.txt'}", "vector_size=3", f"W=@{tmp_path / 'w.npy'}"]
    options = [text for value in given for text in ("--set", value)]
    options += ["--at", f"2:C=@{tmp_path / 'c.npy'}", "--steps", "3", "-o", str(tmp_path / "run.npz")]
    assert main(["trace", "word2vec", *options]) == 0
    with np.load(tmp_path / "run.npz") as run:
        assert (run["W"][0] == w).all()
        assert (run["W"][1] != w).any()
        assert (run["C"][2] == c).all()
        assert run["vocabulary"].tolist() == list(core.corpus_of(core.Params(corpus=TWENTY_THOUSAND)).vocabulary)
        assert run["centre"].tolist() == [-1, 0, 0, 1]
        hidden = run["W"][2][run["centre"][3]]
        scores = hidden @ run["C"][2]
        assert run["loss"][3] == pytest.approx(np.log(np.exp(scores).sum()) - scores[run["context"][3]])
