"""Plain data as values: checked by pydantic in strict JSON mode, lists and records by their entries.

What does not fit is refused with the place of the first such entry: `layers.2.units`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from core.run.parameters import MOST_ENTRIES, OF_ENTRIES, Parameter, parameters, record_type, records_of
from core.run.refusal import Refusal
from core.run.values import LARGEST
from playground.words.quoting import short

DEEPEST = 32  # lists in lists
_NUMBER = re.compile(r"[-+]?\d[\d.eE+-]*")


@lru_cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def read(kind: Any, data: Any, field: str = "") -> Any:
    """Return plain data as a value of a type. Raises Refusal naming the field that does not fit."""
    from pydantic import ValidationError

    try:
        if isinstance(data, np.ndarray):
            return _adapter(kind).validate_python(data)
        return _adapter(kind).validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False), field) from None
    except RecursionError:
        raise Refusal(field, "too_deep", {"given": short(data)}) from None


def _refusal(errors: Sequence[Any], field: str) -> Refusal:
    """Return the refusal of the first error, or of that which our own reader of arrays explains best."""
    error = next((error for error in errors if error["type"] == "value_error"), errors[0])
    path = [str(part) for part in error["loc"] if not str(part).startswith(("function-", "literal["))]
    name = ".".join([field, *path] if field else path) or "file"
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return Refusal(short(name), "unknown_entry", {"given": short(path[-1])})
    message = str(error["msg"])
    reason = str(error["ctx"]["error"]) if error["type"] == "value_error" else message[:1].lower() + message[1:]
    return Refusal(name, "bad_value", {"given": short(error["input"]), "reason": reason})


@contextmanager
def within(place: str) -> Iterator[None]:
    """Put the place in front of the field that a refusal names."""
    try:
        yield
    except Refusal as refusal:
        field = f"{place}.{refusal.field}" if place and refusal.field else place or refusal.field
        raise replace(refusal, field=field) from None


def read_value(parameter: Parameter, value: Any) -> Any:
    """Return plain data as a value of one parameter. Raises Refusal saying what it allows."""
    if parameter.kind in OF_ENTRIES or parameter.kind == "record":
        given = value.tolist() if isinstance(value, np.ndarray) else value
        if parameter.item and parameter.item.kind == "record" and _is_too_deep(given):
            raise Refusal(parameter.name, "too_deep", {"given": short(given[0])})
        return _several(parameter, given)
    takes_arrays = parameter.kind in ("array", "open choice", "table")
    data = value if takes_arrays or not isinstance(value, np.ndarray) else value.tolist()
    try:
        found = read(parameter.hint, data, parameter.name)
    except Refusal as refusal:
        if takes_arrays:
            raise Refusal(parameter.name, refusal.key, {**refusal.values, "given": short(value)}) from None
        raise _not_allowed(parameter, value) from None
    if isinstance(found, np.ndarray) and (np.abs(found) > LARGEST).any():
        raise _not_allowed(parameter, value)
    return found


def _not_allowed(parameter: Parameter, value: Any) -> Refusal:
    return Refusal(parameter.name, "not_allowed", {"given": _quoted(value), "parameter": parameter})


def _quoted(value: Any) -> str:
    """Return a given value in one line; a number in quotation marks keeps them, for they are what is wrong."""
    return f'"{short(value)}"' if isinstance(value, str) and _NUMBER.fullmatch(value) else short(value)


# ---- lists and records


def _several(parameter: Parameter, given: Any) -> Any:
    """Return a list, a record, null or an id as the parameter takes them. Raises Refusal naming the place."""
    if given is None and parameter.optional:
        return None
    if isinstance(given, str) and parameter.choices:
        return _id(parameter, given)
    if parameter.kind == "record":
        return _record(parameter, given)
    if parameter.kind == "nested" and parameter.item is None:
        return _nested(parameter, given)
    if not isinstance(given, list):
        raise _not_allowed(parameter, given)
    _check_length(parameter, len(given))
    assert parameter.item is not None
    read_entry = _ENTRIES.get(parameter.item.kind, _several)
    with within(parameter.name):
        return tuple(_entry(parameter.item, i, item, read_entry) for i, item in enumerate(given))


def _check_length(parameter: Parameter, length: int) -> None:
    if parameter.shortest <= length <= parameter.longest:
        return
    allowed = {"low": parameter.shortest, "high": parameter.longest}
    if parameter.shortest == parameter.longest:
        raise Refusal(parameter.name, "row_length", {"given": length, **allowed})
    raise Refusal(parameter.name, "wrong_length", {"given": length, **allowed})


def _id(parameter: Parameter, given: str) -> str:
    """Return a text that may be an id, which the topic knows; one in brackets is meant as a list."""
    if given.lstrip()[:1] in tuple("[{"):
        raise _not_allowed(parameter, given)
    return _text(replace(parameter, shortest=0), given)


def _entry(parameter: Parameter, place: int, given: Any, read_entry: Callable[[Parameter, Any], Any]) -> Any:
    try:
        return read_entry(parameter, given)
    except Refusal as refusal:
        raise replace(refusal, field=f"{place}.{refusal.field}".removesuffix(".")) from None


def _number(parameter: Parameter, given: Any) -> float | int | None:
    if given is None and parameter.optional:
        return None
    low = -LARGEST if parameter.low is None else parameter.low
    high = LARGEST if parameter.high is None else parameter.high
    is_number = type(given) is int or (type(given) is float and parameter.kind == "number")
    if not is_number or not low <= given <= high:
        raise _not_allowed(parameter, given)
    return int(given) if parameter.kind == "integer" else float(given)


def _text(parameter: Parameter, given: Any) -> str:
    if not isinstance(given, str) or not parameter.shortest <= len(given) <= parameter.longest:
        raise _not_allowed(parameter, given)
    try:
        given.encode()
    except UnicodeEncodeError:
        raise Refusal(parameter.name, "bad_value", {"given": short(given), "reason": "not UTF-8 text"}) from None
    return given


_ENTRIES: dict[str, Callable[[Parameter, Any], Any]] = {"number": _number, "integer": _number, "text": _text}


def _is_too_deep(given: Any) -> bool:
    """Tell whether records lie in records deeper than anybody means; it is asked level by level, without recursion."""
    level = [given]
    for _ in range(DEEPEST + 2):  # the list itself, and the values of the innermost
        level = [
            item
            for one in level
            for item in (one.values() if isinstance(one, Mapping) else one if isinstance(one, list) else ())
        ]
        if not level:
            return False
    return True


def _record(parameter: Parameter, given: Any) -> Any:
    """Return a table of names and values as the record its `type` names."""
    classes = records_of(parameter)
    with within(parameter.name):
        if not isinstance(given, Mapping) or "type" not in given:
            raise Refusal("", "not_record", {"given": short(given), "allowed": ", ".join(classes)})
        if given.get("type") not in list(classes):
            raise Refusal("type", "not_one_of", {"given": short(given.get("type")), "allowed": tuple(classes)})
        return _record_of(classes[given["type"]], {name: value for name, value in given.items() if name != "type"})


def _record_of(cls: type[Any], given: Mapping[str, Any]) -> Any:
    known = {p.name: p for p in parameters(cls)}
    for name in given:
        if name not in known:
            said = {"given": short(name), "type": record_type(cls), "allowed": tuple(known) or ("type",)}
            raise Refusal(short(name), "unknown_field", said)
    for name, field in known.items():
        if field.required and name not in given:
            raise Refusal(name, "not_given", {"type": record_type(cls), "parameter": field})
    return cls(**{name: read_value(field, given[name]) for name, field in known.items() if name in given})


def _nested(parameter: Parameter, given: Any) -> Any:
    """Return lists in lists of numbers as tuples in tuples. Raises Refusal for no number, too deep, too many."""
    if not isinstance(given, list | int | float) or isinstance(given, bool):
        raise _not_allowed(parameter, given)
    number = replace(parameter, name="", kind="number", optional=False)
    with within(parameter.name):
        if next(islice(_parts(given, DEEPEST), MOST_ENTRIES, None), None) is not None:
            raise Refusal("", "too_many", {"given": f"> {MOST_ENTRIES}", "allowed": MOST_ENTRIES})
        return _nested_in(number, given)


def _nested_in(number: Parameter, given: Any) -> Any:
    if isinstance(given, list):
        return tuple(_entry(number, i, item, _nested_in) for i, item in enumerate(given))
    _number(number, given)
    return given  # a whole number stays one


def _parts(given: Any, depth: int) -> Iterator[Any]:
    """Yield the lists and numbers in a value, from the outside. Raises Refusal where they are too deep."""
    if depth < 0:
        raise Refusal("", "too_deep", {"given": short(given)})
    yield True
    for item in given if isinstance(given, list) else ():
        yield from _parts(item, depth - 1)
