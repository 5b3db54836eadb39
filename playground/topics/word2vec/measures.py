"""What runs of word2vec are compared by, at the step in view."""

from __future__ import annotations

from math import nan
from typing import Literal

import numpy as np

from core.run.values import Floats
from core.word2vec import Params
from playground.playback.view import View
from playground.tab.measures import Measure, series
from playground.topics.word2vec.shown_example import Step
from playground.words.texts import Texts


def measures(texts: Texts) -> list[Measure]:
    """Return the rows of the table."""
    said = {key: texts.get("measures", key) for key in texts.tree["measures"]}
    return [
        series("loss", said["loss"]),
        series("epoch_loss", said["epoch_loss"]),
        Measure(said["target"], _given),
        series("epoch", said["epoch"], is_count=True),
        Measure(said["rows"], lambda view: _longest(view.state.W)),
        Measure(said["columns"], lambda view: _longest(view.state.C.T)),
    ]


def reading(view: View) -> Literal["none", "front"]:
    """Tell whether the compared runs read the same words at the same steps, so that one text tells of all."""
    ways = {_way(view.params), *(_way(other.timeline.params_at(other.step(view.t))) for other in view.beside)}
    return "none" if len(ways) == 1 else "front"


def _way(params: Params) -> tuple[object, ...]:
    return params.corpus, params.window, params.model, params.batch


def _given(view: View) -> float:
    """What the net gave the word that was wanted; nothing before the first step."""
    step = Step.in_view(view)
    given = step.output(step.target) if step.inputs else None
    return nan if given is None else given


def _longest(vectors: Floats) -> float:
    return float(np.sqrt(np.einsum("ij,ij->i", vectors, vectors).max()))
