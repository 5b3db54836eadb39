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
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from core import word2vec as core
from core.data.corpora import shipped
from core.nn.similarity import neighbours
from core.run.explanation import Focus
from core.run.recipe import Recipe, SetArray
from core.run.timeline import Timeline
from playground.command_line.cli import main
from playground.files.session import dump, load, session_of
from playground.topics.word2vec.shown_example import CENTRE, CONTEXT
from playground.topics.word2vec.tab import Word2vecTab
from playground.window.window import Window
from widgets.grids.grid import Outline, Placed
from widgets.text.text_strip import Bracket, TextStrip, WordMark

_ACROSS = Qt.Orientation.Horizontal
_LEFT = Qt.MouseButton.LeftButton


def button(words: Word2vecTab, name: str) -> QAbstractButton:
    found = words.findChild(QAbstractButton, name)
    assert found is not None
    return found


def cells(words: Word2vecTab, name: str) -> QTableView:
    table = words.findChild(QTableView, f"cells.{name}")
    assert isinstance(table, QTableView)
    return table


def grid(words: Word2vecTab, name: str) -> Placed:
    found = words.board.placed(name)
    assert found is not None
    return found


def cell(words: Word2vecTab, name: str, row: int, column: int) -> QPoint:
    """Return where a cell of a grid of the net lies."""
    return grid(words, name).cells(Outline(row, column)).center().toPoint()


# ---- the text


def picture(strip: TextStrip) -> QImage:
    return strip.grab().toImage()


def around(words: Word2vecTab, first: int, last: int) -> Bracket:
    return Bracket(first, last, words.texts.get("panels", "window").format(count=words.run.params.window))


def test_the_strip_marks_the_pair_of_the_step(words: Word2vecTab, strip: TextStrip) -> None:
    words.run.advance(3)
    corpus, step = core.corpus_of(words.run.params), words.step_in_view()
    (partner,) = step.partners
    assert corpus.vocabulary[corpus.tokens[partner]] == step.word(step.target)
    bracket = around(words, 0, 3)  # the second word, with one before it and two behind
    assert (step.position, words.run.params.window) == (1, 2)
    strip.show_marks(1, {1: WordMark(CENTRE, True), partner: WordMark(CONTEXT)}, bracket)
    assert picture(words.strip) == picture(strip)
    strip.show_marks(1, {1: WordMark(CENTRE, True)}, bracket)
    assert picture(words.strip) != picture(strip)


def test_with_cbow_all_neighbours_are_marked_and_bracketed(words: Word2vecTab, strip: TextStrip) -> None:
    words.set_parameter("model", "cbow")
    words.run.advance(3)
    step = words.step_in_view()
    assert len(step.partners) == 4
    marks = {partner: WordMark(CONTEXT) for partner in step.partners} | {step.position: WordMark(CENTRE, True)}
    strip.show_marks(step.position, marks, around(words, min(step.partners), max(step.partners)))
    assert picture(words.strip) == picture(strip)


def test_the_bracket_ends_with_the_sentence(words: Word2vecTab, strip: TextStrip) -> None:
    words.set_parameter("model", "cbow")
    sentences = core.corpus_of(words.run.params).sentences.tolist()
    last = sentences.index(1) - 1
    words.run.advance(last + 1)
    step = words.step_in_view()
    assert step.position == last
    marks = {partner: WordMark(CONTEXT) for partner in step.partners} | {last: WordMark(CENTRE, True)}
    strip.show_marks(last, marks, around(words, last - 2, last))
    assert picture(words.strip) == picture(strip)


def test_at_the_start_the_words_lie_on_the_map_and_nothing_is_marked(words: Word2vecTab, strip: TextStrip) -> None:
    assert len(words.map.marks[0].spots) == 20  # type: ignore[attr-defined]
    assert words.loss.empty_text == words.texts.get("panels", "press_play")
    strip.show_marks(0, {})
    assert picture(words.strip) == picture(strip)
    assert words.step_in_view().inputs == ()
    assert words.board.placed("h") is None


# ---- pointing


def test_pointing_at_a_weight_tells_its_word(window: Window, words: Word2vecTab) -> None:
    words.run.advance(1)
    QTest.mouseMove(words.board, cell(words, "W", 0, 2))
    value = grid(words, "W").grid.values[0, 2]
    assert window.statusBar().currentMessage() == f"W: the, number 3   weight {value:.3f}".replace("-", "−")
    QTest.mouseClick(words.board, _LEFT, pos=cell(words, "C", 1, 5))
    assert words.query == "cat"


def test_a_word_that_is_pointed_at_is_counted_and_its_numbers_light(
    window: Window, words: Word2vecTab, strip: TextStrip
) -> None:
    words.run.advance(1)
    QTest.mouseMove(words.strip, words.strip.boxes()[1].center().toPoint())
    assert window.statusBar().currentMessage() == "king   occurs 6×"
    lit = [words.numbers.view.lit]
    QApplication.sendEvent(words.strip, QEvent(QEvent.Type.Leave))
    lit.append(words.numbers.view.lit)
    assert lit == [Focus("context"), None]
    assert window.statusBar().currentMessage() == ""


def test_a_number_that_is_pointed_at_lights_its_words(words: Word2vecTab) -> None:
    words.run.advance(1)
    plain = picture(words.strip)
    words.numbers.marked.emit(Focus("centre"))
    lit = picture(words.strip)
    words.numbers.marked.emit(None)
    assert picture(words.strip) == plain != lit
    words.strip.highlight(CENTRE)
    assert picture(words.strip) == lit


