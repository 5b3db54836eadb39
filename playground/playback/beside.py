"""Work beside the window: one thread that makes the step to come while the one in view is drawn."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")

_lock = Lock()
_at_work: list[bool] = []  # of each thread at work, whether garbage was looked for before it began


def submit(function: Callable[..., Result], *given: Any) -> Future[Result]:
    """Let a function of plain values be called in the thread beside."""
    return _thread().submit(_call, function, *given)


@cache
def _thread() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # here, since the first window needs none

    return ThreadPoolExecutor(1, thread_name_prefix="beside")


def _call(function: Callable[..., Result], *given: Any) -> Result:
    with without_collection():
        return function(*given)


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
