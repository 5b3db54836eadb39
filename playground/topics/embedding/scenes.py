"""Do the claims E1 to E8 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from math import isfinite

import numpy as np

from core.data.sentences import expected_loss
from core.embedding.algorithm import weights_of
from core.embedding.codes import CODES, ONE_HOTS, pairs
from core.embedding.nets import chain, net_of
from core.embedding.sentence import by_hand
from core.embedding.settings import data_of
from core.embedding.votes import both_ways, score, times_trained, twin_votes, votes
from core.nn.layers import Stack
from core.run.refusal import Refusal
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from widgets.base.numbers import count, difference, fixed

_LEAST = 0.85  # of the sentences held out


def words_become_numbers(runs: Runs) -> Outcome:
    """E1: with hashing words meet at one number; good and bad do, so that sentences cannot be told apart."""
    params = runs["run"].recipe.params
    data = data_of(params)
    given, words = set(data.number_of.values()), len(data.vocabulary)
    alike = (data.sequences[:, None] == data.sequences[None]).all(axis=2)
    pairs_of = int((alike & (data.labels[:, None] > data.labels[None])).sum())
    met = data.number_of["good"] == data.number_of["bad"]
    told = {"words": words, "numbers": len(given), "pairs": pairs_of, "number": data.number_of["good"],
            "expected": fixed(words - expected_loss(words, data.rows), 1)}  # fmt: skip
    holds = met and len(given) < words and pairs_of > 0 and runs["run"].recorded > 0
    return Outcome(holds, told, len(given))


def all_of_one_length(runs: Runs) -> Outcome:
    """E2: every sentence has the length of the net; cutting the end cuts away the word that says it."""
    shares = {name: _test_accuracy(run) for name, run in runs.items()}
    same = all(data_of(run.recipe.params).sequences.shape[1] == 4 for run in runs.values())
    lengths = {len(row) for row in data_of(runs["pre"].recipe.params).numbers}
    holds = same and shares["pre"] >= _LEAST and shares["post"] < 0.8
    told = {name: fixed(100 * share, 0) for name, share in shares.items()}
    told |= {"shortest": str(min(lengths)), "longest": str(max(lengths))}
    return Outcome(holds, told, round(100 * shares["post"], 2))


def a_code_with_meaning(runs: Runs) -> Outcome:
    """E3: by the angle grey is as white; by distance it is nearer to red, and one-hots are all equally far apart."""
    own = {(pair.one, pair.other): pair for pair in pairs(CODES)}
    white, red = own["white", "grey"], own["grey", "red"]
    apart = {round(pair.distance, 12) for pair in pairs(ONE_HOTS)}
    holds = white.cosine > red.cosine and white.distance > red.distance and len(apart) == 1 and runs["run"].recorded > 0
    told = {"white": fixed(white.cosine, 3), "red": fixed(red.cosine, 3), "far": fixed(white.distance, 1),
            "near": fixed(red.distance, 1)}  # fmt: skip
    return Outcome(holds, told, round(red.cosine, 3))


def a_look_up(runs: Runs) -> Outcome:
    """E4: one-hots times E are the rows looked up, to the last bit; only the product multiplies."""
    run = runs["run"]
    params, state = run.recipe.params, last_state(run)
    data = data_of(params)
    made = [both_ways(state, params, sequence) for sequence in data.sequences]
    holds = run.recorded > 0 and all(np.array_equal(both.looked_up, both.product) for both in made)
    return Outcome(holds, {"products": count(made[0].multiplications)}, made[0].multiplications)


def laid_end_to_end(runs: Runs) -> Outcome:
    """E5: 4 rows of 8 numbers become 32; without a fixed length Dense behind Flatten cannot be built."""
    run = runs["run"]
    params = run.recipe.params
    made, without = chain(params), chain(params, is_fixed=False)
    assert isinstance(made, Stack)
    cells = made.shapes[2][1].size
    seen = last_state(run).t > 0 and weights_of(last_state(run), params)["W"].shape == (cells, 1)
    holds = seen and cells == 32 and isinstance(without, Refusal) and without.values["after"] == "Flatten"
    given = str(without.values["given"]) if isinstance(without, Refusal) else ""
    return Outcome(holds, {"cells": cells, "given": given}, cells)


def for_or_against(runs: Runs) -> Outcome:
    """E6: sentences that took no part in training are called rightly."""
    run = runs["run"]
    share, held = _test_accuracy(run), len(data_of(run.recipe.params).test)
    right = round(share * held)
    return Outcome(share >= _LEAST, {"right": right, "held": held, "steps": run.recorded}, right)


def rows_that_move(runs: Runs) -> Outcome:
    """E6: with SGD the rows of E that a step moves are those of its batch, padding among them."""
    run = runs["run"]
    before, after, params = run.frame(run.recorded - 1).state, run.frame(run.recorded).made, run.recipe.params
    was, now = (weights_of(state, params)["E"] for state in (before, after))
    moved = set(np.flatnonzero((was != now).any(axis=1)).tolist())
    read = set(np.unique(data_of(params).sequences[after.batch[after.batch >= 0]]).tolist())
    return Outcome(
        moved == read and 0 in moved, {"moved": len(moved), "rows": len(was)}, "moves" if 0 in moved else None
    )


def one_size_each(runs: Runs) -> Outcome:
    """E7: input_dim sets the rows of E, output_dim its columns, input_length the rows looked up."""
    sizes = {name: _sizes(run) for name, run in runs.items()}
    rows, columns, length = sizes["rows"], sizes["columns"], sizes["length"]
    played = all(run.recorded > 0 for run in runs.values())
    holds = played and rows == (60, 8, 4, 32) and columns == (41, 3, 4, 12) and length == (41, 8, 7, 56)
    told = {"rows": rows[3], "columns": columns[3], "length": length[3]}
    return Outcome(holds, told, length[3])


def where_it_was_never_seen(runs: Runs) -> Outcome:
    """E8: a word learned at one place is known at another, for one row serves all; a one-hot has learned nothing."""
    run = runs["run"]
    params, state = run.recipe.params, last_state(run)
    held, own = len(data_of(params).test), twin_votes(state, params)
    assert own is not None
    twin = float(column(run, "one_hot.test_accuracy")[-1])
    blank = bool((own[times_trained(params) == 0] == 0).all())
    share = _test_accuracy(run)
    told = {"held": held, "embedding": round(share * held), "one_hot": round(twin * held)}
    return Outcome(share >= 0.95 and twin <= 0.6 and blank, told, round(twin * held))


def a_word_that_turns_another(runs: Runs) -> Outcome:
    """E6 fails: where the last word always stands last, "not" adds the same to good and to bad.

    No sum over places calls more than three in four of such sentences rightly.
    """
    right = {name: _called_rightly(run) for name, run in runs.items()}
    total = len(data_of(runs["pre"].recipe.params).texts)
    most = max(right["pre"], round(float(np.nanmax(column(runs["pre"], "accuracy"))) * total))
    (good, bad), (fourth, fifth) = (
        (_added_by_not(runs["pre"], word) for word in ("good", "bad")),
        _of_good(runs["post"]),
    )
    holds = right["post"] == total and most <= 0.75 * total and abs(good - bad) < 1e-9 and fourth > 0 > fifth
    told: dict[str, object] = {"post": right["post"], "count": total, "most": most}
    told |= {"fourth": difference(fourth), "fifth": difference(fifth)}
    learned = [name for name in runs if right[name] == total]
    return Outcome(holds, told, "both" if len(learned) == 2 else next(iter(learned), "neither"))


def post_padding_too(seen: Seen) -> bool:
    """Task: at least 85 of 100 sentences held out called rightly at length 8 with padding behind."""
    params, share = seen.params, float(seen.row["test_accuracy"])
    return params.input_length == 8 and params.padding == "post" and isfinite(share) and share >= _LEAST


def _test_accuracy(run: Timeline) -> float:
    return float(column(run, "test_accuracy")[-1])


def _sizes(run: Timeline) -> tuple[int, int, int, int]:
    """Return rows and columns of E, the rows looked up, and the rows of W."""
    places = net_of(run.recipe.params, "embedding").stack.places
    rows, columns = places["layer_1.E"][1]
    return rows, columns, run.recipe.params.input_length, places["layer_3.W"][1][0]


def _called_rightly(run: Timeline) -> int:
    """Return how many of all sentences are called rightly in the end."""
    params, state = run.recipe.params, last_state(run)
    data = data_of(params)
    calls = np.array([score(state, params, sequence) >= 0 for sequence in data.sequences])
    return int((calls == data.labels).sum())


def _added_by_not(run: Timeline, word: str) -> float:
    """Return by how much "not" changes the score of a sentence that ends with a word."""
    params, state = run.recipe.params, last_state(run)
    ways = (("the", "film", "is", *more, word) for more in (("not",), ()))
    turned, plain = (score(state, params, by_hand(words, params).sequence) for words in ways)
    return turned - plain


def _of_good(run: Timeline) -> tuple[float, float]:
    """Return what "good" says at places 4 and 5 in the end."""
    params = run.recipe.params
    own = votes(last_state(run), params)[data_of(params).number_of["good"]]
    return float(own[3]), float(own[4])
