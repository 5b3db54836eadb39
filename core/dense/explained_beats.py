"""A step of both nets beat by beat: forward, the error, the gradient, the update; told of one point and one unit.

The numbers of a beat are parts of the step between two states, computed when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core.dense import explained
from core.dense.algorithm import State, used
from core.dense.beats import BEATS, Parts, parts
from core.dense.explained import Chosen, weighted_sum
from core.dense.nets import NETS, NetName, named
from core.dense.settings import Params, loss_of
from core.nn.activations import log_softmax, sigmoid
from core.run.explanation import MINUS, Explanation, Focus, Line, line, numbers_below_each_other
from core.run.values import Floats

_FORWARD, _ERROR, _BACKWARD, _UPDATE = BEATS
_FUNCTIONS = {"sigmoid": "σ(z)", "softmax": "softmax(z)", "tanh": "tanh(z)", "relu": "max(0, z)", "linear": "z"}


@dataclass(frozen=True, eq=False)
class Step:
    """A step that both nets made, and what of it is told."""

    before: State
    after: State
    params: Params
    made: dict[NetName, Parts]
    point: int  # one of the batch
    place: int  # its place in the batch
    unit: int

    @property
    def target(self) -> float:
        """The target of the unit: its number, or of classes 1 for the right one."""
        t = used(self.after, self.params)[1][self.place]
        if self.params.activation == "softmax":
            return float(t == self.unit)
        return float(np.ravel(t)[self.unit])

    def output(self, net: NetName) -> float:
        """What the unit gave for the point."""
        return float(self.made[net].seen.outputs[self.place, self.unit])

    def loss(self, net: NetName) -> float:
        """The loss of the point; of the unit alone where each has one."""
        values = self.made[net].seen.judged.values[self.place]
        return float(np.ravel(values)[self.unit if np.size(values) > 1 else 0])

    def share_of_right(self, net: NetName) -> float:
        """The probability that the net gave to the right class."""
        z, t = self.made[net].seen.scores[self.place], used(self.after, self.params)[1][self.place]
        if self.params.activation == "softmax":
            return float(np.exp(log_softmax(z)[int(t)]))
        return float(sigmoid(z if t else -z)[0])


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, or where a net made no step, what is said of the whole step."""
    whole, chosen = explained.explain(before, after, params, focus), Chosen.of(focus, after, params)
    if not beat or before is None or chosen.hidden:  # of a hidden unit the whole step is told
        return whole
    made = {name: made for name in NETS if (made := parts(before, after, name, params))}
    if len(made) < len(NETS):
        return whole
    point, place = _in_batch(chosen.point, after, params)
    make = {_FORWARD: _forward, _ERROR: _error, _BACKWARD: _backward, _UPDATE: _update}[beat]
    return make(whole, Step(before, after, params, made, point, place, chosen.unit))


def _in_batch(point: int, after: State, params: Params) -> tuple[int, int]:
    """Return a point and its place in the batch; the batch's first point where it is not among them."""
    if not params.batch_size:
        return point, point
    found = np.flatnonzero(after.batch == point)
    return (point, int(found[0])) if len(found) else (int(after.batch[0]), 0)


def _letter(params: Params) -> str:
    return "p" if loss_of(params) == "cross-entropy" else "y"


def _forward(whole: Explanation, step: Step) -> Explanation:
    function = f"{_letter(step.params)} = {_FUNCTIONS[step.params.activation]}"
    chosen = Chosen(step.point, step.unit)
    rows = tuple(
        (name, (weighted_sum(getattr(step.before, name), name, step.params, chosen),
                line(f"{function} = {{y:output}}", {"y": step.output(name)})))
        for name in NETS
    )  # fmt: skip
    values = {"point": str(step.point + 1), "target": step.target, **_of_both(step.output)}
    return Explanation((whole.rule[0], line(function)), rows, "forward", values, "core.nn.layers.dense:Dense.forward")


def _of_both(value: Callable[[NetName], float]) -> dict[str, float | str]:
    return {name: value(name) for name in NETS}


def _error(whole: Explanation, step: Step) -> Explanation:
    letter, is_class = _letter(step.params), loss_of(step.params) == "cross-entropy"
    rule = line(f"e = {letter} {MINUS} t"), line(f"ℓ = {MINUS}log p(t)" if is_class else "ℓ = e × e")
    rows = tuple((name, (_difference(step, name), _loss(step, name))) for name in NETS)
    values = {"count": _count(step), **_of_both(lambda name: step.made[name].seen.loss)}
    return Explanation(rule, rows, "error", values, "core.nn.losses:judge")


def _difference(step: Step, name: NetName) -> Line:
    y, t = step.output(name), step.target
    return line(f"{{e:error}} = {{y:output}} {MINUS} {{t:target}}", {"e": y - t, "y": y, "t": t})


def _loss(step: Step, name: NetName) -> Line:
    loss = step.loss(name)
    if loss_of(step.params) == "mse":
        e = step.output(name) - step.target
        return line("{l:loss} = {e:error} × {e:error}", {"l": loss, "e": e})
    right = step.share_of_right(name)
    return line(f"ℓ = {MINUS}log {{p:output}} = {{l:loss}}" if right else "ℓ = {l:loss}", {"p": right, "l": loss})


def _count(step: Step) -> str:
    return str(len(step.made["with_bias"].seen.scores))


def _backward(whole: Explanation, step: Step) -> Explanation:
    letter = "h" if step.params.hidden else "x"
    rule = line(f"∂L/∂W = {letter}ᵀ·∂L/∂z"), line("∂L/∂b = Σ ∂L/∂z")
    rows = tuple(
        (name, (_column(step, name, step.made[name].gradient, Focus("gradient"))[0], _push(step, name)))
        for name in NETS
    )
    lengths = _of_both(lambda name: float(np.linalg.norm(step.made[name].gradient)))
    values = {"count": _count(step), **lengths}
    return Explanation(rule, rows, "backward", values, "core.nn.layers.dense:Dense.backward")


def _push(step: Step, name: NetName) -> Line:
    """Return ∂L/∂b of the unit; of the net without bias what would push one."""
    by_z = step.made[name].seen.judged.slope_of_mean
    return numbers_below_each_other([float(by_z[:, step.unit].sum())], Focus("bias"))


def _column(step: Step, name: NetName, vector: Floats, mark: Focus) -> tuple[Line, ...]:
    """Return of a vector of weights the column of W and the bias of the unit; no bias where there is none."""
    own = named(vector, name, step.params)
    column = numbers_below_each_other(own["W"][:, step.unit], mark)
    bias = (numbers_below_each_other(own["b"][[step.unit]], Focus("bias")),) if "b" in own else ()
    return (column, *bias)


def _update(whole: Explanation, step: Step) -> Explanation:
    """Return the weights before and after; the sentence is that of the whole step, which compares them."""
    rule = line("{W:weight}"), line("{b:bias}"), line("{W:without_bias}")
    rows = tuple((label, (*_column_of(step, state, "with_bias"), *_column_of(step, state, "without_bias")))
                 for label, state in (("before", step.before), ("after", step.after)))  # fmt: skip
    return replace(whole, rule=rule, rows=rows)


def _column_of(step: Step, state: State, name: NetName) -> tuple[Line, ...]:
    return _column(step, name, getattr(state, name).weights, Focus(name if name == "without_bias" else "weight"))
