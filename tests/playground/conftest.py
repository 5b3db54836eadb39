"""What tests of pictures share: a plot on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


class Paper:
    """Stands where a plot does and keeps what it was last told by each of its methods."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[Any, ...]] = {}

    def __getattr__(self, name: str) -> Callable[..., None]:
        def keep(*given: Any, **named: Any) -> None:
            self.told[name] = (*given, *named.values())

        return keep


@pytest.fixture
def paper() -> Any:
    return Paper()
