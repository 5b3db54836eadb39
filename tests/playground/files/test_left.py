"""Where the program was left."""

from __future__ import annotations

import pytest

from playground.files.left import leave_at, where_it_was_left

pytestmark = pytest.mark.usefixtures("settings")


def test_the_tab_in_front_is_remembered() -> None:
    assert where_it_was_left() == ""
    leave_at("kmeans")
    assert where_it_was_left() == "kmeans"
