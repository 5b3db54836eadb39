"""The strip “This step, in numbers”."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from core.kmeans.algorithm import MoveCentroid
from core.nn.update_rules import Momentum
from core.run.explanation import Focus
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window


def rows_of(tab: TopicTab) -> list[str]:
    return [line for line in tab.numbers.view.text().splitlines() if line]


def test_before_the_first_step_it_shows_the_rule_in_symbols(tab: TopicTab) -> None:
    assert rows_of(tab)[0].startswith("Rule")
    assert not any(character.isdigit() for character in rows_of(tab)[0])
    assert tab.numbers.subtitle() == "Momentum"


def test_it_shows_the_numbers_of_the_step_in_view(tab: TopicTab) -> None:
    tab.run.advance(7)
    state = tab.run.frame.made.momentum
    text = tab.numbers.view.text()
    assert "6 → 7" in tab.numbers.subtitle()
    assert f"{abs(state.x[0]):.4g}"[:5] in text
    assert len(rows_of(tab)) == 4


def test_every_method_is_explained_with_its_code(tab: TopicTab) -> None:
    tab.run.advance(3)
    for row in tab.choices():
        tab.choose(Focus(row.choice))
        assert len(rows_of(tab)) >= 3, row.choice
        module, _, name = tab.numbers.source.partition(":")
        assert module.startswith("core.")
        assert name.endswith(".step")
        assert "nan" not in tab.numbers.view.text()
        assert "{" not in tab.numbers.view.text()


def test_a_diverged_method_says_so(tab: TopicTab) -> None:
    tab.set_parameter("function", "bowl")
    tab.set_parameter("momentum.learning_rate", 9.0)
    tab.run.advance(100)
    assert "stays at its last good point" in tab.numbers.view.text()


def test_the_numbers_use_the_settings_in_force_at_that_step(tab: TopicTab) -> None:
    tab.run.advance(4)
    tab.set_parameter("momentum.momentum", 0.5)
    assert " 0.9 ×" in tab.numbers.view.text()  # the step that led here
    tab.run.advance(1)
    assert " 0.5 ×" in tab.numbers.view.text()


def test_the_link_shows_the_code(window: Window, tab: TopicTab) -> None:
    link = next(b for b in tab.numbers.findChildren(QToolButton) if "›" in b.text())
    assert link.text() == f"core/nn/update_rules.py › {Momentum.__qualname__}.step"
    link.click()
    assert window.actions_["view.code"].isChecked()


def test_where_it_is_low_one_row_stays_and_the_chevron_opens_the_rest(tab: TopicTab) -> None:
    tab.run.advance(3)
    tab.numbers.set_short(True)
    assert len(rows_of(tab)) == 1
    assert any(character.isdigit() for character in rows_of(tab)[0])  # the substituted one
    chevron = next(b for b in tab.numbers.findChildren(QToolButton) if b.accessibleName() == "All rows")
    chevron.click()
    assert len(rows_of(tab)) == 4
    assert chevron.accessibleName() == "Fewer rows"
    chevron.click()
    assert len(rows_of(tab)) == 1
    tab.numbers.set_short(False)
    assert len(rows_of(tab)) == 4


def test_pointing_at_a_number_lights_the_mark_and_the_other_way_round(tab: TopicTab, mouse: Any) -> None:
    tab.run.advance(3)
    plot: Any = tab.plots()["surface"]
    plain = plot.grab().toImage()
    QTest.mouseMove(tab.numbers.view, place_of(tab, Focus("velocity")))
    lit = plot.grab().toImage()
    plot.highlight(Focus("velocity"))
    assert lit == plot.grab().toImage() != plain
    begin, end = tab.run.timeline.frame(2).state.momentum, tab.run.frame.made.momentum
    mouse.move(plot, *(begin.x + 1.5 * end.step))  # halfway along the arrow, which is drawn three times as long
    assert tab.numbers.view.lit == Focus("step")
    mouse.leave(plot)
    assert tab.numbers.view.lit is None


def place_of(tab: TopicTab, mark: Focus) -> QPoint:
    """Return a place in the strip where a number stands for a mark."""
    view = tab.numbers.view
    places = (QPoint(x, y) for y in range(4, view.height(), 8) for x in range(0, view.width(), 4))
    return next(place for place in places if view.mark_at(QPointF(place)) == mark)


def test_of_a_long_sum_the_strip_shows_dots_and_its_tooltip_all(window: Window) -> None:
    tab = window.visit("convolution")
    tab.run.restart_with({"kernel_size": 5})
    tab.run.advance(1)
    row = tab.numbers.view.rows()[1]
    shown = "".join(term.text for term in row.cells[0])
    assert shown.count("×") == 4
    assert " + … + " in shown
    assert row.full.count("×") == 25
    assert row.full in row.text()
    tab.run.restart_with({"kernel_size": 3})
    tab.run.advance(1)
    assert not tab.numbers.view.rows()[1].full


def test_where_the_window_is_low_the_row_with_the_result_stays(window: Window) -> None:
    tab = window.visit("convolution")
    tab.run.advance(5)
    tab.numbers.set_short(True)
    (row,) = tab.numbers.view.rows()
    assert "y[1, 5] =" in row.text()
    tab.numbers.set_short(False)
    assert len(tab.numbers.view.rows()) == 5


def test_what_was_changed_by_hand_since_is_told_apart(window: Window) -> None:
    tab = window.visit("kmeans")
    tab.run.advance(3)
    assert tab.numbers.subtitle().endswith("step 2 → 3")
    tab.run.gesture(MoveCentroid(0, 9.0, 9.0), True)
    assert tab.numbers.subtitle().endswith("step 2 → 3, before the change")
    tab.run.advance(1)
    assert tab.numbers.subtitle().endswith("step 3 → 4")


def test_what_was_changed_at_the_start_is_told_without_a_step(window: Window) -> None:
    tab = window.visit("word2vec")
    tab.set_array("W", tab.run.frame.state.W + 1.0)
    assert tab.numbers.subtitle().endswith("before the change")
    assert "," not in tab.numbers.subtitle()


def test_of_what_a_scene_has_set_up_nobody_is_said_to_have_changed_it(window: Window) -> None:
    tab = window.visit("rnn")
    tab.stage.open("same_cell")
    assert tab.run.frame.made != tab.run.frame.state
    assert "change" not in tab.numbers.subtitle()
    tab.stage.close()
    assert "your" not in tab.numbers.subtitle()


def test_a_setting_has_a_true_minus(tab: TopicTab) -> None:
    tab.choose(Focus("adagrad"))
    tab.run.advance(1)
    assert "1e−8" in tab.numbers.view.text()
    assert "-" not in tab.numbers.view.text()


def test_the_beat_in_view_stands_in_a_chip(window: Window) -> None:
    tab = window.visit("word2vec")
    assert tab.numbers.chip() == ""  # before the first step none has been
    tab.run.advance(3)
    assert tab.numbers.chip() == "beat 5 of 5: update"
    tab.show_beat("error")
    assert tab.numbers.chip() == "beat 3 of 5: error"
    tab.set_playing(True)
    assert tab.numbers.chip() == ""  # steps are whole while playing
    tab.set_playing(False)
    assert window.visit("kmeans").numbers.chip() == ""


def test_in_a_low_window_the_row_after_the_step_is_shown(window: Window) -> None:
    tab = window.visit("word2vec")
    tab.run.advance(3)
    tab.numbers.set_short(True)
    assert [row.label for row in tab.numbers.view.rows()] == ["After"]


def three(tab: TopicTab) -> None:
    for rate in (0.002, 0.001):
        tab.run.pin()
        tab.set_parameter("momentum.learning_rate", rate)
    tab.run.bring_forward("A")


def test_where_it_is_low_compared_runs_share_a_row_of_results(tab: TopicTab) -> None:
    three(tab)
    tab.run.advance(6)
    tab.numbers.set_short(True)
    _, second = rows_of(tab)
    assert second.startswith("B, C")
    results = [other.timeline.frame(6).state.momentum.x[1] for other in tab.run.compared[1:]]
    assert all(f"{result:.4g}" in second for result in results)
    tab.numbers.set_short(False)
    assert [row.split()[0] for row in rows_of(tab)[-3:-1]] == ["B", "C"]


def heights_of(tab: TopicTab, settle: Any, steps: int) -> list[int]:
    """Return how high the strip is after each of so many steps."""
    heights = []
    for _ in range(steps):
        tab.run.advance(1)
        settle()
        heights.append(tab.numbers.height())
    return heights


def test_while_runs_are_compared_the_strip_does_not_jump_from_step_to_step(tab: TopicTab, settle: Any) -> None:
    three(tab)
    tab.numbers.set_short(True)
    heights = heights_of(tab, settle, 12)
    assert sorted(heights) == heights  # it may have to grow once, and never falls back
    assert heights[-1] - heights[0] <= tab.numbers.view.height_of(1)


def test_the_strip_of_a_single_run_does_not_fall_back_while_it_plays(tab: TopicTab, settle: Any) -> None:
    tab.window().resize(1100, 700)
    tab.choose(Focus.of("momentum"))
    tab.numbers.set_short(True)
    heights = heights_of(tab, settle, 40)
    assert sorted(heights) == heights
    tab.run.seek(0)
    settle()
    assert tab.numbers.height() <= heights[0]  # a new run begins with what it needs


def test_numbers_that_a_sentence_compares_have_digits_that_tell_them_apart(window: Window) -> None:
    tab = window.visit("kmeans")
    tab.set_parameter("n_clusters", 7)
    tab.run.reseed(22)
    tab.run.advance(5)
    tab.choose(Focus("point", (175,)))
    assert "is 1.420 from centre 3 and 1.425 from centre 5" in rows_of(tab)[-1]
    tab.choose(Focus("point", (0,)))
    assert " is 0.895 from " in rows_of(tab)[-1]
