"""Ticks and answers are kept whole, and nothing of a file that cannot be read is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playground.files.progress import Progress

TODAY, LATER = date(2026, 3, 1), date(2026, 3, 2)


def test_what_is_done_is_there_the_next_time(tmp_path: Path) -> None:
    progress = Progress.read(tmp_path / "folder" / "progress.json")
    progress.finish("saddle")
    progress.predict("ravine", [[0, 1], [2, 3]], right=False, day=TODAY)
    again = Progress.read(progress.path)
    assert again.done == {"saddle"}
    assert again.predicted["ravine"].answer == [[0, 1], [2, 3]]
    assert [path.name for path in progress.path.parent.iterdir()] == ["progress.json"]


def test_a_wrong_prediction_is_due_on_a_later_day_until_it_is_right(tmp_path: Path) -> None:
    progress = Progress.read(tmp_path / "p.json")
    progress.predict("ravine", 3, right=False, day=TODAY)
    assert (progress.is_due("ravine", TODAY), progress.is_due("ravine", LATER)) == (False, True)
    progress.predict("ravine", 4, right=True, day=LATER)
    assert not progress.is_due("ravine", date(2026, 4, 1))
    assert not progress.is_due("never asked", LATER)


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 99, "done": [], "answers": {}}', '{"version": 1}', "\x00"])
def test_an_unreadable_file_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(text)
    progress = Progress.read(path)
    assert progress.done == set()
    assert progress.set_aside
    assert progress.set_aside.read_text() == text
    progress.finish("saddle")
    assert progress.set_aside.read_text() == text


def test_other_progress_is_added_and_the_newer_answer_stays(tmp_path: Path) -> None:
    own, other = Progress.read(tmp_path / "own.json"), Progress.read(tmp_path / "other.json")
    own.finish("saddle")
    own.predict("ravine", 1, right=True, day=LATER)
    other.finish("bowl")
    other.predict("ravine", 2, right=False, day=TODAY)
    other.predict("new", 5, right=False, day=TODAY)
    own.take_in(other.text())
    assert own.done == {"saddle", "bowl"}
    assert (own.predicted["ravine"].answer, own.predicted["new"].answer) == (1, 5)
    with pytest.raises(ValueError, match=r"."):
        own.take_in('{"version": 1}')
    assert own.done == {"saddle", "bowl"}


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress.read(tmp_path / "p.json")
    progress.finish("saddle")
    progress.forget()
    assert Progress.read(progress.path).done == set()
