"""The update rules as formulas: in symbols, and with the numbers of one step, axis by axis.

The numbers come from what the rule returned, before and after; nothing is computed another way.
A template names its pieces in braces: `{v:velocity}` is the value v, called velocity in the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from core.nn.update_rules import (
    SGD,
    AdaGrad,
    Adam,
    Averaged,
    Curved,
    LookingAhead,
    Moments,
    Momentum,
    Nesterov,
    Newton,
    RMSProp,
    Rolling,
    Summed,
)
from core.run.explanation import Line, Term, line
from core.run.topic import NOTHING
from core.run.values import Floats

Values = Mapping[str, float | Floats]
Told = tuple[str, dict[str, float | str]]  # the key of a sentence, and its numbers
AT_REST = 1e-9  # a slope and a step both shorter than this are told as rest
_OF_WEIGHT = {"∇f(θ)": "∂L/∂w", "∇f(a)": "∂L/∂w(a)", "∇f": "∂L/∂w", "θ": "w"}  # how the rules speak of any number
AS_LONG = 0.01  # steps that differ by less than this share look the same in the digits shown


@dataclass(frozen=True)
class Explained:
    """The columns of one rule: templates in symbols and in numbers, and the values asked for that nobody keeps."""

    symbols: tuple[str, ...]
    numbers: tuple[str, ...]
    values: Callable[[Any, Any], Values] = lambda _rule, _memory: {}  # the memory is that after the step


def in_symbols(rule: object) -> tuple[Line, ...]:
    """Return the rule's columns in symbols."""
    return tuple(line(template) for template in EXPLAINED[type(rule)].symbols)


def in_symbols_of_weight(rule: object) -> tuple[Line, ...]:
    """Return the rule's columns in symbols, told of a weight w of a net."""
    return tuple(tuple(map(_of_weight, column)) for column in in_symbols(rule))


def _of_weight(term: Term) -> Term:
    if not isinstance(term.value, str):
        return term
    text = term.value
    for general, own in _OF_WEIGHT.items():
        text = text.replace(general, own)
    return Term(text, term.mark)


def in_full(memory: Any, length: int) -> Any:
    """Return what a rule remembers with a number for each weight in what is not kept; no formula asks for that."""
    empty: Any = {f.name: np.full(length, NOTHING) for f in fields(memory) if np.size(getattr(memory, f.name)) == 0}
    return replace(memory, **empty)


def in_numbers(rule: object, axis: int, old: tuple[Floats, Any], new: tuple[Floats, Any]) -> tuple[Line, ...]:
    """Return the columns for one axis; `old` and `new` are (x, memory) before and after the step."""
    (x, memory), (x_new, memory_new) = old, new
    explained = EXPLAINED[type(rule)]
    values = {"old": x, "new": x_new, **_by_name(rule, memory, memory_new), **explained.values(rule, memory_new)}
    kept = {name: v for name, v in values.items() if np.size(v)}  # of a memory as `needed` leaves it, what is left
    along_axis = {name: float(v.flat[axis] if isinstance(v, np.ndarray) else v) for name, v in kept.items()}
    return tuple(line(template, along_axis) for template in explained.numbers)


def effective_step(rule: Any, memory: Any) -> list[float]:
    """Return how far one unit of gradient moves each of two axes; nan for Newton, which has no such step."""
    match memory:
        case Summed(sum=size) | Averaged(average=size) | Moments(v_hat=size):
            return list((rule.learning_rate / (np.sqrt(size) + rule.epsilon)).tolist())
        case Curved():
            return [NOTHING] * 2
    return [rule.learning_rate] * 2


def eigenvalues(hessian: Floats) -> list[float]:
    """Return both eigenvalues of a symmetric 2×2 matrix, ascending: mean of the diagonal ± half the gap.

    >>> eigenvalues(np.array([[2.0, 0.0], [0.0, -2.0]]))
    [-2.0, 2.0]
    """
    (a, b), (_, c) = hessian.tolist()
    middle, gap = (a + c) / 2, math.hypot((a - c) / 2, b)
    return [middle - gap, middle + gap]


def source_of(rule: object) -> str:
    """Return where the rule's step is written, as `module:qualified name`."""
    return f"{type(rule).__module__}:{type(rule).__qualname__}.step"


def in_words(rule: Any, old: Any, new: Any, step: Floats, unit: float = 1.0) -> Told:
    """Return the key of the sentence that fits a step from one memory to another, and its numbers.

    A sentence compares only what is measured: where one says longer or shorter, both lengths stand in it. `unit` is
    the size that slopes have; below 1 less of one is called rest.
    """
    slope, length = (float(np.linalg.norm(vector)) for vector in (new.gradient, step))
    values: dict[str, float | str] = {"slope": slope, "length": length}
    match new:
        case Curved(singular=True):
            return "singular", values
        case _ if max(slope, length) < AT_REST * min(1.0, unit):
            return "rest", values
        case Curved(hessian=hessian):
            low, high = eigenvalues(hessian)
            return ("bowl" if low > 0 else "saddle" if high > 0 else "top"), {**values, "low": low, "high": high}
        case Rolling() | LookingAhead():
            return _velocity_in_words(rule, old, new, values)
        case Summed() | Averaged() | Moments():
            return "step", {**values, **_roots_in_words(rule, old, new)}
    return "step", values


