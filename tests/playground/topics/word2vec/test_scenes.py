"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from core import word2vec
from core.data.corpora import read_corpus
from core.run.recipe import Recipe, SetArray
from core.run.streams import Streams
from core.run.timeline import Timeline
from core.word2vec.algorithm import used
from playground.recipes.plain_recipes import read_params
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic
from widgets.plots.marks.mark import Hit

TASKS = {scene.id: scene for scene in scenes(topic("word2vec")) if scene.is_task}


def attempt(task: Scene, steps: int, **given: Any) -> bool:
    setup = task.plain[0][1]["params"]
    timeline = Timeline(word2vec, Recipe("word2vec", 1, 0, read_params(word2vec, {**setup, **given})))
    timeline.frame(steps)
    return task.reached(timeline)


def test_reading_on_beats_guessing_and_one_pass_does_not() -> None:
    assert attempt(TASKS["beat_guessing"], 6 * 424)
    assert not attempt(TASKS["beat_guessing"], 424)
    assert not attempt(TASKS["beat_guessing"], 6 * 424, learning_rate=1e-6)


def test_a_large_rate_breaks_it_and_the_given_one_does_not() -> None:
    assert attempt(TASKS["break_it"], 2 * 424, learning_rate=3.0)
    assert not attempt(TASKS["break_it"], 2 * 424)


def test_one_number_makes_a_line() -> None:
    assert attempt(TASKS["one_number_a_word"], 424, vector_size=1)
    assert not attempt(TASKS["one_number_a_word"], 423, vector_size=1)
    assert not attempt(TASKS["one_number_a_word"], 424, vector_size=2)


def test_a_text_of_ones_own_is_read_once() -> None:
    assert attempt(TASKS["type_your_own"], 20, corpus="my cat likes fish. my dog likes fish.")
    assert not attempt(TASKS["type_your_own"], 600, corpus="boats-and-bread")


def test_a_row_is_copied_by_hand_and_trained_on() -> None:
    task = TASKS["set_a_vector"]
    recipe = task.recipe()
    weights = word2vec.start(recipe.params, Streams.start(0)).W
    words = read_corpus(recipe.params.corpus).vocabulary
    for copied, steps, done in ((True, 6, True), (True, 5, False), (False, 6, False)):
        typed = weights.copy()
        if copied:
            typed[words.index("king")] = typed[words.index("cat")]
        timeline = Timeline(word2vec, recipe.edited(5, SetArray("W", typed)))
        timeline.frame(steps)
        assert task.reached(timeline) is done


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.id)
def test_a_few_steps_do_nothing(task: Scene) -> None:
    assert not attempt(task, 20)


def test_a_scene_about_a_word_shows_that_words_neighbours(window: Any) -> None:
    tab = window.visit("word2vec")
    tab.stage.open("look_up")
    assert tab.look_up.isVisibleTo(tab)
    tab.stage.open("the_weights_are_the_product")
    assert tab.map.isVisibleTo(tab)
    assert "king" in tab.rows.accessibleName()
    tab.run.advance(10)
    assert "king" in tab.rows.accessibleName()
    tab.stage.close()


def table(tab: Any) -> dict[str, tuple[str, ...]]:
    """Return what the table at the cursor says, by the names of its rows."""
    first, *others = [tab.view().of(run) for run in tab.view().compared]
    rows = [measure.row(first, others) for measure in tab.measures(tab.view())]
    return {row.label: row.values for row in rows}


def test_the_costs_are_not_told_while_they_are_asked(window: Any, settle: Any) -> None:
    tab = window.visit("word2vec")
    tab.stage.open("look_up")
    settle()
    assert "?" in tab.look_up.accessibleDescription()
    assert "1\u2009000\u2009000" not in tab.look_up.accessibleDescription()
    tab.stage.skip()
    settle()
    assert "1\u2009000\u2009000" in tab.look_up.accessibleDescription()
    tab.stage.close()


