"""The Optimizers tab by a name of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playground.topics.optimizers.tab import OptimizersTab


@pytest.fixture
def race(tab: Any) -> OptimizersTab:
    made: OptimizersTab = tab
    return made
