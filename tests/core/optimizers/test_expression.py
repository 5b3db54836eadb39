import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.optimizers.expression import MAX_DEPTH, MAX_LENGTH, parse
from core.optimizers.jets import FUNCTIONS
from core.run.refusal import Refusal

Judged = Callable[[str, float, float], list[float]]
X, Y = sympy.symbols("x y", real=True)

WRITTEN = [
    "x**2 + 10*sin(y)",
    "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    "20 + x**2 + y**2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
    "-20*exp(-0.2*sqrt(0.5*(x**2 + y**2))) - exp(0.5*(cos(2*pi*x) + cos(2*pi*y))) + e + 20",
    "x/y",
    "x*y/(1 + x**2 + y**2)",
    "1/(x - y)**3",
    "x**y",
    "(x*y)**(x - y)",
    "2**x + e**-y",
    "x**0.5 * y**-1.5",
    "x**3 * y**0 + x**1 - x**-2",
    "-x**2 - (-y)**2",
    "log(x)*log2(y) - log10(x*y) + ln(2*x)",
    "sqrt(x) + abs(x - 3*y) + abs(x*y)",
    "tanh(x*y) + sinh(x)*cosh(y) + sigmoid(3*x - y)",
    "softplus(x - y) + relu(x - y) + relu(y - x)",
    "atan(x/y) + asin(x/2) - acos(y/3)",
    "asinh(x*y) + acosh(1 + x) + atanh(y/4)",
    "tan(x/2)*tan(y/3)",
    "0.5*x**4 - 16*x**2 + 5*x + (y - 1e-3)**2*1.5e2",
    "sin(sin(sin(x + y)))",
    "2 - --x + +y",
    "pi**2 * x - e**2 * y",
]


@pytest.fixture(scope="session")
def by_the_judge(judges: dict[str, Any]) -> Judged:
    """Value, gradient and Hessian by sympy, to 30 digits before they are rounded."""

    def judged(text: str, x: float, y: float) -> list[float]:
        f = sympy.sympify(text, locals={"x": X, "y": Y, "e": sympy.E, **judges})
        point = {X: sympy.Float(x, 40), Y: sympy.Float(y, 40)}
        fx, fy = f.diff(X), f.diff(Y)
        return [float(part.evalf(30, subs=point)) for part in (f, fx, fy, fx.diff(X), fx.diff(Y), fy.diff(Y))]

    return judged


def by_us(text: str, x: float, y: float) -> list[float]:
    f = parse(text)
    return [f.value(x, y), *f.gradient(x, y), *f.hessian(x, y)]


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("point", [(1.3, 0.7), (0.4, 1.9)])
def test_value_gradient_and_hessian_are_those_of_sympy(
    text: str, point: tuple[float, float], by_the_judge: Judged
) -> None:
    assert by_us(text, *point) == pytest.approx(by_the_judge(text, *point), rel=1e-11, abs=1e-12)


LEAVES = st.one_of(
    st.sampled_from(["x", "y", "pi"]), st.integers(0, 9).map(str), st.floats(0.125, 4, width=16).map(str)
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["sin", "cos", "tanh", "atan", "exp", "sigmoid", "asinh"]), inner).map(
            lambda t: f"{t[0]}({t[1]})"
        ),
        inner.map(lambda t: f"sqrt(1 + {t}**2)"),
        inner.map(lambda t: f"log(2 + {t}**2)"),
        st.tuples(inner, st.integers(2, 4)).map(lambda t: f"({t[0]})**{t[1]}"),
        st.tuples(inner, inner).map(lambda t: f"(1 + ({t[0]})**2)**sin({t[1]})"),
        inner.map(lambda t: f"(-{t})"),
    ),
    max_leaves=6,
)
COORDINATES = st.floats(-2, 2, width=32)


