"""Pictures, kernels and settings that cannot be used: one clear line, exit 2, within 2 s, nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from playground.command_line.cli import main

Files = Callable[[Path], None]


def _picture(width: int, height: int) -> Files:
    return lambda folder: Image.new("L", (width, height), 99).save(folder / "p.png")


def _bytes(name: str, data: bytes) -> Files:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return make


def _array(name: str, array: NDArray[np.float64]) -> Files:
    return lambda folder: np.save(folder / name, array)


def nothing(_folder: Path) -> None:
    pass


LONG = "[" + ",".join(["[" + ",".join(["1"] * 600) + "]"] * 600) + "]"

# files made first, arguments after `trace convolution` ({} is their folder), and words that the line must hold
WRONG: dict[str, tuple[Files, tuple[str, ...], tuple[str, ...]]] = {
    "NaN in a picture": (nothing, ("--set", "image=[[1, NaN], [0, 1]]"), ("image",)),
    "infinity in a picture": (nothing, ("--set", "image=[[1, 1e999]]"), ("image",)),
    "a picture beyond 1e12": (nothing, ("--set", "image=[[1e13, 1], [1, 1]]"), ("image", "1e12")),
    "a ragged picture": (nothing, ("--set", "image=[[1, 2, 3], [4, 5]]"), ("image", "lengths")),
    "an empty picture": (nothing, ("--set", "image=[]"), ("image",)),
    "a picture of empty rows": (nothing, ("--set", "image=[[], []]"), ("image", "[2, 0]")),
    "a flat list": (nothing, ("--set", "image=[1, 2, 3]"), ("image", "[3]", "rows, columns")),
    "four axes": (nothing, ("--set", "image=[[[[1]]]]"), ("image", "[1, 1, 1, 1]")),
    "words in a picture": (nothing, ("--set", 'image=[["a", "b"]]'), ("image", "number")),
    "a picture nobody knows": (nothing, ("--set", "image=cat"), ("image", "cat", "digit")),
    "a huge picture": (nothing, ("--set", f"image={LONG}"), ("image", "600 × 600", "512")),
    "a picture of 513 px": (_picture(513, 20), ("--set", "image=@{}/p.png"), ("image", "513 × 20", "512")),
    "a picture that is cut": (
        _bytes("p.png", b"\x89PNG\r\n\x1a\n\x00\x00"), ("--set", "image=@{}/p.png"), ("image", "p.png")),
    "random bytes": (_bytes("p.jpg", bytes(range(256)) * 9), ("--set", "image=@{}/p.jpg"), ("image", "p.jpg")),
    "an empty file": (_bytes("p.png", b""), ("--set", "image=@{}/p.png"), ("image", "p.png")),
    "an array of NaN": (_array("w.npy", np.full((4, 4), np.nan)), ("--set", "image=@{}/w.npy"), ("image", "finite")),
    "an array of objects": (
        _bytes("w.npy", b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (9,), }" + b" " * 60),
        ("--set", "kernel=@{}/w.npy"), ("kernel", "w.npy")),
    "seventeen channels": (_array("w.npy", np.ones((17, 8, 8))), ("--set", "image=@{}/w.npy"), ("image", "17", "16")),
    "a kernel deeper than the picture": (
        nothing, ("--set", "kernel=[[[1, 0], [0, 1]], [[1, 0], [0, 1]], [[1, 0], [0, 1]]]"),
        ("kernel", "3", "Give it one layer for each channel (here 1), or")),
    "a kernel of three axes too few": (nothing, ("--set", "kernel=[1, 2, 3]"), ("kernel", "[3]")),
    "a kernel wider than the padded input": (
        nothing, ("--set", "input_size=2", "--set", "padding=1", "--set", "kernel_size=5"),
        ("Kernel 5 is wider than the padded input 4. Use 4 or less, or raise padding.",)),
    "a dilation that reaches too far": (nothing, ("--set", "dilation=4"), ("dilation", "9 columns", "8", "3")),
    "a block wider than the input": (
        nothing, ("--set", "operation=max pooling", "--set", "size=9"), ("size", "9", "8")),
    "a block that sees only padding": (
        nothing, ("--set", "operation=max pooling", "--set", "padding=2"), ("padding", "2", "1")),
    "a kernel where blocks are pooled": (
        nothing, ("--set", "operation=max pooling", "--set", "kernel=blur"),
        ("kernel", "max pooling", "one of: convolution, learn")),
    "a bias later on where blocks are pooled": (
        nothing, ("--set", "operation=average pooling", "--at", "2:bias=1"),
        ("bias", "average pooling", "one of: convolution")),
    "a block where a kernel slides": (nothing, ("--set", "size=3"), ("size", "convolution", "max pooling")),
    "a bias while a kernel is learned": (
        nothing, ("--set", "operation=learn", "--set", "bias=1"), ("bias", "learn", "convolution")),
    "an unknown operation": (nothing, ("--set", "operation=min pooling"), ("operation", "average pooling")),
    "stride 0": (nothing, ("--set", "stride=0"), ("stride", "0", "1 to 32", "two in brackets")),
    "three paddings": (nothing, ("--set", "padding=[1, 2, 3]"), ("padding", "[1, 2, 3]")),
    "half a padding": (nothing, ("--set", "padding=1.5"), ("padding", "1.5", "whole number")),
    "too many biases": (
        nothing, ("--set", "bias=[1, 2]"), ("bias", "[2]", "a list with one number for each map (here 1).")),
    "another target": (
        nothing, ("--set", "operation=learn", "--set", "target=[[1, 2], [3, 4]]"), ("target", "[2, 2]", "[3, 3]")),
    "too much work": (
        _array("w.npy", np.ones((400, 400))),
        ("--set", "image=@{}/w.npy", "--set", "kernel=@{}/w.npy", "--set", "padding=32"), ("image", "multiplications")),
    "another shape in mid-run": (nothing, ("--at", "3:image=[[1, 2], [3, 4]]"), ("image", "[2, 2]", "[8, 8]")),
    "a named picture in mid-run": (nothing, ("--at", "3:image=circle"), ("image", "circle")),
    "another kernel in mid-run": (nothing, ("--at", "3:kernel=[[1, 2], [3, 4]]"), ("kernel", "[2, 2]", "[3, 3]")),
    "a kernel with NaN in mid-run": (nothing, ("--at", "3:kernel=[[NaN, 0, 0], [0, 0, 0], [0, 0, 0]]"), ("kernel",)),
    "padding in mid-run": (nothing, ("--at", "3:padding=2"), ("padding", "restart")),
    "a bias for two maps in mid-run": (nothing, ("--at", "3:bias=[1, 2]"), ("bias", "1")),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_it_is_refused(case: str, refused: Callable[..., str], tmp_path: Path) -> None:
    make, arguments, words = WRONG[case]
    make(tmp_path)
    before = sorted(tmp_path.iterdir())
    given = (text.replace("{}", str(tmp_path)) for text in arguments)
    line = refused(["trace", "convolution", *given, "-o", str(tmp_path / "out.json")])
    for word in words:
        assert word in line
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["image", "kernel"])
def test_a_session_with_a_bad_array_is_refused(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from core import convolution
    from core.run.recipe import Recipe
    from core.run.timeline import Timeline
    from playground.files.session import dump, session_of

    run = Timeline(convolution, Recipe("convolution", convolution.VERSION, 0, convolution.Params()))
    written = json.loads(dump(session_of(run, 0)))
    path = tmp_path / "a.mlplay"
    for bad in ([[1, 2], [3]], [[[[[1]]]]], "nothing", {"npy": "AAAA"}, 5, None):
        written.get("recipe", written)["params"][name] = bad
        path.write_text(json.dumps(written))
        capsys.readouterr()
        assert main(["--open", str(path)]) == 2
        line = capsys.readouterr().err
        assert line.count("\n") == 1
        assert name in line
