"""Worked examples of skip-gram that others have printed, number by number."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import word2vec
from core.data.corpora import read_corpus
from core.nn.similarity import neighbours
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.word2vec import Params, State

# Derek Chia, An implementation guide to Word2Vec using NumPy and Google Sheets (6 December 2018): the first weights are
# those of wordtovec.py (github.com/DerekChia/word2vec_numpy); the cosines after 50 epochs are printed in its section 5.
CHIA_W = np.array(
    [
        [0.236, -0.962, 0.686, 0.785, -0.454, -0.833, -0.744, 0.677, -0.427, -0.066],
        [-0.907, 0.894, 0.225, 0.673, -0.579, -0.428, 0.685, 0.973, -0.070, -0.811],
        [-0.576, 0.658, -0.582, -0.112, 0.662, 0.051, -0.401, -0.921, -0.158, 0.529],
        [0.517, 0.436, 0.092, -0.835, -0.444, -0.905, 0.879, 0.303, 0.332, -0.275],
        [0.859, -0.890, 0.651, 0.185, -0.511, -0.456, 0.377, -0.274, 0.182, -0.237],
        [0.368, -0.867, -0.301, -0.222, 0.630, 0.808, 0.088, -0.902, -0.450, -0.408],
        [0.728, 0.277, 0.439, 0.138, -0.943, -0.409, 0.687, -0.215, -0.807, 0.612],
        [0.593, -0.699, 0.020, 0.142, -0.638, -0.633, 0.344, 0.868, 0.913, 0.429],
        [0.447, -0.810, -0.061, -0.495, 0.794, -0.064, -0.817, -0.408, -0.286, 0.149],
    ]
)
CHIA_C = np.array(
    [
        [-0.868, -0.406, -0.288, -0.016, -0.560, 0.179, 0.099, 0.438, -0.551],
        [-0.395, 0.890, 0.685, -0.329, 0.218, -0.852, -0.919, 0.665, 0.968],
        [-0.128, 0.685, -0.828, 0.709, -0.420, 0.057, -0.212, 0.728, -0.690],
        [0.881, 0.238, 0.018, 0.622, 0.936, -0.442, 0.936, 0.586, -0.020],
        [-0.478, 0.240, 0.820, -0.731, 0.260, -0.989, -0.626, 0.796, -0.599],
        [0.679, 0.721, -0.111, 0.083, -0.738, 0.227, 0.560, 0.929, 0.017],
        [-0.690, 0.907, 0.464, -0.022, -0.005, -0.004, -0.425, 0.299, 0.757],
        [-0.054, 0.397, -0.017, -0.563, -0.551, 0.465, -0.596, -0.413, -0.395],
        [-0.838, 0.053, -0.160, -0.164, -0.671, 0.140, -0.149, 0.708, 0.425],
        [0.096, -0.995, -0.313, 0.881, -0.402, -0.631, -0.660, 0.184, 0.487],
    ]
)
CHIA_LIKE_MACHINE = {"fun": 0.6223490454018772, "and": 0.5190154215400249}

# UCL, PUBL0099, lecture 7 (uclspp.github.io/PUBL0099/lectures/lecture_7.html), "Example: center = cut": one vector a
# word, the same for centre and context.
UCL = {
    "cut": [0.12, -0.31, 0.05], "government": [-0.24, 0.18, 0.42], "the": [0.33, 0.07, -0.15],
    "deficit": [-0.11, 0.29, -0.38], "spending": [0.45, -0.22, 0.19],
}  # fmt: skip


def states(params: Params, arrays: dict[str, Any], steps: int) -> list[State]:
    edits = tuple(Change(0, SetArray(name, array)) for name, array in arrays.items())
    return [frame.state for frame, _ in replay(word2vec, Recipe("word2vec", 1, 0, params, edits), steps)]


def test_chia_2018_one_centre_with_all_its_contexts_errors_summed() -> None:
    params = Params(
        corpus="natural language processing and machine learning is fun and exciting", window=2, vector_size=10,
        learning_rate=0.01, examples="centre",
    )  # fmt: skip
    words = read_corpus(params.corpus).vocabulary
    assert words == ("natural", "language", "processing", "and", "machine", "learning", "is", "fun", "exciting")
    last = states(params, {"W": CHIA_W, "C": CHIA_C}, 50 * 10)[-1]
    found = {words[word]: cosine for word, cosine in neighbours(last.W, words.index("machine"), 2)}
    assert found == pytest.approx(CHIA_LIKE_MACHINE, rel=1e-12)
    assert list(found) == list(CHIA_LIKE_MACHINE)


def test_ucl_the_chance_of_government_beside_cut() -> None:
    params = Params(corpus="cut government. the deficit spending", window=1, vector_size=3)
    vectors = np.array([UCL[word] for word in read_corpus(params.corpus).vocabulary])
    _, after = states(params, {"W": vectors, "C": vectors.T.copy()}, 1)
    scores = vectors @ vectors[0]
    printed = {"cut": (0.113, 1.120), "government": (-0.064, 0.938), "the": (0.010, 1.010),
               "deficit": (-0.122, 0.885), "spending": (0.132, 1.141)}  # fmt: skip
    for word, score in zip(UCL, scores.tolist(), strict=True):
        assert (score, float(np.exp(score))) == pytest.approx(
            printed[word], abs=1.5e-3
        )  # as printed, rounded in between
    assert float(np.exp(scores).sum()) == pytest.approx(5.094, abs=1.5e-3)
    assert float(after.probabilities[0][1]) == pytest.approx(0.184, abs=5e-4)
    assert after.loss == pytest.approx(1.69, abs=5e-3)


def test_a_centre_goes_against_the_sum_of_its_pairs_gradients() -> None:
    """Rong (2014), eq. 29 to 35: EI = Σ (y − t_c), C ← C − η·h·EIᵀ, W[centre] ← W[centre] − η·C·EI."""
    params = Params(corpus="a b c d b", window=2, vector_size=2, learning_rate=0.1, examples="centre")
    run = states(params, {}, 5)
    tokens = read_corpus(params.corpus).tokens.tolist()
    for t, (before, after) in enumerate(pairwise(run)):
        centre, contexts = tokens[t], [tokens[j] for j in range(t - 2, t + 3) if j != t and 0 <= j < 5]
        h = before.W[centre]
        y = np.exp(h @ before.C) / np.exp(h @ before.C).sum()
        error = sum(y - np.eye(4)[word] for word in contexts)
        moved = before.C - 0.1 * np.outer(h, error)
        assert np.allclose(after.C, moved, rtol=1e-12, atol=1e-15)
        assert after.W[centre] == pytest.approx(h - 0.1 * before.C @ error, rel=1e-12, abs=1e-15)
        assert after.loss == pytest.approx(-sum(np.log(y[word]) for word in contexts), rel=1e-12)
        row = word2vec.arrays(after, params)
        assert row["context"].tolist() == contexts + [-1] * (4 - len(contexts))
        assert row["probabilities"] == pytest.approx(y)


def test_a_batch_of_centres_is_the_mean_over_centres() -> None:
    params = Params(corpus="a b c d b", window=2, vector_size=2, optimizer="adam", examples="centre", batch=5)
    begin, after = states(params, {}, 1)
    alone = Params(corpus="a b c d b", window=2, vector_size=2, learning_rate=1e-12, examples="centre")
    each = states(alone, {"W": begin.W, "C": begin.C}, 5)
    assert after.loss == pytest.approx(np.mean([state.loss for state in each[1:]]), rel=1e-9)
    series = word2vec.series(after, params)
    assert (series["epoch"], series["position"]) == (1.0, 0.0)


def test_negatives_of_a_centre_are_drawn_for_each_context() -> None:
    params = Params(output="negative sampling", negative=3, examples="centre", batch=2)
    row = word2vec.arrays(states(params, {}, 3)[3], params)
    assert row["negatives"].shape == (2, 4, 3)
    assert ((row["context"] < 0) == (row["negatives"] < 0).all(axis=2)).all()
    drawn = row["negatives"] == row["context"][:, :, None]
    assert not (drawn & (row["context"] >= 0)[:, :, None]).any()  # never the target
    start = word2vec.arrays(states(params, {}, 0)[0], params)
    assert start["negatives"].shape == (2, 4, 3)
    assert (start["context"] == -1).all()


def test_whole_centres_go_with_skip_gram_only() -> None:
    cbow = Params(model="cbow", examples="centre")
    refusal = word2vec.check(cbow)
    assert refusal is not None
    assert (refusal.field, refusal.key) == ("examples", "examples_model")
    assert word2vec.implied(cbow, frozenset({"model"})).examples == "pair"
