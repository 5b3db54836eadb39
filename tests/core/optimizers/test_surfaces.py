import math
import warnings

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from core.optimizers.expression import parse
from core.optimizers.regression import LinearRegression
from core.optimizers.surfaces import SURFACES, Loss, Surface

X, Y = sympy.symbols("x y", real=True)
POINTS = [(0.3, -0.7), (-1.9, 2.1), (3.25, 0.5), (0.0, 0.0)]
TEXTBOOK = {
    "bowl": "x**2 + y**2",
    "ravine": "x**2/2 + 10*y**2",
    "saddle": "x**2 - y**2 + y**4/4",
    "two-basins": "x**4/4 - x**2 + 3*x/10 + y**2",
    "rosenbrock": "(1 - x)**2 + 100*(y - x**2)**2",
    "beale": "(3/2 - x + x*y)**2 + (9/4 - x + x*y**2)**2 + (21/8 - x + x*y**3)**2",
    "himmelblau": "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
    "rastrigin": "20 + x**2 + y**2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
}

each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
each_name = pytest.mark.parametrize("name", SURFACES)


def test_the_list_is_complete() -> None:
    assert list(SURFACES) == list(TEXTBOOK)


@each_name
@pytest.mark.parametrize("point", POINTS)
def test_value_gradient_and_hessian_are_those_of_sympy(name: str, point: tuple[float, float]) -> None:
    f, surface = sympy.sympify(TEXTBOOK[name], locals={"x": X, "y": Y}), SURFACES[name]
    at = dict(zip((X, Y), map(sympy.Rational, point), strict=True))
    fx, fy = f.diff(X), f.diff(Y)
    expected = [float(part.subs(at)) for part in (f, fx, fy, fx.diff(X), fx.diff(Y), fy.diff(Y))]
    ours = [surface.value(*point), *surface.gradient(*point), *surface.hessian(*point)]
    assert ours == pytest.approx(expected, rel=1e-12, abs=1e-12)


@each_name
@given(st.floats(-5, 5), st.floats(-5, 5))
def test_the_typed_formula_is_the_same_function(name: str, x: float, y: float) -> None:
    typed, surface = parse(TEXTBOOK[name]), SURFACES[name]
    assert typed.value(x, y) == pytest.approx(surface.value(x, y), rel=1e-9, abs=1e-9)
    assert typed.gradient(x, y) == pytest.approx(surface.gradient(x, y), rel=1e-9, abs=1e-9)
    assert typed.hessian(x, y) == pytest.approx(surface.hessian(x, y), rel=1e-9, abs=1e-9)


@each_surface
@given(st.floats(-3, 3), st.floats(-3, 3))
def test_gradient_is_the_limit_of_differences(surface: Surface, x: float, y: float) -> None:
    h = 1e-5
    across = (surface.value(x + h, y) - surface.value(x - h, y)) / (2 * h)
    along = (surface.value(x, y + h) - surface.value(x, y - h)) / (2 * h)
    assert surface.gradient(x, y) == pytest.approx((across, along), rel=1e-5, abs=1e-4)


@each_surface
def test_minima_are_level_curved_upward_and_deepest_first(surface: Surface) -> None:
    values = [surface.value(*minimum) for minimum in surface.minima]
    assert values == pytest.approx(sorted(values), abs=1e-12)
    for minimum in surface.minima:
        assert surface.gradient(*minimum) == pytest.approx((0, 0), abs=1e-11)
        xx, xy, yy = surface.hessian(*minimum)
        assert xx > 0
        assert xx * yy - xy**2 > 0


@each_surface
def test_nothing_in_the_picture_is_deeper_than_the_first_minimum(surface: Surface) -> None:
    x0, x1, y0, y1 = surface.rectangle
    heights = surface.value(np.linspace(x0, x1, 301), np.linspace(y0, y1, 301)[:, None])
    assert heights.shape == (301, 301)
    assert heights.min() >= surface.value(*surface.minima[0]) - 1e-12


@each_surface
def test_start_and_minima_are_in_the_picture(surface: Surface) -> None:
    x0, x1, y0, y1 = surface.rectangle
    for x, y in (surface.start, *surface.minima):
        assert x0 < x < x1
        assert y0 < y < y1
    assert math.hypot(*surface.gradient(*surface.start)) > 0.01  # something happens from there


@each_surface
def test_arrays_get_the_values_of_floats(surface: Surface) -> None:
    x, y = np.array([[-1.5], [0.25]]), np.array([0.5, 2.0, -3.0])
    values = surface.value(x, y)
    expected = [[surface.value(a, b) for b in y.tolist()] for a in x.ravel().tolist()]
    np.testing.assert_allclose(values, expected, rtol=1e-14)


@each_surface
@pytest.mark.parametrize("far", [1e12, 1e100, -1e300, math.inf, math.nan])
def test_far_outside_nothing_is_raised_or_warned_of(surface: Surface, far: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for point in ((far, 1.0), (1.0, far), (far, far), (np.float64(far), np.float64(1))):
            assert type(surface.value(*point)) is float
            assert len(surface.gradient(*point)) + len(surface.hessian(*point)) == 5
            assert surface.value(np.array([point[0]]), np.array([point[1]])).shape == (1,)
            surface.value(np.array(point[0]), np.array(point[1]))


def test_overflow_is_infinite_height_not_an_error() -> None:
    assert SURFACES["himmelblau"].value(1e200, 0.0) == math.inf


def test_surfaces_typed_functions_and_regressions_are_losses() -> None:
    regression = LinearRegression(np.array([0.0, 1.0]), np.array([0.0, 2.0]))
    losses: list[Loss] = [SURFACES["bowl"], parse("x**2 + y**2"), regression]
    assert [loss.value(1.0, 1.0) for loss in losses] == [2.0, 2.0, 0.5]
    assert [loss.gradient(1.0, 1.0) for loss in losses] == [(2.0, 2.0), (2.0, 2.0), (0.0, 1.0)]
    assert [loss.hessian(1.0, 1.0) for loss in losses] == [(2.0, 0.0, 2.0), (2.0, 0.0, 2.0), (1.0, 1.0, 2.0)]
