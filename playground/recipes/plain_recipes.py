"""Recipes as plain data and back: what files hold and `--set` gives, checked strictly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from itertools import takewhile
from typing import Any

import numpy as np

from core.run.parameters import Parameter, get_value, parameters, plain, with_value
from core.run.recipe import Change, Edit, Recipe, SetArray, SetParam, covers
from core.run.refusal import Refusal
from core.run.topic import Topic
from core.run.values import Array, ArrayWithGaps
from playground.recipes.limits import MOST_CHANGES, MOST_STEPS, SEEDS
from playground.recipes.plain_origins import KEY as ORIGINS
from playground.recipes.plain_origins import plain_origins, read_origins
from playground.recipes.plain_values import read, read_value, within
from playground.recipes.trial import Trial
from playground.topic_list import TOPICS, topic
from playground.words.quoting import most_alike, short

MOST_NAMED = 32  # parameters and arrays that are all named where another one is asked for
KEYS = ("topic", "version", "seed", "params", "changes")
ALL_KEYS = (*KEYS, ORIGINS)  # what a recipe may say


def form_values(params: Any) -> dict[str, Any]:
    """Return the parameters as a form shows them: plain as in a recipe, but an array as it is, for its shape."""
    values = {p.name: get_value(params, p.name) for p in parameters(type(params))}
    return {name: value if isinstance(value, np.ndarray) else plain(value) for name, value in values.items()}


def plain_changes(edits: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the edits as `{step, name, value}`: the name of the parameter or array, or the kind of the gesture."""
    changes = []
    for change in edits:
        is_set = isinstance(change.edit, SetParam | SetArray)
        name, value = (change.edit.name, change.edit.value) if is_set else (change.edit.kind, change.edit)
        changes.append({"step": change.step, "name": name, "value": plain(value)})
    return changes


def plain_recipe(recipe: Recipe[Any]) -> dict[str, Any]:
    """Return the whole recipe as plain data, its parameters by dotted name."""
    params = recipe.params
    return {
        "topic": recipe.topic,
        "version": recipe.version,
        "seed": recipe.seed,
        "params": {p.name: plain(get_value(params, p.name)) for p in parameters(type(params))},
        "changes": plain_changes(recipe.edits),
        **plain_origins(recipe.origins),
    }


def find_parameter(core: Topic[Any, Any], name: str, params: Any = None) -> Parameter:
    """Return the parameter of that name. Raises Refusal naming those there are, and the arrays that may be set."""
    known = {p.name: p for p in parameters(core.Params)}
    if name not in known:
        names = list(dict.fromkeys([*known, *core.settable(core.Params() if params is None else params)]))
        raise Refusal(short(name), "unknown_name", {"given": short(name), "allowed": _to_choose_from(names, name)})
    return known[name]


