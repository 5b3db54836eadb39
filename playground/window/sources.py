"""The source text of the function that made a step, as it runs."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Place:
    """A file's text, its name in the project, and the lines of one function, counted from 1."""

    text: str
    path: str
    first: int
    last: int


@lru_cache
def source_of(name: str) -> Place:
    """Return where `module:qualified name` is written."""
    module_name, _, qualified = name.partition(":")
    module = import_module(module_name)
    thing: Any = module
    for part in qualified.split("."):
        thing = getattr(thing, part)
    thing = getattr(thing, "func", thing)  # what a cached property asks
    lines, first = inspect.getsourcelines(thing)
    return Place(inspect.getsource(module), f"{module_name.replace('.', '/')}.py", first, first + len(lines) - 1)
