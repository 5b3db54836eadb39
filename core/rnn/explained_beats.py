"""A step of the recurrent net beat by beat: the cell at each time, the way back, the update; told of one unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.rnn import explained
from core.rnn.algorithm import Parts, State, seen_with
from core.rnn.beats import parts, time_of
from core.rnn.explained import PRODUCTS_SHOWN, Chosen, Told, cell_in_numbers, cell_in_symbols, class_name
from core.rnn.net import grad_by_lag, named, slopes_of_last, unrolled
from core.rnn.settings import Params, sizes_of
from core.run.explanation import Explanation, Focus, Line, Term, added_up, line, numbers_below_each_other
from core.run.values import LARGEST, Floats


def explain(
    before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "", now: State | None = None
) -> Explanation:
    """Return what is said of a beat; without one, or where no step was made, what is said of the whole step.

    `now` is given where weights were set by hand since: then it is told what these make of the same sequences.
    """
    whole = explained.explain(before, after, params, focus)
    made = parts(before, after, params) if before and (beat or now) else None
    if made is None:
        return whole
    chosen = told_of(focus, params, beat)
    if now and (seen := seen_with(now, after, params)):
        made = replace(made, seen=seen)
        if beat in ("", "update"):
            return _set_by_hand(made, after, params, chosen)
    if beat == "update":
        return _update(whole, made, params, chosen)
    return _back(made, params, chosen) if beat == "back" else _time(made, params, chosen)


def told_of(focus: Focus | None, params: Params, beat: str) -> Chosen:
    """Return what a beat is told of: at its time; the way back, where none is chosen, at the one before the last."""
    chosen = Chosen.of(focus, params, time_of(beat))
    if beat != "back" or (focus and focus.kind in ("state", "output", "time", "lag")):
        return chosen
    return replace(chosen, time=max(params.length - 2, 0))


def _set_by_hand(made: Parts, after: State, params: Params, chosen: Chosen) -> Explanation:
    """Return the cell with weights that were set by hand, and by how much they change the loss of the sequences."""
    was = seen_with(after, after, params)
    values: dict[str, float | str] = {"count": str(params.batch_size), "was": was.loss if was else 0.0}
    told = _time(made, params, chosen)
    if not made.seen.loss <= LARGEST:  # nan, too
        return replace(told, sentence="set.lost", values=values)
    return replace(told, sentence="set", values=values | {"now": made.seen.loss})


# ---- the cell at a time, and what comes out there


def _time(made: Parts, params: Params, chosen: Chosen) -> Explanation:
    symbols, cells = cell_in_symbols(params), cell_in_numbers(made.seen, params, chosen)
    at = Output.at(made, params, chosen)
    key, values = _time_in_words(made, params, chosen, at)
    if at is None:
        return Explanation(symbols, (("step", cells),), key, values, "core.nn.layers.recurrent:unroll")
    symbols += (line("o = {h(t):state}·V + c"), *((line("p = softmax(o)"),) if at.has_classes else ()))
    share = (line("softmax(o) = {p:output}", {"p": at.value}),) if at.has_classes else ()
    cells += (_score(made, params, chosen, at), *share)
    return Explanation(symbols, (("step", cells),), key, values, "core.nn.layers.recurrent:unroll")


@dataclass(frozen=True)
class Output:
    """What comes out of a sequence at a time: the share of the right class, or the first number."""

    place: int  # of the right class, or of the number, in V's columns
    called: int  # the class with the largest share
    score: float
    value: float
    most: float  # the largest share
    target: float
    has_classes: bool

    @classmethod
    def at(cls, made: Parts, params: Params, chosen: Chosen) -> Output | None:
        """Return it, or None at a time when nothing comes out."""
        is_one = params.mode == "many-to-one"
        if is_one and chosen.time < params.length - 1:
            return None
        where = (chosen.sequence,) if is_one else (chosen.sequence, chosen.time)
        scores, outputs, target = made.seen.scores[where], made.seen.outputs[where], made.batch.t[where]
        has_classes = sizes_of(params).has_classes
        place = int(target) if has_classes else 0
        called = int(scores.argmax()) if has_classes else place
        wanted = float(place if has_classes else target[0])
        return cls(
            place, called, float(scores[place]), float(outputs[place]), float(outputs[called]), wanted, has_classes
        )


def _score(made: Parts, params: Params, chosen: Chosen, at: Output) -> Line:
    own, h = named(made.seen.weights, params), unrolled(made.seen).h[chosen.sequence, chosen.time + 1]
    pairs = zip(h.tolist(), own["V"][:, at.place].tolist(), strict=True)
    products = [line("{h:state}·{v:weight}", {"h": h, "v": v}) for h, v in pairs if h]
    plus = (Term(" + "),) if products else ()
    return (Term(at.score), Term(" = "), *added_up(products, PRODUCTS_SHOWN), *plus, Term(float(own["c"][at.place])))


def _time_in_words(made: Parts, params: Params, chosen: Chosen, at: Output | None) -> Told:
    h = unrolled(made.seen).h[chosen.sequence, :, chosen.unit]
    values: dict[str, float | str] = {"sequence": str(chosen.sequence + 1), "time": str(chosen.time)}
    values |= {"unit": str(chosen.unit), "was": float(h[chosen.time]), "now": float(h[chosen.time + 1])}
    if at is None:
        return "time.silent", values
    values |= {"output": at.value, "target": at.target}
    if not at.has_classes:
        return "time.number", values
    values |= {"right": class_name(params, at.place), "called": class_name(params, at.called), "most": at.most}
    return ("time.right" if at.called == at.place else "time.wrong"), values


# ---- the way back


def _back(made: Parts, params: Params, chosen: Chosen) -> Explanation:
    """Return ∂ℓ/∂h of the unit at its time, ℓ the loss of the last time alone."""
    last, (i, t, j) = params.length - 1, (chosen.sequence, chosen.time, chosen.unit)
    slopes, U = slopes_of_last(made.seen), named(made.seen.weights, params)["U"]
    rule = line("∂ℓ/∂h(t) = ∂ℓ/∂z(t + 1)·Uᵀ"), line("∂ℓ/∂z = ∂ℓ/∂h·f′(z)")
    by_h, by_z = float(slopes.by_h[i, t, j]), float(slopes.by_z[i, t, j])
    into = line("{h:gradient}", {"h": by_h}) if t == last else _through(by_h, slopes.by_z[i, t + 1], U[j])
    cells = into, line("{z:gradient}", {"z": by_z})
    key, values = _back_in_words(made, params, last - t)
    return Explanation(rule, (("step", cells),), key, values, "core.nn.layers.recurrent:through_time")


def _through(by_h: float, by_z: Floats, weights: Floats) -> Line:
    """Return ∂ℓ/∂h of a unit as the sum over the units it reaches at the next time."""
    pairs = zip(by_z.tolist(), weights.tolist(), strict=True)
    products = [line("{z:gradient}·{u:weight}", {"z": z, "u": u}) for z, u in pairs]
    return (Term(by_h, Focus("gradient")), Term(" = "), *added_up(products, PRODUCTS_SHOWN))


def _back_in_words(made: Parts, params: Params, lag: int) -> Told:
    lengths = grad_by_lag(made.seen)
    values: dict[str, float | str] = {"lag": str(lag), "first": float(lengths[0]), "there": float(lengths[lag])}
    return ("back" if lag else "back.last"), values


# ---- the update


def _update(whole: Explanation, made: Parts, params: Params, chosen: Chosen) -> Explanation:
    """Return the weights of the unit before and after; the sentence is that of the whole step, which compares them."""
    rule = tuple(line(f"{{{name}:weight}}") for name in ("W", "U", "b"))
    rows = tuple(
        (label, _of_unit(named(vector, params), chosen.unit))
        for label, vector in (("before", made.seen.weights), ("after", made.weights))
    )
    return replace(whole, rule=rule, rows=rows)


def _of_unit(own: dict[str, Floats], unit: int) -> tuple[Line, ...]:
    columns = own["W"][:, unit], own["U"][:, unit], own["b"][[unit]]
    return tuple(numbers_below_each_other(np.asarray(column), Focus("weight")) for column in columns)
