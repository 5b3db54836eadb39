"""What the recurrent net cannot use: exit 2, one line that names the field and what is allowed, no file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import rnn
from core.rnn import SetRadius
from core.run.recipe import Recipe, SetArray
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.files.session import dump, load, session_of
from playground.words.refusals import sentence

Wrong = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]  # arguments, and what the line must hold


def given(*pairs: str) -> tuple[str, ...]:
    return tuple(f"--set={pair}" for pair in pairs)


def later(change: str) -> tuple[str, ...]:
    return "--at", f"2:{change}"


TWO = "inputs=[[[0], [1]]]"
MANY = "".join(chr(0x4E00 + i) for i in range(129))

VALUES: Wrong = {
    "an unknown task": (given("task=ecko"), ("task: ecko", "next-character")),
    "an unknown mode": (given("mode=many-to-few"), ("mode: many-to-few", "one-to-many")),
    "a cell with gates": (given("cell=lstm"), ("cell: lstm", "tanh, relu, linear, sigmoid")),
    "no units": (given("units=0"), ("units: 0", "1 to 64")),
    "half a unit": (given("units=2.5"), ("units: 2.5", "whole number")),
    "no time": (given("length=0"), ("length: 0", "1 to 100")),
    "a length beyond all": (given("length=101"), ("length: 101", "1 to 100")),
    "a batch too large": (given("batch_size=257"), ("batch_size: 257", "1 to 256")),
    "one symbol": (given("symbols=1"), ("symbols: 1", "2 to 10")),
    "a lag of 0": (given("lag=0"), ("lag: 0", "1 to 99")),
    "a lag beyond the sequence": (given("length=4", "lag=4"), ("lag: A lag of 4", "at most 3", "greater length")),
    "a radius below 0": (given("radius=-0.1"), ("radius: -0.1", "0 to 3")),
    "a radius too large": (given("radius=3.1"), ("radius: 3.1", "0 to 3")),
    "NaN for a radius": (given("radius=NaN"), ("radius: NaN", "0 to 3")),
    "a clip below 0": (given("clip=-1"), ("clip: -1", "0 to 1000000")),
    "a word for the clip": (later("clip=off"), ("clip: off", "a number")),
    "a rate of 0": (given("learning_rate=0"), ("learning_rate: 0", "1e-12 to 100")),
    "Newton": (given("optimizer=newton"), ("optimizer: newton", "adam")),
    "1 for yes": (given("stateful=1"), ("stateful: 1", "true or false")),
    "a doubt": (given("consecutive=perhaps"), ("consecutive: perhaps", "true or false")),
    "a text of one character": (given("task=next-character", "text=aaaa"), ("text: ", "1 different", "2 to 128")),
    "one letter": (given("text=a"), ("text: a", "a text of 2 to 10000 characters")),
    "no text": (given("text="), ('text: ""', "a text of 2 to 10000 characters")),
    "a text too long": (given(f"text={'ab' * 5001}"), ("text: abab", "a text of 2 to 10000 characters")),
    "too many characters": (given("task=next-character", f"text={MANY}"), ("text: ", "129 different", "2 to 128")),
    "a text that is not there": (given("text=@/nowhere/a.txt"), ("text: /nowhere/a.txt", "No such file")),
    "a task without its arrays": (given("task=own"), ("inputs: ", "inputs and targets", "[[[0], [1]]]")),
    "inputs alone": (given("task=own", TWO), ("targets: ", "inputs and targets")),
    "arrays for echo": (given("task=echo", TWO, "targets=[[0, 1]]"), ("inputs: ", "echo", "task own")),
    "inputs without times": (given("inputs=[[0, 1]]", "targets=[[0, 1]]"), ("inputs: ", "[1, 2]", "(256, 100, 128)")),
    "ragged inputs": (given("inputs=[[[0], [1]], [[0]]]", "targets=[[0]]"), ("inputs: ", "different lengths")),
    "NaN in inputs": (given("inputs=[[[NaN]]]", "targets=[[0]]"), ("inputs: ", "NaN is no number")),
    "words for inputs": (given('inputs=[[["a"]]]', "targets=[[0]]"), ("inputs: ", "number")),
    "inputs after the first": (
        given("mode=one-to-many", TWO, "targets=[[0, 1]]"), ("inputs: ", "one-to-many", "(256, 1, 128)"),
    ),
    "half a class": (given(TWO, "targets=[[0, 0.5]]"), ("targets: The target 0.5", "0 to 127", "one axis more")),
    "a class below 0": (given(TWO, "targets=[[-1, 0]]"), ("targets: The target -1", "0 to 127")),
    "a class beyond all": (given(TWO, "targets=[[0, 128]]"), ("targets: The target 128", "0 to 127")),
    "targets too short": (given(TWO, "targets=[[0]]"), ("targets: ", "[1, 1]", "[1, 2] / [1, 2, 128]")),
    "targets of two": (given(TWO, "targets=[[0, 1], [1, 0]]"), ("targets: ", "[2, 2]", "[1, 2]")),
    "targets at each time for one": (
        given("mode=many-to-one", TWO, "targets=[[0, 1], [1, 1]]"), ("targets: ", "many-to-one", "[1] / [1, 128]"),
    ),
    "another batch": (given(TWO, "targets=[[0, 1]]", "batch_size=3"), ("batch_size: 3", "inputs", "say 1")),
    "another length": (given(TWO, "targets=[[0, 1]]", "length=3"), ("length: 3", "inputs", "say 2")),
    "W of another shape": (given("W=[[1]]"), ("W: ", "[1, 1]", "[4, 16]")),
    "U in mid-run": (later("U=[[1, 2]]"), ("U: ", "[1, 2]", "[16, 16]")),
    "a number for b": (given("b=1"), ("b: 1", "list of numbers")),
    "infinity in V": (later("V=[[Infinity]]"), ("V: ", "Infinity is no number")),
    "c beyond 1e12": (later("c=[1e13, 0, 0, 0]"), ("c: ", "1e12")),
    "weights of no layer": (given("layer_1.W=[[1]]"), ("layer_1.W", "W, U, b, V, c")),
    "units in mid-run": (later("units=3"), ("units: 3", "restart")),
    "the radius in mid-run": (later("radius=0.5"), ("radius: 0.5", "restart")),
    "a ring of a word": (later('set radius={"radius": "far"}'), ("radius: far", "number")),
    "a ring below 0": (later('set radius={"radius": -1}'), ("radius: -1", "greater than or equal to 0")),
    "a ring of a number": (later("set radius=5"), ("set radius: 5", "table")),
}  # fmt: skip


@pytest.mark.parametrize("case", VALUES)
def test_a_value_that_cannot_be_used(case: str, refused: Callable[..., str], tmp_path: Path) -> None:
    arguments, words = VALUES[case]
    line = refused(["trace", "rnn", *arguments, "-o", str(tmp_path / "a.json")])
    assert [word for word in words if word not in line] == []
    assert not list(tmp_path.iterdir())


# ---- files

Write = Callable[[Path], object]
FILES: dict[str, tuple[str, str, Write, tuple[str, ...]]] = {
    "a table for inputs": ("inputs", "a.csv", lambda path: path.write_text("x\n1\n2\n"), ("[2, 1]",)),
    "words": ("inputs", "a.npy", lambda path: np.save(path, np.array(["a", "b"])), ("fewer than 1", "numbers")),
    "half an array": ("targets", "a.npy", lambda path: path.write_bytes(b"\x93NUMPY\x01\x00"), ("cannot be used",)),
    "NaN": ("inputs", "a.npy", lambda path: np.save(path, np.full((1, 2, 1), np.nan)), ("[1, 2, 1]", "finite")),
    "bytes for a text": ("text", "a.txt", lambda path: path.write_bytes(b"\x00\xff\xfe\x00"), ("text", "no text")),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used(case: str, refused: Callable[..., str], tmp_path: Path) -> None:
    field, name, write, words = FILES[case]
    write(tmp_path / name)
    others = ["--set", "targets=[[0, 1]]"] if field == "inputs" else []
    out = tmp_path / "out.npz"
    line = refused(["trace", "rnn", "--set", f"{field}=@{tmp_path / name}", *others, "-o", str(out)])
    assert line.startswith(f"ml-playground: {field}: ")
    assert [word for word in words if word not in line] == []
    assert not out.exists()


# ---- sessions


def saved() -> dict[str, Any]:
    recipe = Recipe("rnn", rnn.VERSION, 0, rnn.Params(units=3, consecutive=True, stateful=True))
    recipe = recipe.edited(2, SetArray("V", np.ones((3, 4)))).edited(3, SetRadius(0.5))
    timeline = Timeline(rnn, recipe)
    timeline.frame(1_002)
    document: dict[str, Any] = json.loads(dump(session_of(timeline, 1_001)))
    return document


SAVED = saved()


def changed(value: Any, *path: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(SAVED))
    *places, last = path
    node = document
    for place in places:
        node = node[place]
    node[last] = value
    return document


SESSIONS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "a number for the task": (changed(5, "recipe", "params", "task"), ("task", "5")),
    "half a length": (changed(2.5, "recipe", "params", "length"), ("length", "2.5")),
    "a lag beyond the length": (changed(8, "recipe", "params", "lag"), ("lag", "8")),
    "other units": (changed(5, "recipe", "params", "units"), ("changes.0", "V", "[3, 4]")),
    "a change of another shape": (changed([[1.0]], "recipe", "changes", 0, "value"), ("changes.0", "V", "[1, 1]")),
    "an array that is not there": (changed("Z", "recipe", "changes", 0, "name"), ("changes.0", "Z")),
    "a ring below 0": (changed({"radius": -1}, "recipe", "changes", 1, "value"), ("changes.1", "radius")),
    "a ring of nothing": (changed({}, "recipe", "changes", 1, "value"), ("changes.1", "radius")),
    "another step": (changed(1, "snapshot", "t"), ("digest",)),
    "weights that are none": (changed({"npy": "AAAA"}, "snapshot", "weights"), ("weights",)),
    "states of another batch": (changed([[0.0]], "snapshot", "began"), ("snapshot",)),
    "no memory": (changed(None, "snapshot", "memory"), ("snapshot",)),
}


@pytest.mark.parametrize("case", SESSIONS)
def test_a_session_that_does_not_fit(case: str) -> None:
    document, words = SESSIONS[case]
    with pytest.raises(Refusal) as caught:
        load(json.dumps(document).encode())
    line = f"{caught.value.field}: {sentence(caught.value)}"
    assert [word for word in words if word not in line] == []


def test_a_rule_changed_by_hand_is_computed_anew() -> None:
    """What the file holds of the memory of the rule before does not go with it."""
    opened = load(json.dumps(changed("sgd", "recipe", "params", "optimizer")).encode())
    assert (opened.edited, opened.snapshot, opened.recipe.params.optimizer) == (True, None, "sgd")


def test_the_session_itself_is_good() -> None:
    assert load(json.dumps(SAVED).encode()).position == 1_001


# ---- the window

TYPED: dict[str, tuple[dict[str, Any], str, Any, tuple[str, ...]]] = {
    "one character": ({"task": "next-character"}, "text", "aaaa", ("1 different", "2 to 128")),
    "one letter": ({"task": "next-character"}, "text", "a", ("2 to 10000",)),
    "a task without its arrays": ({}, "task", "own", ("inputs and targets",)),
    "a radius too large": ({}, "radius", 3.5, ("0 to 3",)),
    "no time": ({}, "length", 0, ("1 to 100",)),
    "a batch too large": ({}, "batch_size", 300, ("1 to 256",)),
    "a negative clip": ({}, "clip", -0.5, ("0 to 1000000",)),
}


@pytest.mark.parametrize("case", TYPED)
def test_what_is_typed_and_refused_leaves_the_run(case: str, window: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before, name, value, words = TYPED[case]
    tab, said = window.visit("rnn"), []
    monkeypatch.setattr(tab.form, "show_error", lambda field, text: said.append((field, text)))
    for parameter, own in before.items():
        tab.set_parameter(parameter, own)
    tab.run.advance(3)
    recipe = tab.run.recipe
    tab.set_parameter(name, value)
    assert tab.run.recipe == recipe
    (field, text), *more = said
    assert not more
    assert field == name or name in text
    assert [word for word in words if word not in text] == []
