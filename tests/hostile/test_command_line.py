"""Wrong names and values on the command line: exit 2, one line on stderr that names what was given, nothing written."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Refused = Callable[..., str]

# arguments after `trace optimizers`, and words that the line must hold
WRONG: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an unknown parameter": (("--set", "sgd.rate=1"), ("sgd.rate", "sgd.learning_rate")),
    "no equals sign": (("--set", "noise"), ("noise", "NAME=VALUE")),
    "no name": (("--set", "=5"), ("=5", "NAME=VALUE")),
    "an empty value": (("--set", "noise="), ("noise", "0 to 1000")),
    "too large": (("--set", "sgd.learning_rate=10.1"), ("sgd.learning_rate", "10.1", "1e-12 to 10")),
    "too small": (("--set", "sgd.learning_rate=0"), ("sgd.learning_rate", "0", "1e-12 to 10")),
    "beyond 1e12": (("--set", "start=[1e13, 0]"), ("start", "1e", "two numbers")),
    "NaN": (("--set", "noise=NaN"), ("noise", "NaN", "0 to 1000")),
    "infinity": (("--set", "noise=Infinity"), ("noise", "Infinity", "0 to 1000")),
    "a number that overflows": (("--set", "noise=1e999"), ("noise", "1e999", "0 to 1000")),
    "a very long number": (("--set", f"batch_size={'9' * 5000}"), ("batch_size", "99", "0 to 1000000")),
    "a text for a number": (("--set", "noise=much"), ("noise", "much", "0 to 1000")),
    "true for a number": (("--set", "noise=true"), ("noise", "true", "0 to 1000")),
    "a fraction for a whole number": (("--set", "batch_size=1.5"), ("batch_size", "1.5", "whole number")),
    "1 for true": (("--set", "standardise=1"), ("standardise", "1", "true or false")),
    "one number for two": (("--set", "start=[1]"), ("start", "[1]", "two numbers")),
    "three for two": (("--set", "start=[1, 2, 3]"), ("start", "[1, 2, 3]", "two numbers")),
    "an unknown choice": (("--set", 'methods=["sgd", "foo"]'), ("methods", "foo", "nesterov")),
    "a choice that is no list": (("--set", "methods=sgd"), ("methods", "sgd", "nesterov")),
    "a list nested 100,000 times": (("--set", f"start={'[' * 50_000}"), ("start", "[[[", "two numbers")),
    "a formula that is none": (("--set", "function=x +"), ("function", "character")),
    "a formula with code": (("--set", "function=__import__('os').getcwd()"), ("function", "character")),
    "a formula of a thousand letters": (("--set", f"function={'x+' * 1000}1"), ("function", "2001", "500")),
    "a start outside": (("--set", "function=log(x)", "--set", "start=[-1, 0]"), ("start", "-1")),
    "line breaks": (("--set", "no\nsuch\nname=1"), ("no such name",)),
    "a terminal sequence": (("--set", "\x1b[31mname=1"), ("\\x1b[31mname",)),
    "an unknown data set": (("--set", "function=linear-regression", "--set", "data=irsi"), ("data", "irsi", "iris")),
    "a file that is not there": (("--set", "data=@/nothing/there.csv"), ("data", "there.csv")),
    "a folder": (("--set", "data=@/"), ("data", "/")),
    "no file name": (("--set", "data=@"), ("data",)),
    "ragged data": (("--set", "data=[[1, 2], [3]]"), ("data", "[[1, 2], [3]]", "lengths")),
    "a change without a step": (("--at", "noise=1"), ("noise=1", "STEP:NAME=VALUE")),
    "a change before the start": (("--at=-1:noise=1",), ("-1:noise=1", "STEP:NAME=VALUE")),
    "a change at half a step": (("--at", "1.5:noise=1"), ("1.5:noise=1", "STEP:NAME=VALUE")),
    "a change in Arabic numerals": (("--at", "\u0663:noise=1"), ("STEP:NAME=VALUE",)),
    "a change after the end": (("--at", "101:noise=1"), ("101", "100")),
    "a restart parameter later": (("--at", "5:start=[1, 2]"), ("start", "[1, 2]", "restart")),
    "a view parameter later": (("--at", '5:methods=["sgd"]'), ("methods", "view")),
    "a wrong value later": (("--at", "5:noise=-1"), ("noise", "-1", "0 to 1000")),
    "a wrong gesture": (("--at", '5:move point={"method": "foo", "x": 1, "y": 2}'), ("method", "foo", "sgd")),
    "half a gesture": (("--at", '5:move point={"method": "sgd", "x": 1}'), ("move point.y",)),
    "an unknown gesture": (("--at", "5:jump=1"), ("jump",)),
    "a negative seed": (("--seed", "-1"), ("--seed", "-1", "2147483647")),
    "a seed too large": (("--seed", "2147483648"), ("--seed", "2147483648", "2147483647")),
    "steps beyond": (("--steps", "10000001"), ("--steps", "10000001", "10000000")),
    "steps in words": (("--steps", "many"), ("--steps", "many", "10000000")),
    "every 0": (("--every", "0"), ("--every", "0", "1 to")),
    "an unknown option": (("--sets", "noise=1"), ("--sets",)),
    "a shortened option": (("--step", "5"), ("--step",)),
    "an option without a value": (("--seed",), ("--seed",)),
    "an unknown option with line breaks": (("--so\nmany",), ("--so many",)),
    "one topic too many": (("kmeans",), ("kmeans",)),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_name_or_value(case: str, refused: Refused, tmp_path: Path) -> None:
    arguments, words = WRONG[case]
    line = refused(["trace", "optimizers", *arguments, "-o", str(tmp_path / "a.csv")])
    for word in words:
        assert word in line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["trace"], "TOPIC"),
        (["trace", "nothing"], "nothing"),
        (["trace", "Optimizers"], "Optimizers"),
        (["nothing"], "nothing"),
        (["topics", "--xml"], "--xml"),
        (["scenes", "--chek"], "--chek"),
        (["render", "optimizers", "--step", "3"], "-o"),
        (["--theme", "pink"], "pink"),
        (["--lang", "de"], "de"),
        (["--topic", "nothing"], "nothing"),
        (["--seed", "1.5"], "1.5"),
        (["--scene", "nothing"], "nothing"),
        (["--open", "/nothing/there.mlplay"], "there.mlplay"),
        (["--open", "/"], "/"),
        (["--open", "a\nb"], "a b"),
    ],
)
def test_other_commands(arguments: list[str], word: str, refused: Refused) -> None:
    assert word in refused(arguments)


@pytest.mark.parametrize(
    "name", ["a.txt", "a", "", "a.csv.gz", "nothing/a.csv", "/nothing/there/a.json", "x" * 300 + ".npz"]
)
def test_an_output_that_cannot_be_written(name: str, refused: Refused, tmp_path: Path) -> None:
    target = str(tmp_path / name) if name else name
    line = refused(["trace", "optimizers", "--steps", "5", "-o", target])
    assert "-o" in line
    assert not list(tmp_path.iterdir())


def test_a_folder_is_not_replaced(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    refused(["trace", "optimizers", "--steps", "5", "-o", str(tmp_path / "a.csv")])
    assert (tmp_path / "a.csv").is_dir()


@pytest.mark.parametrize("ending", ["json", "npz"])
def test_a_table_of_more_than_1_gib(ending: str, refused: Refused, tmp_path: Path) -> None:
    line = refused(["trace", "optimizers", "--steps", "10000000", "-o", str(tmp_path / f"a.{ending}")])
    assert "--every" in line
    assert "GiB" in line
    assert not list(tmp_path.iterdir())


def test_an_old_file_stays_where_the_new_one_is_refused(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    refused(["trace", "optimizers", "--set", "noise=-1", "-o", str(path)])
    assert path.read_text() == "old"


@pytest.mark.parametrize("case", ["an unknown parameter", "steps beyond"])
def test_the_program_itself_ends_with_2_in_time(case: str, tmp_path: Path) -> None:
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "main.py", "trace", "optimizers", *WRONG[case][0], "-o", str(tmp_path / "a.csv")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert time.perf_counter() - begin < 4  # 2 s on a machine that does nothing else
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="only there are arguments bytes")
def test_bytes_that_are_no_text() -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"main.py", b"trace", b"optimizers", b"--set", b"function=\xff\xfe"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
