"""Do the claims W1 to W9 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np

from core.data.corpora import GROUPS, SHIPPED, read_corpus
from core.nn.activations import softmax
from core.nn.similarity import gap_between_groups, neighbours
from core.nn.update_rules import FIRST_ORDER, first_order
from core.run.values import Floats
from core.word2vec.algorithm import guessing_loss, used
from core.word2vec.examples import Examples
from core.word2vec.net import multiplications
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from widgets.base.numbers import count, fixed


def its_own_row(runs: Runs) -> Outcome:
    """W1: a one-hot picks its row; with SGD only the rows of words used move, with Momentum others do."""
    moved = {name: [_rows_moved(*pair) for pair in pairwise(_states(run))] for name, run in runs.items()}
    alone = moved["sgd"] == [set(now.inputs[0].tolist()) - {-1} for now in _used(runs["sgd"])]
    others = len(moved["momentum"][-1]) > 1
    picks = all(_product_is_row(state.W) for state in _states(runs["sgd"]))
    values = {name: len(sets[-1]) for name, sets in moved.items() if sets}
    told = {**values, "steps": runs["sgd"].recorded}
    return Outcome(alone and others and picks, told, len(moved["sgd"][0]) if moved["sgd"] else None)


def look_up(runs: Runs) -> Outcome:
    """W2: the product of a one-hot and W is the row that a look-up finds without a multiplication."""
    run = runs["run"]
    same = all(_product_is_row(state.W) for state in _states(run))
    counts = dict(multiplications(100_000, run.recipe.params.vector_size, run.recipe.params.negative))
    holds = same and run.recorded > 0 and counts["one_hot"] == 1_000_000 and counts["look_up"] == 0
    told = {"product": count(counts["one_hot"]), "look_up": counts["look_up"], "steps": run.recorded}
    return Outcome(holds, told, counts["one_hot"])


def mean_of_the_context(runs: Runs) -> Outcome:
    """W3: what CBOW predicts follows from the mean of the context's rows."""
    run = runs["run"]
    inputs = [now.inputs[0][now.inputs[0] >= 0] for now in _used(run)]
    holds = run.recorded > 0
    for words, (before, after) in zip(inputs, pairwise(_states(run)), strict=True):
        holds &= np.allclose(after.probabilities[0], softmax(before.W[words].mean(axis=0) @ before.C), atol=1e-12)
    sizes = [len(words) for words in inputs]
    told = {"steps": run.recorded, "fewest": min(sizes), "most": max(sizes)}
    return Outcome(bool(holds), told, "mean" if holds else None)


def pair_by_pair(runs: Runs) -> Outcome:
    """W4: skip-gram lists the pairs of the text as the window moves, left to right."""
    run = runs["run"]
    corpus = read_corpus(run.recipe.params.corpus)
    pairs = [(int(now.centres[0]), int(now.contexts[0, 0])) for now in _used(run)]
    wanted = _pairs_of(corpus, run.recipe.params.window)
    words = corpus.vocabulary
    order = [words[context] for centre, context in pairs if words[centre] == "wears"][:4]
    told = {"pairs": len(pairs), "words": len(corpus.tokens), "order": ", ".join(order)}
    return Outcome(pairs == wanted, told, order)


def a_probability_for_every_word(runs: Runs) -> Outcome:
    """W5: the output sums to 1, and the loss is −log of the target's share."""
    run = runs["run"]
    shares = np.array([state.probabilities[0] for state in _states(run)[1:]])
    targets = [int(now.targets[0]) for now in _used(run)]
    off = float(np.abs(shares.sum(axis=1) - 1).max())
    losses = -np.log(shares[np.arange(len(targets)), targets])
    holds = off < 1e-12 and bool((shares > 0).all()) and np.allclose(losses, column(run, "loss")[1:], atol=1e-12)
    first = fixed(100 * float(shares[0, targets[0]]), 1)
    return Outcome(holds, {"steps": run.recorded, "first": first}, float(first))


def width_of_the_hidden_layer(runs: Runs) -> Outcome:
    """W6: W is V × n and C is n × V, whatever n is."""
    shapes, sizes = [], []
    holds = True
    for name, run in runs.items():
        state, size = last_state(run), read_corpus(run.recipe.params.corpus).size
        holds &= state.t > 0 and state.W.shape == (size, int(name)) and state.C.shape == (int(name), size)
        shapes.append(f"{size}\u00a0×\u00a0{name}")
        sizes.append(count(state.W.size))
    return Outcome(holds, {"shapes": ", ".join(shapes), "numbers": ", ".join(sizes)}, last_state(runs["12"]).W.size)