def _velocity_in_words(rule: Any, old: Any, new: Any, values: dict[str, float | str]) -> Told:
    kept, push = (float(np.linalg.norm(v)) for v in (rule.momentum * old.velocity, rule.learning_rate * new.gradient))
    last, length = float(np.linalg.norm(old.velocity)), float(np.linalg.norm(new.velocity))
    values = {**values, "kept": kept, "push": push, "last": last}
    if not last:
        return "first", values
    if abs(length - last) < AS_LONG * last:
        return "even", values
    return ("longer" if length > last else "shorter"), values


def _roots_in_words(rule: Any, old: Any, new: Any) -> dict[str, float | str]:
    """Return for both axes what divides the slope, before and after, and what is left: a rate, or Adam's ratio."""
    if isinstance(new, Moments):
        return _by_axis(ratio=new.m_hat / (np.sqrt(new.v_hat) + rule.epsilon))
    was, now = (memory.sum if isinstance(memory, Summed) else memory.average for memory in (old, new))
    return _by_axis(was=np.sqrt(was), root=np.sqrt(now), rate=np.array(effective_step(rule, new)))


def _by_axis(**vectors: Floats) -> dict[str, float | str]:
    return {
        f"{name}_{axis}": float(v) for name, vector in vectors.items() for axis, v in zip("xy", vector, strict=True)
    }


_LETTERS = {"learning_rate": "eta", "momentum": "mu", "epsilon": "eps"}


def _by_name(rule: Any, old: Any, new: Any) -> Values:
    """Return settings, memory after the step and, as `old.velocity`, memory before it, by the names templates use."""
    settings = {_LETTERS.get(field.name, field.name): getattr(rule, field.name) for field in fields(rule)}
    after = {field.name: getattr(new, field.name) for field in fields(new)}
    return {**settings, **after, **{f"old.{field.name}": getattr(old, field.name) for field in fields(old)}}


def _rmsprop(rule: RMSProp, new: Averaged) -> Values:
    return {"rest": 1 - rule.rho, "sum": new.average}


def _adam(rule: Adam, new: Moments) -> Values:
    return {"c1": 1 - rule.beta_1**new.t, "c2": 1 - rule.beta_2**new.t}


def _newton(rule: Newton, new: Curved) -> Values:
    (a, b), (_, c) = (new.hessian + rule.damping * np.eye(2)).tolist()
    determinant = a * c - b * b
    along = np.array([c, a])
    across = new.gradient[::-1]
    d = (along * new.gradient - b * across) / determinant if determinant else np.zeros(2)
    return {"h": along, "b": b, "other": across, "det": determinant, "d": d}


_PUSH = "{velocity:velocity} = {mu:setting} × {old.velocity:velocity} − {eta:setting} × {gradient:gradient}"
_ADD_VELOCITY = "{θ:point} ← θ + {v:velocity}", "{new:point} = {old} + {velocity:velocity}"
_DIVIDE = (
    "{θ:point} ← θ − η {∇f:gradient} / (√{s:sum} + ε)",
    "{new:point} = {old} − {eta:setting} × {gradient:gradient} / (√{sum:sum} + {eps:setting})",
)

EXPLAINED: dict[type, Explained] = {
    SGD: Explained(
        ("{θ:point} ← θ − η {∇f(θ):gradient}",),
        ("{new:point} = {old} − {eta:setting} × {gradient:gradient}",),
    ),
    Momentum: Explained(
        ("{v:velocity} ← μ {v:velocity} − η {∇f(θ):gradient}", _ADD_VELOCITY[0]),
        (_PUSH, _ADD_VELOCITY[1]),
    ),
    Nesterov: Explained(
        ("{a:ahead} ← θ + μ {v:velocity}", "{v:velocity} ← μ {v:velocity} − η {∇f(a):gradient}", _ADD_VELOCITY[0]),
        (
            "{ahead:ahead} = {old} + {mu:setting} × {old.velocity:velocity}",
            _PUSH,
            _ADD_VELOCITY[1],
        ),
    ),
    AdaGrad: Explained(
        ("{s:sum} ← s + {∇f(θ):gradient}²", _DIVIDE[0]),
        ("{sum:sum} = {old.sum} + {gradient:gradient}²", _DIVIDE[1]),
    ),
    RMSProp: Explained(
        ("{s:sum} ← ρ s + (1 − ρ) {∇f(θ):gradient}²", _DIVIDE[0]),
        ("{sum:sum} = {rho:setting} × {old.average} + {rest:setting} × {gradient:gradient}²", _DIVIDE[1]),
        _rmsprop,
    ),
    Adam: Explained(
        ("{m̂:m_hat} ← m / (1 − β₁ᵗ)", "{v̂:v_hat} ← v / (1 − β₂ᵗ)", "{θ:point} ← θ − η {m̂:m_hat} / (√{v̂:v_hat} + ε)"),
        (
            "{m_hat:m_hat} = {m} / {c1}",
            "{v_hat:v_hat} = {v} / {c2}",
            "{new:point} = {old} − {eta:setting} × {m_hat:m_hat} / (√{v_hat:v_hat} + {eps:setting})",
        ),
        _adam,
    ),
    Newton: Explained(
        ("{d:step} ← (H + λI)⁻¹ {∇f(θ):gradient}", "{θ:point} ← θ − η {d:step}"),
        (
            "{d:step} = ({h} × {gradient:gradient} − {b} × {other:gradient}) / {det}",
            "{new:point} = {old} − {eta:setting} × {d:step}",
        ),
        _newton,
    ),
}
