"""Weights as bars, and the stack as a program in two dialects, of layers that fit and of such that do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core import shapes
from core.nn.layers import Dense, Embedding, Flatten, SimpleRNN
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.scenes.mark import Spoken
from playground.scenes.scene import scenes
from playground.topic_list import topic
from playground.topics.shapes.weights_keras import Bar, Picture
from playground.words.texts import topic_texts, use_language
from widgets.grids.board import Button, Caption, GridBoard, Spot
from widgets.grids.board_lines import Corners

pytestmark = pytest.mark.usefixtures("qapp")
PICTURED = (Embedding(41, 8, input_length=4), Flatten(), Dense(16), SimpleRNN(8), Dense(2))
SIZE = (520.0, 420.0)


def picture(params: Params, t: int = 0, tried: Params | None = None) -> Picture:
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, params))
    timeline.record(t)
    return Picture(View(timeline, t, options={} if tried is None else {"tried": tried}), topic_texts("shapes"))


def items(shown: Picture, kind: Any, size: tuple[float, float] = SIZE) -> list[Any]:
    return [item for item in shown.arrange(*size) if isinstance(item, kind)]


def captions(shown: Picture, size: tuple[float, float] = SIZE) -> dict[str, Caption]:
    return {caption.text: caption for caption in items(shown, Caption, size)}


def test_weights_with_their_formula() -> None:
    told = captions(picture(Params()))
    assert {"41·8", "328", "no weights", "0", "(32 + 1)·16", "528", "together", "856"} <= set(told)
    longest = max(bar.rect.width() for bar in items(picture(Params()), Bar))
    assert [round(bar.rect.width() / longest * 528) for bar in items(picture(Params()), Bar)][::2] == [328, 528]
    assert "bars: logarithm" not in told


def test_counts_far_apart_have_logarithmic_bars_and_say_so() -> None:
    shown = picture(Params(layers=(Dense(1, input_shape=(3,)), Dense(5000))))
    assert "bars: logarithm" in captions(shown)
    small, large = (bar.rect.width() for bar in items(shown, Bar))
    assert large / 10 < small < large


def test_both_dialects_stand_beside_each_other() -> None:
    told = captions(picture(Params(batch_size=32), 3), (1200.0, 420.0))
    assert told["shape=(4,), batch_size=32"].colour == "blue"
    assert told["input_length=4, batch_size=32"].colour == "blue"
    assert told["Dense(16),"].colour == "accent_text"  # the layer of the step
    assert told["Flatten(),"].colour == "text"
    use_language("zh")
    try:
        assert {"现在的 Keras", "讲义里的 Keras", "合计"} <= set(captions(picture(Params())))
    finally:
        use_language("en")


def test_programs_with_long_lines_stand_below_each_other_with_nothing_cut() -> None:
    params = Params(layers=(Dense(32, activation="relu", input_shape=(64, 784)), Dense(16)), batch_size=32)
    for size, is_below in (((330.0, 420.0), True), ((1200.0, 420.0), False), ((440.0, 230.0), False)):
        shown = picture(params)
        copies = {item.name: item.rect.top() for item in items(shown, Button, size)}
        assert (copies["copy notes"] > copies["copy today"]) is is_below
        for caption in items(shown, Caption, size):
            assert caption.width <= caption.widest + 0.5, caption.text


def test_where_two_programs_have_no_room_there_is_one() -> None:
    params = Params(layers=(Dense(32, activation="relu", input_shape=(64, 784)), Dense(16)), batch_size=32)
    copies = [item.name for item in items(picture(params), Button, (250.0, 190.0))]
    assert copies == ["copy today"]
    told = captions(picture(params), (250.0, 190.0))["Notes' Keras: in the enlarged panel"]
    assert told.y + told.height <= 190
    assert not any("enlarged" in text for text in captions(picture(params), (330.0, 420.0)))


def test_while_a_scene_asks_nothing_is_counted() -> None:
    shown = picture(Params())
    covered = Picture(replace(shown.view, covered=True), shown.texts)
    assert not items(covered, Bar)
    assert not {"328", "528", "856", "together", "(32 + 1)·16"} & set(captions(covered))
    assert "Dense(16)," in captions(covered)


def test_a_layer_that_does_not_fit_is_red_in_bars_and_code() -> None:
    told = captions(picture(Params(), 3, Params(layers=PICTURED)))
    assert {"not built", "waits", "856"} <= set(told)
    assert told["SimpleRNN(8),"].colour == "error"
    assert told["Dense(2),"].colour == "muted"
    assert [bar.is_built for bar in items(picture(Params(), 3, Params(layers=PICTURED)), Bar)] == [True] * 3 + [
        False
    ] * 2


def test_where_nothing_is_built_there_is_no_sum() -> None:
    told = captions(picture(Params(), 3, Params(layers=(Dense(3), Flatten()))))
    assert {"not built", "waits", "together"} <= set(told)
    assert told["Dense(3),"].colour == "error"
    assert "0" not in told


@pytest.mark.parametrize("size", [(520.0, 420.0), (300.0, 180.0)])
def test_the_step_s_layer_is_in_view(size: tuple[float, float]) -> None:
    params = Params(layers=(Dense(2, input_shape=(3,)), *(Dense(k) for k in range(3, 40))))
    for t in (1, 20, 38):
        shown = picture(params, t)
        assert f"Dense({t + 1})," in captions(shown, size) or t == 1
        for item in items(shown, Bar, size):
            assert 0 <= item.rect.left() <= item.rect.right() <= size[0]
        assert max(caption.y + caption.height for caption in items(shown, Caption, size)) <= size[1] + 2


@pytest.mark.parametrize("size", [(520.0, 420.0), (300.0, 180.0)])
def test_what_is_left_out_has_a_sign(size: tuple[float, float]) -> None:
    params = Params(layers=(Dense(2, input_shape=(3,)), *(Dense(k) for k in range(3, 40))))
    for t, count in ((1, 1), (20, 2), (38, 1)):  # below, above and below, above: of the bars and of each program
        signs = [item for item in items(picture(params, t), Caption, size) if item.text == "…"]
        heads = [item for item in items(picture(params, t), Button, size) if item.name.startswith("copy")]
        assert len(signs) == count * (1 + len(heads))
    assert "…" not in captions(picture(Params(), 3))


def test_a_layer_in_focus_is_in_view_and_framed_and_its_line_lit() -> None:
    params = Params(layers=(Dense(2, input_shape=(3,)), *(Dense(k) for k in range(3, 40))))
    shown = picture(params, 1)
    chosen = Picture(replace(shown.view, focus=Focus("layer", (30,))), shown.texts)
    assert captions(chosen)["Dense(31),"].colour == "accent_text"
    assert [bar.is_lit for bar in items(chosen, Bar)].count(True) == 1
    assert not any(bar.is_lit for bar in items(shown, Bar))
    assert "joint 30" in {spot.name for spot in items(chosen, Spot)}


def test_copy_is_clicked_by_its_dialect() -> None:
    board = GridBoard()
    board.resize(520, 420)
    board.set_arrangement(picture(Params(), 3).arrange)
    clicked = []
    board.clicked.connect(lambda name, *_: clicked.append(name))
    for button in [item for item in board.items() if isinstance(item, Button)]:
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, button.rect.center().toTuple())))
    assert clicked == ["copy today", "copy notes"]
    image = board.grab().toImage()
    assert len({image.pixelColor(x, y).name() for x in range(0, 520, 3) for y in range(0, 420, 3)}) > 4


def test_layers_that_a_scene_speaks_of_wear_corners() -> None:
    scene = next(scene for scene in scenes(topic("shapes")) if scene.id == "count_the_weights")
    shown = picture(Params(), 3)
    spoken = Picture(replace(shown.view, spoken=Spoken(scene.mark)), shown.texts)
    names = {name: captions(shown)[name] for name in ("Embedding", "Flatten", "Dense")}
    corners = [item.rect for item in items(spoken, Corners)]
    assert len(corners) == 2
    for rect, name in zip(corners, ("Embedding", "Dense"), strict=True):
        assert rect.contains(names[name].x, names[name].y)
    assert not items(shown, Corners)
