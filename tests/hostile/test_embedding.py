"""What somebody may give the Embedding layer: malformed tables and settings are refused in one line at their place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.command_line.cli import main

SENTENCES, LABELS = "sentences", "labels"
TABLES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "empty": (b"", (SENTENCES, "nothing in the file")),
    "a heading alone": (b"text,label\n", (SENTENCES, "no rows")),
    "no column of labels": (b"text\nso good\nso bad\n", (LABELS, "Give 2")),
    "a column of labels without any": (b"text,label\nso good,\nso bad,\n", (SENTENCES, "blank", "label")),
    "three labels": (b"text,label\nso good,1\nso bad,0\nso so,2\n", (LABELS, "2 is not allowed", "0 to 1")),
    "three words for labels": (b"text,label\nso good,yes\nso bad,no\nso so,maybe\n", (SENTENCES, "label", "maybe")),
    "one label alone": (b"text,label\nso good,1\nvery good,1\n", (LABELS, "All labels are 1", "0 and 1")),
    "one label alone under another name": (b"text,mood\nso good,0\nso bad,0\n", (LABELS, "All labels are 0", "1")),
    "one word alone for labels": (b"text,label\nso good,yes\nso bad,yes\n", (SENTENCES, "label", "two classes", "yes")),
    "one row": (b"text,label\nso good,1\n", (LABELS, "All labels are 1")),
    "dates beside texts": (b"text,day\nso good,2020-01-01\nso bad,2020-01-02\nso so,2020-01-03\n", (LABELS, "Give 3")),
    "a quote that never ends": (b'text,label\n"so good,1\nso bad,0\n', (SENTENCES, "no rows")),
    "a sentence of signs": (b"text,label\n!!!,1\nso bad,0\n", (SENTENCES, "Sentence 1", "!!!")),
    "a sentence without an end": (b"text,label\n" + b"a " * 1001 + b",1\nb,0\n", (SENTENCES, "1001", "1000")),
    "a zero among the letters": (b"text,label\nso\0good,1\nso bad,0\n", (SENTENCES, "no text")),
    "bytes": (bytes(range(256)) * 8, (SENTENCES, "no text")),
    "half of UTF-16": (b"\xff\xfet\0e\0x", (SENTENCES, "no text")),
    "a web page": (b"<html><table><tr><td>x</td></tr></table></html>", (SENTENCES, "web page")),
    "a damaged spreadsheet": (b"PK\x03\x04aaaa", (SENTENCES, "cannot be read")),
}
SETTINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sentences of no list": (("sentences=klingon",), (SENTENCES, "klingon", "english")),
    "labels of a set": (("labels=[0, 1]",), (LABELS, "english")),
    "labels for others": (('sentences=["a", "b"]', "labels=[0, 1, 1]"), (LABELS, "3", "Give 2")),
    "a label of 2": (('sentences=["a", "b"]', "labels=[0, 2]"), (LABELS, "2")),
    "too few rows": (("input_dim=40",), ("input_dim", "40", "41")),
    "one row for all hashes": (("encoding=hashing", "input_dim=1"), ("input_dim", "at least 2")),
    "no length": (("input_length=0",), ("input_length", "0")),
    "no columns": (("output_dim=0",), ("output_dim", "0")),
    "a sentence that is not there": (("held_out=[60]",), ("held_out", "60", "0 to 59")),
    "a sentence twice": (("held_out=[3, 3]",), ("held_out", "3", "twice")),
    "padding in the middle": (("padding=middle",), ("padding", "middle", "pre")),
    "too many weights": (("input_dim=100000", "output_dim=64"), ("output_dim", "100000")),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def given(settings: tuple[str, ...]) -> list[str]:
    return ["trace", "embedding", *(part for text in settings for part in ("--set", text)), "-o", "out.json"]


@pytest.mark.parametrize("case", TABLES)
def test_a_malformed_table_is_refused(case: str, refused: Callable[..., str], folder: Path) -> None:
    data, words = TABLES[case]
    (folder / "own.csv").write_bytes(data)
    line = refused(given(("sentences=@own.csv",)), within=4)
    assert all(word in line for word in words), line
    assert not (folder / "out.json").exists()


@pytest.mark.parametrize("case", SETTINGS)
def test_a_wrong_setting_is_refused(case: str, refused: Callable[..., str], folder: Path) -> None:
    settings, words = SETTINGS[case]
    line = refused(given(settings), within=4)
    assert all(word in line for word in words), line


def test_what_looks_odd_and_is_good_is_learned_from(folder: Path) -> None:
    """A row without a sentence, one without a label, other words for labels, a longer row, quotes, a mark of order."""
    table = '\ufefftext,mood\n,for\n"good, so good",for\nso bad,against\nno label,\nso fine,for\n'
    (folder / "own.csv").write_text(table, encoding="utf-8")
    assert main([*given(("sentences=@own.csv",)), "--steps", "3"]) == 0
    made = json.loads((folder / "out.json").read_text())["params"]
    assert made["sentences"] == ["good, so good", "so bad", "so fine"]
    assert made["labels"][0] == made["labels"][2] != made["labels"][1]