def _to_choose_from(names: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the names there are; of very many, as deep nets have, those most like the one that was given."""
    if len(names) <= MOST_NAMED:
        return tuple(names)
    return (*most_alike(name, names), "…")


def _version(given: Any, known: int) -> int:
    if type(given) is int and given > known:
        raise Refusal("version", "topic_newer", {"given": short(given), "allowed": known})
    return whole(given, "version", 1, known)


def read_params(core: Topic[Any, Any], flat: Mapping[str, Any]) -> Any:
    """Return Params from values by dotted name, the rest at their defaults. Raises Refusal for what does not fit."""
    return with_parameters(core, core.Params(), flat)


def with_parameters(core: Topic[Any, Any], params: Any, flat: Mapping[str, Any]) -> Any:
    """Return the params with values changed, by dotted name. Raises Refusal for what does not fit."""
    for name, value in flat.items():
        params = with_value(params, name, read_value(find_parameter(core, name), value))
    return checked(core, params, flat)


def checked(core: Topic[Any, Any], params: Any, given: Collection[str]) -> Any:
    """Return the params with what the given ones imply for the others. Raises Refusal if they do not go together."""
    params = core.implied(params, frozenset(given))
    if refusal := core.check(params):
        raise refusal
    return params


def read_edit(core: Topic[Any, Any], params: Any, name: str, value: Any) -> Any:
    """Return the edit of that name: a gesture's kind, an array, or a live parameter. Raises Refusal."""
    for gesture in core.EDITS:
        if name == next(f.default for f in fields(gesture) if f.name == "kind"):
            return read(gesture, value, name)
    if name in core.settable(params):
        has_gaps = any(p.name == name and p.kind == "table" for p in parameters(core.Params))
        is_number = name in getattr(core.State, "numbers", ()) and type(value) in (int, float)
        return SetArray(name, read(ArrayWithGaps if has_gaps else Array, [value] if is_number else value, name))
    parameter = find_parameter(core, name, params)
    if parameter.mode != "live":
        raise Refusal(name, "not_live", {"mode": parameter.mode, "given": short(value)})
    old, new = get_value(params, name), get_value(with_parameters(core, params, {name: value}), name)
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.shape != new.shape:
        raise Refusal(name, "other_shape", {"given": list(new.shape), "allowed": list(old.shape)})
    return SetParam(name, new)


def read_recipe(data: Mapping[str, Any]) -> Recipe[Any]:
    """Return the recipe of plain data. Raises Refusal naming the first field that does not fit."""
    for key in data:
        if key not in ALL_KEYS:
            raise Refusal(short(key), "unknown_entry", {"given": short(key)})
    entry = _entry(data.get("topic"))
    version = _version(data.get("version"), entry.core.VERSION)
    seed = whole(data.get("seed"), "seed", 0, SEEDS - 1)
    flat, changes = data.get("params"), data.get("changes", [])
    if not isinstance(flat, Mapping):
        raise Refusal("params", "not_table", {"given": short(flat)})
    if not isinstance(changes, list):
        raise Refusal("changes", "not_list", {"given": short(changes)})
    with within("params"):
        params = read_params(entry.core, flat)
    recipe: Recipe[Any] = Recipe(entry.id, version, seed, params, origins=read_origins(entry.core, data.get(ORIGINS)))
    return with_changes(entry.core, recipe, changes, "changes")


def with_changes(core: Topic[Any, Any], recipe: Recipe[Any], changes: Sequence[Any], place: str = "") -> Recipe[Any]:
    """Return the recipe with changes `{step, name, value}` in order. Raises Refusal for the first that does not fit.

    As in the window, a later change at the same step replaces the earlier ones that it covers.
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
        for key in _covered(edits, last, edit):
            del edits[key]
        edits[last, edit.target] = Change(last, edit)
    return replace(recipe, edits=tuple(edits.values()))


def _covered(edits: dict[tuple[int, str], Change], step: int, edit: Edit) -> list[tuple[int, str]]:
    """Return which edits of a step another one leaves nothing of; only of whole arrays there may be several."""
    if not isinstance(edit, SetArray):
        return [(step, edit.target)] if (step, edit.target) in edits else []
    of_step = takewhile(lambda key: key[0] == step, reversed(edits))
    return [key for key in of_step if covers(edit, edits[key].edit)]


def _parts(change: Any, last: int) -> tuple[int, str, Any]:
    if not isinstance(change, Mapping) or set(change) != {"step", "name", "value"}:
        raise Refusal("change", "not_change", {"given": short(change)})
    if not isinstance(change["name"], str):
        raise Refusal("name", "not_text", {"given": short(change["name"])})
    return whole(change["step"], "step", last, MOST_STEPS), change["name"], change["value"]


def _entry(given: Any) -> Any:
    ids = [entry.id for entry in TOPICS]
    if given not in ids:
        raise Refusal("topic", "not_one_of", {"given": short(given), "allowed": tuple(ids)})
    return topic(str(given))


def whole(value: Any, field: str, low: int, high: int) -> int:
    """Return a whole number within limits. Raises Refusal for anything else."""
    if type(value) is not int or not low <= value <= high:
        raise Refusal(field, "not_whole", {"given": short(value), "low": low, "high": high})
    return value
