"""What the options ask for: the recipe of `--set`, `--at` and `--seed`, and the kind of file of `-o`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from core.run.parameters import OF_ENTRIES, Parameter, parameters
from core.run.recipe import Origin, Recipe
from core.run.refusal import Refusal
from playground.command_line import files
from playground.files import readers
from playground.files.reading import GUESSED, Reading
from playground.files.wanted import Taken
from playground.recipes.plain_recipes import read_params, with_changes
from playground.recipes.unused import refuse_unused
from playground.topic_list import TopicEntry
from playground.words.quoting import short
from playground.words.refusals import meant

_AT = re.compile("([0-9]{1,9}):(.+)", re.DOTALL)
_LIKE_A_NAME = re.compile(r"\w[\w.-]+", re.ASCII)
_IN_BRACKETS = OF_ENTRIES | {"array", "table"}  # kinds whose values are lists


@dataclass(frozen=True)
class _Assigned:
    """A parameter, an array that may be set or a gesture; the text it is given, and the step after which."""

    step: int
    parameter: Parameter
    text: str

    @property
    def file(self) -> str:
        """The file it names, with the columns behind it; nothing where it names none."""
        return self.text[1:] if self.text.startswith("@") else ""


def recipe(
    entry: TopicEntry, given: Sequence[str], changes: Sequence[str], seed: int, steps: int, reads: Sequence[str] = ()
) -> tuple[Recipe[Any], list[str]]:
    """Return the recipe of NAME=VALUE texts and STEP:NAME=VALUE texts; NAME:KEY=VALUE texts say how files are read.

    Also returned is what was guessed and left out as a file was read, a line a file. Raises Refusal.
    """
    core = entry.core
    known = {parameter.name: parameter for parameter in parameters(core.Params)}
    assigned = _assigned(known, given, changes, steps)
    readings = files.readings(reads, [one.parameter.name for one in assigned if one.file])
    taken = [parse(one.text, one.parameter, readings.get(one.parameter.name, GUESSED)) for one in assigned]
    asked = [(one.step, *pair) for one, what in zip(assigned, taken, strict=True) for pair in what.values.items()]
    flat = {name: value for step, name, value in asked if step == 0 and name in known}  # restart parameters, too
    params = read_params(core, flat)
    refuse_unused(core.Params, flat, (name for _, name, _ in asked))
    later = [{"step": step, "name": name, "value": value} for step, name, value in asked if step or name not in known]
    origins = _origins(assigned, taken, known)
    begun = Recipe(entry.id, core.VERSION, seed, params, origins=origins)
    said = [files.said(one.parameter.name, one.file, what, readings) for one, what in zip(assigned, taken, strict=True)]
    return with_changes(core, begun, later), list(filter(None, [*said, *map(_said_of_name, assigned)]))


def _said_of_name(one: _Assigned) -> str:
    """Return what is said of a word that was taken for a text, though it looks like the name of one; else nothing."""
    names = one.parameter.choices
    if one.parameter.holds != "text" or not names or one.text in names or not _LIKE_A_NAME.fullmatch(one.text):
        return ""
    told = (
        f"{short(one.text)} names no text of the program and is taken for a text itself.{meant(one.text, names, 'en')}"
    )
    return f"{one.parameter.name}: {told} Its texts: {', '.join(names)}."


def _assigned(
    known: Mapping[str, Parameter], given: Sequence[str], changes: Sequence[str], steps: int
) -> list[_Assigned]:
    """Return what is assigned, by step."""
    at = sorted((_step_and_rest(text, steps) for text in changes), key=itemgetter(0))
    asked = [(0, *_name_and_value("--set", text)) for text in given]
    asked += [(step, *_name_and_value("--at", text)) for step, text in at]
    # What is no parameter is an array that may be set, or a gesture: which there are, the parameters given decide.
    return [_Assigned(step, known.get(name) or Parameter(name, "array", None), text) for step, name, text in asked]


def _origins(assigned: Sequence[_Assigned], taken: Sequence[Taken], known: Collection[str]) -> tuple[Origin, ...]:
    """Return where the parameters were read that a file gives, of several values the last."""
    found: dict[str, Origin | None] = {}
    for one, what in zip(assigned, taken, strict=True):
        if one.step == 0 and one.parameter.name in known:
            told = files.origins(one.parameter, one.file, what) if one.file else ()
            found |= {origin.parameter: origin for origin in told} or dict.fromkeys(what.values)
    return tuple(filter(None, found.values()))


def _name_and_value(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Refusal(option, "not_assignment", {"given": short(text), "allowed": "NAME=VALUE"})
    return name, value


def _step_and_rest(text: str, steps: int) -> tuple[int, str]:
    match = _AT.fullmatch(text)
    if not match:
        raise Refusal("--at", "not_assignment", {"given": short(text), "allowed": "STEP:NAME=VALUE"})
    step = int(match[1])
    if step > steps:
        raise Refusal("--at", "after_the_end", {"given": short(text), "allowed": steps})
    return step, match[2]


def parse(text: str, parameter: Parameter, reading: Reading = GUESSED) -> Taken:
    """Return the plain data a VALUE stands for. Raises Refusal for a file that cannot be used."""
    if text.startswith("@"):
        return files.read(text[1:], parameter, reading)
    return Taken({parameter.name: _typed(text, parameter)})


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
