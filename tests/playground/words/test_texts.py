"""Texts from toml files that hold English and Chinese side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from playground.topic_list import TOPICS, TopicEntry
from playground.words import texts
from playground.words.texts import Texts, group_names, shared_texts, topic_texts, topic_title

TREE = Texts(
    {
        "title": {"en": "Title", "zh": "标题"},
        "params": {
            "rate": {"label": {"en": "Rate", "zh": "率"}},
            "adam.rate": {"label": {"en": "Adam's rate", "zh": "Adam 的率"}},
        },
        "choices": {"kind": {"one": {"en": "The one", "zh": "一"}}},
        "list": ["a"],
    }
)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = texts.language()
    texts.use_language("en")
    yield
    texts.use_language(before)


def test_the_language_in_use_counts_unless_one_is_named() -> None:
    assert TREE.get("title") == "Title"
    assert TREE.get("title", language="zh") == "标题"
    texts.use_language("zh")
    assert TREE.get("title") == "标题"
    assert TREE.get("title", language="en") == "Title"


@pytest.mark.parametrize("path", [("gone",), ("title", "deeper", "still"), ("list", "0")])
def test_what_is_missing(path: tuple[str, ...]) -> None:
    assert TREE.find(*path) is None
    with pytest.raises(KeyError, match="/".join(path)):
        TREE.get(*path)


def test_a_parameter_has_its_own_text_or_that_of_its_last_name() -> None:
    assert TREE.parameter("adam.rate", "label") == "Adam's rate"
    assert TREE.parameter("sgd.rate", "label") == "Rate"
    with pytest.raises(KeyError):
        TREE.parameter("sgd.rate", "tip")


def test_a_choice_without_a_text_is_its_id() -> None:
    assert TREE.choice("kind", "one") == "The one"
    assert TREE.choice("kind", "two") == "two"


def test_files_are_read_once() -> None:
    assert topic_texts("optimizers") is topic_texts("optimizers")
    assert shared_texts().get("groups", "descent") == "Descent"


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_a_title_read_from_its_line_is_that_of_the_whole_file(entry: TopicEntry) -> None:
    assert topic_title(entry.stem).tree["title"] == topic_texts(entry.stem).tree["title"]


def test_headings_read_from_their_lines_are_those_of_the_whole_file() -> None:
    assert group_names().tree == shared_texts().tree["groups"]


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_no_subtitle_says_what_to_do(entry: TopicEntry) -> None:
    """That is what hints are for: what is written on a slide can neither be dragged nor clicked."""
    said = {id: text for id, text in entry.texts.tree["panels"].items() if id.endswith("_subtitle")}
    orders = re.compile(r"\b(drag|click|point at|press|type|draw|hover|Esc)\b|拖|点击|指向|按下|输入")
    assert not [id for id, text in said.items() for words in text.values() if orders.search(words)]
