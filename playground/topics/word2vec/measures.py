"""What runs of word2vec are compared by, at the step in view."""

from __future__ import annotations

from math import nan
from typing import Literal

import numpy as np

from core.run.values import Floats
from core.word2vec import Params
from core.word2vec.algorithm import is_sampled
from playground.playback.view import View
from playground.tab.measures import Measure, series
from playground.topics.word2vec.shown_example import Step
from playground.words.texts import Texts


def measures(view: View, texts: Texts) -> list[Measure]:
    """Return the rows of the table; how large W is and how much is scored only where the runs differ in that."""
    said = {key: texts.get("measures", key) for key in texts.tree["measures"]}
    runs = [view.params, *(run.timeline.params_at(run.step(view.t)) for run in view.beside)]
    sizes = {(params.vector_size, params.corpus) for params in runs}
    ways = {(params.output, params.negative, params.corpus) for params in runs}
    differing = [Measure(said["size"], _size, is_count=True)] if len(sizes) > 1 else []
    differing += [Measure(said["scored"], _scored, is_count=True)] if len(ways) > 1 else []
    return [
        *differing,
        Measure(said["moved"], _moved, is_count=True),
        series("epoch_loss", said["epoch_loss"]),
        series("loss", said["loss"]),
        Measure(said["target"], _given),
        series("epoch", said["epoch"], is_count=True),
        Measure(said["rows"], lambda view: _longest(view.state.W)),
        Measure(said["columns"], lambda view: _longest(view.state.C.T)),
    ]


def reading(view: View) -> Literal["none", "front"]:
    """Tell whether the compared runs read the same words at the same steps, so that one text tells of all."""
    ways = {_way(view.params), *(_way(other.timeline.params_at(other.step(view.t))) for other in view.beside)}
    return "none" if len(ways) == 1 else "front"


def tables_of(view: View) -> dict[str, Floats]:
    """Return W of the compared runs on the same text, by letter; none where there is no other."""
    runs = {view.letter: view, **{other.letter: view.of(other) for other in view.beside}}
    tables = {letter: runs[letter].state.W for letter in sorted(runs) if _text(runs[letter]) == _text(view)}
    return tables if len(tables) > 1 else {}


def whose_words(view: View) -> Literal["none", "front"]:
    """Tell whether what is said of words is said of all runs that are compared, or of the one in front alone."""
    return "none" if len(tables_of(view) or {"": view}) == 1 + len(view.beside) else "front"


def _text(view: View) -> str:
    return str(view.params.corpus)


def _way(params: Params) -> tuple[object, ...]:
    return params.corpus, params.window, params.model, params.batch, params.examples


def _given(view: View) -> float:
    """What the net gave the word that was wanted; nothing before the first step."""
    step = Step.in_view(view)
    given = step.output(step.target) if step.inputs else None
    return nan if given is None else given


def _moved(view: View) -> float:
    """How many rows of W the step moved; nothing before the first step."""
    if view.before is None:
        return nan
    return float(np.count_nonzero((view.frame.made.W != view.before.state.W).any(axis=1)))


def _size(view: View) -> float:
    """How many numbers stand in W; while that may be asked, nothing."""
    return nan if view.covered else float(view.state.W.size)


def _scored(view: View) -> float:
    """How many scores were computed for the example shown; nothing before the first step."""
    step = Step.in_view(view)
    if not step.inputs:
        return nan
    return float(len(step.targets) + len(step.negatives) if is_sampled(view.params) else step.corpus.size)


def _longest(vectors: Floats) -> float:
    return float(np.sqrt(np.einsum("ij,ij->i", vectors, vectors).max()))
