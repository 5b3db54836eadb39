"""Formulas as people type them: what the refusal says to write can be read, and means what was meant."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import optimizers
from core.optimizers import Params
from core.optimizers.expression import parse
from core.run.refusal import Refusal
from playground.words.refusals import sentence
from playground.words.texts import LANGUAGES, topic_texts

MEANT = {
    "(x+1)(y-1)": "(x+1)*(y-1)", "sin^2(x)": "sin(x)^2", "sin²(x)": "sin(x)^2", "cos(x)sin(y)": "cos(x)*sin(y)",
    "z = x^2": "x^2", "f(x, y) = x^2 + y^2": "x^2 + y^2", "lambda x, y: x*y": "x*y", "0,5*x": "0.5*x",
    "½*x": "(1/2)*x", "2½": "(2 + 1/2)", "2π": "2*pi", "max(x, y)": "(x + y + abs(x - y))/2",
    "min(x,y)": "(x + y - abs(x - y))/2", "pow(x,2)": "(x)^(2)", "|x|": "abs(x)", "|x|+|y|": "abs(x)+abs(y)",
    "ln x": "ln(x)", "√x": "sqrt(x)", "√(x+1)": "sqrt(x+1)", "sinx": "sin(x)", "sin 2x": "sin(2*x)", "xy": "x*y",
    "2x": "2*x", "x(y+1)": "x*(y+1)", "3x^2y": "3*x^2*y", "np.sin(x)": "sin(x)", "math.exp(x)": "exp(x)",
    "X^2+Y^2": "x^2+y^2", "[x+1]*2": "(x+1)*2", "(x+1": "(x+1)", "x+1)": "x+1", "arcsin(x)": "asin(x)",
    "x^2+y^2=1": "x^2+y^2", "x² + 10 sin(y)": "x^2+10*sin(y)", "２（ｘ＋１）": "2*(x+1)", "xsin(y)": "x*sin(y)",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_a_hint_quotes_what_was_typed_and_says_what_to_write(typed: str, meant: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(typed)
    refusal = caught.value
    assert (refusal.field, refusal.key) == ("function", "expression_meant")
    assert (refusal.values["given"], refusal.values["allowed"]) == (typed, meant)
    assert np.isfinite(parse(meant).value(0.5, 0.25))
    said = {sentence(refusal, language=language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert all(typed in text and meant in text for text in said)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("x²", "x**2"), ("e^x", "e**x"), ("x•y", "x*y"), ("x—y", "x-y"), ("x∕2", "x/2"), ("（x＋１）＊y", "(x+1)*y")],
)
def test_what_has_one_meaning_is_simply_read(typed: str, plain: str) -> None:
    assert parse(typed).value(1.5, 0.5) == parse(plain).value(1.5, 0.5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ravin", "ravine"), ("Himmelblau", "himmelblau"), ("bowel", "bowl"), ("two basins", "two-basins")],
)
def test_a_name_of_no_surface_is_told_the_nearest_and_all(typed: str, meant: str) -> None:
    refusal = optimizers.check(Params(function=typed))
    assert refusal is not None
    assert f"Did you mean {meant}?" in sentence(refusal, topic_texts("optimizers"), "en")
    for language in LANGUAGES:
        text = sentence(refusal, topic_texts("optimizers"), language)
        assert typed in text
        assert all(name in text for name in ("bowl", "ravine", "rastrigin", "linear-regression", meant))


def test_a_word_like_no_surface_is_told_all() -> None:
    refusal = optimizers.check(Params(function="cucumber"))
    assert refusal is not None
    text = sentence(refusal, topic_texts("optimizers"), "en")
    assert "himmelblau" in text
    assert "Did you mean" not in text


PIECES = ["x", "y", "2", "(", ")", "sin", "^", "²", "|", "√", "½", ",", "=", "max", " ", "e", "-", "."]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    )
)
def test_whatever_is_typed_is_read_or_refused_at_once_and_what_is_proposed_is_read(pieces: list[str]) -> None:
    begin = time.process_time()
    try:
        parse("".join(pieces))
    except Refusal as refusal:
        if refusal.key == "expression_meant":
            parse(str(refusal.values["allowed"]))
    assert time.process_time() - begin < 1
