"""What the race of optimizers is asked to do: its parameters, the function they mean, and what does not go together."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Annotated, Literal, get_args

from annotated_types import Ge, Le

from core.nn.update_rules import SGD, AdaGrad, Adam, Momentum, Nesterov, Newton, RMSProp
from core.optimizers import expression, regression
from core.optimizers.given import GivenGradients
from core.optimizers.surfaces import SURFACES, Loss
from core.run.parameters import RESTART, VIEW, Columns, Suggestions, Where
from core.run.refusal import Refusal
from core.run.values import LARGEST, Array, Floats, frozen, kept

Method = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"]
METHODS: tuple[Method, ...] = get_args(Method)
IRIS = ("iris", "iris:petal_length,petal_width", "iris:sepal_length,sepal_width", "iris:sepal_length,virginica")
GIVEN = "gradients"  # the function of which nothing is known but the gradients
TRIED = (0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 10.0, -10.0)  # coordinates of starts that a refusal may propose
_WORDS = re.compile("[A-Za-z][A-Za-z _-]{2,40}")
_FITS = Where("function", tuple(regression.KINDS))
Coordinate = Annotated[float, Ge(-LARGEST), Le(LARGEST)]


@frozen
class Params:
    """The surface, the start, and the settings of each rule."""

    function: Annotated[str, Suggestions((*SURFACES, *regression.KINDS, GIVEN)), RESTART] = "himmelblau"
    start: Annotated[tuple[Coordinate, Coordinate], RESTART] = (-4.6, 0.4)
    methods: Annotated[tuple[Method, ...], VIEW] = METHODS
    sgd: SGD = SGD(0.006)
    momentum: Momentum = Momentum(0.003)
    nesterov: Nesterov = Nesterov(0.003)
    adagrad: AdaGrad = AdaGrad(0.5)
    rmsprop: RMSProp = RMSProp(0.1)
    adam: Adam = Adam(0.2)
    newton: Newton = Newton(1.0)
    noise: Annotated[float, Ge(0), Le(1000)] = 0.0  # standard deviation, in units of the gradient
    data: Annotated[str | Array, Suggestions(IRIS), Columns(2), _FITS, RESTART] = "iris"
    batch_size: Annotated[int, Ge(0), Le(1_000_000), _FITS] = 0  # 0 = all rows
    standardise: Annotated[bool, _FITS, RESTART] = False
    gradients: Annotated[Array | None, Columns(2), RESTART] = None  # (steps, 2), where they stand in for a function


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply: `gradients` the function, another function no gradients."""
    if "gradients" in given:
        is_meant = params.gradients is not None and "function" not in given
        return replace(params, function=GIVEN) if is_meant else params
    return params if params.function == GIVEN else replace(params, gradients=None)


@kept(16)
def _loss(function: str, data: str | Floats, standardise: bool, gradients: Floats | None) -> Loss:
    if function == GIVEN and gradients is not None:
        return GivenGradients(gradients)
    if function in SURFACES:
        return SURFACES[function]
    if function in regression.KINDS:
        return regression.fitted_to(function, data, standardise)
    try:
        return expression.parse(function)
    except Refusal as refusal:
        raise _as_name(function, refusal) from None


def _as_name(text: str, refusal: Refusal) -> Refusal:
    """Return the refusal of a word that names no surface; of what is meant as a formula the one given."""
    if refusal.key == "expression_meant" or not _WORDS.fullmatch(text.strip()):
        return refusal
    names = (*SURFACES, *regression.KINDS, GIVEN)
    return Refusal("function", "function_unknown", {"given": text.strip(), "allowed": names})


def loss_of(params: Params) -> Loss:
    """Return the function of (x, y) that the race goes down. Raises Refusal for a text that is none."""
    return _loss(params.function, params.data, params.standardise, params.gradients)


def check(params: Params) -> Refusal | None:
    """Refuse no methods, a function that cannot be read, data that fit no regression, a start outside the function."""
    if not params.methods:
        return Refusal("methods", "methods_none", {"allowed": ", ".join(METHODS)})
    if misfit := _check_gradients(params):
        return misfit
    try:
        loss = loss_of(params)
    except Refusal as refusal:
        return refusal
    return None if is_sound(params, *params.start) else _outside(params, loss)


def _check_gradients(params: Params) -> Refusal | None:
    if params.gradients is None:
        example = "[[1, 0.5], [0.5, 0.2]]"
        return Refusal("gradients", "gradients_missing", {"allowed": example}) if params.function == GIVEN else None
    if params.function != GIVEN:
        return Refusal("gradients", "gradients_alone", {"given": params.function, "allowed": GIVEN})
    shape = params.gradients.shape
    if len(shape) != 2 or shape[1] != 2 or not shape[0]:
        return Refusal("gradients", "gradients_shape", {"given": list(shape), "allowed": "(steps, 2)"})
    return None


def _outside(params: Params, loss: Loss) -> Refusal:
    """Refuse a start: say what the function is there, and name a start that can be used where one is found."""
    value = float(loss.value(*params.start))
    key = "start_too_high" if math.isfinite(value) else "start_outside"
    told = {"given": list(params.start), "value": f"{value:.3g}", "bound": f"{loss.bound:.3g}"}
    for place in _other_starts(loss):
        if is_sound(params, *place) and all(map(math.isfinite, loss.gradient(*place))):
            return Refusal("start", f"{key}_try", {**told, "allowed": list(place)})
    return Refusal("start", key, told)


def _other_starts(loss: Loss) -> list[tuple[float, float]]:
    """Return starts that are likely to do: of a regression the best constant, else round numbers, the nearest first."""
    if isinstance(loss, regression.Regression):
        return [(0.0, float(f"{loss.constant:.6g}")), (0.0, loss.constant)]
    places = [(x, y) for x in TRIED for y in TRIED]
    return sorted(places, key=lambda place: max(map(abs, place)))


def is_sound(params: Params, x: float, y: float) -> bool:
    """Tell whether a method may stand at (x, y): within all bounds, as the function's value there."""
    return stands(loss_of(params), x, y)


def stands(loss: Loss, x: float, y: float) -> bool:
    """Tell whether a method may stand at (x, y), as `is_sound`, of a function at hand."""
    bound = loss.bound
    if not (-bound <= x <= bound and -bound <= y <= bound):  # false for nan, too
        return False
    return isinstance(loss, GivenGradients) or -bound <= loss.value(x, y) <= bound
