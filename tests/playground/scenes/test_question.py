"""Answers are read as what they are, judged by how near they lie, and wrong ones are told why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.scenes.question import Question

OPTIONS = {"a": {"en": "first", "zh": "甲"}, "b": {"en": "second", "zh": "乙"}, "c": {"en": "third", "zh": "丙"}}


def asked(kind: str, **more: Any) -> Question:
    return Question.read_from({"kind": kind, "question": {"en": "?", "zh": "？"}, **more})


@pytest.mark.parametrize(
    ("kind", "more", "right"),
    [
        ("choice", {"options": OPTIONS}, "b"),
        ("number", {"range": [0, 10], "within": 0.5}, 4.0),
        ("number", {"range": [0.1, 100], "factor": 2}, 10.0),
        ("point", {"within": 0.3}, [1.0, -2.0]),
        ("cell", {}, [2, 3]),
        ("cell", {"within": 0.01}, 0.75),
        ("order", {"options": OPTIONS}, ["c", "a", "b"]),
        ("curve", {"within": 0.2}, [[0, 1.0], [1, 2.0], [2, 4.0]]),
        ("curve", {"factor": 1.5}, [[0, 1.0], [1, 2.0], [2, 4.0]]),
    ],
)
def test_the_truth_is_right_and_what_lies_far_off_is_wrong(kind: str, more: Any, right: Any) -> None:
    question = asked(kind, **more)
    typed = right if isinstance(right, str) else json.dumps(right)
    assert question.read(typed) == right
    assert question.is_right(right, right)
    wrong = question.wrong_answers(right)
    assert wrong
    assert not any(question.is_right(answer, right) for answer in wrong)
    for answer in (right, *wrong):
        assert 1 <= len(question.gaps(answer, right)) <= 5


@pytest.mark.parametrize(
    ("kind", "more", "given"),
    [
        ("choice", {"options": OPTIONS}, "d"), ("number", {"range": [0, 1]}, "2"), ("number", {}, "NaN"),
        ("number", {}, "[1]"), ("number", {}, ""), ("number", {}, "true"), ("point", {}, "[1]"),
        ("point", {}, "[1, null]"), ("cell", {}, "[0.5, 1]"), ("order", {"options": OPTIONS}, '["a", "b"]'),
        ("order", {"options": OPTIONS}, '["a", "a", "b"]'), ("curve", {}, "[[0, 1]]"), ("curve", {}, "[[0], [1]]"),
        ("curve", {}, "{"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(kind: str, more: Any, given: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        asked(kind, **more).read(given)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="riddle"):
        asked("riddle")


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_a_number_is_judged_by_its_factor_either_way(own: float, truth: float) -> None:
    question = asked("number", range=[0, 100], factor=2)
    assert question.is_right(own, truth) == question.is_right(truth, own)
    assert question.is_right(own, truth) == (max(own, truth) / min(own, truth) <= 2)


def test_a_drawn_curve_is_judged_between_its_knots() -> None:
    question = asked("curve", within=0.1)
    truth = [[float(t), 10.0 - t] for t in range(11)]
    assert question.is_right([[0, 10], [10, 0]], truth)
    assert not question.is_right([[0, 10], [5, 0], [10, 0]], truth)


def test_what_is_said_to_a_mistake_is_about_that_mistake() -> None:
    words = {"low": {"en": "too low", "zh": "太低"}, "other": {"en": "not so", "zh": "不对"}}
    number = asked("number", range=[0, 10], wrong=words)
    assert (number.mistake(1, 5), number.mistake(9, 5)) == ("too low", "not so")
    choice = asked("choice", options=OPTIONS, wrong={"a": {"en": "not the first", "zh": "不是甲"}})
    assert (choice.mistake("a", "b"), choice.mistake("c", "b")) == ("not the first", "")


def test_the_gap_is_a_factor_or_a_difference() -> None:
    (gap,) = asked("number", range=[0, 10], factor=2).gaps(2, 8)
    assert (gap.own, gap.truth, gap.gap) == ("2", "8", "4×")
    (gap,) = asked("number", range=[0, 10], within=1).gaps(2, 8)
    assert gap.gap == "6"


def test_a_curve_that_has_to_rise_is_wrong_where_it_never_does_and_is_told_so() -> None:
    words = {"level": {"en": "no rise", "zh": "不升"}, "other": {"en": "far", "zh": "远"}}
    question = asked("curve", axes=[0, 4, 1, 10], factor=2.5, log=True, rise=1.3, wrong=words)
    truth = [[0, 8], [1, 4], [2, 6], [3, 3], [4, 4]]
    smooth = [[0, 8], [4, 4]]
    assert question.is_right(truth, truth)
    assert not question.is_right(smooth, truth)
    assert question.mistake(smooth, truth) == "no rise"
    assert question.mistake([[x, 9 * y] for x, y in truth], truth) == "far"
    assert not any(question.is_right(wrong, truth) for wrong in question.wrong_answers(truth))
    assert asked("curve", axes=[0, 4, 1, 10], factor=2.5, log=True).is_right(smooth, truth)


def test_a_factor_between_whole_numbers_is_whole() -> None:
    (gap,) = asked("number", range=[0.001, 1e8], factor=1.1).gaps(100_000_000, 1.0)
    assert (gap.own, gap.truth, gap.gap) == ("100\u2009000\u2009000", "1", "100\u2009000\u2009000×")
