"""The commands `topics` and `scenes`: what there is, and whether every scene shows what it claims."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.run.parameters import OF_ENTRIES, Parameter, parameters, plain, records_of, with_value
from core.run.streams import Streams
from core.run.topic import Topic
from playground.scenes.question import Answer, Question
from playground.scenes.scene import Outcome, Scene, scenes
from playground.topic_list import TOPICS, TopicEntry


def print_topics(options: argparse.Namespace) -> int:
    """Print the topics, one a line, or as JSON with parameters, series, panels, beats and arrays."""
    lines = [f"{entry.id:<14} {_title(entry)}" for entry in TOPICS]
    _print(json.dumps([described(entry) for entry in TOPICS], indent=1) if options.json else "\n".join(lines))
    return 0


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _title(entry: TopicEntry) -> str:
    return entry.texts.get("title", language="en")


def described(entry: TopicEntry) -> dict[str, Any]:
    """Return what a script can ask of a topic, as plain data."""
    core = entry.core
    series, arrays, settable = _names(core)
    rows = {name: "constant" if name in core.CONSTANT_ARRAYS else "per row" for name in arrays}
    return {
        "id": entry.id,
        "title": _title(entry),
        "parameters": [_parameter(parameter) for parameter in parameters(core.Params)],
        "series": series,
        "panels": [{"id": id, "title": title} for id, title in entry.panels.items()],
        "beats": list(core.beats(core.Params())),
        "beats_where": _other_beats(core),
        "arrays": [{"name": name, "rows": rows[name], "settable": name in settable} for name in arrays],
    }


def _other_beats(core: Topic[Any, Any]) -> dict[str, list[str]]:
    """Return the beats by `NAME=CHOICE` where a choice other than the default has others."""
    default, found = core.Params(), {}
    for parameter in parameters(core.Params):
        for choice in parameter.choices if parameter.kind == "choice" else ():
            beats = core.beats(with_value(default, parameter.name, choice))
            if beats != core.beats(default):
                found[f"{parameter.name}={choice}"] = list(beats)
    return found


def _parameter(parameter: Parameter, known: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return what is to say of a parameter; records of the types known were described further out."""
    return {
        "name": parameter.name,
        "type": parameter.kind,
        "default": plain(parameter.default),
        "limits": _limits(parameter),
        "choices": list(parameter.choices),
        "mode": parameter.mode,
        **_entries(parameter, known),
    }


def _entries(parameter: Parameter, known: frozenset[str]) -> dict[str, Any]:
    """Return what more is to say of a list: how long it may be, and what its entries, or the fields of each, are.

    A record may hold a record of its own type (a layer that wraps a layer): of such only the types are named.
    """
    told: dict[str, Any] = {"null": True} if parameter.optional else {}
    if parameter.required:
        told["required"] = True
    if parameter.where:
        told["where"] = {parameter.where.name: list(parameter.where.values)}
    if parameter.kind in OF_ENTRIES:
        told["length"] = [parameter.shortest, parameter.longest]
    if records := records_of(parameter):
        told["records"] = _described(records, known)
    elif parameter.item is not None:
        told["entries"] = {
            "type": parameter.item.kind,
            "limits": _limits(parameter.item),
            **_entries(parameter.item, known),
        }
    return told


def _described(records: Mapping[str, type[Any]], known: frozenset[str]) -> Any:
    if known.issuperset(records):
        return list(records)
    known |= set(records)
    return {name: [_parameter(field, known) for field in parameters(cls)] for name, cls in records.items()}


def _limits(parameter: Parameter) -> list[float | None] | None:
    return None if parameter.low is None else [parameter.low, parameter.high]


def _names(core: Topic[Any, Any]) -> tuple[list[str], list[str], set[str]]:
    """Return the names of series, of arrays and of those to be set, with the defaults and with each choice for one."""
    series: dict[str, None] = {}
    arrays: dict[str, None] = {}
    settable: set[str] = set()
    for params in _variants(core):
        state = core.start(params, Streams.start(0))
        series.update(dict.fromkeys(core.series(state, params)))
        arrays.update(dict.fromkeys(core.arrays(state, params)))
        settable.update(core.settable(params))
    return list(series), list(arrays), settable


def _variants(core: Topic[Any, Any]) -> Iterator[Any]:
    default = core.Params()
    yield default
    for parameter in parameters(core.Params):
        for choice in parameter.choices if parameter.kind != "choices" else ():
            params = with_value(default, parameter.name, choice)
            if choice != parameter.default and core.check(params) is None:
                yield params


def print_scenes(options: argparse.Namespace) -> int:
    """Print the scenes; with `--check` replay each, say how many passed, and return 1 if any failed.

    As JSON, the count goes to stderr, so that stdout stays JSON.
    """
    listed = []
    for scene in (scene for entry in TOPICS for scene in scenes(entry)):
        listed.append(_described_scene(scene, options.check))
        if not options.json:
            _print(_line(listed[-1]))
    if options.json:
        _print(json.dumps(listed, indent=1))
    if not options.check:
        return 0
    passed = sum(one["passed"] for one in listed)
    (sys.stderr if options.json else sys.stdout).write(f"{passed} passed, {len(listed) - passed} failed\n")
    return 0 if passed == len(listed) else 1


def _described_scene(scene: Scene, check: bool) -> dict[str, Any]:
    title = scene.texts.get("title", language="en")
    about: dict[str, Any] = {
        "topic": scene.entry.id,
        "id": scene.id,
        "title": title,
        "claims": list(scene.claims),
        "task": "yes" if scene.is_task else "no",
        "ask": scene.question.kind if scene.question else None,
        "runs": list(scene.names),
        "seconds": scene.seconds,
    }
    if check:
        about["passed"], about["detail"] = outcome(scene)
    return about


def _line(entry: dict[str, Any]) -> str:
    about = f"{entry['topic']:<14} {entry['id']:<34} {' '.join(entry['claims']) or 'task':<6} {entry['title']}"
    if "passed" not in entry:
        return about
    detail = f"  ({entry['detail']})" if entry["detail"] else ""
    return f"{'passed' if entry['passed'] else 'FAILED'}  {about}{detail}"


def outcome(scene: Scene) -> tuple[bool, str]:
    """Return whether a scene shows its claim and tells right from wrong answers, and the numbers seen.

    A task must not be done before it is begun.
    """
    try:
        with np.errstate(all="ignore"):
            seen = Outcome(not scene.reached(scene.recorded())) if scene.is_task else scene.check()
        muddled = mistaken(scene.question, seen.truth) if scene.question else ""
    except Exception as error:  # whatever a check stumbles over, the other scenes are still replayed
        return False, f"{type(error).__name__}: {error}"
    if muddled:
        return False, muddled
    return bool(seen.holds), ", ".join(f"{name} {value}" for name, value in seen.values.items())


def mistaken(question: Question, truth: Answer) -> str:
    """Return which answer is judged wrongly: the right one, or one that cannot be right; nothing where none is."""
    if not question.is_right(question.read(_given(truth)), truth):
        return f"the right answer {truth} is called wrong"
    called_right = [wrong for wrong in question.wrong_answers(truth) if question.is_right(wrong, truth)]
    if called_right or not question.wrong_answers(truth):
        return f"no wrong answer is told from {truth}: {called_right}"
    return ""


def _given(truth: Answer) -> Answer:
    """Return a truth as it is typed."""
    return truth if isinstance(truth, str) else json.dumps(truth)
