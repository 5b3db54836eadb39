"""Session files somebody may open: each is refused with one clear line that names the field, and in time."""

from __future__ import annotations

import base64
import io
import json
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import optimizers
from core.optimizers import Params
from core.optimizers.algorithm import MovePoint
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from core.run.values import npy_text
from playground.command_line.cli import main
from playground.files.readers import LARGEST_FILE
from playground.files.session import Session, dump, load, open_file, session_of
from playground.words.refusals import sentence


def good() -> bytes:
    recipe = Recipe("optimizers", 1, 0, Params(function="linear-regression", batch_size=50, noise=0.1))
    timeline = Timeline(optimizers, recipe.edited(3, MovePoint("sgd", 1.0, 2.0)))
    timeline.frame(1_002)
    return dump(session_of(timeline, 1_001))


GOOD = good()


def changed(*path: Any) -> bytes:
    """Return the good session with one value changed; the path ends with the value."""
    document = json.loads(GOOD)
    *places, last, value = path
    node = document
    for place in places:
        node = node[place]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return json.dumps(document).encode()


def text(old: str, new: str) -> bytes:
    assert old.encode() in GOOD
    return GOOD.replace(old.encode(), new.encode(), 1)


def header(shape: str) -> dict[str, str]:
    """Return an NPY array that promises a shape and brings nothing."""
    padded = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}".ljust(117) + "\n"
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded.encode()
    return {"npy": base64.b64encode(data).decode()}


DEEP = json.loads("[" * 900 + "]" * 900)
MOVE = "recipe", "changes", 0
X = "snapshot", "sgd", "x"

