"""The thread beside the window: what it is given it gives back, and nobody looks for garbage meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import current_thread

import pytest

from playground.playback.beside import submit
from widgets.base.garbage import without_collection


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    was_enabled = gc.isenabled()
    gc.enable()
    yield
    if not was_enabled:
        gc.disable()


def test_it_is_another_thread_and_always_the_same() -> None:
    names = {submit(lambda: current_thread().name).result() for _ in range(4)}
    assert len(names) == 1
    assert current_thread().name not in names


def test_what_is_raised_comes_back() -> None:
    with pytest.raises(ZeroDivisionError):
        submit(lambda: 1 // 0).result()
    assert gc.isenabled()


def test_nobody_looks_for_garbage_until_the_last_is_done() -> None:
    with without_collection():
        assert not submit(gc.isenabled).result()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_did_not_look_for_garbage_does_not_begin_to() -> None:
    gc.disable()
    submit(int).result()
    assert not gc.isenabled()
