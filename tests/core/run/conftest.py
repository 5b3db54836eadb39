"""A small topic that uses all a topic can: noise, edits, texts, restarts, views, an end, a step that fails."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from annotated_types import Ge, Le

from core.run.parameters import LOG, RESTART, VIEW, Suggestions, Unit
from core.run.recipe import Recipe
from core.run.streams import Streams
from core.run.values import Array, frozen


@frozen
class Rule:
    rate: Annotated[float, Ge(0.0), Le(2.0), LOG] = 0.9


@frozen
class Params:
    rule: Rule = Rule()
    noise: Annotated[float, Ge(0), Le(10), Unit("m")] = 0.5
    size: Annotated[int, Ge(1), Le(64), RESTART] = 3
    name: Annotated[str, Suggestions(("a", "b"))] = "a"
    flag: bool = False
    sort: Literal["up", "down"] = "up"
    place: Annotated[tuple[Annotated[float, Ge(-5), Le(5)], Annotated[float, Ge(-5), Le(5)]], RESTART] = (1.0, 2.0)
    weights: Array | None = None
    shown: Annotated[tuple[Literal["x", "y"], ...], VIEW] = ("x", "y")
    fails_at: Annotated[int, Ge(0), Le(1000)] = 0
    ends_at: Annotated[int, Ge(0), Le(1000)] = 0


@frozen
class State:
    t: int
    x: Array
    fixed: Array
    word: str

    def with_array(self, name: str, value: Any, params: Params) -> State:
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)


@frozen
class Push:
    by: float
    kind: Literal["push"] = "push"

    @property
    def target(self) -> str:
        return "push"

    def apply(self, state: State, params: Params, rng: Streams) -> State:
        return replace(state, x=state.x + self.by + rng.generator.standard_normal(state.x.shape))


def start(params: Params, rng: Streams) -> State:
    return State(0, rng.generator.standard_normal(params.size), np.arange(4.0), "start")


def step(state: State, params: Params, rng: Streams) -> State:
    if params.fails_at and state.t + 1 >= params.fails_at:
        raise ZeroDivisionError("this step cannot be made")
    draw = params.noise * rng.generator.standard_normal(state.x.shape)
    return State(state.t + 1, params.rule.rate * state.x + draw, state.fixed, "even" if state.t % 2 else "odd")


def series(state: State, params: Params) -> dict[str, float | str]:
    everything = {"x": float(state.x[0]), "y": float(state.x.sum()) if state.t else float("nan")}
    return {"word": state.word, **{name: everything[name] for name in params.shown}}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    keys = ["x rose"] if "x" in params.shown and after.x[0] > before.x[0] else []
    if params.ends_at and after.t >= params.ends_at and "y" in params.shown:
        keys.append("end")
    return tuple(keys)


@pytest.fixture(scope="session")
def toy() -> Any:
    return SimpleNamespace(
        VERSION=1,
        EDITS=(Push,),
        RESTS=(),
        settable=lambda params: ("x",),
        implied=lambda params, given: params,
        beats=lambda params: (),
        CONSTANT_ARRAYS=frozenset({"fixed"}),
        Params=Params,
        State=State,
        Rule=Rule,
        Push=Push,
        check=lambda params: None,
        start=start,
        step=step,
        series=series,
        arrays=lambda state, params: {"x": state.x, "fixed": state.fixed},
        events=events,
        recipe=lambda **params: Recipe("toy", 1, 7, Params(**params)),
    )
