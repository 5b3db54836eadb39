"""Codes of colours: grey is as white by the angle, nearer to red by distance; one-hots are all equally far apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.embedding.codes import CODES, CODES_DRAWN, ONE_HOTS, ONE_HOTS_DRAWN, pairs
from core.run.values import Floats


def test_colours_are_as_alike_as_the_formulas_say() -> None:
    told = {(pair.one, pair.other): (pair.cosine, pair.distance) for pair in pairs(CODES)}
    assert told["white", "grey"] == pytest.approx((1.0, 155 * math.sqrt(3)), rel=1e-9)
    assert told["white", "red"] == pytest.approx((1 / math.sqrt(3), 255 * math.sqrt(2)), rel=1e-9)
    assert told["grey", "red"] == pytest.approx((1 / math.sqrt(3), math.sqrt(155**2 + 2 * 100**2)), rel=1e-9)
    rounded = {key: (round(cosine, 3), round(distance, 1)) for key, (cosine, distance) in told.items()}
    assert rounded == {
        ("white", "grey"): (1.0, 268.5), ("white", "red"): (0.577, 360.6), ("grey", "red"): (0.577, 209.8),
    }  # fmt: skip


def test_one_hots_are_all_equally_far_apart() -> None:
    assert {(pair.cosine, round(pair.distance, 12)) for pair in pairs(ONE_HOTS)} == {(0.0, round(math.sqrt(2), 12))}


@pytest.mark.parametrize(("codes", "drawn"), [(CODES, CODES_DRAWN), (ONE_HOTS, ONE_HOTS_DRAWN)])
def test_they_are_drawn_as_far_apart_as_they_are(codes: Floats, drawn: Floats) -> None:
    assert [pair.distance for pair in pairs(drawn)] == pytest.approx([pair.distance for pair in pairs(codes)])


def test_meaningful_codes_are_drawn_at_their_angles() -> None:
    assert np.linalg.norm(CODES_DRAWN, axis=1) == pytest.approx(np.linalg.norm(CODES, axis=1))
    assert [pair.cosine for pair in pairs(CODES_DRAWN)] == pytest.approx([pair.cosine for pair in pairs(CODES)])
