"""The twin: an ordinary compared run of the same seed with the other pooling, made by a button."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.cnn import Params
from core.cnn.readings import twin
from core.run.recipe import Recipe, SetArray, SetParam
from playground.topics.cnn.twin import twin_of
from widgets.base.error_label import ErrorLabel


def test_the_button_makes_it_run_b_on_the_same_clock(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    tab.bring_forward("push")
    settle()
    assert tab.twin.objectName() == "set.twin"
    assert tab.twin.text() == "Twin without pooling"
    tab.twin.click()
    settle()
    a, b = tab.run.compared
    assert (tab.run.letter, tab.run.position, a.letter, b.letter) == ("A", 3, "A", "B")
    assert b.timeline.recorded == 3
    assert b.timeline.recipe.params.layers == twin(Params().layers)
    assert b.timeline.recipe.seed == a.timeline.recipe.seed
    assert not tab.twin.isEnabled()
    assert [[text for _, text in chip.pairs] for chip in tab.compared.chips()] == [["max pool"], ["no pool"]]
    tab.run.bring_forward("B")
    settle()
    assert tab.twin.text() == "Twin with pooling"


def test_live_settings_stay_and_typed_weights_go(qapp: Any) -> None:
    recipe = Recipe("cnn", 1, 7, Params()).edited(2, SetParam("learning_rate", 0.1))
    recipe = recipe.edited(4, SetArray("layer_1.b", np.zeros(8)))
    made = twin_of(recipe)
    assert [change.edit.target for change in made.edits] == ["learning_rate"]
    assert made.seed == 7
    assert twin_of(made).params.layers == Params().layers


def test_layers_whose_twin_is_refused_say_why_under_their_field(tab: Any, settle: Any) -> None:
    layers = [
        {"type": "Conv2D", "filters": 64, "kernel_size": 3, "padding": "same", "activation": "relu"},
        {"type": "MaxPooling2D", "pool_size": 4},
        {"type": "Flatten"},
        {"type": "Dense", "units": 400, "activation": "relu"},
        {"type": "Dense", "units": 10, "activation": "softmax"},
    ]
    tab.set_parameter("layers", layers)
    tab.bring_forward("push")
    settle()
    tab.twin.click()
    settle()
    assert not tab.run.compared
    said = [label.text() for label in tab.form.findChildren(ErrorLabel) if label.text()]
    assert len(said) == 1
    assert "weights" in said[0]
