"""How the pieces of what is said of a step are written."""

from __future__ import annotations

from core.run.explanation import numbers_below_each_other


def test_nothing_has_no_sign_among_numbers_below_each_other() -> None:
    written = [str(term.value).strip() for term in numbers_below_each_other([-0.0004, 0.0, -0.0006])]
    assert written == ["0.000", "0.000", "−0.001"]
