"""A plot that is asked takes clicks and strokes as the answer, keeps its own axes, and shows answer and truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from playground.start.app import Program
from playground.tab.scene_words import Phase
from playground.tab.topic_tab import TopicTab
from widgets.plots.marks.answers import AnswerCurve, AnswerLine, AnswerPoint, AnswerPoints
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport


@pytest.fixture
def tab(program: Program, settle: Any) -> TopicTab:
    tab = program.window.visit("kmeans")
    tab.stage.open("until_nothing_changes")
    settle()
    return tab


def plot_of(tab: TopicTab) -> Plot:
    plot = tab.plots()["inertia"]
    assert isinstance(plot, Plot)
    return plot


def click(plot: Plot, x: float, y: float) -> None:
    place = plot.widget_position(plot.viewport_now().point(x, y))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_its_axes_are_those_of_the_question_until_the_scene_is_left(tab: TopicTab) -> None:
    seen = plot_of(tab).viewport_now()
    assert (seen.x0, seen.x1, seen.y0, seen.y1) == (0, 28, 0, 3000)
    tab.run.advance(3)
    assert plot_of(tab).viewport_now() == seen
    tab.stage.close()
    tab.run.seek(2)
    assert plot_of(tab).viewport_now() != seen


def test_clicks_join_into_a_curve_without_missing_steps(tab: TopicTab, settle: Any) -> None:
    for x, y in ((1, 2700), (10, 900), (28, 300)):
        click(plot_of(tab), x, y)
    settle()
    assert tab.stage.on is not None
    answer = tab.stage.on.answer
    assert answer[0][0] == 1
    assert answer[-1][0] == 28
    field = tab.stage.card.findChild(QLineEdit, "scene.answer")
    assert field is not None
    assert not field.isVisible()  # the curve is seen where it was drawn, the card only tells how much of it
    assert field.text() == ""
    tab.findChild(QAbstractButton, "scene.clear").click()  # type: ignore[union-attr]
    assert field.isVisible()


def test_when_the_film_plays_the_plot_takes_no_more_answers(tab: TopicTab) -> None:
    tab.stage.take_drawn([[1, 2700], [28, 300]])
    tab.stage.play()
    before = tab.stage.on.answer if tab.stage.on else None
    click(plot_of(tab), 5, 2000)
    assert tab.stage.on is not None
    assert tab.stage.on.answer == before


@pytest.mark.parametrize(
    ("plain", "with_truth"),
    [
        (AnswerCurve(((0, 1), (10, 5))), AnswerCurve(((0, 1), (10, 5)), ((0, 1), (5, 9), (10, 9)))),
        (AnswerPoint((2, 3)), AnswerPoint((2, 3), (8, 8))),
    ],
)
def test_what_is_true_is_drawn_beside_the_answer(dressed: Any, plain: Mark, with_truth: Mark) -> None:
    def picture(answer: Mark | None) -> Any:
        plot = Plot()
        plot.resize(300, 200)
        plot.set_range(0, 10, 0, 10)
        plot.show_answer(answer)
        return plot.grab().toImage()

    assert picture(None) != picture(plain) != picture(with_truth)


def test_a_point_stays_where_it_was_put(dressed: Any) -> None:
    told: list[tuple[float, float]] = []
    plot = Plot()
    plot.resize(300, 200)
    plot.set_range(0, 10, 0, 10)
    plot.show()
    plot.take_answers(lambda x, y, begins: told.append((x, y)))
    click(plot, 4, 6)
    assert told[0] == pytest.approx((4, 6), abs=0.1)
    plot.take_answers(None)
    click(plot, 1, 1)
    assert len(told) == 1
    assert isinstance(plot.viewport_now(), Viewport)
    assert plot.hit_at(QPointF(0, 0)) is None
    plot.close()


def press(plot: Plot, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(plot, key)


def test_keys_draw_in_the_plot_while_it_asks_and_are_the_transports_afterwards(tab: TopicTab) -> None:
    plot = plot_of(tab)
    press(plot, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert tab.stage.on is not None
    answer = tab.stage.on.answer
    assert answer[2][1] < answer[-1][1]
    assert tab.run.position == 0
    press(plot, Qt.Key.Key_Return)
    assert tab.stage.on.phase is Phase.WATCH
    press(plot, Qt.Key.Key_Up)
    assert tab.stage.on.answer == answer


def test_the_panel_says_what_to_do_and_can_be_cleared(tab: TopicTab) -> None:
    card = tab.shown.card_of("inertia")
    assert card.subtitle() == "answer here · drag to the right"
    assert card.property("role") == "asking"
    clear = tab.findChild(QAbstractButton, "scene.clear")
    assert clear is not None
    tab.stage.take_drawn([[1, 2700], [28, 300]])
    clear.click()
    assert tab.stage.on is not None
    assert tab.stage.on.answer is None
    tab.stage.skip()
    assert card.subtitle() != "answer here · drag to the right"
    assert card.property("role") == ""
    assert not clear.isVisible()


def test_the_edge_follows_a_panel_into_another_card(tab: TopicTab, settle: Any) -> None:
    area, clear = tab.shown.area, tab.findChild(QAbstractButton, "scene.clear")
    for low in (False, True, False):
        tab.window().resize(1440, 620 if low else 900)
        settle()
        card = tab.shown.card_of("inertia")
        asking = [one for one in (area.big, area.first, area.second) if one.property("role") == "asking"]
        assert asking == [card]
        assert clear is not None
        assert card.isAncestorOf(clear)
        assert card.subtitle() == "answer here · drag to the right"


def test_the_card_says_what_is_missing(tab: TopicTab) -> None:
    def said() -> str:
        label = tab.stage.card.findChild(QLabel, "scene.state")
        assert label is not None
        return label.text()

    for x, y in ((1, 2700), (10, 900)):
        click(plot_of(tab), x, y)
    assert said() == "missing: steps 10–28"
    click(plot_of(tab), 28, 300)
    assert said() == "✓ Drawn: all 28 steps"
    tab.stage.take_drawn([[0, 2700], [28, 300]])
    assert said() == "✓ Drawn: all 29 steps"  # those between two knots are drawn as well


def test_again_begins_with_an_empty_plot(tab: TopicTab) -> None:
    click(plot_of(tab), 10, 900)
    tab.stage.again()
    assert tab.stage.on is not None
    assert tab.stage.on.drawn is None
    click(plot_of(tab), 20, 900)
    assert tab.stage.on.drawn == [[1, 2770], [20, pytest.approx(900, rel=0.02)]]  # from where it is given on


@pytest.mark.parametrize(
    "mark",
    [
        AnswerCurve(((0, 1), (10, 5)), given=((0, 1), "given")),
        AnswerCurve(((0, 1), (10, 5)), held=((10, 5), "step 10")),
        AnswerCurve(((0, 1), (10, 5)), ((0, 9), (10, 9)), widest=((0, 1, 9), "widest")),
        AnswerPoint((2, 3), (8, 8), "7.8"),
    ],
)
def test_words_stand_beside_what_they_name(dressed: Any, mark: Any) -> None:
    bare = replace(mark, **{name: "" if name == "apart" else None for name in ("given", "held", "widest", "apart")
                            if hasattr(mark, name)})  # fmt: skip

    def picture(answer: Mark) -> Any:
        plot = Plot()
        plot.resize(300, 200)
        plot.set_range(0, 10, 0, 10)
        plot.show_answer(answer)
        return plot.grab().toImage()

    assert picture(bare) != picture(mark)


def test_names_of_other_marks_keep_off_the_words_of_an_answer(dressed: Any) -> None:
    answer, way = AnswerPoint((5, 5)), np.array([[4.0, 5.0], [5.0, 5.0]])
    plot = Plot()
    plot.resize(400, 300)
    plot.set_range(0, 10, 0, 10)
    named, bare = (Trails((Trail("way", way, "orange", label=label),)) for label in ("Momentum", ""))

    def written(beside: AnswerPoint | None) -> Any:
        """Where the name is written: what differs between a way with and without it."""
        plot.show_answer(beside)
        pictures = []
        for mark in (named, bare):
            plot.set_marks([mark])
            picture = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            pictures.append(np.array(picture.constBits()).reshape(picture.height(), picture.bytesPerLine()))
        return pictures[0] != pictures[1]

    alone, beside = written(None), written(answer)
    assert alone.any()
    assert beside.any()
    assert not (alone & beside).any()


@pytest.mark.parametrize(("key", "own"), [(Qt.Key.Key_Left, True), (Qt.Key.Key_Backspace, True), (Qt.Key.Key_N, False)])
def test_keys_of_the_hand_are_kept_from_the_transport_only_while_it_asks(tab: TopicTab, key: Qt.Key, own: bool) -> None:
    def is_kept() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(plot_of(tab), event)
        return event.isAccepted()

    assert is_kept() is own
    tab.stage.skip()
    assert not is_kept()


def test_beside_the_truth_an_answer_is_drawn_as_it_is_judged(dressed: Any) -> None:
    """Between two knots the values go straight, which is no straight line on a logarithmic axis."""
    truth = tuple((float(x), 5.0) for x in range(11))

    def picture(knots: Any) -> Any:
        plot = Plot()
        plot.resize(300, 200)
        plot.set_log(y=True)
        plot.set_range(0, 10, 0.1, 100)
        plot.show_answer(AnswerCurve(knots, truth))
        return plot.grab().toImage()

    assert picture(((0, 100), (10, 50))) == picture(tuple((x, 100 - 5 * x) for x in range(11)))


def test_a_stroke_begins_where_the_button_was_pressed(tab: TopicTab, mouse: Any) -> None:
    mouse.drag(plot_of(tab), (10, 2000), (20, 1000), (28, 500))
    assert tab.stage.on is not None
    steps = [step for step, _ in tab.stage.on.answer]
    assert steps == [1, *range(10, 29)]
    assert dict(tab.stage.on.answer)[10] == pytest.approx(2000, rel=0.05)


def test_the_name_of_the_widest_gap_lies_on_neither_curve(tab: TopicTab, settle: Any) -> None:
    level = tuple((float(step), 1500.0 - step) for step in range(1, 29))
    plain = AnswerCurve(level, ((1.0, 2770.0), *level[1:]), widest=None)
    named = replace(plain, widest=((1.0, 1499.0, 2770.0), "widest gap, step 1: 1271"))
    plot = plot_of(tab)
    images = []
    for answer in (plain, named):
        plot.show_answer(answer)
        settle()
        images.append(plot.grab().toImage())
    foot = plot.widget_position(plot.viewport_now().point(4.0, level[3][1]))
    around = [
        (x, y) for x in range(int(foot.x()), int(foot.x()) + 80) for y in range(int(foot.y()) - 3, int(foot.y()) + 4)
    ]
    assert images[0] != images[1]
    assert all(images[0].pixel(x, y) == images[1].pixel(x, y) for x, y in around)


@pytest.fixture
def learning(program: Program, settle: Any) -> TopicTab:
    tab = program.window.visit("convolution")
    tab.stage.open("learned_from_a_copy")
    settle()
    return tab


def line_in(tab: TopicTab) -> AnswerLine | None:
    """The line that the asked plot shows: none before there is an answer."""
    plot = tab.plots()["loss"]
    assert isinstance(plot, Plot)
    assert isinstance(plot.answer, AnswerLine | None)
    return plot.answer


def test_a_number_on_an_axis_is_typed_or_pointed_at(learning: TopicTab, settle: Any) -> None:
    plot = learning.plots()["loss"]
    assert isinstance(plot, Plot)
    assert line_in(learning) is None
    learning.stage.take_answer("20")
    assert line_in(learning) == AnswerLine(20.0, upright=True)
    click(plot, 60, 1)
    field = learning.stage.card.findChild(QLineEdit, "scene.answer")
    assert field is not None
    assert float(field.text()) == pytest.approx(60, abs=1)
    assert line_in(learning) == AnswerLine(float(field.text()), upright=True)


def test_keys_move_it_along_its_axis(learning: TopicTab) -> None:
    plot = learning.plots()["loss"]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up):  # the second means nothing here
        QApplication.sendEvent(plot, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    assert learning.stage.on is not None
    assert learning.stage.on.answer == pytest.approx(76.5)


def test_at_the_end_the_truth_stands_beside_it_with_the_gap(learning: TopicTab, program: Program, qtbot: Any) -> None:
    stage = learning.stage
    stage.take_answer("20")
    stage.play()
    program.player.pause()
    assert line_in(learning) == AnswerLine(20.0, upright=True)  # while it plays nothing is told
    while stage.on is not None and stage.on.phase is Phase.WATCH:
        learning.run.advance(50)
        if stage.on.moment:
            stage.play()
            program.player.pause()
    qtbot.waitUntil(lambda: stage.on is not None and stage.on.outcome is not None, timeout=20_000)
    assert line_in(learning) == AnswerLine(20.0, True, 69.0, "3.45×")


def test_the_title_of_the_card_around_it_stays(learning: TopicTab) -> None:
    assert learning.shown.card.title() == learning.texts.get("panels", "sweep")


def test_two_points_are_placed_one_by_one_and_typed(program: Program, settle: Any) -> None:
    tab = program.window.visit("optimizers")
    tab.stage.open("local_minimum")
    settle()
    plot = tab.plots()["surface"]
    assert isinstance(plot, Plot)
    click(plot, 1.2, 0.1)
    assert tab.stage.on is not None
    assert not tab.stage.can_play
    assert isinstance(plot.answer, AnswerPoints)
    assert [point.name for point in plot.answer.points] == ["SGD"]
    click(plot, -1.5, 0.1)
    assert tab.stage.can_play
    field = tab.stage.card.findChild(QLineEdit, "scene.answer.momentum.x")
    assert field is not None
    assert float(field.text().replace("−", "-")) == pytest.approx(-1.5, abs=0.02)
    field.selectAll()
    QTest.keyClicks(field, "-1.4")
    assert tab.stage.on.answer[1][0] == -1.4
    assert field.text() == "-1.4"  # what is typed stays as it is
