"""Who computes a printed line by hand, from its printed numbers, gets the printed result to its last digit but one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.optimizers.settings import METHODS
from core.optimizers.surfaces import SURFACES
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.replay import replay
from playground.tab.numbers_strip import NumbersStrip
from playground.topic_list import topic

pytestmark = pytest.mark.usefixtures("qapp")
RUNS = 12


def random_params(id: str, rng: Any, run: int) -> Any:
    default = topic(id).core.Params()
    if id == "optimizers":
        x, y = rng.uniform(-2, 2, 2).tolist()
        return replace(default, function=list(SURFACES)[run % len(SURFACES)], start=(x, y), noise=0.1 * (run % 2))
    if id == "word2vec":
        models, outputs = ("cbow", "skip-gram"), ("softmax", "negative sampling")
        return replace(default, model=models[run % 2], output=outputs[run // 2 % 2], vector_size=int(1 + run % 4))
    if id == "transe":
        return replace(default, dim=1 + run % 3, norm=1 + run % 2, margin=2.0, learning_rate=10.0 ** (run % 4 - 3))
    if id == "ratings":
        methods, trained = ("sgd", "als", "dense"), ("both", "users", "items")
        ratings = rng.normal(3, 10.0 ** (run % 3 - 1), (5, 4))
        return replace(default, ratings=ratings, method=methods[run % 3], n_factors=int(1 + run % 5),
                       train=trained[run // 3 % 3], learning_rate=0.003)  # fmt: skip
    if id == "kmeans":
        far = 10.0 ** (run - 4)
        return replace(default, points=rng.normal(far, 1.0, (40, 2)), n_clusters=3)
    operation = ("convolution", "average pooling", "learn")[run % 3]
    kernel: Any = rng.normal(0, 1, (3, 3)) if run % 2 else "vertical-edge"
    return replace(default, operation=operation, image=rng.normal(0, 10.0 ** (run % 4), (7, 7)), kernel=kernel)


def printed_lines(id: str) -> Iterator[str]:
    """Yield what the strip prints of random steps, cell by cell."""
    entry, rng = topic(id), np.random.default_rng(15)
    strip = NumbersStrip(entry.texts, {}, 4)
    for run in range(RUNS):
        params, before = random_params(id, rng, run), None  # type: Any, Any
        assert entry.core.check(params) is None
        for frame, _ in replay(entry.core, Recipe(id, 1, run, params), 30):
            for focus in METHODS if id == "optimizers" and before else (None,):
                state = before.state if before else None
                step = state, frame.made, frame.used, Focus(focus) if focus else None
                for beat in ("", *entry.core.beats(frame.used)):
                    told: Any = entry.core.explain(*step, *([beat] if beat else []))  # only those with beats take one
                    strip.write_step(told, "", frame.t)
                    strip.show_written()
                    yield from printed(strip)
            before = frame


def printed(strip: NumbersStrip) -> Iterator[str]:
    for row in strip.view.rows()[1:-1]:
        yield from row.full.split("    ") if row.full else ("".join(t.text for t in c) for c in row.cells)


def sides(line: str) -> tuple[str, str] | None:
    """Return the printed result of a line and the formula that makes it; None where it prints no such equation."""
    line = re.sub(r" → (?=[−\d(])", " = ", line) if "J(t" not in line else line
    parts = [part.strip() for part in line.split(" = ")]
    number = re.compile(r"−?[\d.]+(e[−\d+]+)?")
    if len(parts) == 2 and number.fullmatch(parts[0]):
        return parts[0], parts[1]
    if len(parts) >= 2 and number.fullmatch(parts[-1]) and not number.fullmatch(parts[-2]):
        return parts[-1], parts[-2]
    return None


def computed(formula: str) -> float | None:
    """Return what a printed formula gives; None where it holds more than numbers."""
    text = formula.replace("\N{THIN SPACE}", "").replace("bias", "")
    text = re.sub(r"√(\d[\d.e−+]*)", r"math.sqrt(\1)", text)
    text = text.replace("√(", "math.sqrt(")
    text = re.sub(r"−log (\S+)", r"-math.log(\1)", text)
    for sign, code in {"−": "-", "×": "*", "·": "*", "²": "**2"}.items():
        text = text.replace(sign, code)
    if re.search(r"[^-+*/(). \de]", text.replace("math.sqrt", "").replace("math.log", "")) or not text.strip():
        return None
    return float(eval(text, {"math": math}))


def last_but_one(text: str) -> float:
    """Return the worth of the last printed digit but one."""
    digits, _, power = text.replace("−", "-").partition("e")
    decimals = len(digits.partition(".")[2])
    return 10.0 ** (1 - decimals + int(power or 0))


@pytest.mark.parametrize("id", ["optimizers", "word2vec", "kmeans", "convolution", "transe", "ratings"])
def test_printed_lines_hold(id: str) -> None:
    checked = 0
    for line in printed_lines(id):
        found = sides(line)
        by_hand = computed(found[1]) if found else None
        if found and by_hand is not None:
            assert abs(by_hand - float(found[0].replace("−", "-"))) <= last_but_one(found[0]), line
            checked += 1
    assert checked > 300, checked