def test_a_word_clicked_in_a_picture_answers(window: Any, settle: Any) -> None:
    tab = window.visit("word2vec")
    tab.stage.open("the_weights_are_the_product")
    question = tab.stage.scenes["the_weights_are_the_product"].question
    words = read_corpus(tab.run.params.corpus).vocabulary
    assert {words[int(mark.split()[1])]: option for mark, option in question.marks.items()} == {
        option: option for option in question.options
    }
    tab.map.clicked.emit(0.0, 0.0, Hit("milk", 0.0))
    assert (tab.stage.on.answer, tab.query) == (None, "milk")
    tab.map.clicked.emit(0.0, 0.0, Hit("queen", 0.0))
    assert (tab.stage.on.answer, tab.query) == ("queen", "milk")
    tab.stage.close()


def test_a_scene_about_the_loss_gives_it_all_the_room(window: Any, settle: Any) -> None:
    tab = window.visit("word2vec")
    tab.centre.enlarge_under(tab.loss)  # a card enlarged by hand stays enlarged
    tab.stage.open("trained_like_any_net")
    settle()
    assert (tab.loss.isVisibleTo(tab), tab.board.isVisibleTo(tab)) == (True, False)
    seen = tab.loss.viewport_now()
    assert (seen.x0, seen.x1) == pytest.approx((0, 1700))
    tab.stage.close()
    assert tab.board.isVisibleTo(tab)


def test_the_table_counts_what_scenes_compare_and_tells_no_answer_before(window: Any, settle: Any) -> None:
    tab = window.visit("word2vec")
    tab.stage.open("width_of_the_hidden_layer")
    assert table(tab)["numbers in W"] == ("–", "–", "–")
    tab.stage.skip()
    tab.run.advance(1)
    assert table(tab)["numbers in W"] == ("40", "120", "240")
    tab.stage.open("its_own_row")
    assert table(tab)["rows moved"] == ("–", "–")
    tab.stage.skip()
    tab.run.advance(3)
    assert table(tab)["rows moved"] == ("1", "2")
    assert not {"numbers in W", "scores"} & {*table(tab)}  # in which these runs are the same
    tab.stage.open("negative_sampling")
    tab.stage.skip()
    tab.run.advance(3)
    assert table(tab)["scores"] == ("6", "20")
    tab.stage.close()


def test_a_sentence_that_is_the_same_for_all_runs_is_said_once(window: Any) -> None:
    tab = window.visit("word2vec")
    tab.stage.open("trained_like_any_net")
    assert not {"B", "C"} & {row.label for row in tab.numbers.view.rows()}
    tab.stage.close()


def test_the_film_stands_still_where_the_pairs_of_the_question_are_read() -> None:
    scene = next(scene for scene in scenes(topic("word2vec")) if scene.id == "pair_by_pair")
    run = scene.recorded()
    words = read_corpus(run.recipe.params.corpus).vocabulary
    for moment, target in zip(scene.moments, ("the", "crown"), strict=True):
        assert isinstance(moment.at, int)
        now = used(moment.at, run.recipe.params)
        assert (words[int(now.centres[0])], words[int(now.contexts[0, 0])]) == ("wears", target)


@pytest.mark.parametrize(
    ("task", "panel"),
    [("beat_guessing", "loss"), ("break_it", "loss"), ("one_number_a_word", "map"), ("set_a_vector", "W")],
)
def test_what_a_task_speaks_of_is_in_front(window: Any, task: str, panel: str) -> None:
    tab = window.visit("word2vec")
    tab.bring_forward("bars")
    tab.stage.open(task)
    assert tab.in_view(panel)
    tab.stage.close()


@pytest.mark.parametrize("size", [(1100, 700), (1440, 900)])
def test_no_setting_takes_the_keys_when_a_scene_is_opened_from_the_list(
    window: Any, settle: Any, size: tuple[int, int]
) -> None:
    window.resize(*size)
    tab = window.visit("word2vec")
    settle()
    narrow = size[0] < 1400
    in_front = {
        "trained_like_any_net": tab.loss,
        "its_own_row": tab.board,
        "break_it": tab.loss if narrow else tab.board,
    }
    for scene, picture in in_front.items():
        tab.stage.turn_list()
        settle()
        row = next(button for button in tab.stage.list.buttons() if button.row.id == scene)
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
        settle()
        assert tab.focusWidget() is picture
        tab.findChild(QWidget, "param.learning_rate").setFocus()
        tab.take_focus()
        assert tab.focusWidget() is picture
    tab.stage.close()


