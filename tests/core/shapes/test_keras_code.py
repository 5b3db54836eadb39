"""The program text of a stack, read again with layers of the same names, is the stack."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.nn import layers
from core.nn.activations import LEAK
from core.nn.layers import Conv2D, Dense, Embedding, Flatten, SimpleRNN, TimeDistributed, stack_of, written
from core.shapes.keras_code import Dialect, code, text_of_code
from core.shapes.settings import Params, check


class Read:
    """What a program text says: each name it imports is a layer of ours, or notes what goes in."""

    def __init__(self, lines: Any) -> None:
        self.given: Any = None
        self.batch_size: Any = None
        text = text_of_code(lines)
        head, _, body = text.partition("model = ")
        imported = {name.strip() for line in head.splitlines() for name in line.partition("import ")[2].split(",")}
        names = {name: self.layer(name) for name in imported - {"", "Input", "Sequential", "LeakyReLU"}}
        names |= {"Input": self.input, "Sequential": list, "LeakyReLU": self.leaky}
        used = {name: made for name, made in names.items() if name in imported}
        self.layers = [layer for layer in eval(body, used) if layer is not None]

    def layer(self, name: str) -> Any:
        def made(*args: Any, batch_size: Any = None, **more: Any) -> Any:
            self.batch_size = batch_size or self.batch_size
            return (
                getattr(layers, name)(*args, **more)
                if name not in POOLS
                else getattr(layers, name)(pool_size=args[0], **more)
            )

        return made

    def input(self, shape: Any, batch_size: Any = None) -> None:
        self.given = (batch_size, *shape)

    def leaky(self, slope: float) -> str:
        assert slope == LEAK
        return "leaky-relu"


POOLS = ("MaxPooling2D", "AveragePooling2D")
BARE: dict[str, Any] = {"input_shape": None, "batch_input_shape": None}


def untold(layer: Any) -> Any:
    if isinstance(layer, Embedding):
        return replace(layer, **BARE, input_length=None)
    if isinstance(layer, TimeDistributed):
        layer = replace(layer, layer=untold(layer.layer))
    return replace(layer, **BARE, input_dim=None)


def test_today_an_input_comes_first(legal: Any) -> None:
    params, sizes, _ = legal
    read = Read(code(params, "today"))
    assert list(read.given) == sizes[0]
    assert read.layers == [untold(layer) for layer in params.layers]


def test_in_the_notes_the_first_layer_is_told(legal: Any) -> None:
    params, sizes, _ = legal
    read = Read(code(params, "notes"))
    assert [list(written(shape)) for shape in stack_of(read.layers).shapes] == sizes
    assert list(map(untold, read.layers)) == list(map(untold, params.layers))
    assert read.batch_size is None


@pytest.mark.parametrize("dialect", ["today", "notes"])
def test_what_does_not_fit_can_still_be_read(illegal: Any, dialect: Dialect) -> None:
    params, *_ = illegal
    assert list(map(untold, Read(code(params, dialect)).layers)) == list(map(untold, params.layers))


@pytest.mark.parametrize(
    ("layer", "batch_size", "notes", "today"),
    [
        (Dense(1, input_dim=784), None, "Dense(1, input_dim=784),", "Input(shape=(784,)),"),
        (Dense(1, input_shape=(784,)), None, "Dense(1, input_shape=(784,)),", "Input(shape=(784,)),"),
        (SimpleRNN(4, input_shape=(6, 8)), 32, "SimpleRNN(4, input_shape=(6, 8), batch_size=32),",
         "Input(shape=(6, 8), batch_size=32),"),
        (SimpleRNN(4, batch_input_shape=(32, 6, 8)), None, "SimpleRNN(4, batch_input_shape=(32, 6, 8)),",
         "Input(shape=(6, 8), batch_size=32),"),
        (SimpleRNN(4, batch_input_shape=(None, 6, 8)), 32, "SimpleRNN(4, batch_input_shape=(32, 6, 8)),",
         "Input(shape=(6, 8), batch_size=32),"),
        (Embedding(41, 8, input_length=4), None, "Embedding(41, 8, input_length=4),", "Input(shape=(4,)),"),
        (Embedding(41, 8), None, "Embedding(41, 8),", "Input(shape=(None,)),"),
        (Embedding(41, 8), 2, "Embedding(41, 8, batch_size=2),", "Input(shape=(None,), batch_size=2),"),
        (Dense(3, input_shape=(None,), input_dim=5), None, "Dense(3, input_shape=(5,)),", "Input(shape=(5,)),"),
        (Conv2D(8, (3, 3), padding="same", activation="leaky-relu", input_shape=(8, 8, 1)), None,
         'Conv2D(8, (3, 3), padding="same", activation=LeakyReLU(0.01), input_shape=(8, 8, 1)),',
         "Input(shape=(8, 8, 1)),"),
        (SimpleRNN(2, activation=None, stateful=True, batch_input_shape=(1, 2, 3)), None,
         "SimpleRNN(2, activation=None, stateful=True, batch_input_shape=(1, 2, 3)),",
         "Input(shape=(2, 3), batch_size=1),"),
    ],
)  # fmt: skip
def test_what_is_told_in_both_dialects(layer: Any, batch_size: int | None, notes: str, today: str) -> None:
    params = Params(layers=(layer,), batch_size=batch_size)
    assert check(params) is None
    lines = {dialect: code(params, dialect)[4] for dialect in ("notes", "today")}
    assert {dialect: line.text.strip() for dialect, line in lines.items()} == {"notes": notes, "today": today}
    assert (lines["notes"].layer, lines["today"].layer) == (1, 0)
    assert all(line.told in line.text for line in lines.values())


def test_lines_know_their_layers() -> None:
    for dialect, layers_of in (("today", [None] * 4 + [0, 1, 2, 3, None]), ("notes", [None] * 4 + [1, 2, 3, None])):
        assert [line.layer for line in code(Params(), dialect)] == layers_of  # type: ignore[arg-type]


def test_without_a_shape_nothing_goes_in() -> None:
    params = Params(layers=(Dense(3), Flatten()))
    assert [line.text for line in code(params, "today")][4:] == ["    Dense(3),", "    Flatten(),", "])"]
    twice = Params(layers=(Dense(3, input_shape=(2,), input_dim=4),))
    assert code(twice, "notes")[4].text == "    Dense(3, input_shape=(2,), input_dim=4),"
    later = Params(layers=(Dense(3, input_shape=(2,)), Dense(1, input_shape=(5,))))
    assert code(later, "notes")[5].text == "    Dense(1, input_shape=(5,)),"
    assert code(later, "today")[6].text == "    Dense(1),"
