"""Every task by its formula, worked out in loops; pieces of endless sequences; how the draws are spread."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rnn import Params
from core.rnn.settings import can_go_on, characters_of
from core.rnn.tasks import ANEW, Batch, draw

MODES = ("many-to-many", "many-to-one", "one-to-many")
TEXT = "the cat sat on the mat. "


def drawn(seed: int = 0, begin: Any = ANEW, **given: Any) -> Batch:
    return draw(Params(text=TEXT, **given), np.random.default_rng(seed), begin)


def at_every_time(x: Any, params: Params) -> Any:
    """What each task asks for at each time of a sequence that is read whole, from the inputs alone."""
    match params.task:
        case "echo":
            said = [int(row.argmax()) for row in x]
            return [said[t - params.lag] if t >= params.lag else 0 for t in range(len(x))]
        case "parity":
            return [int(sum(float(bit) for (bit,) in x[: t + 1])) % 2 for t in range(len(x))]
        case "adding":
            return [[sum(float(v) * float(m) for v, m in x[: t + 1])] for t in range(len(x))]
    raise KeyError(params.task)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["echo", "parity", "adding"]), st.integers(1, 20), st.integers(1, 6), st.integers(2, 10),
    st.integers(0, 999), st.data(),
)  # fmt: skip
def test_what_is_asked_for_follows_from_what_was_read(
    task: Any, length: int, batch: int, symbols: int, seed: int, data: Any
) -> None:
    lag = data.draw(st.integers(1, max(length - 1, 1)))
    given: dict[str, Any] = {"task": task, "length": length, "batch_size": batch, "symbols": symbols, "lag": lag}
    whole, last = drawn(seed, **given), drawn(seed, mode="many-to-one", **given)
    np.testing.assert_array_equal(last.x, whole.x)
    np.testing.assert_array_equal(last.t, whole.t[:, -1])
    for x, t in zip(whole.x, whole.t, strict=True):
        np.testing.assert_allclose(t, at_every_time(x, Params(**given)), rtol=1e-12)


def test_echo_and_text_are_one_hot_parity_is_a_bit() -> None:
    for task in ("echo", "next-character"):
        x = drawn(task=task).x
        assert set(np.unique(x)) == {0, 1}
        assert (x.sum(axis=2) == 1).all()
    assert set(np.unique(drawn(task="parity").x)) == {0, 1}


@pytest.mark.parametrize("length", [2, 5, 8])
def test_adding_marks_one_place_in_each_half(length: int) -> None:
    x = drawn(task="adding", length=length, batch_size=256).x
    marks, half = x[:, :, 1], length // 2
    assert (marks[:, :half].sum(axis=1) == 1).all()
    assert (marks[:, half:].sum(axis=1) == 1).all()
    assert (marks.sum(axis=0) > 0).all()
    assert 0 <= x[:, :, 0].min() < 0.02
    assert 0.98 < x[:, :, 0].max() < 1


@pytest.mark.parametrize("length", [1, 8, 60])
def test_the_text_is_closed_to_a_ring_and_the_next_character_wanted(length: int) -> None:
    characters, ring = characters_of(TEXT), TEXT * 9
    every, last = (drawn(task="next-character", mode=mode, length=length) for mode in MODES[:2])
    first = drawn(task="next-character", mode="one-to-many", length=length)
    for n in range(16):
        read = "".join(characters[int(row.argmax())] for row in every.x[n])
        wanted = "".join(characters[k] for k in every.t[n])
        assert read + wanted[-1] in ring
        assert wanted == read[1:] + wanted[-1]
        assert characters[int(last.t[n])] == wanted[-1]
        assert characters[int(first.x[n, 0].argmax())] + "".join(characters[k] for k in first.t[n]) in ring


def test_a_wave_is_a_sine_and_the_next_value_wanted() -> None:
    batch = drawn(task="sine", length=12, batch_size=256)
    x, t = batch.x[:, :, 0], batch.t[:, :, 0]
    np.testing.assert_array_equal(x[:, 1:], t[:, :-1])
    wave = np.column_stack([x, t[:, -1]])
    cosines = (wave[:, 2:] + wave[:, :-2])[:, 3:4] / (2 * wave[:, 1:-1])[:, 3:4]  # s(t + 1) + s(t − 1) = 2 cos ω · s(t)
    np.testing.assert_allclose(wave[:, 2:] + wave[:, :-2], 2 * cosines * wave[:, 1:-1], atol=1e-9)
    rates = np.arccos(cosines)
    assert 0.3 <= rates.min() < 0.33
    assert 0.87 < rates.max() < 0.9


def test_one_to_many_takes_one_x() -> None:
    for task in ("echo", "parity", "adding", "next-character", "sine"):
        assert not drawn(task=task, mode="one-to-many").x[:, 1:].any()
    echo = drawn(mode="one-to-many")
    assert (echo.t == echo.x[:, 0].argmax(axis=1)[:, None]).all()
    parity = drawn(task="parity", mode="one-to-many", length=3)
    assert {(int(x[0, 0]), *t.tolist()) for x, t in zip(parity.x, parity.t, strict=True)} == {
        (0, 0, 1, 0),
        (1, 1, 0, 1),
    }
    adding = drawn(task="adding", mode="one-to-many", length=4)
    for x, t in zip(adding.x, adding.t, strict=True):
        np.testing.assert_allclose(t[:, 0], [x[0, 0] * k / 4 for k in (1, 2, 3, 4)], rtol=1e-12)
    sine = drawn(task="sine", mode="one-to-many", length=3, batch_size=256)
    assert 0.2 <= sine.x[:, 0].min() < 0.22
    assert 0.78 < sine.x[:, 0].max() < 0.8
    for x, t in zip(sine.x, sine.t, strict=True):
        np.testing.assert_allclose(t[:, 0], [math.sin(x[0, 0] * k) for k in (1, 2, 3)], rtol=1e-12)


# ---- pieces of endless sequences


@pytest.mark.parametrize(("task", "length", "lag"), [("echo", 4, 2), ("echo", 1, 1), ("echo", 3, 2), ("parity", 4, 2)])
def test_pieces_laid_end_to_end_are_one_long_sequence(task: Any, length: int, lag: int) -> None:
    begin, pieces = ANEW, []
    for seed in range(5):
        pieces.append(drawn(seed, begin, task=task, length=length, lag=lag, consecutive=True))
        begin = pieces[-1].end
    long = Params(task=task, length=5 * length, lag=lag)
    for n in range(16):
        x = np.concatenate([piece.x[n] for piece in pieces])
        assert np.concatenate([piece.t[n] for piece in pieces]).tolist() == at_every_time(x, long)


def test_text_and_wave_are_read_on() -> None:
    for task in ("next-character", "sine"):
        first = drawn(0, task=task, consecutive=True)
        then = drawn(1, first.end, task=task, consecutive=True)
        t = first.t if task == "sine" else np.eye(then.x.shape[2])[first.t]
        np.testing.assert_allclose(then.x[:, 0], t[:, -1], atol=1e-12)


def test_what_is_not_consecutive_ends_nowhere() -> None:
    for task in ("echo", "parity", "adding", "next-character", "sine"):
        assert drawn(task=task).end.size == 0
    assert drawn(task="adding", consecutive=True).end.size == 0


def test_sequences_of_ones_own_are_the_same_in_every_step() -> None:
    x, t = np.random.default_rng(0).normal(size=(2, 3, 1)), np.array([[0.0, 1, 1], [1, 0, 0]])
    params = Params(task="own", inputs=x, targets=t, batch_size=2, length=3)
    one, other = (draw(params, np.random.default_rng(seed), ANEW) for seed in (0, 1))
    assert one.x is other.x
    np.testing.assert_array_equal(one.t, t)
    assert one.t.dtype == np.int64


@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one", "one-to-many"])
@pytest.mark.parametrize("task", ["echo", "parity", "adding", "next-character", "sine"])
def test_what_can_go_on_ends_somewhere(task: Any, mode: Any) -> None:
    params = Params(task=task, mode=mode, consecutive=True)
    assert bool(draw(params, np.random.default_rng(0), ANEW).end.size) == can_go_on(params)
