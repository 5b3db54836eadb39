"""Parameters as a topic declares them: dataclass fields whose Annotated marks say limits, scale, unit and effect.

    learning_rate: Annotated[float, Ge(1e-12), Le(10), LOG] = 0.01
    hidden: Annotated[tuple[Annotated[int, Ge(1), Le(16)], ...], Len(0, 3), RESTART] = ()
    layers: Annotated[tuple[Dense | Conv2D, ...], Len(1, 20), RESTART] = (Dense(8),)

Both limits are values. A parameter is live (takes effect at the next step) unless marked RESTART or VIEW.
Nested dataclasses give dotted names: `Params.momentum.learning_rate` is `momentum.learning_rate`. A dataclass with a
Literal field `type` is a record instead: one value of a list, told from other records by its type.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import annotated_types as at
import numpy as np
from numpy.typing import NDArray

from core.run.values import ReadAs, ReadNested

Mode = Literal["live", "restart", "view"]
Kind = Literal[
    "number", "integer", "yes/no", "choice", "open choice", "choices", "pair", "text", "array",
    "numbers", "texts", "rows", "table", "records", "nested", "record",
]  # fmt: skip
P = TypeVar("P")

OF_ENTRIES: frozenset[Kind] = frozenset({"numbers", "texts", "rows", "records", "nested"})  # tuples of any length
MOST_ENTRIES = 100_000  # of a list whose annotation sets no limit
MOST_ROW_NAMES, LONGEST_ROW_NAME = 10_000, 100  # names of a table's rows, and characters of one


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
    """The ids offered for a parameter that also takes something of one's own, and what an id stands for."""

    ids: tuple[str, ...]
    content: Callable[[str], Any] | None = None


@dataclass(frozen=True)
class Columns:
    """How many columns of a table this takes; None, or without the mark, an array takes all.

    `names` are headings. The last column may go to another parameter, `last`, as whole numbers: labels beside texts,
    or classes beside all columns of an array. A further column of texts, no two alike, names the rows: it goes to the
    parameter `rows`, where there is one for it; the headings of a table with gaps go to `heads`.
    """

    count: int | None = None
    names: tuple[str, ...] = ()
    last: str = ""
    rows: str = ""
    heads: str = ""


@dataclass(frozen=True)
class Where:
    """The parameter is used only where another one, a choice, has one of these values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Holds:
    """What a file may be besides numbers in columns: a text as it stands, or a picture."""

    what: Literal["text", "picture"]


@dataclass(frozen=True)
class First:
    """Marks a field of a record that is for the first entry of a list alone."""


LOG = Log()
FIRST = First()
TEXT = Holds("text")
PICTURE = Holds("picture")
RESTART = Effect("restart")
VIEW = Effect("view")


@dataclass(frozen=True)
class Parameter:
    """What a form, a command line and a file need to know of one parameter, or of one field of a record."""

    name: str
    kind: Kind
    default: Any
    mode: Mode = "live"
    low: float | None = None  # of a pair: what each of its numbers may be
    high: float | None = None
    log: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    content: Callable[[str], Any] | None = None  # what one of the choices stands for
    or_pair: bool = False  # one number, or two in brackets
    is_whole: bool = False  # of a pair: its numbers have no decimals
    optional: bool = False  # null is a value
    required: bool = False  # of a record's field: it must be given
    first_only: bool = False  # of a record's field: only the first entry of a list has a use for it
    item: Parameter | None = None  # what each entry of a list is
    shortest: int = 0  # how many entries a list, or characters a text, must have
    longest: int = MOST_ENTRIES
    columns: Columns | None = None
    where: Where | None = None  # None: always
    holds: Literal["", "text", "picture"] = ""  # what it takes besides numbers in columns
    records: tuple[type[Any], ...] = ()  # what a record may be
    hint: Any = None  # the annotation, by which a reader of files checks a value

    def is_used(self, params: object) -> bool:
        """Tell whether anything comes of it as the other parameters stand."""
        return self.where is None or get_value(params, self.where.name) in self.where.values

    @property
    def takes_arrays(self) -> bool:
        """Whether an array of one's own may be given, alone or instead of something else."""
        return self.kind in ("array", "table") or "ndarray" in str(self.hint)

    @property
    def takes_files(self) -> bool:
        """Whether it can be read from a file."""
        return self.takes_arrays or self.kind in OF_ENTRIES

    @property
    def group(self) -> str:
        """The dataclass it lives in: `momentum` of `momentum.learning_rate`, else empty."""
        return self.name.rpartition(".")[0]

    @property
    def beginning(self) -> Any:
        """What stands there before anything is chosen: the default, or where there is none the lowest value."""
        if not self.required:
            return self.default
        return {"text": "", "choice": self.choices[:1] and self.choices[0]}.get(self.kind, int(self.low or 0))


def parameters(cls: type[Any]) -> tuple[Parameter, ...]:
    """Return the parameters of a Params dataclass in the order of its fields, nested ones with dotted names.

    Of a record, its fields but for `type`.
    """
    return _parameters(cast(Hashable, cls))


@lru_cache
def _parameters(cls: Any) -> tuple[Parameter, ...]:
    return tuple(_flat(cls, ""))