@settings(max_examples=80, deadline=None)
@given(text=TREES, x=COORDINATES, y=COORDINATES)
def test_random_trees_have_the_derivatives_of_sympy(by_the_judge: Judged, text: str, x: float, y: float) -> None:
    try:
        ours = by_us(text, x, y)
    except Refusal:  # a constant part that is no finite number
        assume(False)
    assume(all(abs(number) < 1e5 for number in ours))  # and not nan: inside the domain, away from poles
    assert ours == pytest.approx(by_the_judge(text, x, y), rel=1e-7, abs=1e-7)


@settings(max_examples=80, deadline=None)
@given(TREES, COORDINATES, COORDINATES)
def test_arrays_get_the_values_of_floats(text: str, x: float, y: float) -> None:
    try:
        f = parse(text)
    except Refusal:
        assume(False)
    one = f.value(x, y)
    assume(abs(one) < 1e100)
    many = f.value(np.array([[x], [x]]), np.array([y, y, y]))
    assert many.shape == (2, 3)
    np.testing.assert_allclose(many, one, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("text", ["5", "x", "y", "x + 1"])
def test_arrays_broadcast_even_where_a_variable_is_missing(text: str) -> None:
    x, y = np.zeros((2, 1)), np.ones(3)
    values = parse(text).value(x, y)
    assert values.shape == (2, 3)
    values += 1  # a fresh array, not the caller's
    assert not x.any()
    assert (y == 1).all()


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [
        ("x^2 + y^3", "x**2 + y**3"),
        ("x − y", "x - y"),
        ("2×x·y", "2*x*y"),
        ("x÷2", "x/2"),
        ("ｘ＋（１．５＊ｙ）", "x + (1.5*y)"),
        ("x² + y³ − x¹⁰ + y⁻²", "x**2 + y**3 - x**10 + y**-2"),
        ("2·π·x", "2*pi*x"),
        ("  x\n +\ty\u00a0", "x + y"),
        ("-x^2", "-(x**2)"),
        ("2^x^2", "2**(x**2)"),
        ("ln(x)", "log(x)"),
    ],
)
def test_spellings_mean_the_same(spelling: str, plain: str) -> None:
    assert by_us(spelling, 1.25, 0.75) == by_us(plain, 1.25, 0.75)


OUTSIDE = [
    ("log(x)", -1.0, math.nan),
    ("log(x)", 0.0, -math.inf),
    ("1/x", 0.0, math.inf),
    ("-1/x", 0.0, -math.inf),
    ("x/x", 0.0, math.nan),
    ("x**-2", 0.0, math.inf),
    ("x**0.5", -1.0, math.nan),
    ("x**y", -2.0, math.nan),
    ("sqrt(x)", -1.0, math.nan),
    ("acosh(x)", 0.5, math.nan),
    ("atanh(x)", 1.0, math.inf),
    ("asin(x)", 2.0, math.nan),
    ("exp(x)", 1e4, math.inf),
    ("cosh(x)", -1e4, math.inf),
    ("x**64", 1e12, math.inf),
    ("x*x*x", 1e200, math.inf),
    ("sin(x)", math.inf, math.nan),
    ("1/exp(x)", 1e4, 0.0),
    ("sigmoid(x)", -1e4, 0.0),
    ("softplus(x)", 1e4, 1e4),
    ("2**x", 1e4, math.inf),
]


