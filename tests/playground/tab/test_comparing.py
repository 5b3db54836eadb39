"""The table at the cursor: where it stands, when it comes, and what it says."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from core.run.explanation import Focus
from playground.tab.topic_tab import TopicTab


@pytest.fixture
def compared(tab: TopicTab, settle: Any) -> TopicTab:
    tab.run.advance(4)
    tab.run.pin()
    tab.set_parameter("sgd.learning_rate", 0.02)
    settle()
    return tab


def labels(tab: TopicTab) -> list[str]:
    return [row.label for row in tab.comparing.table.rows()]


def test_it_comes_in_front_with_a_comparison_and_goes_with_it(tab: TopicTab, settle: Any) -> None:
    page, deck = tab.comparing.page, tab.centre.second
    assert page not in deck.pages()
    tab.run.pin()
    settle()
    assert deck.current() is page
    other = next(widget for widget in deck.pages() if widget is not page)
    deck.show_page(other)
    tab.run.pin()
    settle()
    assert deck.current() is other  # a third run does not begin a comparison
    for letter in "AB":
        tab.run.unpin(letter)
    assert page not in deck.pages()


def test_it_says_what_the_runs_are_worth_at_the_step(compared: TopicTab) -> None:
    compared.choose(Focus("sgd"))
    first = compared.comparing.table.rows()[0]
    losses = [run.timeline.series.column("sgd.loss")[4] for run in compared.run.compared]
    assert first.label == "loss, SGD"
    assert first.values == tuple(f"{loss:.3f}" for loss in losses)
    assert first.apart[0].strip("+−") == f"{abs(losses[1] - losses[0]):.3f}"
    compared.run.seek(0)
    assert compared.comparing.table.rows()[0].apart == ("0.000",)


def test_where_there_is_no_deck_it_stands_over_the_side_column(window: Any, settle: Any) -> None:
    tab = window.visit("convolution")
    settle()
    assert not tab.comparing.is_seen()
    tab.run.pin()
    settle()
    assert tab.comparing.is_seen()
    assert tab.side.isAncestorOf(tab.comparing.table)
    assert labels(tab)[0] == "this cell"


def test_it_moves_over_the_side_column_while_the_big_picture_stands_in_its_deck(window: Any, settle: Any) -> None:
    window.resize(1440, 900)
    tab = window.visit("word2vec")
    tab.run.pin()
    tab.set_parameter("optimizer", "momentum")
    tab.run.advance(1)
    for size, host in (((1440, 900), "centre"), ((1100, 700), "side"), ((1440, 900), "centre")):
        window.resize(*size)
        settle()
        assert getattr(tab, host).isAncestorOf(tab.comparing.table)
        assert tab.comparing.is_seen()
        assert tab.board.isVisible()
    tab.run.unpin("A")
    settle()
    assert not tab.comparing.is_seen()


def test_groups_are_matched_before_points_are_counted(window: Any, settle: Any) -> None:
    tab = window.visit("kmeans")
    tab.run.pin()
    tab.set_parameter("init", "k-means++")
    tab.run.advance(9)
    settle()
    row = tab.comparing.table.rows()[-1]
    assert (row.label, row.values) == ("in other groups", ("", ""))
    assert 0 < int(row.apart[0]) < 140


def framed(tab: TopicTab) -> list[str]:
    labels = tab.form.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisibleTo(tab) and label.text().startswith("in ")]


def test_a_setting_that_differs_is_framed_with_what_it_is_elsewhere(compared: TopicTab) -> None:
    compared.choose(Focus("sgd"))
    assert framed(compared) == ["in A: 0.006"]
    compared.run.bring_forward("A")
    assert framed(compared) == ["in B: 0.02"]
    compared.set_parameter("sgd.learning_rate", 0.02)
    assert framed(compared) == ["in B: 0.006"] or framed(compared) == []


def test_a_setting_is_framed_only_at_steps_where_it_differs(tab: TopicTab) -> None:
    tab.choose(Focus("sgd"))
    tab.run.advance(8)
    tab.run.pin()
    tab.run.seek(6)
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert framed(tab) == ["in A: 0.006"]
    tab.run.seek(3)
    assert framed(tab) == []


def test_lists_and_settings_say_whose_they_are(compared: TopicTab, window: Any, settle: Any) -> None:
    assert compared.rows.title() == "Race in B"
    assert compared.settings_title.caption.text().endswith("· of B")
    compared.run.unpin("A")
    assert compared.rows.title() == "Race"
    tab = window.visit("kmeans")
    tab.run.pin()
    settle()
    assert tab.settings_title.caption.text() == "of B, the run in front"


def test_the_runs_of_a_scene_are_called_as_it_names_them(window: Any, settle: Any) -> None:
    tab = window.visit("convolution")
    tab.stage.open("pooling_keeps_the_largest")
    settle()
    chips = [tab.findChild(QAbstractButton, f"compare.{letter}").accessibleName() for letter in "abc"]
    assert chips == ["A largest", "B shifted by one", "C mean"]
    tab.set_parameter("size", 4)  # it is the scene's run no longer
    settle()
    assert "largest" not in tab.findChild(QAbstractButton, "compare.a").accessibleName()
    tab.stage.open("padding_keeps_the_edge")  # one setting sets them apart, and is called as in the form
    settle()
    chips = [tab.findChild(QAbstractButton, f"compare.{letter}").accessibleName() for letter in "abc"]
    assert chips == ["A Padding 2", "B Padding 1", "C Padding 0"]


def test_runs_that_one_setting_does_not_tell_apart_are_called_by_their_names(window: Any, settle: Any) -> None:
    tab = window.visit("loss-metrics")
    tab.stage.open("another_metric")  # the first two have one loss: what is measured is not what they differ in
    settle()
    chips = [tab.findChild(QAbstractButton, f"compare.{letter}").accessibleName() for letter in "abc"]
    assert chips == ["A accuracy", "B F1, threshold 0.2", "C squared error"]
