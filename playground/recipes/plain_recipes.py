"""Recipes as plain data and back: what files hold and `--set` gives, checked by pydantic in strict JSON mode."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from core.run.parameters import Parameter, get_value, parameters, with_value
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.refusal import Refusal
from core.run.topic import Topic
from core.run.values import LARGEST, Array
from playground.recipes.limits import MOST_CHANGES, MOST_STEPS, SEEDS
from playground.recipes.trial import Trial
from playground.topic_list import TOPICS, topic
from playground.words.quoting import short

KEYS = ("topic", "version", "seed", "params", "changes")


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: arrays and tuples as lists, dataclasses as tables without their kind."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name != "kind"}
    return value


def plain_params(params: Any) -> dict[str, Any]:
    """Return the parameters by dotted name."""
    return {p.name: plain(get_value(params, p.name)) for p in parameters(type(params))}


def plain_changes(edits: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the edits as `{step, name, value}`: the name of the parameter or array, or the kind of the gesture."""
    changes = []
    for change in edits:
        is_set = isinstance(change.edit, SetParam | SetArray)
        name, value = (change.edit.name, change.edit.value) if is_set else (change.edit.kind, change.edit)
        changes.append({"step": change.step, "name": name, "value": plain(value)})
    return changes


def plain_recipe(recipe: Recipe[Any]) -> dict[str, Any]:
    """Return the whole recipe as plain data."""
    return {
        "topic": recipe.topic,
        "version": recipe.version,
        "seed": recipe.seed,
        "params": plain_params(recipe.params),
        "changes": plain_changes(recipe.edits),
    }


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
    given = short(error["input"])
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return Refusal(short(name), "unknown_entry", {"given": short(path[-1])})
    if error["type"] == "value_error":
        return Refusal(name, "bad_value", {"given": given, "reason": str(error["ctx"]["error"])})
    message = str(error["msg"])
    return Refusal(name, "bad_value", {"given": given, "reason": message[:1].lower() + message[1:]})


@contextmanager
def within(place: str) -> Iterator[None]:
    """Put the place in front of the field that a refusal names."""
    try:
        yield
    except Refusal as refusal:
        raise replace(refusal, field=f"{place}.{refusal.field}" if place else refusal.field) from None


def find_parameter(core: Topic[Any, Any], name: str) -> Parameter:
    """Return the parameter of that name. Raises Refusal naming those there are."""
    known = {p.name: p for p in parameters(core.Params)}
    if name not in known:
        allowed = ", ".join(dict.fromkeys([*known, *core.SETTABLE]))
        raise Refusal(short(name), "unknown_name", {"given": short(name), "allowed": allowed})
    return known[name]


def read_value(parameter: Parameter, value: Any) -> Any:
    """Return plain data as a value of one parameter. Raises Refusal saying what it allows."""
    takes_arrays = parameter.kind in ("array", "open choice")
    data = value if takes_arrays or not isinstance(value, np.ndarray) else value.tolist()
    try:
        found = read(parameter.hint, data, parameter.name)
    except Refusal as refusal:
        if takes_arrays:
            raise Refusal(parameter.name, refusal.key, {**refusal.values, "given": short(value)}) from None
        raise Refusal(parameter.name, "not_allowed", {"given": short(value), "parameter": parameter}) from None
    if isinstance(found, np.ndarray) and (np.abs(found) > LARGEST).any():
        raise Refusal(parameter.name, "not_allowed", {"given": short(value), "parameter": parameter})
    return found


def read_params(core: Topic[Any, Any], flat: Mapping[str, Any]) -> Any:
    """Return Params from values by dotted name, the rest at their defaults. Raises Refusal for what does not fit."""
    params = core.Params()
    for name, value in flat.items():
        params = with_value(params, name, read_value(find_parameter(core, name), value))
    return checked(core, params, flat)


def with_parameter(core: Topic[Any, Any], params: Any, name: str, value: Any) -> Any:
    """Return the params with one value changed. Raises Refusal."""
    return checked(core, with_value(params, name, read_value(find_parameter(core, name), value)), (name,))


