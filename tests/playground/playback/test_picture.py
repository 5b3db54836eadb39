from __future__ import annotations

from core.dense.settings import Params
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.topic_list import topic


def test_its_parameters_are_those_in_force_at_its_step() -> None:
    dense = topic("dense")
    timeline = Timeline(dense.core, Recipe("dense", dense.core.VERSION, 0, Params(learning_rate=0.25)))
    timeline.record(1)
    picture = ViewPicture[Params](View(timeline, 1), dense.texts)
    assert picture.params == Params(learning_rate=0.25)
