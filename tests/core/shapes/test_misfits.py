"""A misfit axis by axis, for each way in which layers can fail to fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn.layers import Conv2D, Dense, Embedding, Flatten, MaxPooling2D, SimpleRNN, TimeDistributed, written
from core.shapes.misfits import listed, misfit_of
from core.shapes.settings import Params, check

PICTURED = (Embedding(41, 8, input_length=4), Flatten(), Dense(16), SimpleRNN(8), Dense(2))


def beside(*layers: Any, batch_size: int | None = None) -> list[tuple[str, str, int, str, bool]]:
    """Return of each axis its name, what is needed, what is given, and whether that is right."""
    found = misfit_of(Params(layers=layers, batch_size=batch_size))
    assert found is not None
    return [(axis.name, axis.needs, axis.size, axis.given, axis.fits) for axis in found.axes]


def test_the_misfit_of_the_picture() -> None:
    found = misfit_of(Params(layers=PICTURED))
    assert found is not None
    assert (found.place, found.layer, found.after) == (4, "SimpleRNN", "Dense")
    assert found.built is not None
    assert [written(shape) for shape in found.built.shapes] == [(None, 4), (None, 4, 8), (None, 32), (None, 16)]
    assert found.waiting == (Dense(2),)
    assert found.refusal.__traceback__ is None  # it would keep alive whatever asked
    assert beside(*PICTURED) == [
        ("batch", "any", 0, "None", True), ("time", "any", 0, "", False), ("features", "any", 0, "16", True),
    ]  # fmt: skip


def test_what_fits_is_no_misfit(legal: Any) -> None:
    assert misfit_of(legal[0]) is None


def test_every_misfit_names_its_place(illegal: Any) -> None:
    params, place, key, offered = illegal
    found = misfit_of(params)
    assert found is not None
    assert (found.place, found.refusal.key) == (place, key)
    assert found.layer.startswith(params.layers[place - 1].type)
    assert found.waiting == params.layers[place:]
    assert (found.after == "the input") == (place == 1)
    if key not in ("layer_input_missing", "layer_input_twice"):
        assert found.built is not None
        assert len(found.built.layers) == place - 1
    if key not in ("layer_input_missing", "layer_strides_and_dilation"):
        assert [axis.given for axis in found.axes if axis.given] == listed(offered)
        assert not all(axis.fits for axis in found.axes)


def test_too_many_axes_are_not_wanted() -> None:
    assert beside(Conv2D(8, 3, input_shape=(8, 8, 1)), SimpleRNN(4)) == [
        ("batch", "any", 0, "None", True), ("time", "any", 0, "6", True), ("columns", "no", 0, "6", False),
        ("features", "any", 0, "8", True),
    ]  # fmt: skip


def test_missing_axes_stand_between_the_first_and_the_last() -> None:
    assert beside(Dense(8, input_shape=(10,)), MaxPooling2D()) == [
        ("batch", "any", 0, "None", True), ("rows", "any", 0, "", False), ("columns", "any", 0, "", False),
        ("channels", "any", 0, "8", True),
    ]  # fmt: skip
    assert beside(Dense(4, input_shape=())) == [("batch", "any", 0, "None", True), ("features", "any", 0, "", False)]
    assert beside(TimeDistributed(Dense(4), input_shape=(5,))) == [
        ("batch", "any", 0, "None", True), ("time", "any", 0, "", False), ("features", "any", 0, "5", True),
    ]  # fmt: skip


def test_sizes_that_must_be_fixed() -> None:
    assert beside(Flatten(input_shape=(None, 8)), Dense(2))[-1] == ("features", "fixed", 0, "None", False)
    assert beside(SimpleRNN(2, stateful=True, input_shape=(8, 3)))[0] == ("batch", "fixed", 0, "None", False)


def test_windows_that_are_too_large() -> None:
    assert beside(Conv2D(8, (3, 5), input_shape=(4, 4, 1)))[1:3] == [
        ("rows", "any", 0, "4", True), ("columns", "least", 5, "4", False),
    ]  # fmt: skip


def test_what_was_told_beside_what_is_given() -> None:
    assert beside(Dense(4, input_shape=(3,)), Dense(2, input_shape=(None, 5))) == [
        ("batch", "any", 0, "None", True), ("time", "any", 0, "4", True), ("features", "size", 5, "", False),
    ]  # fmt: skip
    assert beside(Dense(2, batch_input_shape=(8, 3)), batch_size=9)[0] == ("batch", "size", 9, "8", False)


def test_no_axis_where_the_reason_is_none() -> None:
    assert beside(Dense(2)) == []
    assert beside(Conv2D(1, 3, strides=2, dilation_rate=2, input_shape=(9, 9, 1))) == []


SIZES = st.integers(1, 9)
LAYERS: Any = st.one_of(
    st.builds(Dense, SIZES),
    st.builds(Conv2D, SIZES, SIZES),
    st.builds(MaxPooling2D, SIZES),
    st.just(Flatten()),
    st.builds(Embedding, SIZES, SIZES),
    st.builds(SimpleRNN, SIZES, return_sequences=st.booleans()),
    st.builds(TimeDistributed, st.builds(Dense, SIZES)),
    st.builds(TimeDistributed, st.builds(Conv2D, SIZES, SIZES)),
)
FIRST: Any = st.builds(
    lambda units, sizes: Dense(units, input_shape=tuple(sizes)), SIZES, st.lists(st.none() | SIZES, max_size=4)
)


@given(layers=st.builds(lambda first, others: (first, *others), FIRST, st.lists(LAYERS, max_size=5)))
def test_whatever_is_stacked_it_fits_or_is_a_misfit_whose_cures_build(layers: Any) -> None:
    params = Params(layers=layers)
    found = misfit_of(params)
    assert (found is None) == (check(params) is None)
    if found:
        assert len(found.cures) <= 3
        assert all(check(cure.params) is None for cure in found.cures)
        assert not all(axis.fits for axis in found.axes)


@pytest.mark.parametrize(("text", "entries"), [("(None, 64)", ["None", "64"]), ("(None,)", ["None"]), ("()", [])])
def test_a_shape_is_read_again(text: str, entries: list[str]) -> None:
    assert listed(text) == entries
