"""Texts somebody may type or put into a file as a function: each is refused at once, and none is ever executed."""

import builtins
import os
import time
import tracemalloc
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.optimizers.expression import parse
from core.run.refusal import Refusal

HOSTILE = {
    "dunder name": "__import__('os').system('true')",
    "dunder without quotes": "__import__(os)",
    "class walk": "().__class__.__bases__[0].__subclasses__()",
    "attribute": "x.real",
    "attribute of a number": "1.0.__class__",
    "method call": "x.__add__(y)",
    "attribute of a function": "sin.__globals__",
    "subscript": "x[0]",
    "slice": "x[::-1]",
    "lambda": "(lambda: x)()",
    "lambda without colon": "lambda",
    "generator": "(x for x in y)",
    "list comprehension": "[x for x in range(9)]",
    "set": "{x, y}",
    "dictionary": "{x: y}",
    "tuple": "x, y",
    "empty tuple": "()",
    "string": "'x'",
    "bytes": "b'x'",
    "f-string": "f'{x}'",
    "walrus": "(x := 1)",
    "assignment": "x = 1",
    "equation": "z = x**2",
    "import": "import os",
    "two statements": "x; y",
    "two lines": "x\ny",
    "comment": "x # y",
    "line continuation": "x + \\\ny",
    "comparison": "x < y",
    "conditional": "x if y else 1",
    "number stuck to a keyword": "1if x else y",
    "boolean operator": "x and y",
    "not": "not x",
    "membership": "x in y",
    "identity": "x is y",
    "true": "True",
    "none": "None",
    "ellipsis": "...",
    "complex": "1j*x",
    "hexadecimal": "0x10",
    "octal": "0o17",
    "underscored number": "1_000",
    "old octal": "0777",
    "yield": "(yield x)",
    "await": "await x",
    "star": "sin(*x)",
    "double star": "sin(**x)",
    "keyword argument": "sin(x=y)",
    "double star behind a value": "sin(x, **y)",
    "no argument": "sin()",
    "call of a call": "sin(x)(y)",
    "call of a number": "2(x)",
    "exec": "exec(x)",
    "eval": "eval(x)",
    "open": "open(x)",
    "full-width exec": "ｅｘｅｃ(x)",
    "mathematical bold eval": "𝐞𝐯𝐚𝐥(x)",
    "long s in the name": "ſin(x))",
    "cyrillic x": "х + у",
    "zero-width space": "x\u200b+y",
    "right-to-left override": "x\u202e+y",
    "combining mark": "x\u0301",
    "lone surrogate": "x\ud800",
    "fraction": "½ + x",
    "root sign": "√x",
    "superscript between digits": "2x²3",
    "superscript before a digit": "x²3",
    "superscript alone": "²",
    "NUL": "x\0+y",
    "NUL alone": "\0",
    "byte order mark": "\ufeffx",
    "control character": "x\x1b[31m",
    "nothing": "",
    "spaces": " \t\r\n\u3000",
    "power tower": "9**9**9**9",
    "power tower with carets": "9^9^9^9^9^9",
    "tower on x": "x**9**9",
    "nested powers": "(((9**64)**64)**64)**64",
    "large exponent": "x**1000000",
    "negative exponent": "x**-1000000",
    "infinite number": "1e999",
    "infinite product": "1e12*1e12*x",
    "huge whole number": "9" * 400,
    "huge exponent of ten": "1e" + "9" * 400,
    "huge fraction": "1/" + "3" * 400,
    "division by zero": "x/(1-1)*(1/0)",
    "exponential of a constant": "exp(1000)*x",
    "exponential tower": "exp(exp(exp(exp(9))))",
    "logarithm of nothing": "log(0) + x",
    "shift": "1<<99999999",
    "matrix product": "x@y",
    "remainder": "x%y",
    "floor division": "x//y",
    "10,000 parentheses": "(" * 10_000 + "x" + ")" * 10_000,
    "500 open parentheses": "(" * 500,
    "249 parentheses": "(" * 249 + "x" + ")" * 249,
    "500 closed parentheses": ")" * 500,
    "5,000 signs": "-" * 5_000 + "x",
    "499 signs": "-" * 499 + "x",
    "nested calls": "sin(" * 90 + "x" + ")" * 90,
    "long sum": "+".join("x" * 200),
    "wide tree": "*".join(f"({'+'.join('x' * 10)})" for _ in range(12)),
    "a million letters": "x" * 1_000_000,
    "a million operators": "+" * 1_000_000,
    "a million spaces": " " * 1_000_000 + "x",
    "a million superscripts": "x" + "²" * 1_000_000,
    "ligatures that grow": "\ufdfa" * 500,
}


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the text was executed")

    for name in ("eval", "exec"):
        monkeypatch.setattr(builtins, name, refuse)
    monkeypatch.setattr(os, "system", refuse)


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_at_once(name: str) -> None:
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(Refusal) as caught:
            parse(HOSTILE[name])
    assert time.perf_counter() - began < 2
    assert caught.value.field == "function"
    assert caught.value.key.startswith("expression_")
    message = str(caught.value)
    assert len(message) < 600
    message.encode()  # shown on any terminal, written to any file


@pytest.mark.parametrize("name", ["power tower", "10,000 parentheses", "a million letters", "ligatures that grow"])
def test_refusing_takes_little_memory(name: str) -> None:
    text = HOSTILE[name]
    tracemalloc.start()
    try:
        with pytest.raises(Refusal):
            parse(text)
        assert tracemalloc.get_traced_memory()[1] < 2e6
    finally:
        tracemalloc.stop()


ALPHABET = st.sampled_from([*"xye0123456789.+-*/^(), ²⁻−×πsincoglqrtabphm_", "**", "sin(", "exp(", "1e"])


@settings(max_examples=200, deadline=2000)
@given(st.one_of(st.text(max_size=40), st.lists(ALPHABET, max_size=30).map("".join)))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        f = parse(text)
    except Refusal as refusal:
        if refusal.values["position"] not in range(1, len(text) + 2):
            raise
        return
    for x in (0.0, -1.5, 1e12):
        assert isinstance(f.value(x, 2.0), float)
        assert all(isinstance(part, float) for part in (*f.gradient(x, 2.0), *f.hessian(x, 2.0)))
