"""One seed, one list of deeds: drawn, done, done again, and shrunk to what still fails."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from ctypes import CDLL
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from tests.playground.simulation.deeds import do, draw
from tests.playground.simulation.drawn import FILES
from tests.playground.simulation.truths import Truths
from tests.playground.simulation.world import World

Deeds = list[list[Any]]


def simulate(seed: int, count: int) -> tuple[Deeds, str]:
    """Draw deeds from a seed and do them, until one fails; return them, and why."""
    chance = Random(seed)
    done: Deeds = []

    def following(world: World) -> list[Any] | None:
        if len(done) == count:
            return None
        done.append(draw(chance, world))
        return done[-1]

    why = _live(following)
    return done, why


def replay(deeds: Deeds) -> str:
    """Do deeds again in a window of their own; return why they fail, nothing where they do not."""
    left = iter(deeds)
    return _live(lambda _: next(left, None))


def _live(following: Callable[[World], list[Any] | None]) -> str:
    with TemporaryDirectory() as folder, World(Path(folder)) as world:
        for name, content in FILES.items():
            (world.files / name).write_bytes(content)
        truths = Truths(world)
        while (deed := following(world)) is not None:
            world.told.clear()
            try:
                do(world, *deed)
                truths.check()
            except Exception as fault:
                sys.stderr.write(f"{deed}: {_words(fault)}\n")  # now: what is broken may end all as the window is left
                return _words(fault)
    return ""


def _words(fault: Exception) -> str:
    at = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} at {Path(at.filename).name}:{at.lineno}: {str(fault)[:600]}"


def shrunk(deeds: Deeds, why: str, seconds: float = 300) -> Deeds:
    """Return a shorter list that fails at the same place: halves, quarters, … are left out while it still does."""
    until, size = time.monotonic() + seconds, len(deeds) // 2
    while size and time.monotonic() < until:
        start = 0
        while start < len(deeds) and time.monotonic() < until:
            fewer = deeds[:start] + deeds[start + size :]
            if _place(replay(fewer)) == _place(why):
                deeds = fewer
            else:
                start += size
        size //= 2
    return deeds


def _place(why: str) -> str:
    return why.partition(": ")[0]


def memory() -> float:
    """Return the MiB that this process needs: what the C library keeps of them for later is given back first."""
    if sys.platform == "linux" and (trim := getattr(CDLL(None), "malloc_trim", None)):
        trim(0)
    return float(psutil.Process().memory_info().rss) / 2**20


def write(path: Path, deeds: Deeds, why: str) -> None:
    """Write a list of deeds, and what was wrong with it, as a file that is read by eye."""
    path.parent.mkdir(exist_ok=True)
    lines = ",\n  ".join(json.dumps(deed, ensure_ascii=False) for deed in deeds)
    path.write_text(f'{{"was": {json.dumps(why)}, "deeds": [\n  {lines}\n]}}\n', "utf-8")


def read(path: Path) -> Deeds:
    """Return the deeds in such a file."""
    return list(json.loads(path.read_text("utf-8"))["deeds"])