# ---- tasks, done by hand


@pytest.fixture
def begun(tab: Any, settle: Any) -> Callable[[str], Any]:
    """Open a task by its row in the list, and return the tab."""

    def begin(task: str) -> Any:
        tab.stage.turn_list()
        settle()
        row = next(button for button in tab.stage.list.buttons() if button.row.id == task)
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
        settle()
        assert not reached(tab)
        return tab

    return begin


def reached(tab: Any) -> bool:
    return tab.stage.on is not None and tab.stage.on.outcome is not None


def type_into(tab: Any, name: str, text: str) -> None:
    """Click a field, type over what it holds, and press Return."""
    field = tab.findChild(QWidget, f"param.{name}")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_guessing_is_beaten_by_reading_on(begun: Any, settle: Any) -> None:
    tab = begun("beat_guessing")
    tab.run.advance(424)  # what the default run does in a pass is not enough
    settle()
    assert not reached(tab)
    box = tab.findChild(QComboBox, "param.model")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    settle()
    assert tab.run.params.model == "cbow"
    tab.run.advance(6 * 160)
    assert waits_until_reached(tab, settle)


def waits_until_reached(tab: Any, settle: Any) -> bool:
    """Let the frames be looked at, a few at a time."""
    for _ in range(200):
        settle()
        if reached(tab):
            return True
        QTest.qWait(5)
    return False


def test_it_is_broken_by_a_rate_that_is_typed(begun: Any, settle: Any) -> None:
    tab = begun("break_it")
    type_into(tab, "learning_rate", "3")
    assert (tab.run.params.learning_rate, reached(tab)) == (3.0, False)
    tab.run.advance(2 * 424)
    assert waits_until_reached(tab, settle)


def test_after_three_tries_there_is_a_hint(begun: Any, settle: Any) -> None:
    tab = begun("break_it")
    hints = []
    for rate in ("0.2", "0.3", "0.4", "0.5"):
        type_into(tab, "learning_rate", rate)
        tab.run.advance(30)
        settle()
        hints.append(tab.stage.on.has_hint)
    assert hints == [False, False, False, True]
    assert not reached(tab)


def test_a_line_is_made_by_typing_one_number(begun: Any, settle: Any) -> None:
    tab = begun("one_number_a_word")
    type_into(tab, "vector_size", "1")
    tab.run.advance(423)
    settle()
    assert not reached(tab)
    tab.run.advance(1)
    assert waits_until_reached(tab, settle)


def test_a_sentence_is_typed_and_read(begun: Any, settle: Any) -> None:
    tab = begun("type_your_own")

    def write() -> None:
        dialog: Any = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "dialog.text")
        edit = dialog.findChild(QPlainTextEdit, "text.edit")
        QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(edit, "my cat likes fish. my dog likes fish.")
        ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
        QTest.mouseClick(ok, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, write)
    QTest.mouseClick(tab.findChild(QAbstractButton, "view.text"), Qt.MouseButton.LeftButton)
    assert read_corpus(tab.run.params.corpus).size == 5
    tab.run.advance(19)
    settle()
    assert not reached(tab)
    tab.run.advance(1)
    assert waits_until_reached(tab, settle)


def test_a_row_is_copied_and_pasted_with_keys(begun: Any, settle: Any) -> None:
    tab = begun("set_a_vector")
    table = tab.findChild(QTableView, "cells.W")
    words = read_corpus(tab.run.params.corpus).vocabulary
    king, cat = words.index("king"), words.index("cat")
    head = table.verticalHeader()
    at_cat = QPoint(10, head.sectionViewportPosition(cat) + 5)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at_cat)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first = table.visualRect(table.model().index(king, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    W = tab.run.frame.state.W  # noqa: N806
    assert (W[king] == W[cat]).all()
    assert tab.rows.rows()[0].label == "cat"  # who is nearest to king now
    assert not reached(tab)  # it is to be trained on
    tab.run.advance(1)
    assert waits_until_reached(tab, settle)
