"""The map of word2vec: where the vectors of words lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.data.corpora import read_corpus
from core.nn.similarity import analogy, neighbours
from core.run.timeline import Timeline
from core.word2vec.algorithm import word_map
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.word_map import (
    BEFORE,
    MOST_OTHERS,
    draw_map,
    links,
    spots,
    subtitle,
    variance_share,
)
from widgets.plots.marks.named_points import Spot

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("word2vec").texts


def shown(run: Timeline[Any, Any], t: int, outputs: bool = False) -> dict[str, Spot]:
    view = View(run, t, options={"outputs": outputs})
    return {str(spot.focus): spot for spot in spots(view, Step.in_view(view), TEXTS)}


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
    paper.width, paper.height = (lambda: 300), (lambda: 200)
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


def test_where_the_words_read_lay_before_the_step_is_a_ring(record: Record) -> None:
    run = record(9)
    view = View(run, 9, beat="update", options={"outputs": False})
    step = Step.in_view(view)
    places = {str(spot.focus): spot for spot in spots(view, step, TEXTS)}
    ring = places[step.word(step.inputs[0]) + BEFORE]
    old, _ = word_map(run.frame(8).state.vectors, view.state.axes)
    assert (ring.x, ring.y) == tuple(old[step.inputs[0]])
    assert (ring.hollow, ring.label) == (True, "before")
    assert len(places) == 21
    assert not any(BEFORE in name for name in shown(run, 9))  # nothing of it while playing


def test_on_a_map_that_is_higher_than_wide_the_first_axis_points_up(record: Record, paper: Any) -> None:
    run = record(5)
    view = View(run, 5, options={"outputs": False})
    inputs, _ = word_map(view.state.vectors, view.state.axes)
    for width, height, names in ((300, 200, ("PCA 1 →", "PCA 2 ↑")), (200, 300, ("PCA 2 →", "PCA 1 ↑"))):
        paper.width, paper.height = (lambda width=width: width), (lambda height=height: height)
        draw_map(paper, view, Step.in_view(view), TEXTS)
        assert paper.told["set_names"][:2] == names
        the = next(spot for spot in paper.told["set_marks"][0][0].spots if spot.focus == "the")
        assert ((the.x, the.y) == tuple(inputs[0])) is (width > height)


def test_the_chosen_word_is_joined_to_its_three_nearest(record: Record) -> None:
    run = record(400)
    for query in ("", "cat"):
        view = View(run, 400, options={"outputs": False, "query": query})
        step = Step.in_view(view)
        inputs, _ = word_map(view.state.vectors, view.state.axes)
        word = step.corpus.vocabulary.index(query) if query else step.centre
        near = [tuple(inputs[other]) for other, _ in neighbours(view.state.W, word, 3)]
        assert [link.end for link in links(view, step, False)] == near
        assert {link.start for link in links(view, step, False)} == {tuple(inputs[word])}


def test_an_analogy_asked_for_is_drawn(record: Record) -> None:
    run = record(400)
    view = View(run, 400, options={"outputs": False, "analogy": ("king", "man", "woman")})
    step = Step.in_view(view)
    words = step.corpus.vocabulary
    inputs, _ = word_map(view.state.vectors, view.state.axes)
    king, man, woman = map(words.index, ("king", "man", "woman"))
    (answer, _), *_ = analogy(view.state.W, king, man, woman, 1)
    drawn = [(link.start, link.end) for link in links(view, step, False)[3:]]
    pairs = (("man", "king"), ("woman", words[answer]))
    assert drawn == [tuple(tuple(inputs[words.index(word)]) for word in pair) for pair in pairs]
    unknown = View(run, 400, options={"outputs": False, "analogy": ("king", "man", "xyz")})
    assert len(links(unknown, step, False)) == 3


def test_rings_of_output_vectors_bear_their_words(record: Record) -> None:
    assert shown(record(5), 5, outputs=True)["king'"].label == "king′"


def test_a_zoom_goes_with_the_text_it_was_into(tab: Any, forward: Any) -> None:
    tab.run.advance(10)
    plot = forward("map")
    plot.zoom_to((0.0, 0.1, 0.0, 0.1))
    tab.set_parameter("learning_rate", 0.2)
    assert plot.user_zoomed
    home = plot.home
    tab.set_parameter("corpus", "sun-and-moon-zh")
    assert plot.home == home  # or the zoom would go anyway
    assert not plot.user_zoomed
