"""Texts and weights that word2vec cannot use: exit 2, one line that names field and fault, nothing written, in time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import word2vec
from core.run.recipe import Recipe, SetArray
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.files.session import dump, load, session_of
from playground.words.refusals import sentence

Write = Callable[[Path], object]


def array(make: Callable[[], Any]) -> Write:
    return lambda path: np.save(path, make())


def text(content: str | bytes) -> Write:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def with_nan() -> Any:
    weights = np.zeros((20, 6))
    weights[3, 2] = np.nan
    return weights


# the file, what is asked with {} for its path, and words that the line must hold
FILES: dict[str, tuple[str, Write, tuple[str, ...], tuple[str, ...]]] = {
    "one word": ("a.txt", text("alone"), ("--set", "corpus=@{}"), ("corpus", "alone", "two different words")),
    "words that stand alone": ("a.txt", text("one. two\nthree!"), ("--set", "corpus=@{}"), ("corpus", "one. two")),
    "the same word": ("a.txt", text("same same same"), ("--set", "corpus=@{}"), ("corpus", "same same same")),
    "an empty file": ("a.txt", text(""), ("--set", "corpus=@{}"), ("corpus", "two different words")),
    "only signs": ("a.txt", text("?! … —"), ("--set", "corpus=@{}"), ("corpus", "two different words")),
    "a binary file": ("a.txt", text(bytes(range(256))), ("--set", "corpus=@{}"), ("corpus", "no text", "UTF-8")),
    "a binary file of ASCII": ("a.txt", text(b"a b\x00c d"), ("--set", "corpus=@{}"), ("corpus", "no text", "UTF-8")),
    "UTF-8 cut short": ("a.txt", text("猫" .encode()[:-1]), ("--set", "corpus=@{}"), ("corpus", "Line 1", "UTF-8")),
    "five million letters": (
        "a.txt", text("ab cd " * 900_000), ("--set", "corpus=@{}"), ("corpus", "5400000", "5000000"),
    ),
    "too many words": (
        "a.txt", text(" ".join(f"w{i}" for i in range(20_001))), ("--set", "corpus=@{}"), ("corpus", "20001", "20000"),
    ),
    "an array for a text": ("a.npy", array(lambda: np.eye(3)), ("--set", "corpus=@{}"), ("corpus", "[3, 3]", "text")),
    "a picture for a text": ("a.png", text(b"\x89PNG\r\n\x1a\n"), ("--set", "corpus=@{}"), ("corpus", "a.png")),
    "NaN in W": ("w.npy", array(with_nan), ("--set", "W=@{}"), ("W", "finite")),
    "infinity in C": ("c.npy", array(lambda: np.full((6, 20), np.inf)), ("--set", "C=@{}"), ("C", "finite")),
    "W lying": ("w.npy", array(lambda: np.ones((6, 20))), ("--set", "W=@{}"), ("W", "[6, 20]", "[20, 6]")),
    "C as W": ("c.npy", array(lambda: np.ones((20, 6))), ("--at", "3:C=@{}"), ("C", "[20, 6]", "[6, 20]")),
    "W of one axis": ("w.npy", array(lambda: np.ones(120)), ("--set", "W=@{}"), ("W", "[120]", "[20, 6]")),
    "W of words": ("w.npy", array(lambda: np.array(["a", "b"])), ("--set", "W=@{}"), ("W", "fewer than 1", "numbers")),
    "W of truth values": ("w.npy", array(lambda: np.ones((20, 6), bool)), ("--set", "W=@{}"), ("W", "w.npy", "truth")),
    "half of W": ("w.npy", text(b"\x93NUMPY\x01\x00"), ("--set", "W=@{}"), ("W", "w.npy")),
}  # fmt: skip

VALUES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an empty text": (("--set", "corpus="), ("corpus", "kings-and-cats")),
    "a number for a text": (("--set", "corpus=5"), ("corpus", "5", "two different words")),
    "a ragged W": (("--set", "W=[[1, 2], [3]]"), ("W", "[[1, 2], [3]]", "lengths")),
    "a number for W": (("--set", "W=1"), ("W", "1", "list of numbers")),
    "words in W": (("--set", 'W=[["a"]]'), ("W", "number")),
    "W beyond 1e12": (("--at", f"2:W={json.dumps([[1e13] * 6] * 20)}"), ("W", "1e12")),
    "an unknown model": (("--set", "model=glove"), ("model", "glove", "cbow, skip-gram")),
    "an unknown output": (("--set", "output=tree"), ("output", "tree", "negative sampling")),
    "Newton": (("--set", "optimizer=newton"), ("optimizer", "newton", "adam")),
    "no window": (("--set", "window=0"), ("window", "0", "1 to 10")),
    "half a number of units": (("--set", "vector_size=2.5"), ("vector_size", "2.5", "1 to 100")),
    "too many negatives": (("--set", "negative=21"), ("negative", "21", "1 to 20")),
    "another text in mid-run": (("--at", "3:corpus=boats-and-bread"), ("corpus", "boats-and-bread", "restart")),
    "another rule in mid-run": (("--at", "3:optimizer=adam"), ("optimizer", "adam", "restart")),
    "an array that cannot be set": (("--set", "tokens=[1]"), ("tokens", "corpus", "W, C")),
    "a batch that would not fit": (
        ("--set", "batch=512", "--set", f"corpus={' '.join(f'w{i}' for i in range(5000))}"), ("batch", "512", "400"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used(case: str, refused: Callable[..., str], tmp_path: Path) -> None:
    name, write, arguments, words = FILES[case]
    write(tmp_path / name)
    target = tmp_path / "out.csv"
    given = [argument.format(tmp_path / name) for argument in arguments]
    line = refused(["trace", "word2vec", *given, "-o", str(target)])
    assert [word for word in words if word not in line] == []
    assert not target.exists()


@pytest.mark.parametrize("case", VALUES)
def test_a_value_that_cannot_be_used(case: str, refused: Callable[..., str], tmp_path: Path) -> None:
    arguments, words = VALUES[case]
    line = refused(["trace", "word2vec", *arguments, "-o", str(tmp_path / "a.npz")])
    assert [word for word in words if word not in line] == []
    assert not list(tmp_path.iterdir())


# Sessions.


def saved() -> dict[str, Any]:
    recipe = Recipe("word2vec", 1, 0, word2vec.Params(optimizer="adam")).edited(2, SetArray("W", np.ones((20, 6))))
    timeline = Timeline(word2vec, recipe)
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


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (changed(5, "recipe", "params", "corpus"), ("corpus", "5")),
        (changed(["a b"], "recipe", "params", "corpus"), ("corpus", "a b")),
        (changed("alone", "recipe", "params", "corpus"), ("corpus", "alone")),
        (changed(0.5, "recipe", "params", "window"), ("window", "0.5")),
        (changed([[1.0]], "recipe", "changes", 0, "value"), ("changes.0", "W", "[1, 1]")),
        (changed("V", "recipe", "changes", 0, "name"), ("changes.0", "V")),
        (changed(7, "recipe", "params", "vector_size"), ("changes.0", "W", "[20, 6]")),
        (changed(1, "snapshot", "t"), ("digest",)),
        (changed({"npy": "AAAA"}, "snapshot", "vectors"), ("vectors",)),
        (changed([[0.0]], "snapshot", "axes"), ("snapshot.axes",)),
        (changed(None, "snapshot", "memory"), ("snapshot",)),
    ],
)
def test_a_session_that_does_not_fit(document: dict[str, Any], words: tuple[str, ...]) -> None:
    begin = time.perf_counter()
    with pytest.raises(Refusal) as caught:
        load(json.dumps(document).encode())
    assert time.perf_counter() - begin < 2
    line = f"{caught.value.field}: {sentence(caught.value)}"
    assert [word for word in words if word not in line] == []


def test_a_rule_changed_by_hand_is_computed_anew() -> None:
    """What the file holds of the memory of the rule before does not go with it."""
    opened = load(json.dumps(changed("momentum", "recipe", "params", "optimizer")).encode())
    assert (opened.edited, opened.snapshot, opened.recipe.params.optimizer) == (True, None, "momentum")


def test_the_session_itself_is_good() -> None:
    assert load(json.dumps(SAVED).encode()).position == 1_001
