"""A misfit opened: axis under axis, cures that can be clicked, and what waits."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core import shapes
from core.nn.layers import Conv2D, Dense, Embedding, Flatten, SimpleRNN
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.misfits import misfit_of
from core.shapes.settings import Params
from playground.playback.view import View
from playground.topics.shapes.axes import JointBox, Passing
from playground.topics.shapes.misfit_box import Chip, Frame, MisfitBox
from playground.topics.shapes.stack_board import Picture
from playground.words.texts import topic_texts, use_language
from widgets.grids.board import Caption, GridBoard
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("qapp")
PICTURED = (Embedding(41, 8, input_length=4), Flatten(), Dense(16), SimpleRNN(8), Dense(2))
SIZES = [(700.0, 600.0), (430.0, 300.0)]


def picture(*layers: Any) -> Picture:
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, Params()))
    timeline.record(3)
    return Picture(View(timeline, 3, options={"tried": Params(layers=layers)}), topic_texts("shapes"))


def items(shown: Picture, kind: Any, size: tuple[float, float] = SIZES[0]) -> list[Any]:
    return [item for item in shown.arrange(*size) if isinstance(item, kind)]


def texts(shown: Picture) -> list[str]:
    return [caption.text for caption in items(shown, Caption)]


def test_the_misfit_of_the_picture() -> None:
    shown = picture(*PICTURED)
    assert [(chip.text, chip.fits) for chip in items(shown, Chip)] == [
        ("batch", True), ("time", True), ("features", True), ("None", True), ("— missing", False), ("16", True),
    ]  # fmt: skip
    told = texts(shown)
    for words in ("SimpleRNN(8)", "does not fit on Dense", "not built", "Take Flatten out", "waits: Dense(2)"):
        assert words in told
    assert told.count("→ (None, 2)") == 3
    assert len(items(shown, JointBox)) == 3  # what is built is drawn
    (passing,) = items(shown, Passing)  # the data has been there
    assert passing.rect == items(shown, JointBox)[-1].rect
    other = picture(Embedding(41, 9, input_length=4), *PICTURED[1:])
    assert not items(other, Passing)


def test_it_speaks_chinese() -> None:
    use_language("zh")
    try:
        told = texts(picture(*PICTURED))
        assert {"接不上 Dense", "没有建成", "去掉 Flatten", "等待: Dense(2)"} <= set(told)
    finally:
        use_language("en")


def test_sizes_that_are_wanted_stand_in_the_chips() -> None:
    window = [chip.text for chip in items(picture(Conv2D(8, (3, 5), input_shape=(4, 4, 1))), Chip)]
    assert window == ["batch", "rows", "columns: at least 5", "channels", "None", "4", "4", "1"]
    still_open = [chip.text for chip in items(picture(Flatten(input_shape=(None, 8)), Dense(2)), Chip)]
    assert still_open == ["batch", "features: fixed", "None", "None"]
    told = [chip.text for chip in items(picture(Dense(4, input_shape=(3,)), Dense(2, input_shape=(5,))), Chip)]
    assert told == ["batch", "features: 5", "None", "4"]
    surplus = [chip.text for chip in items(picture(Conv2D(8, 3, input_shape=(8, 8, 1)), SimpleRNN(4)), Chip)]
    assert surplus[:4] == ["batch", "time", "not wanted", "features"]


def test_without_an_axis_the_reason_is_written() -> None:
    shown = picture(Dense(3), Flatten())
    told = texts(shown)
    assert "does not fit as the first layer" in told
    assert any("must be told its input" in text for text in told)
    assert not items(shown, Chip)
    assert not items(shown, JointBox)


def test_where_no_change_helps_that_is_said() -> None:
    shown = picture(Dense(2, input_shape=(3,)), Conv2D(2, 2), SimpleRNN(2))
    assert "No single change makes all layers fit." in texts(shown)
    assert not [item for item in items(shown, Placed) if item.name.startswith("cure")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("layers", [PICTURED, (Conv2D(8, 3, input_shape=(8, 8, 1)), SimpleRNN(4)), (Dense(3),)])
def test_all_of_it_lies_inside_its_frame(layers: Any, size: tuple[float, float]) -> None:
    shown = picture(*layers)
    (frame,) = items(shown, Frame, size)
    assert frame.rect.bottom() <= size[1]
    for item in [*items(shown, Chip, size), *items(shown, Placed, size)]:
        if isinstance(item, Chip) or item.name.startswith("cure"):
            assert frame.rect.contains(item.rect)
        else:
            assert item.rect.bottom() <= frame.rect.top()
    buttons = [item.rect for item in items(shown, Placed, size) if item.name.startswith("cure")]
    assert len(buttons) == 3
    assert not any(a.intersects(b) for a in buttons for b in buttons if a is not b)


def test_a_cure_is_clicked_by_its_number() -> None:
    shown = picture(*PICTURED)
    board = GridBoard()
    board.resize(700, 600)
    board.set_arrangement(shown.arrange)
    clicked = []
    board.clicked.connect(lambda name, *_: clicked.append(name))
    for i in range(3):
        button = board.placed(f"cure {i}")
        assert button is not None
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, button.rect.center().toTuple())))
    assert clicked == ["cure 0", "cure 1", "cure 2"]


def test_layers_that_fit_are_drawn_as_ever() -> None:
    shown = picture(*PICTURED[:3])
    assert shown.misfit is None
    assert not items(shown, Frame)


def test_the_height_is_what_is_placed() -> None:
    found = misfit_of(Params(layers=PICTURED))
    assert found is not None
    box = MisfitBox.of(found, PICTURED[3], topic_texts("shapes"))
    lowest = max(item.y + item.height for item in box.arrange(0.0, 700.0) if isinstance(item, Caption))
    assert lowest <= box.height(700.0) <= lowest + 20