def the_weights_are_the_product(runs: Runs) -> Outcome:
    """W7: words of a group come to have like vectors, in English and in Chinese; queen is nearest to king."""
    gaps = {name: _gap(run) for name, run in runs.items()}
    words = read_corpus(runs["english"].recipe.params.corpus).vocabulary
    nearest = neighbours(last_state(runs["english"]).W, words.index("king"), 1)[0][0]
    holds = all(_apart(gap) for gap in gaps.values()) and words[nearest] == "queen"
    (a, b), (c, d) = gaps["english"], gaps["chinese"]
    values = {"within": a, "between": b, "within_zh": c, "between_zh": d}
    told = {name: fixed(value, 2) for name, value in values.items()}
    return Outcome(holds, {**told, "nearest": words[nearest]}, words[nearest])


def trained_like_any_net(runs: Runs) -> Outcome:
    """W8: rules of the race of optimizers, by their own code, bring the loss below guessing."""
    return _below_guessing(runs)


def rates_of_their_own(runs: Runs) -> Outcome:
    """W8: so do the rules that give each row a rate of its own."""
    return _below_guessing(runs)


def _below_guessing(runs: Runs) -> Outcome:
    own = all(
        type(first_order(name, run.recipe.params.learning_rate)) is FIRST_ORDER[name] for name, run in runs.items()
    )
    losses = {name: float(column(run, "epoch_loss")[-1]) for name, run in runs.items()}
    guessing = guessing_loss(next(iter(runs.values())).recipe.params)
    holds = own and all(loss < guessing - 0.3 for loss in losses.values())
    told = {name: f"{value:.2f}" for name, value in {**losses, "guessing": guessing}.items()}
    return Outcome(holds, told, sorted(losses, key=lambda name: losses[name]))


def negative_sampling(runs: Runs) -> Outcome:
    """W9: with few scores a step the groups come apart as with all."""
    gaps = {name: _gap(run) for name, run in runs.items()}
    params = runs["sampled"].recipe.params
    few, many = 1 + params.negative, read_corpus(params.corpus).size
    holds = few < many and all(_apart(gap) for gap in gaps.values())
    values = {f"{name}_{part}": fixed(value, 2) for name, gap in gaps.items()
              for part, value in zip(("within", "between"), gap, strict=True)}  # fmt: skip
    return Outcome(holds, {**values, "few": few, "many": many}, few)


# Tasks.


def beat_guessing(seen: Seen) -> bool:
    """Whether a pass has a mean loss half a nat below guessing."""
    return bool(seen.row["epoch_loss"] < guessing_loss(seen.recipe.params) - 0.5)


def break_it(seen: Seen) -> bool:
    """Whether a pass ends above guessing, or the run diverges."""
    return seen.began("diverged") or bool(seen.row["epoch_loss"] > guessing_loss(seen.recipe.params) + 0.1)


def one_number_a_word(seen: Seen) -> bool:
    """Whether vectors of one number have read the text once."""
    return bool(seen.recipe.params.vector_size == 1 and _ends_a_pass(seen))


def type_your_own(seen: Seen) -> bool:
    """Whether another text than the shipped ones was read once."""
    return seen.recipe.params.corpus not in SHIPPED and _ends_a_pass(seen)


def set_a_vector(seen: Seen) -> bool:
    """Whether the row of king was given the numbers of cat, and a step was made from there."""
    typed = [c.edit.value for c in seen.recipe.edits if c.step < seen.t and c.edit.name == "W"]
    words = read_corpus(seen.recipe.params.corpus).vocabulary if typed else ()
    if not {"king", "cat"} <= set(words):
        return False
    king, cat = words.index("king"), words.index("cat")
    return any((W[king] == W[cat]).all() for W in typed)


# What the checks look at.


def _ends_a_pass(seen: Seen) -> bool:
    return isfinite(seen.row["epoch_loss"])


def _states(run: Timeline) -> list[Any]:
    return [run.frame(t).state for t in range(run.recorded + 1)]


def _used(run: Timeline) -> list[Examples]:
    return [used(t, run.recipe.params) for t in range(1, run.recorded + 1)]


def _rows_moved(before: Any, after: Any) -> set[int]:
    return set(np.flatnonzero((before.W != after.W).any(axis=1)).tolist())


def _product_is_row(weights: Floats) -> bool:
    return bool((np.eye(len(weights)) @ weights == weights).all())


def _pairs_of(corpus: Any, reach: int) -> list[tuple[int, int]]:
    """Return the pairs of a text in the plainest way."""
    tokens, sentences = corpus.tokens.tolist(), corpus.sentences.tolist()
    return [
        (tokens[i], tokens[j])
        for i in range(len(tokens))
        for j in range(max(0, i - reach), min(len(tokens), i + reach + 1))
        if i != j and sentences[i] == sentences[j]
    ]


def _gap(run: Timeline) -> tuple[float, float]:
    params = run.recipe.params
    words = read_corpus(params.corpus).vocabulary
    groups = [[words.index(word) for word in group] for group in GROUPS[params.corpus]]
    return gap_between_groups(last_state(run).W, groups)


def _apart(gap: tuple[float, float]) -> bool:
    """Tell whether words of a group are alike, and more so than those of two groups by more than 0.2."""
    within, between = gap
    return within > 0.8 and within - between > 0.2