# name: (bytes, the field that is named)
MALFORMED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "file"),
    "blanks": (b" \n\t ", "file"),
    "binary": (bytes(range(256)) * 4, "file"),
    "zeros": (b"\0" * 1000, "file"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "file"),
    "cut short": (GOOD[: len(GOOD) // 2], "file"),
    "its last character missing": (GOOD[:-1], "file"),
    "cut inside a character": ('{"format": "猫'.encode()[:-1], "file"),
    "something behind it": (GOOD + b"{}", "file"),
    "a comment": (b"// mine\n" + GOOD, "file"),
    "a trailing comma": (GOOD[:-1] + b",}", "file"),
    "single quotes": (GOOD.replace(b'"', b"'"), "file"),
    "a list": (b"[" + GOOD + b"]", "file"),
    "a number": (b"5", "file"),
    "null": (b"null", "file"),
    "too large": (b" " * (LARGEST_FILE + 1), "file"),
    "nested 100,000 times": (b"[" * 100_000 + b"]" * 100_000, "file"),
    "tables nested 100,000 times": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "file"),
    "nested 900 times": (changed("recipe", "params", "start", DEEP), "recipe.params.start"),
    "a key twice": (text('"position"', '"recorded": 5, "position"'), "file"),
    "a key twice, deep inside": (text('"seed"', '"seed": 1, "seed"'), "file"),
    "NaN": (text('"noise": 0.1', '"noise": NaN'), "file"),
    "Infinity": (text('"noise": 0.1', '"noise": -Infinity'), "file"),
    "a number that overflows": (text('"noise": 0.1', '"noise": 1e999'), "file"),
    "a number of 5,000 digits": (text('"noise": 0.1', f'"noise": {"9" * 5000}'), "file"),
    "a number of 400 digits": (text('"noise": 0.1', f'"noise": {"9" * 400}'), "recipe.params.noise"),
    "another format": (changed("format", "other"), "format"),
    "no format": (changed("format", ...), "format"),
    "a later format": (changed("format_version", 3), "format_version"),
    "a huge format": (changed("format_version", 10**300), "format_version"),
    "format 0": (changed("format_version", 0), "format_version"),
    "format in words": (changed("format_version", "1"), "format_version"),
    "format true": (changed("format_version", True), "format_version"),
    "an unknown key": (changed("extra", 1), "extra"),
    "no recipe": (changed("recipe", ...), "recipe"),
    "a recipe that is a list": (changed("recipe", []), "recipe"),
    "a recipe of null": (changed("recipe", None), "recipe"),
    "no position": (changed("position", ...), "position"),
    "a negative position": (changed("position", -1), "position"),
    "a position beyond the window": (changed("position", 200_001), "position"),
    "a huge position": (changed("position", 10**30), "position"),
    "half a position": (changed("position", 1.5), "position"),
    "a position in words": (changed("position", "1001"), "position"),
    "a position after the record": (changed("recorded", 1_000), "position"),
    "a record of null": (changed("recorded", None), "recorded"),
    "a digest that is a number": (changed("digest", 5), "digest"),
    "a digest that is no text": (changed("digest", "\ud800"), "file"),
    "another digest": (changed("digest", "0" * 64), "digest"),
    "an unknown topic": (changed("recipe", "topic", "alchemy"), "recipe.topic"),
    "a topic that is a list": (changed("recipe", "topic", ["optimizers"]), "recipe.topic"),
    "a later version": (changed("recipe", "version", 99), "recipe.version"),
    "no version": (changed("recipe", "version", ...), "recipe.version"),
    "a negative seed": (changed("recipe", "seed", -1), "recipe.seed"),
    "a seed of 2³¹": (changed("recipe", "seed", 2**31), "recipe.seed"),
    "a seed with a point": (changed("recipe", "seed", 1.0), "recipe.seed"),
    "an unknown key in the recipe": (changed("recipe", "extra", 1), "recipe.extra"),
    "parameters in a list": (changed("recipe", "params", []), "recipe.params"),
    "an unknown parameter": (changed("recipe", "params", "rate", 1), "recipe.params.rate"),
    "a parameter out of range": (changed("recipe", "params", "noise", -1), "recipe.params.noise"),
    "a parameter in words": (changed("recipe", "params", "noise", "0.1"), "recipe.params.noise"),
    "a parameter of null": (changed("recipe", "params", "batch_size", None), "recipe.params.batch_size"),
    "a lone surrogate": (changed("recipe", "params", "function", "\ud800"), "recipe.params.function"),
    "a formula with code": (changed("recipe", "params", "function", "open('x')"), "recipe.params.function"),
    "data of another shape": (changed("recipe", "params", "data", [[1, 2, 3]]), "recipe.params.data"),
    "ragged data": (changed("recipe", "params", "data", [[1, 2], [3]]), "recipe.params.data"),
    "data beyond 1e12": (changed("recipe", "params", "data", [[1, 2], [3, 1e13]]), "recipe.params.data"),
    "data by the back door": (changed("recipe", "params", "data", npy_text(np.eye(2) * 1e13)), "recipe.params.data"),
    "changes in a table": (changed("recipe", "changes", {}), "recipe.changes"),
    "a change that is a number": (changed(*MOVE, 5), "recipe.changes.0.change"),
    "a change without a step": (changed(*MOVE, "step", ...), "recipe.changes.0.change"),
    "a change with more": (changed(*MOVE, "more", 1), "recipe.changes.0.change"),
    "a change before the start": (changed(*MOVE, "step", -1), "recipe.changes.0.step"),
    "a change of an unknown name": (changed(*MOVE, "name", "jump"), "recipe.changes.0.jump"),
    "a change of a restart parameter": (changed(*MOVE, "name", "start"), "recipe.changes.0.start"),
    "a gesture with a part missing": (changed(*MOVE, "value", "x", ...), "recipe.changes.0.move point.x"),
    "a gesture with more": (changed(*MOVE, "value", "z", 1), "recipe.changes.0.move point.z"),
    "a gesture of another kind": (changed(*MOVE, "value", "kind", "set"), "recipe.changes.0.move point.kind"),
    "a gesture that is a list": (changed(*MOVE, "value", [1, 2]), "recipe.changes.0.move point"),
    "a gesture out of range": (changed(*MOVE, "value", "x", 1e13), "recipe.changes.0.move point.x"),
    "an array for a number": (changed(*MOVE, "value", "x", [1.0]), "recipe.changes.0.move point.x"),
    "60,000 changes": (changed("recipe", "changes", json.loads(GOOD)["recipe"]["changes"] * 60_000), "recipe.changes"),
    "a snapshot that is a list": (changed("snapshot", []), "snapshot"),
    "a snapshot with a part missing": (changed("snapshot", "t", ...), "snapshot.t"),
    "a snapshot with more": (changed("snapshot", "extra", 1), "snapshot.extra"),
    "a snapshot of another shape": (changed(*X, npy_text(np.zeros(3))), "snapshot.sgd.x"),
    "a snapshot of another rank": (changed(*X, npy_text(np.zeros((2, 1)))), "snapshot.sgd.x"),
    "a snapshot with nan": (changed(*X, npy_text(np.array([np.nan, 0]))), "snapshot.sgd.x"),
    "a snapshot in bad base64": (changed(*X, {"npy": "%%%"}), "snapshot.sgd.x"),
    "a snapshot that is no NPY": (changed(*X, {"npy": "AAAA"}), "snapshot.sgd.x"),
    "a snapshot that promises a terabyte": (changed(*X, header("(1000000000000,)")), "snapshot.sgd.x"),
    "another method's memory": (
        changed("snapshot", "sgd", "memory", json.loads(GOOD)["snapshot"]["adam"]["memory"]), "snapshot.sgd.memory",
    ),
    "a changed number in the snapshot": (changed("snapshot", "t", 7), "digest"),
}  # fmt: skip


