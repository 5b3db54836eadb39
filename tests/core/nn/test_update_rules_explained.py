from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from core import optimizers
from core.nn.update_rules import SGD, Momentum, Newton
from core.nn.update_rules_explained import in_symbols_of_weight
from core.optimizers import Params, State
from core.optimizers.settings import METHODS
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.replay import replay

BOWL = Params(function="bowl", start=(3.0, -2.0), sgd=SGD(0.1))


def states(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(optimizers, Recipe("optimizers", 1, 0, params), steps)]


def value_of(terms: tuple[Any, ...], epsilon: float) -> tuple[float, float]:
    """Return both sides of an equation in numbers, computed; ε may stand as a letter, being small."""
    text = "".join(f"({term.value!r})" if isinstance(term.value, float) else term.value for term in terms)
    text = text.replace("−", "-").replace("×", "*").replace("²", "**2").replace("ε", repr(epsilon))
    text = re.sub(r"√(\([^()]*\))", r"math.sqrt\1", text)
    assert re.fullmatch(r"[-+*/()= 0-9.e]*", text.replace("math.sqrt", ""))
    left, right = text.split("=")
    return eval(left, {"math": math}), eval(right, {"math": math})


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("t", [1, 2, 7])
def test_every_number_shown_follows_from_those_beside_it(method: str, t: int) -> None:
    params = replace(Params(), noise=0.3, newton=Newton(0.7, 3.0))
    before, after = states(params, t)[-2:]
    told = optimizers.explain(before, after, params, Focus(method))
    assert [label for label, _ in told.rows] == ["x_axis", "y_axis"]
    for axis, (_, lines) in enumerate(told.rows):
        assert len(lines) == len(told.rule)
        for line in lines:
            left, right = value_of(line, getattr(getattr(params, method), "epsilon", 0.0))
            assert left == pytest.approx(right, rel=1e-9, abs=1e-12)
        assert lines[-1][0].value == getattr(after, method).x[axis]


@pytest.mark.parametrize("method", METHODS)
def test_the_start_is_explained_by_the_rule_alone(method: str) -> None:
    told = optimizers.explain(None, states(BOWL, 0)[0], BOWL, Focus(method))
    assert (told.rows, told.sentence) == ((), f"{method}.rule")
    assert told.rule


def test_the_length_of_the_last_step_tells_whether_momentum_grows() -> None:
    params = Params(function="ravine", start=(-4.0, 1.0), momentum=Momentum(0.02))
    said = set()
    for before, after in pairwise(states(params, 40)):
        told = optimizers.explain(before, after, params, Focus("momentum"))
        said.add(told.sentence)
        last, length = (math.hypot(*state.momentum.step) for state in (before, after))
        if told.sentence in ("momentum.longer", "momentum.shorter"):
            assert (length > last) == (told.sentence == "momentum.longer")
            assert told.values["last"] == pytest.approx(last)
    assert said >= {"momentum.first", "momentum.longer", "momentum.shorter"}


def test_of_a_net_the_rules_speak_of_a_weight_and_its_slope() -> None:
    said = "".join(str(term.value) for column in in_symbols_of_weight(Momentum(0.1)) for term in column)
    assert "w" in said
    assert "∂L/∂w" in said
    assert "θ" not in said
    assert "∇" not in said
