"""The map of word2vec: where the vectors of words lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.data.corpora import read_corpus
from core.run.timeline import Timeline
from core.word2vec.algorithm import word_map
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.word_map import MOST_OTHERS, draw_map, spots, subtitle, variance_share
from widgets.plots.marks.named_points import Spot

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("word2vec").texts


def shown(run: Timeline[Any, Any], t: int, outputs: bool = False) -> dict[str, Spot]:
    view = View(run, t, options={"outputs": outputs})
    return {str(spot.focus): spot for spot in spots(view, Step.in_view(view))}


def test_the_map_shows_where_the_vectors_lie(record: Record) -> None:
    run = record(40)
    inputs, outputs = word_map(run.frame(40).state.vectors, run.frame(40).state.axes)
    words = read_corpus(run.params_at(0).corpus).vocabulary
    places = shown(run, 40)
    assert set(places) == set(words)
    for i, word in enumerate(words):
        assert (places[word].x, places[word].y) == tuple(inputs[i])
    places = shown(run, 40, outputs=True)
    assert len(places) == 2 * len(words)
    assert (places["king'"].x, places["king'"].y) == tuple(outputs[1])
    assert (places["king'"].hollow, places["king"].hollow) == (True, False)


def test_at_the_start_no_word_has_a_role(record: Record) -> None:
    run = record(1)
    assert {spot.colour for spot in shown(run, 0).values()} == {""}
    assert {spot.colour for spot in shown(run, 1).values()} > {"", "blue"}


@pytest.mark.parametrize("outputs", [False, True])
def test_all_points_lie_in_the_range_of_the_map_at_every_step(record: Record, paper: Any, outputs: bool) -> None:
    run, ranges = record(900, learning_rate=0.5), set()
    for t in (0, 450, 900):
        view = View(run, t, options={"outputs": outputs})
        draw_map(paper, view, Step.in_view(view), TEXTS)
        x0, x1, y0, y1 = paper.told["set_range"]
        ranges.add((x0, x1, y0, y1))
        assert all(x0 < s.x < x1 and y0 < s.y < y1 for s in shown(run, t, outputs).values())
    assert len(ranges) == 1


def test_of_a_long_text_the_commonest_are_on_the_map_and_those_of_the_step(record: Record, long_text: str) -> None:
    run = record(4, corpus=long_text, vector_size=2)
    step = Step.in_view(View(run, 4))
    places = shown(run, 4)
    assert {step.word(step.target), *map(step.word, step.inputs), "the", "sees"} <= set(places)
    assert MOST_OTHERS <= len(places) < MOST_OTHERS + 10


@pytest.mark.parametrize(("size", "words"), [(2, "map_raw"), (6, "map_share")])
def test_it_says_how_much_of_the_vectors_it_shows(record: Record, size: int, words: str) -> None:
    text = subtitle(View(record(3, vector_size=size), 3), TEXTS)
    assert text.startswith(TEXTS.get("panels", words).partition("{")[0])
    assert ("%" in text) is (size == 6)


def test_the_share_of_variance_is_that_of_the_plane() -> None:
    flat = np.array([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])
    assert variance_share(flat, np.eye(3)[:, :2]) == 1
    assert variance_share(flat, np.eye(3)[:, 1:]) == 0.5
    assert variance_share(np.ones((3, 3)), np.eye(3)[:, :2]) == 1  # where all lie in one place
