"""What somebody may give TransE: each malformed table or setting is refused in one line that names it, or explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.command_line.cli import main

NAMES = "head,relation,tail\n"
FILES: dict[str, str] = {
    "empty.csv": "",
    "header.csv": NAMES,
    "two.csv": "head,tail\na,b\nc,d\n",
    "twice.csv": f"{NAMES}a,r,b\na,r,b\n",
    "long.csv": NAMES + "".join(f"{i},r,x{i}\n" for i in range(2001)),
    "name.csv": f"{NAMES}{'a' * 101},r,b\n",
    "complete.csv": NAMES + "".join(f"{a},r,{b}\n" for a in "ab" for b in "ab"),
    "crowd.csv": NAMES + "".join(f"{i},r,x{i}\n" for i in range(900)),
    "one.csv": f"{NAMES}a,r,a\n",
    "short.json": '[["a", "r"]]',
    "number.json": '[["a", "r", 5]]',
    "object.json": '{"a": 1}',
    "blank.csv": f"{NAMES}a,,b\nc,r,d\n",
    "ragged.csv": f"{NAMES}a,r\nc,r,d\n",
}

TRIPLES, HELD_OUT = "triples", "held_out"
WRONG: dict[str, tuple[str, tuple[str, ...]]] = {
    "an empty file": ("triples=@empty.csv", (TRIPLES, "nothing")),
    "no rows": ("triples=@header.csv", (TRIPLES, "no rows")),
    "two columns": ("triples=@two.csv", (TRIPLES, "3")),
    "a triple twice": ("triples=@twice.csv", (TRIPLES, "Triple 2", "a · r · b")),
    "too many": ("triples=@long.csv", (TRIPLES, "2001", "2000")),
    "too many names for them": ("triples=@crowd.csv", (TRIPLES, "900", "1800")),
    "a long name": ("triples=@name.csv", (TRIPLES, "Triple 1", "101", "100")),
    "nothing false": ("triples=@complete.csv", (TRIPLES, "a · r · a")),
    "one name": ("triples=@one.csv", (TRIPLES, "only name")),
    "rows of two": ("triples=@short.json", (TRIPLES, "3 entries")),
    "a number for a name": ("triples=@number.json", (TRIPLES, "5", "text")),
    "no table": ("triples=@object.json", (TRIPLES, "no table")),
    "no such file": ("triples=@nowhere.csv", (TRIPLES, "nowhere.csv")),
    "an unknown set": ("triples=worlds", (TRIPLES, "worlds", "marriages")),
    "a blank name": ('triples=[["a","r"," "]]', (TRIPLES, "Triple 1", "empty")),
    "a relation nobody teaches": ('held_out=[["Rome","likes","Paris"]]', (HELD_OUT, "likes", "capital of")),
    "held out and trained": ('held_out=[["Paris","in","x"],["France","in","Europe"]]', (HELD_OUT, "Triple 2")),
    "no dimension": ("dim=0", ("dim", "1", "64")),
    "a third norm": ("norm=3", ("norm", "2")),
    "names for another set": ("entities=[[0,0],[1,1]]", ("entities", "[28, 2]")),
}
EXPLAINED: dict[str, tuple[str, ...]] = {"blank.csv": ("1 of 2", "line 2"), "ragged.csv": ("1", "line 2", "not 3")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", WRONG)
def test_what_is_malformed_is_refused(case: str, refused: Callable[..., str], folder: Path) -> None:
    given, words = WRONG[case]
    line = refused(["trace", "transe", "--set", given, "--steps", "1", "-o", "out.csv"], within=4)
    assert not (folder / "out.csv").exists()
    for word in words:
        assert word in line


@pytest.mark.parametrize("name", EXPLAINED)
def test_rows_that_are_none_are_left_out_and_said(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "transe", "--set", f"triples=@{name}", "--steps", "1", "-o", "out.npz"]) == 0
    line = capsys.readouterr().err
    for word in (name, *EXPLAINED[name]):
        assert word in line
    with np.load(folder / "out.npz") as held:
        rows: dict[str, Any] = dict(held)
    assert rows["entity_names"].tolist() == ["c", "d"]
