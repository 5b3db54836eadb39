"""The map of words: every word in the colour of its side, tried at the place told of; what it warns of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.embedding.algorithm import arrays
from core.embedding.settings import data_of
from core.embedding.word_map import map_axes
from core.run.explanation import Focus
from playground.topics.embedding.tab import EmbeddingTab
from playground.topics.embedding.word_map import WordMap
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.marks.note import Note


@pytest.fixture
def mapped(tab: EmbeddingTab) -> EmbeddingTab:
    tab.run.advance(120)
    tab.bring_forward("map")
    tab.shown.show("map", tab.view())
    return tab


def marks(tab: EmbeddingTab, paper: Any) -> list[Any]:
    WordMap(tab.view(), tab.texts).draw(paper)
    made: list[Any] = paper.told["set_marks"][0]
    return made


def spots(tab: EmbeddingTab, paper: Any) -> dict[str, Spot]:
    (points,) = (mark for mark in marks(tab, paper) if isinstance(mark, NamedPoints))
    return {spot.label: spot for spot in points.spots}


def test_words_lie_where_their_rows_are_in_the_colour_of_their_side(mapped: EmbeddingTab, paper: Any) -> None:
    found, data = spots(mapped, paper), data_of(mapped.run.params)
    rows = arrays(mapped.run.frame.state, mapped.run.params)["E"]
    axes = map_axes(mapped.run.timeline.frame(0).state, mapped.run.params)
    for word in ("good", "dreadful", "the", "hate"):
        place = rows[data.number_of[word]] @ axes
        assert (found[word].x, found[word].y) == pytest.approx(tuple(place))
    kinds = {word: (found[word].colour, found[word].marker) for word in ("good", "dreadful", "the")}
    assert kinds == {"good": ("blue", "circle"), "dreadful": ("vermillion", "square"), "the": ("", "circle")}
    assert found["film"].spoken_of
    assert not found["trip"].spoken_of


def test_the_dashed_line_is_w_of_the_place_told_of(mapped: EmbeddingTab, paper: Any) -> None:
    k = int(data_of(mapped.run.params).test[0])
    held = arrays(mapped.run.frame.state, mapped.run.params)
    axes = map_axes(mapped.run.timeline.frame(0).state, mapped.run.params)
    for place in (1, 3):
        mapped.choose(Focus("place", (k, place)))
        (points,) = (mark for mark in marks(mapped, paper) if isinstance(mark, NamedPoints))
        (line,) = points.links
        along = held["W"].reshape(4, 8)[place] @ axes
        assert along[0] * line.end[1] - along[1] * line.end[0] == pytest.approx(0, abs=1e-9)
        assert along @ np.array(line.end) > 0
        told = [mark.text for mark in marks(mapped, paper) if isinstance(mark, Note)]
        assert any(f"place {place + 1}" in text for text in told)


def test_a_word_clicked_is_tried_at_the_place_told_of(mapped: EmbeddingTab, paper: Any) -> None:
    at = spots(mapped, paper)["boring"].focus
    assert isinstance(at, Focus)
    mapped.pick(at)
    assert at.at == (data_of(mapped.run.params).number_of["boring"], 3, int(data_of(mapped.run.params).test[0]))
    assert mapped.focus_name(mapped.view()) == "place 4, “boring”"


def test_the_map_never_flips_however_the_run_is_reached(mapped: EmbeddingTab, paper: Any) -> None:
    now = spots(mapped, paper)
    mapped.run.seek(5)
    spots(mapped, paper)
    mapped.run.seek(120)
    assert spots(mapped, paper) == now
