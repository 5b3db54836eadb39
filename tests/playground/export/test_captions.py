from __future__ import annotations

import numpy as np
import pytest

from core.run.recipe import Origin
from core.run.timeline import Timeline
from playground.export.captions import caption_of, dressed
from playground.export.formats import PLAIN, Looks
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window

HARD_SPACE = "\N{NO-BREAK SPACE}"


def settings(tab: TopicTab, panel: str) -> list[str]:
    return caption_of(tab, panel).settings.replace(HARD_SPACE, " ").split(" · ")


def test_title_and_step_are_those_in_view(tab: TopicTab) -> None:
    tab.run.advance(12)
    tab.run.seek(5)
    caption = caption_of(tab, "loss")
    assert (caption.title, caption.counter()) == ("Optimizers · Loss by step", "Step 5")


def test_those_in_the_race_are_named_with_their_marks(tab: TopicTab) -> None:
    tab.set_parameter("methods", ["sgd", "adam"])
    names = caption_of(tab, "surface").names
    assert [name.text for name in names] == ["SGD", "Adam"]
    assert len({name.marker for name in names}) == 2


def test_compared_runs_are_named_by_their_letters(tab: TopicTab) -> None:
    tab.run.pin()
    tab.set_parameter("sgd.learning_rate", 0.02)
    names = caption_of(tab, "surface").names[:2]
    assert [name.letter for name in names] == ["A", "B"]
    assert "0.02" in names[1].text


def test_settings_are_those_the_run_begins_with_and_what_was_changed_on_its_way(tab: TopicTab) -> None:
    assert not [text for text in settings(tab, "loss") if "Momentum" in text or "Batch" in text]
    tab.set_parameter("momentum.momentum", 0.5)
    tab.run.advance(9)
    tab.set_parameter("sgd.learning_rate", 0.5)
    said = settings(tab, "loss")
    assert [text for text in said if text.startswith("Momentum") and text.endswith(" 0.5")]
    assert not [text for text in said if text.startswith("from step 0")]
    assert said[-1].startswith("from step 9: SGD")
    assert said[-1].endswith("→ 0.5")
    assert "Seed 0" in said


def test_data_of_ones_own_are_called_by_their_file(window: Window) -> None:
    tab = window.visit("kmeans")
    recipe = tab.run.recipe
    points = np.arange(20.0).reshape(10, 2)
    params = type(recipe.params)(points=points)
    tab.run.load(Timeline(tab.entry.core, recipe.begun_with(params, [Origin("points", "mine.csv")])))
    assert "Points mine.csv" in settings(tab, "points")


@pytest.mark.parametrize("what", ["tab", "loss"])
def test_without_a_caption_a_picture_has_its_own_size(tab: TopicTab, what: str) -> None:
    plain, with_words = dressed(tab, what, PLAIN), dressed(tab, what, Looks())
    assert plain.caption is None
    assert with_words.caption is not None
    assert with_words.size.width() == plain.size.width()
    assert with_words.size.height() >= plain.size.height() + with_words.caption.above(plain.size.width())