def checked(core: Topic[Any, Any], params: Any, given: Collection[str]) -> Any:
    """Return the params, with what the given ones imply for the others where the topic says so (`implied`).

    Raises Refusal where they do not go together.
    """
    if implied := getattr(core, "implied", None):
        params = implied(params, frozenset(given))
    if refusal := core.check(params):
        raise refusal
    return params


def kind_of(gesture: type[Any]) -> str:
    """Return the name under which files know a gesture."""
    return str(next(f.default for f in fields(gesture) if f.name == "kind"))


def read_edit(core: Topic[Any, Any], params: Any, name: str, value: Any) -> Any:
    """Return the edit of that name: a gesture's kind, an array, or a live parameter. Raises Refusal."""
    for gesture in core.EDITS:
        if kind_of(gesture) == name:
            return read(gesture, value, name)
    if name in core.SETTABLE:
        return SetArray(name, read(Array, value, name))
    parameter = find_parameter(core, name)
    if parameter.mode != "live":
        raise Refusal(name, "not_live", {"mode": parameter.mode, "given": short(value)})
    old, new = get_value(params, name), get_value(with_parameter(core, params, name, value), name)
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.shape != new.shape:
        raise Refusal(name, "other_shape", {"given": list(new.shape), "allowed": list(old.shape)})
    return SetParam(name, new)


def read_recipe(data: Mapping[str, Any]) -> Recipe[Any]:
    """Return the recipe of plain data. Raises Refusal naming the first field that does not fit."""
    for key in data:
        if key not in KEYS:
            raise Refusal(short(key), "unknown_entry", {"given": short(key)})
    entry = _entry(data.get("topic"))
    version = whole(data.get("version"), "version", 1, entry.core.VERSION)
    seed = whole(data.get("seed"), "seed", 0, SEEDS - 1)
    flat, changes = data.get("params"), data.get("changes", [])
    if not isinstance(flat, Mapping):
        raise Refusal("params", "not_table", {"given": short(flat)})
    if not isinstance(changes, list):
        raise Refusal("changes", "not_list", {"given": short(changes)})
    with within("params"):
        recipe: Recipe[Any] = Recipe(entry.id, version, seed, read_params(entry.core, flat))
    return with_changes(entry.core, recipe, changes, "changes")


def with_changes(core: Topic[Any, Any], recipe: Recipe[Any], changes: Sequence[Any], place: str = "") -> Recipe[Any]:
    """Return the recipe with changes `{step, name, value}` in order. Raises Refusal for the first that does not fit.

    As in the window, a later change of the same target at the same step replaces the earlier one.
    """
    if len(changes) > MOST_CHANGES:
        raise Refusal(place, "too_many", {"given": len(changes), "allowed": MOST_CHANGES})
    edits: dict[tuple[int, str], Change] = {}
    trial, params, last = Trial(core, recipe), recipe.params, 0
    for i, change in enumerate(changes):
        with within(f"{place}.{i}" if place else ""):
            last, name, value = _parts(change, last)
            edit = read_edit(core, params, name, value)
            if isinstance(edit, SetParam):
                params = with_value(params, edit.name, edit.value)
            else:
                trial.apply(edit, params)
        edits.pop((last, edit.target), None)
        edits[last, edit.target] = Change(last, edit)
    return replace(recipe, edits=tuple(edits.values()))


def _parts(change: Any, last: int) -> tuple[int, str, Any]:
    if not isinstance(change, Mapping) or set(change) != {"step", "name", "value"}:
        raise Refusal("change", "not_change", {"given": short(change)})
    if not isinstance(change["name"], str):
        raise Refusal("name", "not_text", {"given": short(change["name"])})
    return whole(change["step"], "step", last, MOST_STEPS), change["name"], change["value"]


def _entry(given: Any) -> Any:
    ids = [entry.id for entry in TOPICS]
    if given not in ids:
        raise Refusal("topic", "not_one_of", {"given": short(given), "allowed": ", ".join(ids)})
    return topic(str(given))


def whole(value: Any, field: str, low: int, high: int) -> int:
    """Return a whole number within limits. Raises Refusal for anything else."""
    if type(value) is not int or not low <= value <= high:
        raise Refusal(field, "not_whole", {"given": short(value), "low": low, "high": high})
    return value
