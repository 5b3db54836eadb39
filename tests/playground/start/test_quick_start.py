from __future__ import annotations

import builtins
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from playground.start import quick_start
from playground.start.quick_start import compile_once

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which bytecode is kept."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def ran(source: bytes) -> object:
    names: dict[str, object] = {}
    exec(compile_once(source, "some.py", "exec"), names)
    return names["x"]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_source_is_compiled_once(kept: Path) -> None:
    assert ran(b"x = 1") == 1
    (file,) = files(kept)
    written = file.stat().st_mtime_ns
    assert ran(b"x = 1") == 1
    assert [file.stat().st_mtime_ns] == [written]
    assert files(kept) == [file]


def test_another_source_is_compiled_anew(kept: Path) -> None:
    assert [ran(b"x = 1"), ran(b"x = 2")] == [1, 2]
    assert len(files(kept)) == 2


@pytest.mark.parametrize("damage", [b"", b"\x00", b"i\x01\x00\x00\x00", b"\xff" * 40])
def test_damaged_bytecode_is_compiled_anew(kept: Path, damage: bytes) -> None:
    ran(b"x = 1")
    (file,) = files(kept)
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert ran(b"x = 1") == 1
    assert file.read_bytes() == whole


def test_nothing_is_written_where_python_writes_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert ran(b"x = 1") == 1
    assert not files(kept)


def test_a_folder_that_cannot_be_written_is_no_obstacle(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept / "file").write_text("")
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "file"))
    assert ran(b"x = 1") == 1


def test_other_calls_are_left_alone(kept: Path) -> None:
    assert eval(compile_once("1 + 1", "some.py", "eval")) == 2
    exec(compile_once(b"x = 1", "some.py", "exec", dont_inherit=True), {})
    assert not files(kept)


def test_what_only_its_makers_need_is_left_out(kept: Path) -> None:
    names: dict[str, object] = {}
    exec(compile_once(b"x = 1", "shibokensupport/signature/lib/pyi_generator.py", "exec"), names)
    assert "x" not in names
    assert not files(kept)


def test_wrong_arguments_are_still_told_with_their_signatures() -> None:
    code = (
        "from playground.start import quick_start; quick_start.begin(); from PySide6.QtCore import QSize;"
        "import re\ntry: QSize('a', 'b')\nexcept TypeError as error: print(str(error))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "(w: int, h: int" in told


def test_a_long_pattern_is_compiled_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def compile_noted(text: str, flags: int) -> re.Pattern[str]:
        compiled.append(text)
        return re.compile(text, flags)

    monkeypatch.setattr(quick_start, "_compile_pattern", compile_noted)
    long = "(a)" + "|b" * 1000
    find = quick_start.pattern(long).finditer
    assert compiled == []
    assert [found.group(1) for found in find("cab")] == ["a", None]
    assert compiled == [long]
    assert quick_start.pattern("a+").fullmatch("aa")
    assert compiled == [long, "a+"]


WITH_A_CLASS = """
from playground.start import quick_start
texts, compile = [], quick_start._compile
quick_start._compile = lambda text, *rest, **named: texts.append(text) or compile(text, *rest, **named)
quick_start.begin()
from dataclasses import dataclass
@dataclass(frozen=True)
class Point:
    x: int = 1
    y: float = 2.0
own = [text for text in texts if isinstance(text, str) and "self" in text]
print(repr(Point(3)), Point(3) == Point(3, 2.0), hash(Point()) == hash(Point(1)), len(own))
quick_start.settle()
"""


def test_the_methods_of_a_dataclass_are_compiled_once(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", WITH_A_CLASS]
    first, second = (
        subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    )
    assert first[:-1] == second[:-1] == ["Point(x=3,", "y=2.0)", "True", "True"]
    assert int(first[-1]) >= 6
    assert second[-1] == "0"


def test_begin_leaves_the_builtins_as_they_were() -> None:
    code = (
        "import builtins, gc, re; own = builtins.compile, builtins.__import__, re.compile;"
        "from playground.start import quick_start; quick_start.begin(); import PySide6.QtCore;"
        "print(own == (builtins.compile, builtins.__import__, re.compile));"
        "off = gc.isenabled(); quick_start.settle(); print(off, gc.isenabled());"
        "import dataclasses; print('exec' in vars(dataclasses))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["True", "False", "True", "False"]
    assert builtins.compile is not compile_once
