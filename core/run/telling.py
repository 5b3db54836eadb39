"""How far long work is, told to whoever waits for it in the same thread; one who does not want the rest may end it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[float], None]
"""Hears the share that is done, 0 to 1; may raise to end the work."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def tell(share: float) -> None:
    """Tell the share of the work that is done, if anybody listens. Raises whatever ends it."""
    listener = _listener.get()
    if listener is not None:
        listener(share)


@contextmanager
def telling(listener: Listener) -> Iterator[None]:
    """Have a listener told by the work that is done within this."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)
