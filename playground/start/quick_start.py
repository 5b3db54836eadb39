"""What shortens the way to the first picture: leaving out work for nothing.

- While modules are loaded there is no garbage to look for.
- PySide6 compiles a part of itself from source at every start, a quarter of what its import takes; here that bytecode
  is kept beside our own, and what only its makers need is left out. The long regular expression with which it reads
  signatures, which only its messages about wrong arguments need, is compiled with the first of these.
- A dataclass writes its methods as text and compiles them, at every start; that bytecode is kept, too.
- PySide6 reads the source of every module imported after it, to see whether the module uses PySide6; that matters only
  to programs with its `__feature__` imports or `from PySide6 import *`.
"""

from __future__ import annotations

import builtins
import dataclasses
import gc
import marshal
import os
import re
import sys
from contextlib import suppress
from importlib.util import cache_from_source, source_hash
from types import CodeType
from typing import Any

_compile, _execute, _compile_pattern = builtins.compile, builtins.exec, re.compile
_LEFT_OUT = "/pyi_generator.py"  # what PySide6's makers write stub files with; it would load much else
_LONG = 1000  # characters of a regular expression that takes more than a moment to be compiled


class _Methods:
    """Those of dataclasses: bytecode by the text it was compiled from, in one file."""

    def begin(self) -> None:
        """Compile no text that is kept, until `end`."""
        kept = _kept(_place("methods"))
        self._codes: dict[bytes, Any] = kept if isinstance(kept, dict) else {}
        self._in_file = len(self._codes)
        vars(dataclasses)["exec"] = self.execute

    def end(self) -> None:
        """Keep what was new."""
        if vars(dataclasses).pop("exec", None) and len(self._codes) > self._in_file:
            _keep(self._codes, _place("methods"))
        self._codes = {}

    def execute(self, text: str, names: dict[str, Any], local: dict[str, Any]) -> None:
        """Do what `exec` does."""
        key = source_hash(text.encode())
        code = self._codes.get(key)
        if not isinstance(code, CodeType):
            code = self._codes[key] = _compile(text, "<string>", "exec")
        _execute(code, names, local)


_methods = _Methods()


def begin() -> None:
    """Load PySide6, if it is there, and look for no garbage until `settle`."""
    gc.disable()
    _methods.begin()
    plain_import = builtins.__import__
    builtins.compile = compile_once  # type: ignore[assignment]
    re.compile = pattern  # type: ignore[assignment]
    try:
        with suppress(ImportError):
            import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile, builtins.__import__, re.compile = _compile, plain_import, _compile_pattern


def settle() -> None:
    """Look for garbage again, but never at what the program is made of: shorter pauses while playing.

    To look among that once before would take 30 ms, and find some hundred things in a hundred thousand.
    """
    gc.freeze()
    gc.enable()
    _methods.end()


def compile_once(source: Any, filename: str, mode: str, *rest: Any, **named: Any) -> Any:
    """Return what `compile` does; the bytecode of a whole module is kept where Python keeps ours, by its source."""
    if rest or named or mode != "exec" or not isinstance(source, bytes):
        return _compile(source, filename, mode, *rest, **named)
    if filename.endswith(_LEFT_OUT):
        return _compile("", filename, mode)
    place = _place(f"qt_{source_hash(source).hex()}")
    kept = _kept(place)
    if isinstance(kept, CodeType):
        return kept
    code = _compile(source, filename, mode)
    _keep(code, place)
    return code


class _Later:
    """A regular expression that is compiled when one of its methods is called."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        return lambda *rest: getattr(_compile_pattern(self._text, self._flags), name)(*rest)


def pattern(text: Any, flags: Any = 0) -> Any:
    """Return what `re.compile` does; a long one is compiled when it is used."""
    return _Later(text, flags) if len(text) > _LONG else _compile_pattern(text, flags)


def _place(name: str) -> str:
    """Return where Python would keep the bytecode of a module of that name beside this one."""
    return cache_from_source(os.path.join(os.path.dirname(__file__), f"{name}.py"))


def _kept(place: str) -> Any:
    """Return what is kept there; None where nothing is, or what cannot be read."""
    with suppress(OSError, EOFError, ValueError, TypeError), open(place, "rb") as file:
        return marshal.loads(file.read())
    return None


def _keep(bytecode: Any, place: str) -> None:
    """Write it whole or not at all; where that is not allowed, each start compiles anew."""
    if sys.dont_write_bytecode:
        return
    beside = f"{place}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(beside, "wb") as file:
            file.write(marshal.dumps(bytecode))
        os.replace(beside, place)