def _flat(holder: Any, prefix: str) -> Iterator[Parameter]:
    """Yield the fields of a dataclass with its defaults, or of an instance with its values."""
    cls = holder if isinstance(holder, type) else type(holder)
    hints = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        value = _default(field) if holder is cls else getattr(holder, field.name)
        if is_dataclass(value) and not isinstance(value, type) and not is_record(type(value)):
            yield from _flat(value, f"{prefix}{field.name}.")
        elif field.name != "type" or not is_record(cls):
            yield _parameter(prefix + field.name, hints[field.name], value)


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def is_record(cls: Any) -> bool:
    """Tell whether a class is a record: a dataclass with a field `type` that tells it from others."""
    return is_dataclass(cls) and any(field.name == "type" for field in fields(cls))


def record_type(cls: type[Any]) -> str:
    """Return the name under which files know a record's class."""
    return str(next(field.default for field in fields(cls) if field.name == "type"))


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    plain, marks = _plain_and_marks(hint)
    known = {"or_pair": _is_union(plain) and any(map(_is_pair, get_args(plain))), **_form(hint)}
    for mark in (*_inner_marks(plain), *marks):
        known |= _told_by(mark, known["kind"])
    if default is dataclasses.MISSING:
        known |= {"required": True}
        default = None
    return Parameter(name, default=default, hint=hint, **known)


_FLAGS: Mapping[type, str] = {Log: "log", First: "first_only"}


def _told_by(mark: object, kind: Kind) -> dict[str, Any]:
    """Return what a mark says of a parameter of a kind."""
    match mark:
        case at.Ge(ge=low):
            return {"low": cast(float, low)}
        case at.Le(le=high):
            return {"high": cast(float, high)}
        case at.Len(min_length=shortest, max_length=longest):
            return {"shortest": shortest, "longest": MOST_ENTRIES if longest is None else longest}
        case Log() | First():
            return {_FLAGS[type(mark)]: True}
        case Effect(mode=mode):
            return {"mode": mode}
        case Unit(text=text):
            return {"unit": text}
        case Columns() | Where():
            return {type(mark).__name__.lower(): mark}
        case Holds(what=what):
            return {"holds": what}
        case Suggestions(ids=ids, content=content):
            own = {} if kind in OF_ENTRIES or kind == "table" else {"kind": "open choice"}
            return {**own, "choices": ids, "content": content}
    return {}


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
_LISTS: dict[Kind, Kind] = {
    "number": "numbers", "integer": "numbers", "text": "texts", "texts": "rows", "record": "records",
    "numbers": "nested", "nested": "nested",
}  # fmt: skip  # what a list of one kind is called


def _form(hint: Any) -> dict[str, Any]:
    """Return what an annotation says without its marks: the kind, and what that is made of."""
    plain, marks = _plain_and_marks(hint)
    origin, args = get_origin(plain), get_args(plain)
    if any(isinstance(mark, ReadNested) for mark in marks):
        return {"kind": "nested"}
    if any(isinstance(mark, ReadAs) and mark.gaps for mark in marks):
        return {"kind": "table"}
    if is_record(plain):
        return {"kind": "record", "records": (plain,)}
    if origin is Literal:
        return {"kind": "choice", "choices": args}
    if origin is tuple:
        return _tuple_form(args)
    return _union_form(args) if _is_union(plain) else {"kind": _SIMPLE[origin or plain]}


def _tuple_form(args: tuple[Any, ...]) -> dict[str, Any]:
    if args[-1] is not Ellipsis and args[0] is not str:
        return {"kind": "pair", "is_whole": _plain_and_marks(args[0])[0] is int}
    item = _parameter("", args[0], None)
    if args[-1] is not Ellipsis:  # a row of texts
        return {"kind": "texts", "item": item, "shortest": len(args), "longest": len(args)}
    if item.kind == "choice":
        return {"kind": "choices", "choices": item.choices}
    return {"kind": _LISTS[item.kind], "item": item}


def _union_form(args: tuple[Any, ...]) -> dict[str, Any]:
    """Return the form of the first of several; a list goes before the id that may stand for it."""
    forms = [_form(arg) for arg in args if arg is not types.NoneType]
    first = next((form for form in forms if form["kind"] in OF_ENTRIES or form["kind"] == "table"), forms[0])
    records = tuple(cls for form in forms for cls in form.get("records", ()))
    own = {"records": records} if first["kind"] == "record" else {}
    return {**first, **own, "optional": types.NoneType in args}


def records_of(parameter: Parameter) -> Mapping[str, type[Any]]:
    """Return the classes that a record, or each record of a list, may be, by their type."""
    classes = parameter.item.records if parameter.item else parameter.records
    return {record_type(cls): cls for cls in classes}


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


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: arrays and tuples as lists, dataclasses as tables without their kind.

    A record keeps its type, and of its fields those that are not at their defaults.
    """
    if isinstance(value, np.ndarray):
        return _with_nulls(value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        if is_record(type(value)):
            return _plain_record(value)
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name != "kind"}
    return value


def _with_nulls(array: NDArray[Any]) -> Any:
    """Return an array as lists; what does not exist, nan, is null."""
    gaps = np.isnan(array) if array.dtype.kind == "f" else np.zeros(array.shape, dtype=bool)
    if not gaps.any():
        return array.tolist()
    holes = array.astype(object)
    holes[gaps] = None
    return holes.tolist()


def _plain_record(record: Any) -> dict[str, Any]:
    own = {p.name: getattr(record, p.name) for p in parameters(type(record)) if _is_told(p, getattr(record, p.name))}
    return {"type": record.type, **{name: plain(value) for name, value in own.items()}}


def _is_told(parameter: Parameter, value: Any) -> bool:
    return parameter.required or value != parameter.default or type(value) is not type(parameter.default)
