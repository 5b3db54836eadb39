"""Why no window can be opened, in one line that says what to do."""

from __future__ import annotations

import builtins
import ctypes
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from playground.start import can_open
from resources import FOLDER

ROOT = FOLDER.parent


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Linux without any word of a display."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_no_display_is_said_and_what_works_without_one(bare: Any) -> None:
    reason = can_open.obstacle()
    assert "no display" in reason
    assert "render" in reason
    assert "trace" in reason


def test_nothing_stands_in_the_way_where_no_display_is_needed(bare: Any) -> None:
    assert can_open.go_offscreen() == ""


@pytest.mark.parametrize("name", ["QT_QPA_PLATFORM", "WAYLAND_DISPLAY"])
def test_a_platform_or_wayland_is_enough(bare: pytest.MonkeyPatch, name: str) -> None:
    bare.setenv(name, "offscreen")
    assert can_open.obstacle() == ""


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_there_is_a_display(bare: pytest.MonkeyPatch, platform: str) -> None:
    bare.setattr(sys, "platform", platform)
    assert can_open.obstacle() == ""


def test_a_missing_library_is_named_with_the_command(bare: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        assert name.endswith("libqxcb.so")
        raise OSError("libxcb-cursor.so.0: cannot open shared object file")

    bare.setenv("DISPLAY", ":99")
    bare.setattr(ctypes, "CDLL", missing)
    reason = can_open.obstacle()
    assert "libxcb-cursor.so.0" in reason
    assert "sudo apt-get install -y" in reason
    assert "libxcb-cursor0" in reason


@pytest.mark.parametrize(("error", "said"), [(0, ""), (1, "does not answer")])
def test_a_display_that_does_not_answer(bare: pytest.MonkeyPatch, error: int, said: str) -> None:
    class Call:
        def __init__(self, result: int) -> None:
            self.result, self.restype = result, None

        def __call__(self, *_: object) -> int:
            return self.result

    xcb = SimpleNamespace(xcb_connect=Call(1), xcb_connection_has_error=Call(error), xcb_disconnect=Call(0))
    bare.setenv("DISPLAY", ":77")
    bare.setattr(ctypes, "CDLL", lambda name: xcb)
    assert said in can_open.obstacle()
    assert bool(can_open.obstacle()) is bool(error)


def test_qt_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name == "PySide6" and args[2] and "QtWidgets" in args[2]:
            raise ImportError("libEGL.so.1: cannot open shared object file")
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "libEGL.so.1" in can_open.obstacle()
    assert "libegl1" in can_open.obstacle()


@pytest.mark.parametrize(
    ("version", "python", "bad"),
    [("6.12.0", (3, 11), True), ("6.12.0", (3, 12), False), ("6.10.3", (3, 11), False), ("6.12.1", (3, 11), False)],
)
def test_the_pair_of_qt_and_python_that_crashes(
    monkeypatch: pytest.MonkeyPatch, version: str, python: tuple[int, int], bad: bool
) -> None:
    import PySide6

    monkeypatch.setattr(PySide6, "__version__", version)
    monkeypatch.setattr(sys, "version_info", python)
    assert ("crashes on this Python" in can_open.obstacle()) is bad


def test_pyside_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6", None)
    assert "not installed" in can_open.obstacle()


def run_main(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    env = {k: v for k, v in os.environ.items() if k not in names} | environment
    return subprocess.run(
        [sys.executable, "main.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}])
def test_main_says_it_in_one_line_and_exits_with_2(environment: dict[str, str]) -> None:
    done = run_main(**environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("ml-playground: ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_trace_works_without_a_display(tmp_path: Path) -> None:
    done = run_main("trace", "optimizers", "--steps", "3")
    assert done.returncode == 0
    assert done.stdout.startswith("# recipe: ")


def test_the_command_is_that_of_the_readme() -> None:
    assert can_open.APT in (ROOT / "README.md").read_text("utf-8")
