from __future__ import annotations

import itertools
from typing import Any

import pytest

from core.run import streams
from core.run.streams import Streams

FIRST = (17394127715520444142, 7232137375573360267)  # of the start with seed 0, of the last step with the largest seed


def first(stream: Streams) -> int:
    return int(stream.generator.bit_generator.random_raw())


def test_the_same_place_draws_the_same_numbers() -> None:
    for make in (Streams.start(3), Streams.step(3, 5), Streams.edit(3, 5, 0)):
        assert first(make) == first(Streams(make.seed, *make.key))


def test_no_two_places_share_their_numbers() -> None:
    places = [Streams.start(s) for s in range(3)]
    places += [Streams.step(s, t) for s, t in itertools.product(range(3), range(20))]
    places += [Streams.edit(s, t, i) for s, t, i in itertools.product(range(3), range(5), range(3))]
    drawn = [first(place) for place in places]
    drawn += [int(Streams.start(0).epoch(e).bit_generator.random_raw()) for e in range(20)]
    drawn += [int(streams.data(s).bit_generator.random_raw()) for s in range(20)]
    assert len(set(drawn)) == len(drawn)


def test_the_numbers_are_those_of_pcg64_for_ever() -> None:
    """Saved runs rely on them; NumPy promises the bit stream of a named generator."""
    assert first(Streams.start(0)) == FIRST[0]
    assert first(Streams.step(2**31 - 1, 10_000_000)) == FIRST[1]


def test_an_epoch_is_the_same_in_every_step() -> None:
    a, b = (Streams.step(1, t).epoch(4).permutation(50).tolist() for t in (3, 17))
    assert a == b
    assert a != Streams.step(1, 3).epoch(5).permutation(50).tolist()


def test_a_generator_is_made_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    real = streams.generator
    monkeypatch.setattr(streams, "generator", lambda *key: made.append(key) or real(*key))  # type: ignore[func-returns-value]
    stream = Streams.step(0, 1)
    assert not made
    assert stream.generator is stream.generator
    assert len(made) == 1
