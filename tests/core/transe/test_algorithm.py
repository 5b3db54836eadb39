"""A step of TransE against central differences and loops, what holds of any run, and the set-ups of its claims."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import transe
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams
from core.transe import Params, State
from core.transe.algorithm import next_pair, taken_apart
from core.transe.ranks import length
from core.transe.settings import graph_of


def run(params: Params, steps: int, seed: int = 0, changes: Any = ()) -> list[State]:
    assert transe.check(params) is None
    return [frame.state for frame, _ in replay(transe, Recipe("transe", 1, seed, params, changes), steps)]


def end(params: Params, steps: int, seed: int = 0) -> State:
    for frame, _ in replay(transe, Recipe("transe", 1, seed, params), steps):
        last = frame.state
    return last


def row(params: Params, steps: int, seed: int = 0) -> dict[str, Any]:
    return transe.series(end(params, steps, seed), params)


# ---- one step


def test_rows_begin_with_length_1() -> None:
    state = transe.start(Params(dim=5), Streams.start(3))
    np.testing.assert_allclose(length(state.entities, 2), 1, rtol=1e-15)
    np.testing.assert_allclose(length(state.relations, 2), 1, rtol=1e-15)
    assert (state.entities.shape, state.relations.shape) == ((28, 5), (3, 5))


def loss_of(entities: Any, relations: Any, triple: Any, corrupted: Any, params: Params) -> float:
    d, d_false = (
        np.linalg.norm(entities[h] + relations[r] - entities[t], ord=params.norm)
        for h, r, t in (triple.tolist(), corrupted.tolist())
    )
    return max(0.0, params.margin + float(d - d_false))


@pytest.mark.parametrize("norm", [1, 2])
@pytest.mark.parametrize("dim", [1, 2, 7])
def test_gradients_are_those_of_central_differences(norm: int, dim: int) -> None:
    params, rng, moved = Params(triples="marriages", norm=norm, dim=dim, margin=2.0), np.random.default_rng(5), 0
    for t in range(1, 15):
        state = transe.start(params, Streams.start(t))
        triple, corrupted = next_pair(t, params, Streams.step(t, t))
        made = taken_apart(state, params, triple, corrupted)
        assert made.loss == pytest.approx(
            loss_of(state.entities, state.relations, triple, corrupted, params), rel=1e-12
        )
        gradient = {"entities": np.zeros_like(state.entities), "relations": np.zeros_like(state.relations)}
        gradient["entities"][made.rows] = made.gradient
        gradient["relations"][triple[1]] = made.relation_gradient
        for name, slopes in gradient.items():
            for _ in range(6):
                at = tuple(int(rng.integers(size)) for size in slopes.shape)
                tables = [{"entities": state.entities.copy(), "relations": state.relations.copy()} for _ in range(2)]
                for table, away in zip(tables, (1e-6, -1e-6), strict=True):
                    table[name][at] += away
                high, low = (loss_of(t["entities"], t["relations"], triple, corrupted, params) for t in tables)
                assert slopes[at] == pytest.approx((high - low) / 2e-6, abs=1e-7)
        moved += made.loss > 0
    assert moved > 5


def test_gradients_are_those_of_torch() -> None:
    torch = pytest.importorskip("torch")
    params = Params(dim=3, margin=3.0)
    for before, after in pairwise(run(params, 40)):
        tables = [torch.tensor(np.array(t), requires_grad=True) for t in (before.entities, before.relations)]
        entities, relations = tables
        d, d_false = (
            torch.linalg.vector_norm(entities[h] + relations[r] - entities[t])
            for h, r, t in (after.triple.tolist(), after.corrupted.tolist())
        )
        torch.clamp(params.margin + d - d_false, min=0).backward()
        for table, new in zip(tables, (after.entities, after.relations), strict=True):
            expected = table.detach() - params.learning_rate * table.grad
            np.testing.assert_allclose(new, expected.numpy(), rtol=0, atol=1e-14)


def by_hand(state: State, triple: Any, corrupted: Any, params: Params) -> Any:
    """Return the entities after one step, each of the four ends by itself, added up."""
    moved = state.entities.copy()
    slopes = []
    for h, r, t in (triple, corrupted):
        x = state.entities[h] + state.relations[r] - state.entities[t]
        slopes.append(np.sign(x) if params.norm == 1 else x / np.linalg.norm(x))
    for (h, _, t), u, sign in zip((triple, corrupted), slopes, (1, -1), strict=True):
        moved[h] -= sign * params.learning_rate * u
        moved[t] += sign * params.learning_rate * u
    return moved


@pytest.mark.parametrize("norm", [1, 2])
def test_a_row_that_stands_in_both_triples_gets_the_sum(norm: int) -> None:
    params = Params(triples=(("a", "r", "b"), ("b", "r", "c")), norm=norm, margin=5.0)
    state = transe.start(params, Streams.start(1))
    for triple, corrupted in (((0, 0, 1), (0, 0, 2)), ((0, 0, 1), (2, 0, 1)), ((0, 0, 1), (0, 0, 0))):
        made = taken_apart(state, params, np.array(triple), np.array(corrupted))
        assert made.loss > 0
        np.testing.assert_allclose(made.entities, by_hand(state, triple, corrupted, params), rtol=0, atol=1e-15)


def test_the_slope_at_0_is_0() -> None:
    params = Params(triples=(("a", "r", "b"),))
    state = State(0, np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([[1.0, 0.0]]), *(np.zeros(3, dtype=int),) * 2)
    made = taken_apart(state, params, np.array([0, 0, 1]), np.array([1, 0, 1]))
    assert made.distance == 0
    assert not made.slope.any()
    assert made.corrupted_slope.tolist() == [0.0, 0.0] or made.loss > 0


def test_with_no_loss_nothing_moves() -> None:
    states = run(Params(triples="week"), 300)
    still = [(a, b) for a, b in pairwise(states) if b.loss == 0]
    assert still
    assert all(np.array_equal(a.entities, b.entities) and np.array_equal(a.relations, b.relations) for a, b in still)


def test_normalise_puts_back_what_moved_and_only_that() -> None:
    params = Params(normalise=True, margin=2.0)
    doubled = Change(0, SetArray("entities", 2 * transe.start(params, Streams.start(0)).entities))
    before, after = run(params, 1, changes=(doubled,))
    moved = (before.entities != after.entities).any(axis=1)
    assert 2 <= moved.sum() <= 3
    np.testing.assert_allclose(length(after.entities, 2), np.where(moved, 1, 2), rtol=1e-12)
    np.testing.assert_allclose(length(run(params, 400)[-1].entities, 2), 1, rtol=1e-12)


# ---- triples and their corruption


def test_an_epoch_takes_every_triple_once_in_an_order_of_its_own() -> None:
    params = Params(triples="contains")
    taken = [tuple(state.triple.tolist()) for state in run(params, 18)[1:]]
    orders = [taken[i : i + 6] for i in (0, 6, 12)]
    every = sorted(map(tuple, graph_of(params).trained.tolist()))
    assert all(sorted(order) == every for order in orders)
    assert orders[0] != orders[1] or orders[1] != orders[2]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["world", "marriages", "contains", "ring"]))
def test_a_corruption_is_never_true_and_changes_one_end(seed: int, name: str) -> None:
    params = Params(triples=name)
    true = set(map(tuple, graph_of(params).trained.tolist()))
    for t in range(1, 40):
        triple, corrupted = next_pair(t, params, Streams.step(seed, t))
        assert tuple(triple.tolist()) in true
        assert tuple(corrupted.tolist()) not in true
        assert (triple != corrupted).tolist() in ([True, False, False], [False, False, True])


def test_what_is_held_out_is_never_made_up() -> None:
    params = Params(triples=(("a", "r", "b"), ("b", "r", "c")), held_out=(("a", "r", "c"), ("c", "r", "b")))
    made_up = {tuple(state.corrupted.tolist()) for state in run(params, 300)[1:]}
    assert not made_up & {(0, 0, 2), (2, 0, 1)}


def test_both_ends_are_replaced_about_as_often() -> None:
    tails = [state.corrupted[2] != state.triple[2] for state in run(Params(), 1000)[1:]]
    assert 430 < sum(tails) < 570


def test_where_every_tail_is_true_the_head_is_replaced() -> None:
    params = Params(triples=(("a", "r", "a"), ("a", "r", "b")))  # of a every tail is true, of b none
    for state in run(params, 60)[1:]:
        assert state.corrupted.tolist() == [1, 0, int(state.triple[2])]


# ---- any run


def test_the_same_recipe_gives_the_same_bytes_and_seeds_differ() -> None:
    params = Params(dim=3)
    assert run(params, 50, seed=4) == run(params, 50, seed=4)
    assert run(params, 5, seed=4)[0] != run(params, 5, seed=5)[0]


def test_tables_can_be_set_at_any_step() -> None:
    value = np.arange(56.0).reshape(28, 2)
    states = run(Params(), 5, changes=(Change(3, SetArray("entities", value)),))
    np.testing.assert_array_equal(states[3].entities, value)
    with pytest.raises(ValueError, match="keep its shape"):
        states[0].with_array("relations", np.ones((2, 2)), Params())


def test_numbers_out_of_all_bounds_end_the_run() -> None:
    params = Params(triples="week", learning_rate=100.0, margin=100.0)
    far = Change(0, SetArray("entities", np.full((7, 2), 1e12) * np.array([[1.0, -1.0]]) ** np.arange(7)[:, None]))
    states = run(params, 60, changes=(far,))
    stopped = [i for i, state in enumerate(states) if state.diverged]
    assert stopped
    before, after = states[stopped[0] - 1], states[stopped[0]]
    assert transe.events(before, after, params) == ("diverged", "end")
    assert np.isnan(transe.series(after, params)["loss"])
    np.testing.assert_array_equal(before.entities, after.entities)


def test_rows_and_arrays_hold_what_is_promised() -> None:
    params = Params(triples=(("a", "r", "b"), ("b", "s", "c")), held_out=(("a", "s", "c"),))
    first, *_, last = run(params, 4)
    held, told = transe.arrays(first, params), transe.series(first, params)
    assert held["triple"].tolist() == held["corrupted"].tolist() == [-1, -1, -1]
    assert all(np.isnan(told[name]) for name in ("loss", "distance", "corrupted_distance"))
    held, told = transe.arrays(last, params), transe.series(last, params)
    assert held["entity_names"].tolist() == ["a", "b", "c"]
    assert held["relation_names"].tolist() == ["r", "s"]
    assert held["numbered"].tolist() == [[0, 0, 1], [1, 1, 2]]
    assert told["mean_rank"] == held["ranks"].mean()
    assert told["epoch"] == 2
    assert told["loss"] == max(0, 1 + float(told["distance"]) - float(told["corrupted_distance"]))
    assert not np.isnan(told["test_mean_rank"])
    assert np.isnan(transe.series(run(Params(), 1)[1], Params())["test_mrr"])


# ---- the set-ups of the claims


def test_t1_the_mean_rank_falls_from_a_guess_to_almost_1() -> None:
    begin, late = row(Params(), 0), row(Params(), 3000)
    assert float(begin["mean_rank"]) > 8
    assert float(late["mean_rank"]) <= 2
    assert float(late["hits_at_3"]) >= 0.9


def test_t1_the_margin_only_sets_the_scale() -> None:
    small, large = (end(Params(margin=margin), 5000) for margin in (0.1, 5.0))
    assert length(large.entities, 2).mean() > 3 * length(small.entities, 2).mean()
    assert all(float(transe.series(s, Params())["mean_rank"]) <= 1.4 for s in (small, large))


def test_t2_on_a_circle_there_is_no_room() -> None:
    ranks = [row(Params(normalise=True, dim=dim, learning_rate=0.02), 5000)["mean_rank"] for dim in (2, 8)]
    assert float(ranks[0]) > 2
    assert float(ranks[1]) <= 1.05


def test_t2_what_was_never_trained_is_found() -> None:
    every = graph_of(Params())
    rows = [every.named(triple) for triple in every.trained]
    held = tuple(rows[24 + 3 * continent] for continent in range(4))
    params = Params(triples=tuple(row for row in rows if row not in held), held_out=held, dim=16)
    assert float(row(params, 0)["test_mean_rank"]) > 5
    assert float(row(params, 4000)["test_mean_rank"]) <= 1.5


@pytest.mark.parametrize("seed", [0, 1])
def test_t3_both_ways_shrinks_the_arrow_and_one_always_finds_itself(seed: int) -> None:
    params = Params(triples="marriages", learning_rate=0.02)
    state = end(params, 5000, seed)
    assert length(state.relations, 2)[0] < 0.25
    assert transe.series(state, params)["mean_rank"] == 1.5


def test_t3_one_way_it_stays() -> None:
    one_way = tuple((f"boss {i}", "boss of", f"clerk {i}") for i in range(4))
    params = Params(triples=one_way, learning_rate=0.02)
    state = end(params, 5000)
    assert length(state.relations, 2)[0] > 0.9
    assert transe.series(state, params)["mean_rank"] == 1.0


def test_t3_one_to_many_draws_the_tails_together_and_filtering_forgives_it() -> None:
    params = Params(triples="contains")
    begin, late = end(params, 0), end(params, 3000)
    tails = [(1, 2, 3), (5, 6, 7)]

    def apart(state: State) -> float:
        pairs = [(a, b) for group in tails for a in group for b in group if a < b]
        return float(np.mean([np.linalg.norm(state.entities[a] - state.entities[b]) for a, b in pairs]))

    assert apart(late) < apart(begin) / 2
    told = transe.series(late, params)
    assert (told["mean_rank"], told["raw_mean_rank"]) == (1.0, 2.0)


def test_t3_one_more_triple_closes_the_ring_and_it_cannot_be_solved() -> None:
    week, ring = (row(Params(triples=name, learning_rate=0.02), 5000) for name in ("week", "ring"))
    assert float(week["mean_rank"]) <= 1.05
    assert float(ring["mean_rank"]) >= 1.5
