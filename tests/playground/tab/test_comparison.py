"""Runs that are compared, in words."""

from __future__ import annotations

from math import inf
from typing import Any

from core.run.recipe import Origin
from playground.playback.view import View
from playground.tab.comparison import all_ends, elsewhere, ends
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window


def words(tab: TopicTab) -> list[str]:
    return [chip.words() for chip in tab.compared.chips()]


def test_chips_name_what_the_runs_differ_in(tab: TopicTab) -> None:
    assert words(tab) == []
    tab.run.pin()
    assert words(tab) == ["A", "B"]
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert words(tab) == ["A SGD Learning rate η 0.006", "B SGD Learning rate η 0.02"]
    tab.set_parameter("noise", 0.25)
    tab.run.reseed(7)
    assert words(tab)[1] == "B SGD Learning rate η 0.02 Gradient noise 0.25 +1"
    assert [chip.front for chip in tab.compared.chips()] == [False, True]


def test_where_a_run_ended_is_said_beyond_it_only(tab: TopicTab) -> None:
    run = tab.run
    for name, value in (("function", "bowl"), ("methods", ["sgd"]), ("sgd.learning_rate", 9.0)):
        tab.set_parameter(name, value)
    run.advance(3000)
    end = run.timeline.recorded
    run.seek(2)
    run.pin()
    tab.set_parameter("sgd.learning_rate", 0.1)
    run.advance(end - 2)
    assert ends(run.view()) == ""
    run.advance(1)
    assert ends(run.view()) == f"A ended at {end}"
    assert ends(View(run.timeline, 3)) == ""
    assert f"A ended at {end}" in strip(tab)


def test_of_a_run_that_is_behind_it_is_said_that_the_picture_is_of_an_earlier_step(tab: TopicTab) -> None:
    run = tab.run
    run.advance(3)
    run.pin()
    tab.set_parameter("sgd.learning_rate", 0.1)
    run.timeline.record(9)
    run.position = 9  # as the player leaves it where the others take long
    tab.catch_up()
    assert ends(run.view()) == "A is being made: at 3 so far"
    assert "A is being made: at 3 so far" in strip(tab)
    run.keep_up(9, inf)
    tab.catch_up()
    assert "A" not in ends(run.view())
    assert "being made" not in strip(tab)


def strip(tab: Any) -> str:
    return str(tab.numbers.subtitle())


def test_where_each_run_ends_is_said_in_one_line(tab: TopicTab) -> None:
    run = tab.run
    for name, value in (("function", "bowl"), ("methods", ["sgd"]), ("sgd.learning_rate", 9.0)):
        tab.set_parameter(name, value)
    run.advance(3000)
    first = run.timeline.recorded
    run.pin()
    assert all_ends(run.compared[:1]) == f"A ends at {first}"
    run.seek(1)
    tab.set_parameter("sgd.learning_rate", 3.0)
    run.advance(3000)
    assert tab.events.note() == f"A ends at {first}, B at {run.timeline.recorded}"
    run.seek(1)
    tab.set_parameter("sgd.learning_rate", 0.1)
    assert tab.events.note() == f"A ends at {first}"


def test_a_value_that_is_not_given_has_a_name(window: Any) -> None:
    tab = window.visit("convolution")
    tab.run.pin()
    tab.set_parameter("stride", 2)
    assert words(tab) == ["A Stride by itself", "B Stride 2"]


def test_an_empty_list_has_a_name(window: Any) -> None:
    tab = window.visit("dense")
    tab.set_parameter("hidden", [4])
    tab.run.pin()
    tab.set_parameter("hidden", [])
    assert words(tab) == ["A Hidden layers 4", "B Hidden layers none"]


def test_what_a_run_has_not_is_left_out_beside_what_all_have(window: Any) -> None:
    tab = window.visit("kmeans")
    tab.stage.open("ways_to_start")
    tab.comparing.name_runs(None)  # the scene has names of its own for them
    said = [chip.words() for chip in tab.compared.chips()]
    assert said == ["A First centres Random points", "B First centres k-means++", "C First centres By hand"]


def test_records_are_named_with_what_is_their_own_and_lists_keep_their_brackets(window: Window) -> None:
    tab = window.visit("shapes")
    tab.set_parameter("layers", [{"type": "Dense", "units": 3, "input_dim": 4}, {"type": "Flatten"}])
    tab.set_parameter("data", [[1, 2], [3, 4]])
    tab.run.pin()
    tab.set_parameter("layers", [{"type": "Dense", "units": 3, "input_dim": 5}])
    tab.set_parameter("data", [1, 2])
    assert elsewhere(tab.view(), tab.texts) == {
        "layers": "in A: Dense(input_dim 4, Units 3), Flatten()", "data": "in A: [[1, 2], [3, 4]]",
    }  # fmt: skip


def test_a_tuple_of_a_record_keeps_its_brackets(window: Window) -> None:
    tab = window.visit("shapes")
    tab.set_parameter("layers", [{"type": "Conv2D", "filters": 3, "kernel_size": 2, "input_shape": [8, 8, 1]}])
    tab.run.pin()
    tab.set_parameter("layers", [{"type": "Dense", "units": 3, "input_shape": [4]}])
    tab.run.pin()
    tab.set_parameter("layers", [{"type": "Dense", "units": 3, "input_dim": 4}])
    said = elsewhere(tab.view(), tab.texts)["layers"]
    assert "Conv2D(input_shape (8, 8, 1), Filters 3, Kernel size 2)" in said
    assert "Dense(input_shape (4,), Units 3)" in said


def test_a_scene_names_runs_whose_setting_is_too_long_for_a_chip(window: Window) -> None:
    tab = window.visit("shapes")
    tab.stage.open("a_number_or_a_tuple")
    assert words(tab) == ["A input_dim", "B input_shape"]


def test_data_of_files_are_called_by_them(window: Window) -> None:
    tab = window.visit("kmeans")
    with tab.run.reading(Origin("points", "plants.csv")):
        tab.run.restart_with({"points": [[0.0, 1.0], [2.0, 3.0], [4.0, 4.0]], "n_clusters": 2})
    tab.run.pin()
    with tab.run.reading(Origin("points", "stones.csv")):
        tab.set_parameter("points", [[0.0, 1.0], [2.0, 3.0], [4.0, 9.0]])
    assert words(tab) == ["A Points plants.csv", "B Points stones.csv"]
    assert elsewhere(tab.run.view(), tab.texts) == {"points": "in A: plants.csv"}
