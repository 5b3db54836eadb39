"""How far long work is."""

from __future__ import annotations

import pytest

from core.run.telling import tell, telling


def test_who_listens_is_told_the_innermost_first_and_nobody_outside() -> None:
    outer: list[float] = []
    inner: list[float] = []
    tell(0.1)
    with telling(outer.append):
        tell(0.2)
        with telling(inner.append):
            tell(0.3)
        tell(0.4)
    tell(0.5)
    assert (outer, inner) == ([0.2, 0.4], [0.3])


def test_a_listener_may_end_the_work() -> None:
    def leave(share: float) -> None:
        raise KeyError

    with pytest.raises(KeyError), telling(leave):
        tell(0.5)
    tell(0.6)
