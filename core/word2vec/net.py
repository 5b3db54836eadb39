"""The net of word2vec: two tables of vectors, a mean, dot products, and a loss; forward, and back to the gradient.

    h    = mean of the input vectors of the words that go in         (skip-gram: one word, so h is its vector)
    s_w  = h · output vector of w

    softmax             L = −log p_target,  p = softmax(s)            ∂L/∂s_w = p_w − [w is the target]
    negative sampling   L = −log σ(s_target) − Σ log σ(−s_negative)   ∂L/∂s_w = σ(s_w) − [w is the target]

Both tables stand in one array of 2·words rows: the rows of W, then the columns of C as rows, so that every word's
vector lies together. A batch's loss and gradient are means over its examples; of an example with several targets, a
centre with all its contexts, losses and errors are summed (Rong, section 2).
Source: Mikolov et al. (2013a, b); the gradients as in Rong (2014), eq. 7–23 and 56–62.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.data.corpora import Indices
from core.nn.activations import softplus
from core.run.values import Floats


@dataclass(frozen=True, eq=False)
class Batch:
    """B examples as rows of the tables. `inputs` that do not exist repeat the first one with a share of 0."""

    inputs: Indices  # (B, K) words that go in
    shares: Floats  # (B, K) of each in the mean
    outputs: Indices  # (B, 1) the target; with negative sampling (B, 1 + negative), the target first
    firsts: Indices | None = None  # the first row of each example, where several rows make one

    @classmethod
    def of(cls, inputs: Indices, targets: Indices, negatives: Indices, firsts: Indices | None = None) -> Batch:
        """Return the batch of words (B, K) with −1 where there is none, targets (B,) and negatives (B, negative).

        `firsts` tells the first row of each example, where that is not each row.
        """
        exists = inputs >= 0
        shares = exists / exists.sum(axis=1, keepdims=True)
        outputs = np.concatenate([targets[:, None], negatives], axis=1)
        return cls(np.where(exists, inputs, inputs[:, :1]), shares, outputs, firsts)

    @property
    def count(self) -> int:
        """How many examples these are."""
        return len(self.inputs if self.firsts is None else self.firsts)

    def by_example(self, rows: Floats) -> Floats:
        """Return what is alike in all rows (B, n) of an example once for each, (count, n)."""
        return rows if self.firsts is None else rows[self.firsts]

    def in_few_rows(self, words: int) -> tuple[Indices, int, Batch]:
        """Return the rows that this batch uses with negative sampling, and the batch as places among them alone.

        The rows are ascending, each once; the number between tells how many of them are input vectors.
        """
        is_used = np.zeros(2 * words, dtype=bool)
        is_used[self.inputs] = is_used[words + self.outputs] = True
        rows = np.flatnonzero(is_used)
        count = int(np.searchsorted(rows, words))
        place = np.empty(2 * words, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        return rows, count, Batch(place[self.inputs], self.shares, place[words + self.outputs] - count, self.firsts)


@dataclass(frozen=True, eq=False)
class Forward:
    """What the net makes of a batch before it learns from it."""

    hidden: Floats  # (B, N)
    errors: Floats  # ∂L/∂s of each example by itself: (B, words), or (B, 1 + negative)
    losses: Floats  # (B,)
    probabilities: Floats  # (B, words); (B, 0) with negative sampling


def forward(vectors: Floats, words: int, batch: Batch, sampled: bool) -> Forward:
    """Return the activations of a batch; `vectors` has `words` input vectors and then the output vectors."""
    hidden = (batch.shares[:, None, :] @ vectors[batch.inputs])[:, 0]
    read = _sampled if sampled else _softmax
    return read(vectors[words:], hidden, batch.outputs)


def _softmax(output: Floats, hidden: Floats, outputs: Indices) -> Forward:
    target = np.arange(len(hidden)), outputs[:, 0]
    scores = hidden @ output.T
    scores -= scores.max(axis=1, keepdims=True)  # softmax is the same, and e to the power of it cannot overflow
    powers = np.exp(scores)
    total = powers.sum(axis=1)
    probabilities = powers / total[:, None]
    errors = probabilities.copy()
    errors[target] -= 1.0
    return Forward(hidden, errors, np.log(total) - scores[target], probabilities)


def _sampled(output: Floats, hidden: Floats, outputs: Indices) -> Forward:
    scores = (output[outputs] @ hidden[:, :, None])[:, :, 0]
    scores[:, 0] *= -1.0  # the loss of every word is now log(1 + e^score)
    losses = softplus(scores)
    errors = np.exp(scores - losses)  # σ(score)
    errors[:, 0] *= -1.0
    return Forward(hidden, errors, losses.sum(axis=1), np.empty((len(hidden), 0)))


def gradient(vectors: Floats, words: int, batch: Batch, made: Forward, sampled: bool) -> Floats:
    """Return the gradient of the batch's mean loss by the vectors, in their shape."""
    errors = made.errors / batch.count
    slope = np.empty_like(vectors)
    output = vectors[words:]
    if sampled:
        to_hidden = (errors[:, None, :] @ output[batch.outputs])[:, 0]
        each = errors[:, :, None] * made.hidden[:, None, :]
        slope[words:] = summed_by_row(batch.outputs, each, len(output))
    else:
        to_hidden = errors @ output
        product = np.multiply if len(errors) == 1 else np.matmul  # of one example both are the same, and this is faster
        product(errors.T, made.hidden, out=slope[words:])
    slope[:words] = summed_by_row(batch.inputs, batch.shares[:, :, None] * to_hidden[:, None, :], words)
    return slope


def summed_by_row(places: Indices, values: Floats, rows: int) -> Floats:
    """Return (rows, N) where row r is the sum of the values (…, N) whose place is r; places may repeat."""
    width = values.shape[-1]
    flat = places.reshape(-1, 1) * width + np.arange(width)
    sums = np.bincount(flat.ravel(), values.ravel(), rows * width)
    return sums.reshape(rows, width).astype(np.float64, copy=False)


def multiplications(words: int, size: int, negative: int) -> list[tuple[str, int]]:
    """Return how many multiplications each way takes for one word that goes in, by the size of the vocabulary.

    A one-hot row times W multiplies every weight, all but one row of them by 0; a look-up only copies that row. The
    scores are dot products: with every output vector, or with those of the target and the negatives.
    """
    return [("one_hot", words * size), ("look_up", 0), ("softmax", size * words), ("sampled", size * (1 + negative))]
