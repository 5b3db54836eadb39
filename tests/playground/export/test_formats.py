"""What is exported as which kind of file, and what is refused before anything is drawn."""

from __future__ import annotations

import pytest

from core.run.refusal import Refusal
from playground.export import formats
from playground.export.formats import Chosen


@pytest.mark.parametrize(
    ("first", "last", "every", "drawn"),
    [(0, 10, 3, [0, 3, 6, 9, 10]), (2, 10, 4, [2, 6, 10]), (5, 5, 1, [5])],
)
def test_both_ends_are_drawn(first: int, last: int, every: int, drawn: list[int]) -> None:
    assert Chosen("tab", ".gif", 1, first, last, every).steps() == drawn


def test_a_picture_that_does_not_fit_into_memory_is_refused() -> None:
    Chosen("tab", ".png", 2).check(8000, 8000)
    with pytest.raises(Refusal, match="--scale"):
        Chosen("tab", ".png", 3).check(8000, 8000)
    Chosen("data", ".csv", 3).check(8000, 8000)


def test_frames_that_do_not_fit_into_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: object())
    Chosen("tab", ".gif", last=799).check(1440, 900)
    Chosen("tab", ".mp4", last=99_999).check(1440, 900)
    for ending in (".gif", ".apng"):
        with pytest.raises(Refusal, match="--steps"):
            Chosen("tab", ending, last=899).check(1440, 900)


def test_video_is_refused_only_where_its_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    Chosen("tab", ".gif").check(1440, 900)
    with pytest.raises(Refusal, match="pip install av"):
        Chosen("tab", ".mp4").check(1440, 900)
    monkeypatch.setattr(formats, "find_spec", lambda name: object())
    Chosen("tab", ".mp4").check(1440, 900)
