import math
from typing import Any

import numpy as np
import pytest
import sympy

from core.optimizers.jets import FUNCTIONS, VARIABLES, apply, combine, constant, power

A = sympy.Symbol("a", real=True)
INSIDE = {"acosh": (1.25, 3.0), "log": (0.25, 3.0), "ln": (0.25, 3.0), "log2": (0.25, 3.0), "log10": (0.25, 3.0)}
INSIDE |= {name: (-0.75, 0.5) for name in ("asin", "acos", "atanh")} | {"sqrt": (0.25, 3.0)}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_the_derivatives_of_sympy(name: str, judges: dict[str, Any]) -> None:
    judge, function = (judges.get(name) or getattr(sympy, name))(A), FUNCTIONS[name]
    for a in INSIDE.get(name, (-1.25, 0.5)):
        value, first, second = (float(judge.diff(A, n).evalf(30, subs={A: a})) for n in range(3))
        v = function.scalar(a)
        assert v == pytest.approx(value, rel=1e-14)
        assert function.array(np.array([a]))[0] == pytest.approx(value, rel=1e-14)
        assert function.first(a, v) == pytest.approx(first, rel=1e-12, abs=1e-14)
        assert function.second(a, v) == pytest.approx(second, rel=1e-12, abs=1e-14)


def test_a_product_worked_by_hand() -> None:
    x, y = VARIABLES["x"], VARIABLES["y"]
    f = combine("*", power(x, 2.0), y)  # x²y at (3, 5): f_x = 2xy, f_y = x², f_xx = 2y, f_xy = 2x, f_yy = 0
    assert f.jet(3.0, 5.0) == (45.0, 30.0, 9.0, 10.0, 6.0, 0.0)


def test_a_quotient_worked_by_hand() -> None:
    f = combine("/", VARIABLES["x"], VARIABLES["y"])  # f_x = 1/y, f_y = −x/y², f_xy = −1/y², f_yy = 2x/y³
    assert f.jet(3.0, 2.0) == (1.5, 0.5, -0.75, 0.0, -0.25, 0.75)


def test_small_slopes_of_the_sigmoid_keep_their_digits() -> None:
    sigmoid = FUNCTIONS["sigmoid"]
    assert sigmoid.scalar(-700.0) == pytest.approx(math.exp(-700), rel=1e-13, abs=0)
    assert sigmoid.first(40.0, sigmoid.scalar(40.0)) == pytest.approx(math.exp(-40), rel=1e-13, abs=0)


def test_a_negative_base_has_a_power_only_for_a_constant_exponent() -> None:
    assert combine("**", VARIABLES["x"], constant(2.0)).value(-3.0, 0.0) == 9.0
    assert math.isnan(combine("**", VARIABLES["x"], VARIABLES["y"]).value(-3.0, 2.0))


def test_nothing_is_defined_behind_an_undefined_value() -> None:
    root = apply(FUNCTIONS["sqrt"], VARIABLES["x"])
    assert all(math.isnan(part) for part in root.jet(-1.0, 0.0))
