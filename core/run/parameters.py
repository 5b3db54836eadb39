"""Parameters as a topic declares them: dataclass fields whose Annotated marks say limits, scale, unit and effect.

    learning_rate: Annotated[float, Ge(1e-12), Le(10), LOG] = 0.01

Both limits are values. A parameter is live (takes effect at the next step) unless marked RESTART or VIEW.
Nested dataclasses give dotted names: `Params.momentum.learning_rate` is `momentum.learning_rate`.
"""

from __future__ import annotations

import types
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import annotated_types as at
import numpy as np

Mode = Literal["live", "restart", "view"]
Kind = Literal["number", "integer", "yes/no", "choice", "open choice", "choices", "pair", "text", "array"]
P = TypeVar("P")


@dataclass(frozen=True)
class Log:
    """The slider of this number is logarithmic."""


@dataclass(frozen=True)
class Effect:
    """When a change of this parameter takes effect."""

    mode: Mode


@dataclass(frozen=True)
class Unit:
    """The unit shown behind the number."""

    text: str


@dataclass(frozen=True)
class Suggestions:
    """The ids offered for a parameter that also takes a text or an array of one's own."""

    ids: tuple[str, ...]


LOG = Log()
RESTART = Effect("restart")
VIEW = Effect("view")


@dataclass(frozen=True)
class Parameter:
    """What a form, a command line and a file need to know of one parameter."""

    name: str
    kind: Kind
    default: Any
    mode: Mode = "live"
    low: float | None = None  # of a pair: what each of its numbers may be
    high: float | None = None
    log: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    or_pair: bool = False  # one number, or two in brackets
    hint: Any = None  # the annotation, by which a reader of files checks a value

    @property
    def takes_arrays(self) -> bool:
        """Whether an array of one's own may be given, alone or instead of something else."""
        return self.kind == "array" or "ndarray" in str(self.hint)

    @property
    def group(self) -> str:
        """The dataclass it lives in: `momentum` of `momentum.learning_rate`, else empty."""
        return self.name.rpartition(".")[0]


def parameters(cls: type[Any]) -> tuple[Parameter, ...]:
    """Return the parameters of a Params dataclass in the order of its fields, nested ones with dotted names."""
    return _parameters(cast(Hashable, cls))


@lru_cache
def _parameters(cls: Any) -> tuple[Parameter, ...]:
    return tuple(_flat(cls(), ""))


def _flat(params: Any, prefix: str) -> Iterator[Parameter]:
    hints = get_type_hints(type(params), include_extras=True)
    for field in fields(params):
        value = getattr(params, field.name)
        if is_dataclass(value):
            yield from _flat(value, f"{prefix}{field.name}.")
        else:
            yield _parameter(prefix + field.name, hints[field.name], value)


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    plain, marks = _plain_and_marks(hint)
    kind, choices = _kind(plain)
    known: dict[str, Any] = {"choices": choices, "or_pair": _is_union(plain) and any(map(_is_pair, get_args(plain)))}
    for mark in (*_inner_marks(plain), *marks):
        match mark:
            case at.Ge(ge=low):
                known["low"] = cast(float, low)
            case at.Le(le=high):
                known["high"] = cast(float, high)
            case Log():
                known["log"] = True
            case Effect(mode=mode):
                known["mode"] = mode
            case Unit(text=text):
                known["unit"] = text
            case Suggestions(ids=ids):
                kind, known["choices"] = "open choice", ids
    return Parameter(name, kind, default, hint=hint, **known)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _is_pair(hint: Any) -> bool:
    return get_origin(hint) is tuple and get_args(hint)[-1] is not Ellipsis


def _inner_marks(hint: Any) -> tuple[Any, ...]:
    """Return the marks inside: of a pair's numbers, or of the first of several forms a value may have."""
    if not (_is_union(hint) or _is_pair(hint)):
        return ()
    plain, marks = _plain_and_marks(get_args(hint)[0])
    return (*_inner_marks(plain), *marks)


def _plain_and_marks(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    return (get_args(hint)[0], get_args(hint)[1:]) if get_origin(hint) is Annotated else (hint, ())


_SIMPLE: dict[Any, Kind] = {float: "number", int: "integer", bool: "yes/no", str: "text", np.ndarray: "array"}


def _kind(hint: Any) -> tuple[Kind, tuple[str, ...]]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _kind(args[0])
    if origin is Literal:
        return "choice", args
    if _is_pair(hint):
        return "pair", ()
    if origin is tuple:
        return "choices", _kind(args[0])[1]
    if _is_union(hint):
        return _kind(next(a for a in args if a is not type(None)))
    return _SIMPLE[origin or hint], ()


def get_value(params: object, name: str) -> Any:
    """Return the value of a dotted name."""
    value: Any = params
    for part in name.split("."):
        value = getattr(value, part)
    return value


def with_value(params: P, name: str, value: object) -> P:
    """Return the params with one dotted name changed; the value is taken as it is."""
    head, _, rest = name.partition(".")
    inner = with_value(getattr(params, head), rest, value) if rest else value
    return cast(P, replace(cast(Any, params), **{head: inner}))


def with_defaults(params: P, mode: Mode) -> P:
    """Return the params with every parameter of that mode at its default."""
    for parameter in parameters(type(params)):
        if parameter.mode == mode:
            params = with_value(params, parameter.name, parameter.default)
    return params
