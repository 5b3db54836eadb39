"""No search for garbage while a thread beside the window works."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_at_work: list[bool] = []  # of each thread at work, whether garbage was looked for before it began


@contextmanager
def without_collection() -> Iterator[None]:
    """Let nobody look for garbage: found in a thread beside, widgets would be taken down there, which Qt forbids."""
    with _lock:
        _at_work.append(gc.isenabled() or any(_at_work))
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            if _at_work.pop() and not _at_work:
                gc.enable()
