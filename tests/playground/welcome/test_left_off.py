from __future__ import annotations

from typing import Any

import pytest

from playground.topic_list import topic
from playground.welcome import left_off
from playground.welcome.left_off import LeftOff
from playground.window.window import Window


def test_what_was_kept_is_read_again(settings: Any) -> None:
    assert LeftOff.read() is None
    kept = LeftOff(topic("rnn"), "same_cell", "wrong", 7, is_front=False)
    kept.keep()
    assert LeftOff.read() == kept
    assert kept.scene_title() == topic("rnn").texts.get("scenes", "same_cell", "title")


@pytest.mark.parametrize("value", ["no such topic", "", "42"])
def test_of_an_unknown_topic_nothing_is_kept(settings: Any, value: str) -> None:
    LeftOff(topic("rnn")).keep()
    settings.setValue("left/topic", value)
    assert LeftOff.read() is None


def test_a_step_or_a_scene_that_is_none_does_no_harm(settings: Any) -> None:
    LeftOff(topic("rnn")).keep()
    settings.setValue("left/step", "-3 or so")
    settings.setValue("left/scene", "gone")
    left = LeftOff.read()
    assert left is not None
    assert (left.step, left.scene_title()) == (0, "")


def test_a_picture_is_kept(window: Window) -> None:
    tab = window.visit("kmeans")
    assert left_off.kept_picture().isNull()
    left_off.keep_picture(tab)
    assert 0 < left_off.kept_picture().width() <= 552
