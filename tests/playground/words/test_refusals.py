"""Every refusal that can be raised has a sentence in both languages, with what was given and what is allowed."""

from __future__ import annotations

import ast
import string
from pathlib import Path
from typing import Any

import pytest

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from playground.words.refusals import allowed, sentence
from playground.words.texts import LANGUAGES, every_topics_texts, shared_texts

ROOT = Path(__file__).parents[3]


def raised_keys() -> set[str]:
    """Return every key that stands in the source: second argument of Refusal, or a text like one in its file."""
    keys: set[str] = set()
    for path in [*ROOT.glob("core/**/*.py"), *ROOT.glob("playground/**/*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id == "Refusal":
                keys |= {str(arg.value) for arg in call.args[1:2] if isinstance(arg, ast.Constant)}
        texts = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        keys |= {text for text in texts if text.startswith(("expression_", "csv_")) and text.isidentifier()}
    return keys


def template(key: str, language: Any) -> str | None:
    trees = [shared_texts(), *every_topics_texts()]  # also of a topic that is not in the list yet
    return next(filter(None, (texts.find("refusals", key, language=language) for texts in trees)), None)


@pytest.mark.parametrize("key", sorted(raised_keys()))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_sentence(key: str, language: Any) -> None:
    text = template(key, language)
    assert text
    assert "\n" not in text
    list(string.Formatter().parse(text))  # raises for a placeholder that is not closed


def test_no_sentence_is_left_over() -> None:
    assert set(shared_texts().tree["refusals"]) - raised_keys() == set()


def test_both_languages_use_the_same_placeholders() -> None:
    for table in ("refusals", "allowed"):
        for key, leaf in shared_texts().tree[table].items():
            en, zh = ({name for _, name, _, _ in string.Formatter().parse(leaf[x]) if name} for x in LANGUAGES)
            assert en == zh, key


def test_a_sentence_names_what_was_given_and_what_is_allowed() -> None:
    parameter = Parameter("rate", "number", 0.1, low=1e-12, high=10)
    refusal = Refusal("rate", "not_allowed", {"given": "100", "parameter": parameter})
    assert sentence(refusal, language="en") == "100 is not allowed. Use a number from 1e-12 to 10."
    assert sentence(refusal, language="zh") == "不能用 100。请给出1e-12 到 10 之间的数。"


def test_a_number_that_may_be_two_says_so() -> None:
    parameter = Parameter("size", "integer", 1, low=1, high=9, or_pair=True)
    refusal = Refusal("size", "not_allowed", {"given": "0", "parameter": parameter})
    assert sentence(refusal, language="en") == "0 is not allowed. Use a whole number from 1 to 9, or two in brackets."


def test_two_numbers_without_decimals_are_called_whole() -> None:
    assert allowed(Parameter("push", "pair", (0, 0), low=-7, high=7, is_whole=True)).startswith("two whole numbers in")
    assert allowed(Parameter("start", "pair", (0.0, 0.0), low=-7, high=7)).startswith("two numbers in")


def test_a_topics_own_sentence_is_found_without_naming_the_topic() -> None:
    refusal = Refusal("start", "start_outside", {"given": [1, 2]})
    assert sentence(refusal, language="en").startswith("The function has no finite value at [1, 2]")


def test_braces_in_what_was_given_do_no_harm() -> None:
    refusal = Refusal("x", "bad_value", {"given": "{reason} {0}", "reason": "{given}"})
    assert sentence(refusal, language="en") == "{reason} {0} is not allowed: {given}."


def test_a_missing_value_reads_as_nothing() -> None:
    assert sentence(Refusal("x", "not_text"), language="en") == " is not allowed. Use a text."


def test_a_reason_is_translated() -> None:
    refusal = Refusal("data", "bad_value", {"given": "[]", "reason": "the rows have different lengths"})
    assert sentence(refusal, language="zh") == "不能用 []：各行长度不同。"


@pytest.mark.parametrize("kind", sorted(shared_texts().tree["allowed"]))
def test_every_kind_says_what_it_takes(kind: Any) -> None:
    parameter = Parameter("x", kind, None, low=0, high=1, choices=("a", "b"))
    for language in LANGUAGES:
        assert "{" not in allowed(parameter, language)


@pytest.mark.parametrize(("given", "meant"), [
    ("rellu", "relu"), ("LEAKY_RELU", "leaky-relu"), ("by", "by hand"), ('["tanh", "sigmod"]', "sigmoid"),
    ("x", ""), ("", ""),
])  # fmt: skip
def test_the_nearest_of_the_names_is_suggested(given: str, meant: str) -> None:
    names = ("sigmoid", "tanh", "relu", "leaky-relu", "by hand")
    question = f" Did you mean {meant}?" if meant else ""
    chosen = Refusal(
        "kind", "not_allowed", {"given": given, "parameter": Parameter("kind", "choice", "", choices=names)}
    )
    assert (
        sentence(chosen, language="en").partition(" is not allowed.")[2].startswith(f"{question} Use one of: sigmoid")
    )
    named = Refusal("kind", "not_one_of", {"given": given, "allowed": names})
    assert f"is not allowed.{question} Use one of: sigmoid, tanh" in sentence(named, language="en")
    assert (f"是不是 {meant}？" in sentence(named, language="zh")) == bool(meant)
