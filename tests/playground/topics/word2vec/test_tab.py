"""The Word2vec tab: what the learner does in it, texts and weights of one's own, and what is pointed at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from core import word2vec as core
from core.data.corpora import read_corpus, shipped
from core.nn.similarity import neighbours
from core.run.explanation import Focus
from core.run.recipe import Origin, Recipe, SetArray
from core.run.studies import CancelledError
from core.run.timeline import Timeline
from core.word2vec.algorithm import word_map
from playground.command_line.cli import main
from playground.files.session import dump, load, session_of
from playground.topics.word2vec import tab as module
from playground.topics.word2vec.shown_example import CENTRE, CONTEXT
from playground.topics.word2vec.tab import Word2vecTab
from playground.topics.word2vec.word_map import is_upright
from playground.window.window import Window
from widgets.grids.grid import Outline, Placed
from widgets.text.text_strip import Bracket, TextStrip, WordMark

_ACROSS = Qt.Orientation.Horizontal
_LEFT = Qt.MouseButton.LeftButton


def grid(tab: Word2vecTab, name: str) -> Placed:
    found = tab.board.placed(name)
    assert found is not None
    return found


def cell(tab: Word2vecTab, name: str, row: int, column: int) -> QPoint:
    """Return where a cell of a grid of the net lies."""
    return grid(tab, name).cells(Outline(row, column)).center().toPoint()


# ---- the text


def picture(strip: TextStrip) -> QImage:
    return strip.grab().toImage()


def around(tab: Word2vecTab, first: int, last: int, pairs: str = "") -> Bracket:
    return Bracket(first, last, tab.texts.get("panels", "window").format(count=tab.run.params.window) + pairs)


def test_the_strip_marks_the_pair_of_the_step(tab: Word2vecTab, strip: TextStrip) -> None:
    tab.run.advance(3)
    corpus, step = read_corpus(tab.run.params.corpus), tab.step_in(tab.view())
    (partner,) = step.partners
    assert corpus.vocabulary[corpus.tokens[partner]] == step.word(step.target)
    pairs = ": king → [the] · wears · a"  # of the second word, with one before it and two behind
    bracket = around(tab, 0, 3, pairs)
    assert (step.position, tab.run.params.window) == (1, 2)
    strip.show_marks(1, {1: WordMark(CENTRE, True), partner: WordMark(CONTEXT)}, bracket)
    assert picture(tab.strip) == picture(strip)
    strip.show_marks(1, {1: WordMark(CENTRE, True)}, bracket)
    assert picture(tab.strip) != picture(strip)


def test_with_cbow_all_neighbours_are_marked_and_bracketed(tab: Word2vecTab, strip: TextStrip) -> None:
    tab.set_parameter("model", "cbow")
    tab.run.advance(3)
    step = tab.step_in(tab.view())
    assert len(step.partners) == 4
    marks = {partner: WordMark(CONTEXT) for partner in step.partners} | {step.position: WordMark(CENTRE, True)}
    strip.show_marks(step.position, marks, around(tab, min(step.partners), max(step.partners)))
    assert picture(tab.strip) == picture(strip)


def test_the_bracket_ends_with_the_sentence(tab: Word2vecTab, strip: TextStrip) -> None:
    tab.set_parameter("model", "cbow")
    sentences = read_corpus(tab.run.params.corpus).sentences.tolist()
    last = sentences.index(1) - 1
    tab.run.advance(last + 1)
    step = tab.step_in(tab.view())
    assert step.position == last
    marks = {partner: WordMark(CONTEXT) for partner in step.partners} | {last: WordMark(CENTRE, True)}
    strip.show_marks(last, marks, around(tab, last - 2, last))
    assert picture(tab.strip) == picture(strip)


def test_at_the_start_the_words_lie_on_the_map_and_nothing_is_marked(
    tab: Word2vecTab, strip: TextStrip, settle: Any
) -> None:
    assert len(tab.map.marks[0].spots) == 20  # type: ignore[attr-defined]
    tab.bring_forward("loss")
    settle()
    assert tab.loss.empty_text == tab.texts.get("panels", "press_play")
    strip.show_marks(0, {})
    assert picture(tab.strip) == picture(strip)
    assert tab.step_in(tab.view()).inputs == ()
    assert tab.board.placed("h") is None


# ---- pointing


def test_pointing_at_a_weight_tells_its_word(window: Window, tab: Word2vecTab) -> None:
    tab.run.advance(1)
    QTest.mouseMove(tab.board, cell(tab, "W", 0, 2))
    value = grid(tab, "W").grid.values[0, 2]
    assert window.statusBar().currentMessage() == f"W: the, number 3   weight {value:.3f}".replace("-", "−")
    QTest.mouseClick(tab.board, _LEFT, pos=cell(tab, "C", 6, 1))  # a row that moved stands twice above it
    assert tab.query == "cat"


def test_a_word_that_is_pointed_at_is_counted_and_its_numbers_light(
    window: Window, tab: Word2vecTab, strip: TextStrip
) -> None:
    tab.run.advance(1)
    QTest.mouseMove(tab.strip, tab.strip.boxes()[1].center().toPoint())
    assert window.statusBar().currentMessage() == "king   occurs 6×"
    lit = [tab.numbers.view.lit]
    QApplication.sendEvent(tab.strip, QEvent(QEvent.Type.Leave))
    lit.append(tab.numbers.view.lit)
    assert lit == [Focus("context"), None]
    assert window.statusBar().currentMessage() == ""


def test_a_number_that_is_pointed_at_lights_its_words(tab: Word2vecTab) -> None:
    tab.run.advance(1)
    plain = picture(tab.strip)
    tab.numbers.marked.emit(Focus("centre"))
    lit = picture(tab.strip)
    tab.numbers.marked.emit(None)
    assert picture(tab.strip) == plain != lit
    tab.strip.highlight(CENTRE)
    assert picture(tab.strip) == lit


def test_a_place_on_the_map_is_read(window: Window, tab: Word2vecTab, forward: Any, mouse: Any) -> None:
    tab.run.advance(40)
    forward("map")
    inputs, _ = word_map(tab.run.frame.state.vectors, tab.run.frame.state.axes)
    if is_upright(tab.map):
        inputs = inputs[:, ::-1]
    away = [np.sort(np.hypot(*(inputs - place).T))[1] for place in inputs]
    lonely = int(np.argmax(away))
    mouse.move(tab.map, *inputs[lonely])
    word = read_corpus(tab.run.params.corpus).vocabulary[lonely]
    x, y = inputs[lonely]
    assert window.statusBar().currentMessage() == f"{word}   {x:.3f}   {y:.3f}".replace("-", "−")
    mouse.click(tab.map, *inputs[lonely])
    assert tab.query == word


# ---- who is like whom


def test_the_neighbours_of_the_centre_are_listed(tab: Word2vecTab) -> None:
    tab.run.advance(50)
    step, W = tab.step_in(tab.view()), tab.run.frame.state.W  # noqa: N806
    wanted = [step.word(i) for i, _ in neighbours(W, step.centre, 5)]
    assert [row.label for row in tab.rows.rows()] == wanted
    assert tab.rows.accessibleName() == f"Nearest to “{step.word(step.centre)}”"


def test_a_chosen_word_keeps_its_neighbours_until_it_is_chosen_again(tab: Word2vecTab) -> None:
    tab.ask_neighbours("king")
    tab.run.advance(40)
    assert tab.rows.accessibleName() == "Nearest to “king”"
    tab.bars.clicked.emit("king")
    assert tab.rows.accessibleName() != "Nearest to “king”"


def test_the_map_shows_the_output_vectors_where_they_are_asked_for(tab: Word2vecTab, find: Any, forward: Any) -> None:
    tab.run.advance(4)
    forward("map")
    find(QAbstractButton, "view.outputs").click()
    assert len(tab.map.marks[0].spots) == 41  # type: ignore[attr-defined]  # and where the word read lay before


# ---- weights that are typed


@pytest.mark.parametrize("name", ["W", "C"])
def test_a_weight_that_is_typed_is_an_edit(tab: Word2vecTab, find: Any, forward: Any, name: str) -> None:
    tab.run.advance(4)
    forward(name)
    table = find(QTableView, f"cells.{name}")
    old = getattr(tab.run.frame.state, name).copy()
    model = table.model()
    assert model.setData(model.index(2, 3), "0.125")
    new = getattr(tab.run.frame.state, name)
    assert new[2, 3] == 0.125
    old[2, 3] = 0.125
    assert new.tolist() == old.tolist()
    assert isinstance(tab.run.recipe.edits[0].edit, SetArray)
    tab.run.undo()
    assert tab.run.recipe.edits == ()


def test_the_tables_are_named_by_words(tab: Word2vecTab, find: Any, forward: Any) -> None:
    forward("C")
    model = find(QTableView, "cells.C").model()
    assert [model.headerData(i, _ACROSS) for i in range(3)] == ["the", "king", "wears"]
    assert (model.rowCount(), model.columnCount()) == (6, 20)


# ---- texts of one's own


def in_dialog(do: Any) -> None:
    """Do something in the dialog that opens next; it is modal."""

    def act() -> None:
        dialog: Any = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "dialog.text")
        do(dialog)

    QTimer.singleShot(0, act)


def press(dialog: Any, button: QDialogButtonBox.StandardButton) -> None:
    dialog.findChild(QDialogButtonBox).button(button).click()


def test_a_text_of_ones_own_is_pasted(tab: Word2vecTab, find: Any) -> None:
    def paste(dialog: Any) -> None:
        edit: QPlainTextEdit = dialog.findChild(QPlainTextEdit, "text.edit")
        assert edit.toPlainText() == shipped("kings-and-cats")
        edit.setPlainText("小猫 喝 水。\n小狗 喝 水。")
        press(dialog, QDialogButtonBox.StandardButton.Ok)

    in_dialog(paste)
    find(QAbstractButton, "view.text").click()
    assert read_corpus(tab.run.params.corpus).vocabulary == ("小猫", "喝", "水", "小狗")
    tab.run.undo()
    assert tab.run.params.corpus == "kings-and-cats"


def test_a_text_that_cannot_be_used_stays_in_the_dialog(tab: Word2vecTab, find: Any) -> None:
    said: list[str] = []

    def cancel(dialog: Any) -> None:
        said.append(dialog.findChild(QLabel, "text.error").text())
        press(dialog, QDialogButtonBox.StandardButton.Cancel)

    def paste(dialog: Any) -> None:
        dialog.findChild(QPlainTextEdit, "text.edit").setPlainText("alone")
        in_dialog(cancel)
        press(dialog, QDialogButtonBox.StandardButton.Ok)

    in_dialog(paste)
    find(QAbstractButton, "view.text").click()
    assert "“alone” holds no example" in said[0]
    assert tab.run.params.corpus == "kings-and-cats"


def test_a_text_of_several_lines_is_shown_by_its_file_else_by_its_beginning(tab: Word2vecTab) -> None:
    text = "a cat sees a dog\na dog sees a cat\n"
    box: Any = tab.findChild(QComboBox, "param.corpus")
    with tab.run.reading(Origin("corpus", "mine.txt")):
        tab.set_parameter("corpus", text)
    assert box.currentText() == f"mine.txt · {len(text)} characters"
    tab.set_parameter("corpus", text + "a cow")
    assert box.currentText() == "a cat sees a d…"
    assert box.lineEdit().isReadOnly()
    tab.set_parameter("corpus", "boats-and-bread")
    assert not box.lineEdit().isReadOnly()


def test_leaving_the_field_of_a_long_text_keeps_it(tab: Word2vecTab, settle: Any, long_text: str) -> None:
    tab.set_parameter("corpus", long_text)
    box: Any = tab.findChild(QComboBox, "param.corpus")
    box.lineEdit().setFocus()
    box.lineEdit().editingFinished.emit()
    settle()
    assert tab.run.params.corpus == long_text


def test_twenty_thousand_words_can_be_played(tab: Word2vecTab, settle: Any, twenty_thousand: str) -> None:
    tab.set_parameter("corpus", twenty_thousand)
    tab.run.advance(30)
    settle()
    assert tab.run.timeline.error == ""
    assert not tab.grab().isNull()


# ---- what is marked, said and shown


def test_the_end_of_a_pass_is_marked_once_each_and_of_many_only_some(tab: Word2vecTab) -> None:
    tab.set_parameter("corpus", "a b. a c")
    tab.run.advance(2000)
    steps = tab.event_steps()
    assert 20 < len(steps) <= 41
    assert len(set(steps)) == len(steps)
    assert all("epoch" in tab.run.timeline.events_at(t) for t in steps)


def test_divergence_is_said_and_the_weights_stay(window: Window, tab: Word2vecTab) -> None:
    tab.set_parameter("optimizer", "momentum")
    tab.run.gesture(SetArray("W", np.full((20, 6), 1e11)))
    tab.run.advance(500)
    assert tab.run.timeline.ended
    assert "diverged" in window.statusBar().currentMessage()
    assert not tab.run.can_step
    assert not tab.grab().isNull()


def test_the_number_of_negatives_is_asked_only_where_they_are_drawn(tab: Word2vecTab, settle: Any) -> None:
    field: Any = tab.findChild(QWidget, "param.negative")
    assert not field.isVisible()
    tab.set_parameter("output", "negative sampling")
    settle()
    assert field.isVisible()


# ---- files


def test_a_long_text_is_saved_in_the_session_and_opens_again(twenty_thousand: str) -> None:
    recipe: Recipe[Any] = Recipe("word2vec", 1, 0, core.Params(corpus=twenty_thousand, vector_size=4))
    timeline = Timeline(core, recipe)
    timeline.frame(1_005)
    back = load(dump(session_of(timeline, 1_003)))
    assert back.recipe == recipe
    assert back.timeline().frame(1_003) == timeline.frame(1_003)


def test_trace_reads_a_text_and_weights_from_files(tmp_path: Path, twenty_thousand: str) -> None:
    (tmp_path / "text.txt").write_text(twenty_thousand, "utf-8")
    size = read_corpus(twenty_thousand).size
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
        assert run["vocabulary"].tolist() == list(read_corpus(twenty_thousand).vocabulary)
        assert run["centre"].tolist() == [-1, 0, 0, 1]
        hidden = run["W"][2][run["centre"][3]]
        scores = hidden @ run["C"][2]
        assert run["loss"][3] == pytest.approx(np.log(np.exp(scores).sum()) - scores[run["context"][3]])


LONG_TEXT = "a king walks. a queen runs. " * 20_000


def test_a_long_text_is_read_beside_the_window(tab: Word2vecTab, monkeypatch: Any) -> None:
    waited: list[str] = []

    def at_once(over: Any, words: str, work: Any) -> None:
        waited.append(words)
        work()

    monkeypatch.setattr(module, "waited_for", at_once)
    with tab.run.reading(Origin("corpus", "tale.txt")):
        tab.set_parameter("corpus", LONG_TEXT)
    assert waited == ["Reading the text…"]
    assert (tab.run.params.corpus, tab.run.recipe.origins) == (LONG_TEXT, (Origin("corpus", "tale.txt"),))


def test_a_long_text_that_is_cancelled_leaves_the_one_before(tab: Word2vecTab, monkeypatch: Any) -> None:
    def cancelled(over: Any, words: str, work: Any) -> None:
        raise CancelledError

    monkeypatch.setattr(module, "waited_for", cancelled)
    tab.set_parameter("corpus", LONG_TEXT)
    assert (tab.run.params.corpus, tab.run.can_undo) == ("kings-and-cats", False)
