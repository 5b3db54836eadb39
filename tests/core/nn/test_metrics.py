"""Metrics against scikit-learn, on draws with ties, empty classes and answers that name nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as judge

from core.nn import metrics
from core.nn.metrics import (
    Confusion,
    accuracy,
    auc,
    called,
    confusion,
    confusion_matrix,
    share_within,
    sweep,
)

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 0.7, 0.9, 1.0]), min_size=1, max_size=30)


@st.composite
def answers(draw: Any) -> tuple[Any, Any]:
    p = np.array(draw(SCORES))
    return p, np.array(draw(st.lists(st.integers(0, 1), min_size=len(p), max_size=len(p))))


def same(ours: float, theirs: float) -> bool:
    """scikit-learn gives nan where it is told that a share does not exist, as we do."""
    return (math.isnan(ours) and math.isnan(theirs)) or math.isclose(ours, theirs, rel_tol=1e-12)


@given(answers(), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
def test_two_classes(answer: tuple[Any, Any], threshold: float) -> None:
    p, t = answer
    ours, is_called = confusion(p, t, threshold), (p >= threshold).astype(int)
    tn, fp, fn, tp = judge.confusion_matrix(t, is_called, labels=[0, 1]).ravel()
    assert (ours.tp, ours.fp, ours.fn, ours.tn) == (tp, fp, fn, tn)
    assert same(ours.accuracy, judge.accuracy_score(t, is_called))
    assert same(ours.precision, judge.precision_score(t, is_called, zero_division=np.nan))
    assert same(ours.recall, judge.recall_score(t, is_called, zero_division=np.nan))
    assert same(ours.f1, judge.f1_score(t, is_called, zero_division=np.nan))


@given(answers())
def test_the_area_under_the_curve(answer: tuple[Any, Any]) -> None:
    p, t = answer
    if len(set(t.tolist())) < 2:
        assert math.isnan(auc(p, t))
    else:
        assert same(auc(p, t), judge.roc_auc_score(t, p))


@given(answers())
def test_every_threshold(answer: tuple[Any, Any]) -> None:
    p, t = answer
    swept = sweep(p, t)
    assert (np.diff(swept.thresholds) < 0).all()
    for threshold, tp, fp in zip(swept.thresholds, swept.tp, swept.fp, strict=True):
        ours = confusion(p, t, threshold)
        assert (ours.tp, ours.fp) == (tp, fp)
    if len(set(t.tolist())) == 2:
        fpr, tpr, thresholds = judge.roc_curve(t, p, drop_intermediate=False)
        np.testing.assert_allclose(swept.roc, (fpr, tpr), rtol=1e-12)
        np.testing.assert_array_equal(swept.thresholds, thresholds)
        precision, recall, _ = judge.precision_recall_curve(t, p)
        ours_p, ours_r = swept.precision_and_recall
        np.testing.assert_allclose(ours_p[1:], precision[-2::-1], rtol=1e-12)
        np.testing.assert_allclose(ours_r, recall[::-1], rtol=1e-12)
        assert math.isnan(ours_p[0])


def test_a_share_of_nothing_does_not_exist() -> None:
    assert math.isnan(Confusion(0, 0, 3, 5).precision)
    assert math.isnan(Confusion(0, 2, 0, 5).recall)
    assert Confusion(0, 0, 3, 5).f1 == 0.0
    assert math.isnan(Confusion(0, 0, 0, 5).f1)
    assert Confusion(0, 0, 3, 5).accuracy == 5 / 8


def test_the_threshold_itself_counts_as_called() -> None:
    assert confusion(np.array([0.5]), np.array([1])).tp == 1
    assert called(np.array([[0.0], [-1e-300]])).tolist() == [1, 0]


def test_the_first_of_equal_scores_is_called() -> None:
    assert called(np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]])).tolist() == [1, 0]
    assert called(np.zeros((2, 4, 3))).shape == (2, 4)


def test_accuracy_over_many_classes_and_times() -> None:
    rng = np.random.default_rng(0)
    z, t = rng.normal(size=(6, 5, 4)), rng.integers(0, 4, (6, 5))
    ours = accuracy(called(z), t)
    assert ours == judge.accuracy_score(t.ravel(), z.argmax(axis=-1).ravel())
    assert accuracy(called(rng.normal(size=(6, 1))), np.ones((6, 1))) <= 1.0


def test_numbers_near_their_targets() -> None:
    assert share_within(np.array([[0.1], [0.35], [2.0]]), np.array([0.0, 0.25, 1.0])) == 2 / 3
    assert share_within(np.array([1.0]), np.array([1.5]), 0.5) == 1.0


@pytest.mark.parametrize("count", [3, 5])
def test_the_confusion_of_many_classes(count: int) -> None:
    rng = np.random.default_rng(count)
    t, classes = rng.integers(0, 3, 50), rng.integers(0, 3, 50)
    theirs = judge.confusion_matrix(t, classes, labels=range(count))
    np.testing.assert_array_equal(confusion_matrix(t, classes, count), theirs)


def test_by_hand() -> None:
    """Ten of two hundred are 1 and none is called: 0.95 right, and nothing found."""
    p, t = np.full(200, 0.2), (np.arange(200) < 10).astype(int)
    ours = confusion(p, t)
    assert (ours.accuracy, ours.recall) == (0.95, 0.0)
    assert auc(p, t) == 0.5
    assert metrics.share(1, 4) == 0.25
