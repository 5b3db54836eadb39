"""What the options ask for: the recipe of `--set`, `--at` and `--seed`, and the kind of file of `-o`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from core.run.parameters import OF_ENTRIES, Parameter, parameters
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from playground.files import readers
from playground.recipes.plain_recipes import read_params, with_changes
from playground.recipes.unused import refuse_unused
from playground.topic_list import TopicEntry
from playground.words.quoting import short

_AT = re.compile("([0-9]{1,9}):(.+)", re.DOTALL)
_IN_BRACKETS = OF_ENTRIES | {"array", "table"}  # kinds whose values are lists


def recipe(entry: TopicEntry, given: Sequence[str], changes: Sequence[str], seed: int, steps: int) -> Recipe[Any]:
    """Return the recipe of NAME=VALUE texts and STEP:NAME=VALUE texts. Raises Refusal."""
    core = entry.core
    known = {parameter.name: parameter for parameter in parameters(core.Params)}
    asked = [(0, *pair) for text in given for pair in _names_and_values(known, "--set", text)]
    for step, text in sorted((_step_and_rest(text, steps) for text in changes), key=itemgetter(0)):
        asked.extend((step, *pair) for pair in _names_and_values(known, "--at", text))
    flat = {name: value for step, name, value in asked if step == 0 and name in known}  # restart parameters, too
    refuse_unused(core.Params, flat, (name for _, name, _ in asked))
    later = [{"step": step, "name": name, "value": value} for step, name, value in asked if step or name not in known]
    return with_changes(core, Recipe(entry.id, core.VERSION, seed, read_params(core, flat)), later)


def _names_and_values(known: Mapping[str, Parameter], option: str, text: str) -> Iterable[tuple[str, Any]]:
    """Return what a text assigns: one value, or several where a file holds more than one parameter."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Refusal(option, "not_assignment", {"given": short(text), "allowed": "NAME=VALUE"})
    # What is no parameter is an array that may be set, or a gesture: which there are, the parameters given decide.
    return parse(value, known.get(name) or Parameter(name, "array", None)).items()


def _step_and_rest(text: str, steps: int) -> tuple[int, str]:
    match = _AT.fullmatch(text)
    if not match:
        raise Refusal("--at", "not_assignment", {"given": short(text), "allowed": "STEP:NAME=VALUE"})
    step = int(match[1])
    if step > steps:
        raise Refusal("--at", "after_the_end", {"given": short(text), "allowed": steps})
    return step, match[2]


def parse(text: str, parameter: Parameter) -> dict[str, Any]:
    """Return the plain data a VALUE stands for, by parameter. Raises Refusal for a file that cannot be used."""
    if text.startswith("@"):
        return readers.read_values(text[1:], parameter)
    return {parameter.name: _typed(text, parameter)}


def _typed(text: str, parameter: Parameter) -> Any:
    if parameter.kind == "text":
        return text
    try:
        value = readers.strict_json(text)
    except ValueError as error:
        if text.lstrip().startswith("[") and (parameter.kind in _IN_BRACKETS or parameter.takes_arrays):
            reason = {"given": short(text), "reason": short(str(error))}
            raise Refusal(parameter.name, "bad_value", reason) from None  # it is meant as a list, not as a name
        return text
    is_meant = parameter.kind != "open choice" or (isinstance(value, list) and parameter.takes_arrays)
    return value if is_meant else text


def ending(output: Path, allowed: Sequence[str]) -> str:
    """Return the ending of a file's name, in small letters. Raises Refusal where it is none of those allowed."""
    for known in allowed:
        if output.name.lower().endswith(known):
            return known
    raise Refusal("-o", "other_ending", {"given": short(output.name), "allowed": ", ".join(allowed)})
