"""A nested list as text, as boxes and as a shape, in the same colours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core import shapes
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.topics.shapes.nested_boxes import LEVELS, MOST, Box, Lit, Picture, Underline, level_colour
from playground.words.texts import topic_texts, use_language
from widgets.grids.board import Caption, GridBoard
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("qapp")
NOTES = (((1, 2), (3, 4)), ((5, 6), (7, 8)), ((9, 10), (11, 12)))


def picture(data: Any, focus: str = "", tried: Any = None) -> Picture:
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, Params(data=data)))
    options = {} if tried is None else {"tried": Params(data=tried)}
    return Picture(View(timeline, 0, focus=Focus.of(focus), options=options), topic_texts("shapes"))


def items(shown: Picture, kind: Any, size: tuple[float, float] = (460.0, 240.0)) -> list[Any]:
    return [item for item in shown.arrange(*size) if isinstance(item, kind)]


def told(shown: Picture) -> str:
    return "".join(caption.text for caption in items(shown, Caption, (2000.0, 240.0)))


def test_the_list_of_the_notes() -> None:
    shown = picture(NOTES)
    assert told(shown).startswith("[[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 10], [11, 12]]]")
    assert told(shown).endswith("shape(3, 2, 2)rank 3")
    boxes = items(shown, Box)
    assert [sum(box.level == level and not box.text for box in boxes) for level in range(4)] == [1, 3, 6, 0]
    assert [box.text for box in boxes if box.text] == [str(n) for n in range(1, 13)]


def test_brackets_boxes_and_numbers_of_a_level_share_a_colour() -> None:
    captions = items(picture(NOTES), Caption)
    assert [caption.colour for caption in captions if caption.text == "["][:3] == list(LEVELS[:3])
    at = next(i for i, caption in enumerate(captions) if caption.text == "(")
    assert [caption.colour for caption in captions[at + 1 : at + 6 : 2]] == list(LEVELS[:3])
    assert level_colour(len(LEVELS)) == LEVELS[0]


def test_a_level_lights_up() -> None:
    shown = picture(NOTES, "level 1")
    assert [box.level for box in items(shown, Box) if box.is_lit] == [1, 1, 1]
    assert "lit: 2 in each list" in told(shown)
    assert "lit" not in told(picture(NOTES, "level 3"))
    assert "lit" not in told(picture(NOTES))
    in_text = [lit.rect for lit in items(shown, Lit) if not lit.has_edge]
    captions = [c for c in items(shown, Caption) if c.text in "[]" and c.colour == level_colour(1)]
    assert [rect.left() for rect in in_text] == [caption.x for caption in captions]
    assert len(in_text) == 6
    (in_shape,) = (lit.rect for lit in items(shown, Lit) if lit.has_edge)
    assert in_shape.intersects(next(item.rect for item in items(shown, Placed) if item.name == "level 1"))


def test_each_size_of_the_shape_can_be_pointed_at() -> None:
    shown = picture(NOTES)
    assert [item.name for item in items(shown, Placed)] == ["typed", "level 0", "level 1", "level 2"]
    for item, size in zip(items(shown, Placed)[1:], "322", strict=True):
        (caption,) = (c for c in items(shown, Caption) if c.text == size and item.rect.contains(c.x, c.y))
        assert item.rect.contains(caption.x + caption.width, caption.y + caption.height - 2)


def test_while_a_scene_asks_the_shape_is_covered() -> None:
    shown = picture(NOTES, "level 1")
    covered = Picture(replace(shown.view, covered=True), shown.texts)
    assert told(covered).endswith("shape(?)")
    assert [item.name for item in items(covered, Placed)] == ["typed"]


@pytest.mark.parametrize("size", [(460.0, 240.0), (200.0, 120.0)])
@pytest.mark.parametrize("data", [NOTES, (1, 2, 3, 4), ((1,), (2,), (3,)), 5, (((),),), tuple(range(40))])
def test_boxes_lie_in_their_boxes(data: Any, size: tuple[float, float]) -> None:
    boxes = items(picture(data), Box, size)
    for box in boxes:
        around = [other for other in boxes if other.level == box.level - 1 and other.rect.contains(box.rect)]
        assert len(around) == (1 if box.level else 0)
        beside = [other for other in boxes if other is not box and other.level == box.level]
        assert not any(box.rect.intersects(other.rect) for other in beside)
        assert box.rect.bottom() <= size[1] - 24


def test_of_a_long_list_the_first_are_drawn() -> None:
    shown = picture(tuple(range(40)))
    assert len([box for box in items(shown, Box) if box.text]) == MOST
    assert "… 40" in told(shown)
    assert "(40,)" in told(shown)


def test_why_a_list_is_ragged_is_said_whole() -> None:
    shown = picture(NOTES, tried=((1, 2), (3,)))
    lines = [caption for caption in items(shown, Caption, (330.0, 240.0)) if caption.colour == "error"]
    assert len(lines) > 1
    assert all(caption.width <= caption.widest for caption in lines)
    assert " ".join(caption.text for caption in lines).endswith("Make all lists of a level equally long.")


def test_a_ragged_list_is_underlined_where_it_disagrees() -> None:
    shown = picture(NOTES, tried=((1, 2), (3,)))
    assert told(shown).startswith("[[1, 2], [3]]The list is ragged: data[1] has length 1, but data[0] has length 2.")
    assert "shape" not in told(shown)
    assert shown.refusal is not None
    assert shown.refusal.__traceback__ is None
    (line,) = items(shown, Underline)
    captions = items(shown, Caption)
    inside = [c.text for c in captions if line.line.x1() <= c.x < line.line.x2() and c.y < line.line.y1()]
    assert inside == ["[", "3", "]"]
    assert not items(shown, Box)
    use_language("zh")
    try:
        assert "列表参差不齐：data[1] 的长度是 1" in told(picture(NOTES, tried=((1, 2), (3,))))
    finally:
        use_language("en")


def test_it_is_painted() -> None:
    for data in (NOTES, (1.5, -2.0), 5):
        board = GridBoard()
        board.resize(420, 230)
        board.set_arrangement(picture(data, "level 0").arrange)
        image = board.grab().toImage()
        assert len({image.pixelColor(x, y).name() for x in range(0, 420, 2) for y in range(0, 230, 2)}) > 4
