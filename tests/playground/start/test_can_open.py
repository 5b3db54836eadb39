"""Why no window can be opened, in one line that says what to do."""

from __future__ import annotations

import builtins
import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import PySide6
import pytest

from playground.start import can_open
from resources import FOLDER

ROOT = FOLDER.parent
PLUGINS = Path(PySide6.__file__).parent / "Qt" / "plugins"
FOLDERS = ("platforms", "xcbglintegrations", "wayland-shell-integration", "wayland-graphics-integration-client")


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


# The libraries of Qt's plugins.


def output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    return done.stdout


def needed() -> dict[str, str]:
    """Return the libraries outside of PySide6 that its plugins need, by name, and where they are; "" for nowhere."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for plugin in sorted((PLUGINS / folder).glob("*.so")):
            for name, place in re.findall(r"(?m)^\s*(\S+) => (/\S+|not found)", output("ldd", str(plugin))):
                if not place.startswith(str(PLUGINS.parent)):
                    found[name] = "" if place == "not found" else os.path.realpath(place)
    return found


def packages_of(libraries: dict[str, str]) -> Iterator[str]:
    """Yield the packages that bring libraries; one that is nowhere is looked for by Debian's rule for names."""
    for name, place in libraries.items():
        if not place:
            yield re.sub(r"\.so\.", "", name)
    ways = [way for place in libraries.values() if place for way in (place, place.removeprefix("/usr"))]
    for line in output("dpkg", "-S", *ways).splitlines():
        yield re.split(r"[:,]", line)[0]


def with_dependencies(packages: Iterable[str]) -> set[str]:
    """Return packages and all that comes with them, as far as they are installed."""
    needs = {}
    for line in output("dpkg-query", "-W", "-f", "${Package}\t${Depends}, ${Pre-Depends}\n").splitlines():
        name, depends = line.split("\t")
        needs[name] = re.findall(r"[a-z0-9][a-z0-9.+-]+(?=[ ,|:(]|$)", re.sub(r"\([^)]*\)", "", depends))
    every, left = set(), list(packages)
    while left:
        name = left.pop()
        if name not in every:
            every.add(name)
            left += needs.get(name, [])
    return every


@pytest.mark.skipif(not shutil.which("dpkg"), reason="tells of Debian's packages")
def test_each_library_comes_with_a_package_of_the_line() -> None:
    libraries = needed()
    assert len(libraries) > 30
    # On an Ubuntu of 64-bit times packages are called so, too.
    brought = {name.removesuffix("t64") for name in with_dependencies(can_open.APT.partition("-y ")[2].split())}
    assert {name.removesuffix("t64") for name in packages_of(libraries)} <= brought