def refusal(function: Callable[[], Any]) -> Refusal:
    begin = time.perf_counter()
    with pytest.raises(Refusal) as refused:
        function()
    assert time.perf_counter() - begin < 4  # 2 s on a machine that does nothing else
    for language in ("en", "zh"):
        line = sentence(refused.value, language=language)
        assert line.strip()
        assert "\n" not in line
        assert len(line) < 600
    return refused.value


def test_the_good_session_is_good() -> None:
    assert load(GOOD).snapshot is not None


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_session(name: str) -> None:
    data, field = MALFORMED[name]
    assert refusal(lambda: load(data)).field == field


@pytest.mark.parametrize("name", ["binary", "cut short", "an unknown key", "NaN", "too large"])
def test_the_program_says_so_in_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.mlplay"
    path.write_bytes(MALFORMED[name][0])
    assert main(["--open", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    assert captured.err.startswith("ml-playground: ")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_session_with_damaged_bytes_is_opened_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    piece = data.draw(st.binary(max_size=4))
    cut = data.draw(st.integers(0, 6))
    opened_or_refused(GOOD[:at] + piece + GOOD[at + cut :])


def opened_or_refused(data: bytes) -> Session | None:
    """Return the session, or None where it is refused in words; anything else that is raised fails the test."""
    try:
        return load(data)
    except Refusal as refused:
        named = refused.field, sentence(refused)
    assert all(named)
    return None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just({"npy": ""}),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [(*path, key) for key, _ in items] + [p for key, below in items for p in places(below, (*path, key))]


PLACES = places(json.loads(GOOD))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_a_session_with_another_value_anywhere_is_opened_or_refused(path: tuple[Any, ...], value: Any) -> None:
    session = opened_or_refused(changed(*path, value))
    if session:
        session.timeline().frame(2)


# ---- files that only look like exports


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = [b"\x89PNG\r\n\x1a\n"]
    for name, data in ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), *chunks):
        parts.append(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))
    return b"".join(parts) + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


def npz(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(f"{name}.npy", data)
    return file.getvalue()


EXPORTS: dict[str, bytes] = {
    "a picture without a recipe": png(),
    "a picture whose recipe is no JSON": png((b"tEXt", b"recipe\0{")),
    "a picture whose recipe is a list": png((b"tEXt", b"recipe\0[]")),
    "a picture with a wrong recipe": png((b"tEXt", b'recipe\0{"topic": "alchemy"}')),
    "a picture whose text unpacks to a gigabyte": png((b"zTXt", b"recipe\0\0" + zlib.compress(b" " * 2**27))),
    "a cut picture": png((b"tEXt", b"recipe\0{}"))[:40],
    "a picture's first bytes": b"\x89PNG\r\n\x1a\n",
    "an archive without a recipe": npz(step=b""),
    "an archive whose recipe is no array": npz(recipe=b"{}"),
    "an archive that unpacks to a gigabyte": npz(recipe=b"\0" * (4 * LARGEST_FILE + 1)),
    "an archive's first bytes": b"PK\x03\x04",
    "a table without JSON": b"# recipe:\nstep,x\n",
    "a table with half a recipe": b'# recipe: {"topic": "optimizers"}\n',
    "a table of one endless line": b"# recipe: " + b"[" * 10**6,
    "a table that is not UTF-8": b"# recipe: \xff\n",
    "a table of numbers": b"step,x\n1,2\n",
    "half an exported JSON": b'{"topic": "optimizers", "version": 1, "seed": 0, "params": {}, "changes": 5}',
}


@pytest.mark.parametrize("name", EXPORTS)
def test_what_only_looks_like_an_export(name: str, tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(EXPORTS[name])
    refusal(lambda: open_file(path))


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing", tmp_path / ("x" * 300)):
        assert refusal(partial(open_file, path)).key == "file_unreadable"
