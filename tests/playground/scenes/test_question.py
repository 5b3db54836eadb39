"""Answers are read as what they are, judged by how near they lie, and wrong ones are told why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.run.explanation import Focus
from playground.scenes.question import Gap, Question

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
        ("cell", {"as_shape": True}, [3, 2, 2]),
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
        ("curve", {}, "{"), ("cell", {}, "[1, 2, 3]"), ("cell", {"as_shape": True}, "()"),
        ("cell", {"as_shape": True}, "(1.5, 2)"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(kind: str, more: Any, given: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        asked(kind, **more).read(given)


@pytest.mark.parametrize(
    ("given", "answer"),
    [("(3, 2, 2)", [3, 2, 2]), ("3,2,2", [3, 2, 2]), ("[4]", [4]), ("(4,)", [4]), ("（3，2）", [3, 2]), ("(4)", 4)],
)
def test_a_shape_is_typed_as_python_prints_it(given: str, answer: Any) -> None:
    assert asked("cell", as_shape=True).read(given) == answer


def test_a_number_in_brackets_is_no_shape_of_one_entry() -> None:
    question = asked("cell", as_shape=True, wrong={"4": {"en": "a comma", "zh": "逗号"}})
    assert not question.is_right(4, [4])
    assert question.mistake(4, [4]) == "a comma"
    assert question.gaps(4, [4]) == [Gap("", "4", "(4,)")]


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


def test_what_differs_by_rounding_is_no_gap() -> None:
    (gap,) = asked("number", range=[0, 100], within=1).gaps(57.5, 100 * 0.575)
    assert 100 * 0.575 != 57.5
    assert gap.gap == "0"


def test_of_numbers_that_are_shown_alike_no_gap_is_told() -> None:
    (gap,) = asked("number", range=[0, 100], within=10).gaps(55.8, 55.8333)
    assert (gap.own, gap.truth, gap.gap) == ("55.8", "55.8", "0")
    (gap,) = asked("number", range=[0, 10], factor=2).gaps(2.0, 2.0001)
    assert gap.gap == "1.00×"


def test_a_number_that_has_to_be_hit_is_whole_and_told_so() -> None:
    assert asked("number", range=[0, 9]).is_whole
    assert not asked("number", range=[0, 9], within=1).is_whole
    (gap,) = asked("number", range=[0, 9]).gaps(4, 9)
    assert (gap.own, gap.truth, gap.gap) == ("4", "9", "5")


WAVE = [[float(t), 10 ** (2 - t / 10) * (1 + t % 5)] for t in range(21)]
FALL = [[float(t), 100.0 - 4 * t] for t in range(21)]


@pytest.mark.parametrize(("shape", "truth", "rises"), [("rises", WAVE, 12), ("falls", FALL, 0)])
def test_where_the_shape_counts_a_near_curve_without_it_is_wrong_and_told_so(
    shape: str, truth: Any, rises: int
) -> None:
    words = {"shape": {"en": "not its shape", "zh": "形状不对"}, "near": {"en": "too far", "zh": "太远"}}
    question = asked("curve", factor=30, shape=shape, axes=[0, 20, 0.1, 1000], log=True, wrong=words)
    assert question.is_right(truth, truth)
    far, smooth = question.wrong_answers(truth)
    assert not question.is_right(smooth, truth)
    assert asked("curve", factor=30).is_right(smooth, truth)  # near enough, were it not for the shape
    assert (question.mistake(smooth, truth), question.mistake(far, truth)) == ("not its shape", "too far")
    assert question.gaps(smooth, truth)[0][2] == str(rises)
    assert len(question.gaps(smooth, truth)) <= 5


@pytest.mark.parametrize("more", [{"shape": "round", "axes": [0, 1, 0, 1]}, {"shape": "rises"}])
def test_a_shape_that_cannot_be_judged_is_refused(more: Any) -> None:
    with pytest.raises(ValueError, match="shape"):
        asked("curve", **more)


def test_a_trembling_hand_is_no_rise() -> None:
    question = asked("curve", within=6, shape="falls", axes=[0, 20, 0, 100])
    trembling = [[x, y + 5 * (x % 2)] for x, y in FALL]
    assert question.is_right(trembling, FALL)
    assert question.gaps(trembling, FALL)[0][1:3] == ("0", "0")


def test_large_numbers_are_written_whole_and_small_ones_with_three_digits() -> None:
    (gap,) = asked("number", range=[0, 5e6], factor=2).gaps(100_000, 1_000_000)
    assert (gap.own, gap.truth, gap.gap) == ("100\u2009000", "1\u2009000\u2009000", "10×")
    (gap,) = asked("number", range=[0, 1], within=0.1).gaps(0.5, 0.067)
    assert (gap.own, gap.truth, gap.gap) == ("0.500", "0.0670", "0.433")


def test_a_factor_between_whole_numbers_is_whole() -> None:
    (gap,) = asked("number", range=[0.001, 1e8], factor=1.1).gaps(100_000_000, 1.0)
    assert (gap.own, gap.truth, gap.gap) == ("100\u2009000\u2009000", "1", "100\u2009000\u2009000×")


def test_a_number_stands_on_an_axis_that_has_ends() -> None:
    tree = {"kind": "number", "question": {"en": "?", "zh": "?"}, "range": [1, 9], "panel": "loss", "axis": "x"}
    with pytest.raises(ValueError, match="axis"):
        Question.read_from(tree)
    with pytest.raises(ValueError, match="axis"):
        Question.read_from({**tree, "axes": [0, 9, 0, 1], "axis": "z"})
    asked = Question.read_from({**tree, "axes": [0, 9, 0, 1]})
    assert asked.is_by_hand
    assert asked.apart(2, 5) == "3"


def test_marks_that_answer_have_the_numbers_of_their_rows() -> None:
    options = {"crown": {"en": "crown", "zh": "crown"}, "queen": {"en": "queen", "zh": "queen"}}
    tree = {"kind": "choice", "question": {"en": "?", "zh": "?"}, "options": options}
    asked = Question.read_from({**tree, "marks": {"word 13": "queen", "word 4": "crown"}})
    assert asked.numbers() == {Focus("word", (13,)): "2", Focus("word", (4,)): "1"}
    own = Question.read_from({**tree, "options": {"1": {"en": "1", "zh": "1"}}, "marks": {"cluster 0": "1"}})
    assert own.numbers() == {}  # the mark is called so already


def test_places_of_several_things_are_all_to_be_near() -> None:
    question = asked("point", within=0.5, options={name: OPTIONS[name] for name in "ab"})
    truth = [[0, 0], [3, 4]]
    assert question.read("[[0.2, 0], [3, 4.4]]") == [[0.2, 0], [3, 4.4]]
    for none in ("[[0, 0], null]", "[[0, 0]]", "[0, 0]", "[[0, 0], [1]]"):
        with pytest.raises(ValueError, match="no answer"):
            question.read(none)
    assert question.is_right([[0.2, 0], [3, 4.4]], truth)
    assert not question.is_right([[0.2, 0], [3, 5]], truth)
    assert not any(question.is_right(wrong, truth) for wrong in question.wrong_answers(truth))
    assert [gap.label for gap in question.gaps(truth, truth)] == ["first x", "first y", "second x", "second y"]
    many = asked("point", within=0.5, options=OPTIONS)
    assert [gap[3] for gap in many.gaps([*truth, [0, 0]], [*truth, [3, 4]])] == ["0", "0", "5"]
