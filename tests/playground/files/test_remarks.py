"""What is to be said of a file has a sentence in both languages, and every sentence is used."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from playground.files.reading import Remark
from playground.files.remarks import sentence
from playground.words.texts import LANGUAGES, shared_texts

FILES = Path(__file__).parents[3] / "playground" / "files"
TEXTS = shared_texts().tree["remark"]


def words_in_the_source() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in FILES.glob("*.py")]
    constants = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {node.value for node in constants if isinstance(node.value, str)}


def test_every_sentence_is_used() -> None:
    assert set(TEXTS) - words_in_the_source() == set()


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_say_the_same_things(key: str) -> None:
    en, zh = ({name for _, name, _, _ in string.Formatter().parse(TEXTS[key][x]) if name} for x in LANGUAGES)
    assert en == zh


def test_a_remark_becomes_a_sentence() -> None:
    left_out = Remark("rows_left_out", {"count": 2, "rows": 9, "line": 4})
    assert sentence(left_out, "en") == "Rows left out for a blank cell: 2 of 9, the first in line 4."
    assert "4" in sentence(left_out, "zh")
