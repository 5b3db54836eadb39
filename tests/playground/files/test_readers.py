from __future__ import annotations

from pathlib import Path

import pytest

from core.run.refusal import Refusal
from playground.files import readers
from playground.files.readers import malformed, read_bytes, strict_json


def refused(path: Path) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_bytes(path, "data")
    assert caught.value.field == "data"
    return caught.value


@pytest.mark.parametrize("name", ["nothing.csv", "nothing.npy", ".", "a\0b.txt"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).key == "file_unreadable"


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LARGEST_FILE", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    assert refused(path).key == "file_too_large"
    path.write_bytes(b"x" * 10)
    assert read_bytes(path, "data") == b"x" * 10


def test_whatever_a_parser_raises_is_said_of_the_file() -> None:
    with pytest.raises(Refusal) as caught, malformed("data", "a.npy"):
        raise KeyError("nothing")
    assert (caught.value.field, caught.value.key, caught.value.values["given"]) == ("data", "file_malformed", "a.npy")
    with pytest.raises(Refusal) as caught, malformed("data", "a.npy"):
        raise Refusal("", "too_large")
    assert (caught.value.field, caught.value.key) == ("data", "too_large")


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "1e400", '{"a": 1, "a": 1}', "[1,]", "'a'", "", "1" * 5_000])
def test_only_json_to_the_letter(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json(text)