@pytest.mark.parametrize(("text", "x", "expected"), OUTSIDE)
def test_outside_the_domain_comes_nan_or_inf_and_never_an_exception(text: str, x: float, expected: float) -> None:
    f = parse(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert f.value(x, 2.0) == pytest.approx(expected, nan_ok=True)
        np.testing.assert_array_equal(f.value(np.array([x]), np.array([2.0])), [expected])
        assert len(f.gradient(x, 2.0)) + len(f.hessian(x, 2.0)) == 5


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("x", [-math.inf, -1e300, -1.0, -0.0, 0.0, 1e-320, 1.0, 1e300, math.inf, math.nan])
def test_no_function_ever_raises_or_warns(name: str, x: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        f = parse(f"{name}(x)*{name}(y)/{name}(x*y) + {name}(x)**{name}(y)")
        assert isinstance(f.value(x, 0.5), float)
        assert len(f.gradient(x, 0.5)) + len(f.hessian(x, 0.5)) == 5


def test_derivative_of_abs_is_0_at_its_corner() -> None:
    assert parse("abs(x)").gradient(0.0, 0.0) == (0.0, 0.0)
    assert parse("abs(x)").gradient(-3.0, 0.0) == (-1.0, 0.0)


def test_where_the_value_is_not_defined_no_slope_is_either() -> None:
    assert all(math.isnan(part) for part in parse("log(x)").gradient(-2.0, 1.0))


def test_value_and_gradient_worked_by_hand() -> None:
    f = parse("x**2*y")
    assert (f.value(3.0, 2.0), *f.gradient(3.0, 2.0)) == (18.0, 12.0, 9.0)


def test_numpy_scalars_and_whole_numbers_are_taken_as_floats() -> None:
    assert type(parse("x*y").value(np.float64(1e200), np.float64(1e200))) is float
    assert parse("x/y").value(1, 2) == 0.5


def test_equal_texts_are_equal_and_hashable() -> None:
    f = parse("x + y")
    assert f is parse("x + y")
    assert f != parse("y + x")
    assert {f: 1}[parse("x + y")] == 1


@pytest.mark.parametrize(
    ("text", "key", "given_", "position"),
    [
        ("", "expression_empty", "", 1),
        ("x +", "expression_syntax", "+", 3),
        ("(x + z", "expression_syntax", "(", 1),
        ("x % y", "expression_syntax", "%", 3),
        ("x 2 3", "expression_syntax", "2", 3),
        ("1 + 2z", "expression_product", "2z", 6),
        ("x^", "expression_syntax", "^", 2),
        ("1 + z", "expression_name", "z", 5),
        ("x + sin", "expression_name", "sin", 5),
        ("x + foo(y)", "expression_name", "foo", 5),
        ("x(y + z)", "expression_call", "x", 1),
        ("1 + sin(x, y)", "expression_arguments", "sin(x, y)", 5),
        ("x + 1e13", "expression_number", "1e13", 5),
        ("x + 1/0", "expression_number", "1/0", 5),
        ("x + log(-1)", "expression_number", "log(-1)", 5),
        ("y*1e9*(1e9*1e9)", "expression_number", "1e9*1e9", 8),
        ("x**65", "expression_exponent", "65", 4),
        ("x² + x^(8*9)", "expression_exponent", "8*9", 9),
        ("ｘ＋ｗ", "expression_name", "ｗ", 3),
    ],
)
def test_a_refusal_names_what_was_given_and_where(text: str, key: str, given_: str, position: int) -> None:
    with pytest.raises(Refusal) as caught:
        parse(text)
    refusal = caught.value
    assert (refusal.field, refusal.key) == ("function", key)
    assert (refusal.values["given"], refusal.values["position"]) == (given_, position)
    assert refusal.values["allowed"]


def test_limits_are_inclusive() -> None:
    longest = "x" + " " * (MAX_LENGTH - 2) + "+y"[:1]
    with pytest.raises(Refusal, match="expression_syntax"):
        parse(longest)  # long enough to be read at all
    with pytest.raises(Refusal, match="expression_too_long"):
        parse(longest + " ")
    assert parse("-" * (MAX_DEPTH - 1) + "x").value(2.0, 0.0) == -2.0
    with pytest.raises(Refusal, match="expression_too_deep"):
        parse("-" * MAX_DEPTH + "x")
    assert parse("x**64 + 1e12").value(1.0, 0.0) == 1e12 + 1
    with pytest.raises(Refusal, match="expression_too_long"):
        parse("*".join(f"({'+'.join('x' * 10)})" for _ in range(11)))


def test_constants_are_folded_once() -> None:
    assert parse("2*3 + sin(0)**2").root.constant == 6.0
    assert parse("(-2)**3").root.constant == -8.0
    assert parse("x**0").root.constant == 1.0
