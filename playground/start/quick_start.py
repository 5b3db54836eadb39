"""What shortens the way to the first picture: leaving out work for nothing.

- While modules are loaded there is no garbage to look for.
- PySide6 compiles a part of itself from source at every start, a quarter of what its import takes; here that bytecode
  is kept beside our own, and what only its makers need is left out.
- PySide6 reads the source of every module imported after it, to see whether the module uses PySide6; that matters only
  to programs with its `__feature__` imports or `from PySide6 import *`.
"""

from __future__ import annotations

import builtins
import gc
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source, source_hash
from types import CodeType
from typing import Any

_compile = builtins.compile
_LEFT_OUT = "/pyi_generator.py"  # what PySide6's makers write stub files with; it would load much else


def begin() -> None:
    """Load PySide6, if it is there, and look for no garbage until `settle`."""
    gc.disable()
    plain_import = builtins.__import__
    builtins.compile = compile_once  # type: ignore[assignment]
    try:
        with suppress(ImportError):
            import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile, builtins.__import__ = _compile, plain_import


def settle() -> None:
    """Look for garbage again, but never at what the program is made of: shorter pauses while playing.

    To look among that once before would take 30 ms, and find some hundred things in a hundred thousand.
    """
    gc.freeze()
    gc.enable()


def compile_once(source: Any, filename: str, mode: str, *rest: Any, **named: Any) -> Any:
    """Return what `compile` does; the bytecode of a whole module is kept where Python keeps ours, by its source."""
    if rest or named or mode != "exec" or not isinstance(source, bytes):
        return _compile(source, filename, mode, *rest, **named)
    if filename.endswith(_LEFT_OUT):
        return _compile("", filename, mode)
    place = cache_from_source(os.path.join(os.path.dirname(__file__), f"qt_{source_hash(source).hex()}.py"))
    with suppress(OSError, EOFError, ValueError, TypeError), open(place, "rb") as file:
        kept = marshal.loads(file.read())
        if isinstance(kept, CodeType):
            return kept
    code = _compile(source, filename, mode)
    if not sys.dont_write_bytecode:
        _keep(code, place)
    return code


def _keep(code: CodeType, place: str) -> None:
    """Write bytecode whole or not at all; where that is not allowed, each start compiles anew."""
    beside = f"{place}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(beside, "wb") as file:
            file.write(marshal.dumps(code))
        os.replace(beside, place)
