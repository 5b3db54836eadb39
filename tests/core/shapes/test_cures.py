"""Every cure builds and says truly in what it ends; the usual ones are offered where they help."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
    stack_of,
    text_of,
    written,
)
from core.shapes.misfits import misfit_of
from core.shapes.settings import Params, check

TEXTS = tomllib.loads(Path("resources/topics/shapes.toml").read_text("utf-8"))["cures"]
WORDS = Embedding(41, 8, input_length=4)
PICTURE = Conv2D(8, 3, input_shape=(8, 8, 1))

OFFERED: list[tuple[tuple[Any, ...], list[tuple[str, str]]]] = [
    (
        (WORDS, Flatten(), Dense(16), SimpleRNN(8)),
        [("Take Flatten out", "(None, 8)"), ("Move SimpleRNN above Flatten", "(None, 16)"),
         ("Take SimpleRNN out", "(None, 16)")],
    ),
    (
        (SimpleRNN(8, input_shape=(5, 3)), SimpleRNN(4)),
        [("SimpleRNN with return_sequences", "(None, 4)"), ("Take SimpleRNN out", "(None, 8)")],
    ),
    (
        (PICTURE, Flatten(), Conv2D(8, 3)),
        [("Take Flatten out", "(None, 4, 4, 8)"), ("Move Conv2D above Flatten", "(None, 128)"),
         ("Take Conv2D out", "(None, 288)")],
    ),
    (
        (PICTURE, SimpleRNN(4)),
        [("TimeDistributed(SimpleRNN)", "(None, 6, 4)"), ("TimeDistributed(Flatten) between", "(None, 4)"),
         ("Take SimpleRNN out", "(None, 6, 6, 8)")],
    ),
    ((Conv2D(2, 3, input_shape=(28, 28)),), [("input_shape=(28, 28, 1)", "(None, 26, 26, 2)")]),
    ((Conv2D(2, 3, input_shape=(784,)),), [("input_shape=(28, 28, 1)", "(None, 26, 26, 2)")]),
    ((Conv2D(2, 3, input_shape=(4, 8, 8, 3)),), [("TimeDistributed(Conv2D)", "(None, 4, 6, 6, 2)")]),
    ((MaxPooling2D(), Flatten()), [("input_shape=(28, 28, 1)", "(None, 196)")]),
    (
        (Dense(3),),
        [("input_shape=(784,)", "(None, 3)"), ("input_shape=(6, 8)", "(None, 6, 3)"),
         ("input_shape=(28, 28, 1)", "(None, 28, 28, 3)")],
    ),
    (
        (Embedding(9, 4), Flatten(), Dense(2)),
        [("input_shape=(8,)", "(None, 2)"), ("Take Flatten out", "(None, None, 2)"),
         ("Move Dense above Flatten", "(None, None)")],
    ),
    (
        (SimpleRNN(2, stateful=True, input_shape=(8, 3)),),
        [("batch_size=32", "(32, 2)"), ("SimpleRNN without stateful", "(None, 2)")],
    ),
    (
        (Conv2D(8, (3, 5), input_shape=(4, 4, 1)),),
        [("Conv2D with padding same", "(None, 4, 4, 8)"), ("Conv2D with windows of (3, 4)", "(None, 2, 1, 8)")],
    ),
    (
        (TimeDistributed(AveragePooling2D(5), input_shape=(2, 4, 4, 1)),),
        [("TimeDistributed(AveragePooling2D) with padding same", "(None, 2, 1, 1, 1)"),
         ("TimeDistributed(AveragePooling2D) with windows of (4, 4)", "(None, 2, 1, 1, 1)")],
    ),
    (
        (Conv2D(1, 3, strides=2, dilation_rate=2, input_shape=(9, 9, 1)),),
        [("strides=1", "(None, 5, 5, 1)"), ("dilation_rate=1", "(None, 4, 4, 1)")],
    ),
    (
        (Dense(4, input_shape=(3,)), Dense(2, input_shape=(5,))),
        [("Dense told nothing", "(None, 2)"), ("Take Dense out", "(None, 4)")],
    ),
    (
        (Embedding(9, 2, input_length=4, input_shape=(5,)),),
        [("Only input_shape=(5,)", "(None, 5, 2)"), ("Only input_length=4", "(None, 4, 2)")],
    ),
    (
        (SimpleRNN(8, input_shape=(5, 3)), TimeDistributed(Dense(4))),
        [("SimpleRNN with return_sequences", "(None, 5, 4)"), ("Dense without TimeDistributed", "(None, 4)"),
         ("Take TimeDistributed(Dense) out", "(None, 8)")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "offered"), OFFERED)
def test_what_is_offered(layers: Any, offered: list[tuple[str, str]]) -> None:
    found = misfit_of(Params(layers=layers))
    assert found is not None
    assert [(TEXTS[cure.key]["en"].format(**cure.values), text_of(cure.ends)) for cure in found.cures] == offered


def test_every_word_of_a_cure_is_used_somewhere() -> None:
    used = {cure.key for layers, _ in OFFERED for cure in misfit_of(Params(layers=layers)).cures}  # type: ignore[union-attr]
    assert used == set(TEXTS)
    for texts in TEXTS.values():
        en, zh = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values())
        assert en == zh


def test_every_misfit_of_the_table_has_a_cure_that_builds(illegal: Any) -> None:
    params, *_ = illegal
    found = misfit_of(params)
    assert found is not None
    assert 1 <= len(found.cures) <= 3
    assert len({cure.params for cure in found.cures}) == len(found.cures)
    for cure in found.cures:
        assert cure.params != params
        assert check(cure.params) is None
        assert written(stack_of(cure.params.layers, cure.params.batch_size).shapes[-1]) == cure.ends
        assert cure.params.data == params.data


def test_a_batch_size_that_differs_can_give_way() -> None:
    found = misfit_of(Params(layers=(Dense(2, batch_input_shape=(8, 3)),), batch_size=9))
    assert found is not None
    assert [(cure.values["said"], cure.params.batch_size, cure.ends) for cure in found.cures] == [
        ("batch_input_shape=(8, 3)", None, (8, 2)),
    ]  # fmt: skip


def test_two_misfits_at_once_have_no_single_cure() -> None:
    """What does not build to the end is not offered."""
    found = misfit_of(Params(layers=(Dense(2, input_shape=(3,)), Conv2D(2, 2), SimpleRNN(2))))
    assert found is not None
    assert found.cures == ()
