"""The map of word2vec: where the vectors of words lie, in two of their dimensions or along two axes through them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from core.nn.similarity import analogy, neighbours
from core.run.explanation import Focus
from core.run.values import Floats
from core.word2vec.algorithm import MAPPED, State, word_map
from playground.playback.divergence import sound_extremes
from playground.playback.view import View
from playground.tab.marked import things
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.small_plots import rounded_up
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.named_points import Link, NamedPoints, Spot
from widgets.plots.plot import Plot

JOINED = 3  # nearest words
BEFORE = "°"  # behind the name of a word where it lay before the step
_CORNERS = 16.0  # px from side to side around a word that is spoken of
MOST_OTHERS = 150  # words on the map beside those of the step


class WordMap(Plot):
    """The plot of the map; `turned` tells that the longer side is another one now."""

    turned = Signal()
    _was_upright = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if is_upright(self) != self._was_upright:
            self._was_upright = is_upright(self)
            self.turned.emit()


def draw_map(plot: Plot, view: View, step: Step, texts: Texts) -> None:
    """Show where the input vectors lie, and the output vectors if asked for; the first axis along the longer side."""
    size, upright = view.params.vector_size, is_upright(plot)
    names = [texts.get("panels", axis) for axis in (("axis_1", "axis_2") if size > 2 else ("unit_1", "unit_2"))]
    first, second = names[0], names[1] if size > 1 else ""
    across, up = (second, first) if upright else (first, second)
    ends = f"{across} →" if across else "", f"{up} ↑" if up else ""
    plot.set_names(*ends, in_corners=True)
    reaches = ("reach", "output_reach") if view.options["outputs"] else ("reach",)
    records = [view.timeline, *(other.timeline for other in view.beside)]
    reach = rounded_up(1.05 * max(sound_extremes(record, name)[1] for record in records for name in reaches))
    plot.set_range(-reach, reach, -reach, reach)
    shown, lines = spots(view, step, texts, upright), links(view, step, upright)
    every = *shown, *compared_spots(view, step, upright)
    spoken = things(view, lambda run, thing: _place(view, run, thing, upright), _CORNERS)
    plot.set_marks([NamedPoints(every, lines, bool(view.beat), ends), *spoken])
    told = [spot.label for spot in shown if not spot.hollow][:20]
    plot.setAccessibleDescription(", ".join(told))


def is_upright(plot: Plot) -> bool:
    """Tell whether the first axis points up, as the map is higher than wide."""
    return bool(plot.height() > plot.width())


def spots(view: View, step: Step, texts: Texts, upright: bool = False) -> tuple[Spot, ...]:
    """Return the words on the map, those that get their labels first in front; a ring is where one lay before."""
    inputs, outputs = _places(view.state, view, upright)
    marked = _spoken_of(view, len(inputs))
    order = [*marked, *(word for word in _by_importance(step, len(inputs)) if word not in marked)]
    shown = [_spot(step, word, inputs[word].tolist(), False, word in marked) for word in order]
    if view.options["outputs"]:
        shown += [_spot(step, word, outputs[word].tolist(), True) for word in order]
    if view.beat and step.before is not None:
        old, _ = _places(step.before, view, upright)
        words = [word for word in dict.fromkeys(step.inputs) if word < len(old) and step.shifts[0][word]]
        told = [texts.get("board", "before"), *[""] * len(words)]  # one word is enough for all rings
        shown += [
            Spot(step.word(word) + BEFORE, *_xy(old[word]), label=label, colour=step.input_colour, hollow=True)
            for word, label in zip(words, told, strict=False)
        ]
    return tuple(shown)


def compared_spots(view: View, step: Step, upright: bool) -> list[Spot]:
    """Return where the words of the step lie in the runs it is compared with, along the axes of this one: hollow.

    Runs on another text, or with vectors of another size, have no place on this map.
    """
    shown = []
    for other in view.beside:
        frame = other.timeline.frame(other.step(view.t))
        if (frame.params.corpus, frame.params.vector_size) == (view.params.corpus, view.params.vector_size):
            inputs, _ = _places(frame.state, view, upright)
            words = dict.fromkeys(w for w in (*step.targets, *step.inputs) if 0 <= w < len(inputs))
            shown += [_other_spot(other.letter, step, word, inputs[word].tolist()) for word in words]
    return shown


def _other_spot(letter: str, step: Step, word: int, place: list[float]) -> Spot:
    name = f"{letter} {step.word(word)}"
    return Spot(name, place[0], place[1], name, step.colour(word), hollow=True)


def links(view: View, step: Step, upright: bool) -> tuple[Link, ...]:
    """Return lines from the chosen word to its nearest, and the two that an analogy compares."""
    inputs, _ = _places(view.state, view, upright)
    place = [_xy(point) for point in inputs]
    word, words = chosen(view, step), step.corpus.vocabulary
    near = [other for other, _ in neighbours(view.state.W, word, JOINED)]
    pairs = [(word, other, step.colour(word) or "sky") for other in near]
    asked = view.options.get("analogy", ())
    if len(asked) == 3 and all(name in words for name in asked):
        a, b, c = map(words.index, asked)
        answer = analogy(view.state.W, a, b, c, 1)
        pairs += [(b, a, "green"), *((c, other, "green") for other, _ in answer)]
    return tuple(Link(place[i], place[j], colour) for i, j, colour in pairs if max(i, j) < len(place))


def chosen(view: View, step: Step) -> int:
    """Return the word whose neighbours are shown: the one asked for, else that a scene speaks of, else the centre."""
    query, words = view.options.get("query", ""), step.corpus.vocabulary
    if query in words:
        return words.index(query)
    match view.focus:
        case Focus("word", (word,)) if word < len(words):
            return word
    return step.centre


def _place(view: View, run: View, thing: Focus, upright: bool) -> tuple[float, float] | None:
    """Return where a word of a run lies on the map of the view; None where that has no place for it."""
    here = (run.params.corpus, run.params.vector_size) == (view.params.corpus, view.params.vector_size)
    inputs, _ = _places(run.state, view, upright) if here and thing.kind == "word" else (np.empty((0, 2)), None)
    return _xy(inputs[thing.at[0]]) if thing.at and thing.at[0] < len(inputs) else None


def _places(state: State, view: View, upright: bool) -> tuple[Floats, Floats]:
    """Return where input and output vectors of a state lie on the map of the step in view, (n, 2) each."""
    inputs, outputs = word_map(state.vectors, view.state.axes)
    return (inputs[:, ::-1], outputs[:, ::-1]) if upright and inputs.shape[1] == 2 else (inputs, outputs)


def subtitle(view: View, texts: Texts) -> str:
    """Return how much of the vectors the map shows."""
    if view.params.vector_size <= 2:
        return texts.get("panels", "map_raw")
    share = variance_share(view.state.W[:MAPPED], view.state.axes)
    return texts.get("panels", "map_share").format(share=numbers.percent(share))


def _xy(point: Floats) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _by_importance(step: Step, count: int) -> list[int]:
    """Return the words on the map, those of the step first, then the commonest."""
    roles = [word for word in (*step.targets, *step.inputs, *step.negatives) if 0 <= word < count]
    common = np.argsort(-step.corpus.counts[:count], kind="stable")[:MOST_OTHERS].tolist()
    return list(dict.fromkeys([*roles, *common]))


def _spoken_of(view: View, count: int) -> list[int]:
    """Return the words on the map that a scene speaks of."""
    things = (*view.claim.things, *view.spoken.named) if view.spoken else ()
    return sorted({thing.at[0] for thing in things if thing.kind == "word" and thing.at[0] < count})


def _spot(step: Step, word: int, place: list[float], is_output: bool, spoken_of: bool = False) -> Spot:
    colour, label = step.colour(word), step.word(word)
    name = f"{label}'" if is_output else label
    told, marker = (f"{label}′", "square") if is_output else (label, "circle")
    return Spot(name, place[0], place[1], told, colour, marker, is_output, spoken_of)


def variance_share(vectors: Floats, axes: Floats) -> float:
    """Return the share of the input vectors' variance that the plane of the map shows; 1 where there is none."""
    centred = vectors - vectors.mean(axis=0)
    whole = float((centred * centred).sum())
    along = centred @ axes
    return float((along * along).sum()) / whole if whole else 1.0
