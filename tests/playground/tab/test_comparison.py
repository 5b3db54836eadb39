"""Runs that are compared, in words."""

from __future__ import annotations

from typing import Any

from playground.playback.view import View
from playground.tab.comparison import ends
from playground.tab.topic_tab import TopicTab


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


def strip(tab: Any) -> str:
    return str(tab.numbers.subtitle())
