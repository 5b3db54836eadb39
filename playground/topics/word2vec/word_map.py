"""The map of word2vec: where the vectors of words lie, in two of their dimensions or along two axes through them."""

from __future__ import annotations

import numpy as np

from core.run.values import Floats
from core.word2vec.algorithm import MAPPED, word_map
from playground.playback.divergence import sound_extremes
from playground.playback.view import View
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.small_plots import rounded_up
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.plot import Plot

MOST_OTHERS = 150  # words on the map beside those of the step


def draw_map(plot: Plot, view: View, step: Step, texts: Texts) -> None:
    """Show where the input vectors lie, and the output vectors if asked for."""
    size = view.params.vector_size
    x, y = (texts.get("panels", axis) for axis in (("axis_1", "axis_2") if size > 2 else ("unit_1", "unit_2")))
    plot.set_names(x, y if size > 1 else "", in_corners=True)
    names = ("reach", "output_reach") if view.options["outputs"] else ("reach",)
    reach = rounded_up(1.05 * max(sound_extremes(view.timeline, name)[1] for name in names))
    plot.set_range(-reach, reach, -reach, reach)
    shown = spots(view, step)
    plot.set_marks([NamedPoints(shown)])
    told = [spot.label for spot in shown if not spot.hollow][:20]
    plot.setAccessibleDescription(", ".join(told))


def spots(view: View, step: Step) -> tuple[Spot, ...]:
    """Return the words on the map, those that get their labels first in front."""
    inputs, outputs = word_map(view.state.vectors, view.state.axes)
    order = _by_importance(step, len(inputs))
    shown = [_spot(step, word, inputs[word].tolist(), False) for word in order]
    if view.options["outputs"]:
        shown += [_spot(step, word, outputs[word].tolist(), True) for word in order]
    return tuple(shown)


def subtitle(view: View, texts: Texts) -> str:
    """Return how much of the vectors the map shows."""
    if view.params.vector_size <= 2:
        return texts.get("panels", "map_raw")
    share = variance_share(view.state.W[:MAPPED], view.state.axes)
    return texts.get("panels", "map_share").format(share=numbers.percent(share))


def _by_importance(step: Step, count: int) -> list[int]:
    """Return the words on the map, those of the step first, then the commonest."""
    roles = [word for word in (step.target, *step.inputs, *step.negatives) if 0 <= word < count]
    common = np.argsort(-step.corpus.counts[:count], kind="stable")[:MOST_OTHERS].tolist()
    return list(dict.fromkeys([*roles, *common]))


def _spot(step: Step, word: int, place: list[float], is_output: bool) -> Spot:
    colour, label = step.colour(word), step.word(word)
    name = f"{label}'" if is_output else label
    shown = label if not is_output or colour else ""
    return Spot(name, place[0], place[1], shown, colour, "square" if is_output else "circle", hollow=is_output)


def variance_share(vectors: Floats, axes: Floats) -> float:
    """Return the share of the input vectors' variance that the plane of the map shows; 1 where there is none."""
    centred = vectors - vectors.mean(axis=0)
    whole = float((centred * centred).sum())
    along = centred @ axes
    return float((along * along).sum()) / whole if whole else 1.0