def test_a_place_on_the_map_is_read(window: Window, words: Word2vecTab, forward: Any, mouse: Any) -> None:
    words.run.advance(40)
    forward("map")
    inputs, _ = core.word_map(words.run.frame.state)
    away = [np.sort(np.hypot(*(inputs - place).T))[1] for place in inputs]
    lonely = int(np.argmax(away))
    mouse.move(words.map, *inputs[lonely])
    word = core.corpus_of(words.run.params).vocabulary[lonely]
    x, y = inputs[lonely]
    assert window.statusBar().currentMessage() == f"{word}   {x:.3f}   {y:.3f}".replace("-", "−")
    mouse.click(words.map, *inputs[lonely])
    assert words.query == word


# ---- who is like whom


def test_the_neighbours_of_the_centre_are_listed(words: Word2vecTab) -> None:
    words.run.advance(50)
    step, W = words.step_in_view(), words.run.frame.state.W  # noqa: N806
    wanted = [step.word(i) for i, _ in neighbours(W, step.main, 5)]
    assert [row.label for row in words.rows.rows()] == wanted
    assert words.rows.accessibleName() == f"Nearest to “{step.word(step.main)}”"


def test_a_chosen_word_keeps_its_neighbours_until_it_is_chosen_again(words: Word2vecTab) -> None:
    words.ask_neighbours("king")
    words.run.advance(40)
    assert words.rows.accessibleName() == "Nearest to “king”"
    words.bars.clicked.emit("king")
    assert words.rows.accessibleName() != "Nearest to “king”"


def test_the_map_shows_the_output_vectors_where_they_are_asked_for(words: Word2vecTab, forward: Any) -> None:
    words.run.advance(4)
    forward("map")
    button(words, "view.outputs").click()
    assert len(words.map.marks[0].spots) == 40  # type: ignore[attr-defined]


# ---- weights that are typed


@pytest.mark.parametrize("name", ["W", "C"])
def test_a_weight_that_is_typed_is_an_edit(words: Word2vecTab, forward: Any, name: str) -> None:
    words.run.advance(4)
    forward(name)
    table = cells(words, name)
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


def test_the_tables_are_named_by_words(words: Word2vecTab, forward: Any) -> None:
    forward("C")
    model = cells(words, "C").model()
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


def test_a_text_of_ones_own_is_pasted(words: Word2vecTab) -> None:
    def paste(dialog: Any) -> None:
        edit: QPlainTextEdit = dialog.findChild(QPlainTextEdit, "text.edit")
        assert edit.toPlainText() == shipped("kings-and-cats")
        edit.setPlainText("小猫 喝 水。\n小狗 喝 水。")
        press(dialog, QDialogButtonBox.StandardButton.Ok)

    in_dialog(paste)
    button(words, "view.text").click()
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
    button(words, "view.text").click()
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
    button(words, "view.open_text").click()
    assert words.run.params.corpus == path.read_text("utf-8")
    assert "*.txt" in asked[0]
    box: Any = words.findChild(QComboBox, "param.corpus")
    assert box.currentText() == "a cat sees a d…"
    assert box.lineEdit().isReadOnly()
    words.set_parameter("corpus", "boats-and-bread")
    assert not box.lineEdit().isReadOnly()


def test_leaving_the_field_of_a_long_text_keeps_it(words: Word2vecTab, settle: Any, long_text: str) -> None:
    words.set_parameter("corpus", long_text)
    box: Any = words.findChild(QComboBox, "param.corpus")
    box.lineEdit().setFocus()
    box.lineEdit().editingFinished.emit()
    settle()
    assert words.run.params.corpus == long_text


def test_twenty_thousand_words_can_be_played(words: Word2vecTab, settle: Any, twenty_thousand: str) -> None:
    words.set_parameter("corpus", twenty_thousand)
    words.run.advance(30)
    settle()
    assert words.run.timeline.error == ""
    assert not words.grab().isNull()


# ---- what is marked, said and shown


def test_the_end_of_a_pass_is_marked_once_each_and_of_many_only_some(words: Word2vecTab) -> None:
    words.set_parameter("corpus", "a b. a c")
    words.run.advance(2000)
    steps = words.event_steps()
    assert 20 < len(steps) <= 41
    assert len(set(steps)) == len(steps)
    assert all("epoch" in words.run.timeline.events_at(t) for t in steps)


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
    own_text = button(words, "view.text")
    assert own_text.isVisible()
    window.resize(1100, 700)
    settle()
    assert not words.key.isVisible()
    assert words.card.isAncestorOf(own_text)  # a text of one's own can be given in any window
    assert own_text.isVisible()
    assert words.strip.isVisible()


def test_the_button_of_the_map_goes_where_the_map_goes(
    window: Window, words: Word2vecTab, settle: Any, forward: Any
) -> None:
    outputs = button(words, "view.outputs")
    for size in ((1440, 900), (1100, 700), (1440, 900)):
        window.resize(*size)
        settle()
        forward("map")
        assert words.centre.deck_of(words.map).isAncestorOf(outputs)
        assert outputs.isVisible()
    window.resize(1100, 700)
    settle()
    forward("loss")
    assert not outputs.isVisible()


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
    size = core.corpus_of(core.Params(corpus=twenty_thousand)).size
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
        assert run["vocabulary"].tolist() == list(core.corpus_of(core.Params(corpus=twenty_thousand)).vocabulary)
        assert run["centre"].tolist() == [-1, 0, 0, 1]
        hidden = run["W"][2][run["centre"][3]]
        scores = hidden @ run["C"][2]
        assert run["loss"][3] == pytest.approx(np.log(np.exp(scores).sum()) - scores[run["context"][3]])
