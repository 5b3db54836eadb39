"""Work beside the window: one thread that makes the step to come while the one in view is drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from widgets.base.garbage import without_collection

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")


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
