"""Word2vec: predict a word from its neighbours, or the neighbours from the word, and keep the weights.

    one step    takes the next example (or `batch` of them) of the text, in reading order, then again
                h = mean of the rows of W that go in;  scores s = h·C;  loss by softmax or negative sampling
                W, C ← one update of the chosen rule against the gradient

W (V, vector_size) holds the vectors of words that go in, C (vector_size, V) those of words that are predicted. The net
is `core.word2vec.net`, the rules are `core.nn.update_rules`, the same as in the race of optimizers.
Source: Mikolov, Chen, Corrado & Dean (2013a); negative sampling: Mikolov et al. (2013b).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Le

from core.data.corpora import SHIPPED, Indices, read_corpus
from core.nn.principal_axes import main_axes, turned
from core.nn.update_rules import SGD, Memory, Rate, first_order, needed
from core.run.parameters import RESTART, TEXT, Suggestions, Where
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import NOTHING, Arrays, Series
from core.run.values import LARGEST, Array, Floats, Ints, frozen
from core.word2vec.examples import Examples, ExamplesOfText, examples_of, noise_words
from core.word2vec.net import Batch, Forward, forward, gradient

VERSION = 2  # since then words keep their marks
Model = Literal["cbow", "skip-gram"]
Output = Literal["softmax", "negative sampling"]
Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]

START_SCALE = 0.3  # standard deviation of the first weights
MAPPED = 256  # the map follows the words that the text brings first
TURNED_EVERY = 4  # steps after which its axes are turned a little: to do it each time would cost a third of a step
MAX_PROBABILITIES = 2_000_000  # of one step


@frozen
class Params:
    """The text, the net, and how it learns."""

    corpus: Annotated[str, Suggestions(SHIPPED), TEXT, RESTART] = "kings-and-cats"
    model: Annotated[Model, RESTART] = "skip-gram"
    window: Annotated[int, Ge(1), Le(10), RESTART] = 2  # words each side
    vector_size: Annotated[int, Ge(1), Le(100), RESTART] = 6
    batch: Annotated[int, Ge(1), Le(512), RESTART] = 1
    learning_rate: Rate = 0.1
    optimizer: Annotated[Optimizer, RESTART] = "sgd"
    output: Annotated[Output, RESTART] = "softmax"
    negative: Annotated[int, Ge(1), Le(20), Where("output", ("negative sampling",)), RESTART] = 5
    examples: Annotated[Literal["pair", "centre"], RESTART] = "pair"  # of skip-gram: a centre with all its contexts


@frozen
class State:
    """The two tables, what the rule remembers, and what the last step did."""

    t: int
    vectors: Array  # (2·V, vector_size): the rows of W, then the columns of C
    memory: Memory  # of a rule for all vectors at once
    negatives: Ints  # (batch, negative) words; (batch, 0) with softmax; of centres a row a pair
    probabilities: Array  # (batch, V), before the update; (batch, 0) with negative sampling
    loss: float  # of the last step, before the update
    epoch_sum: float  # of the losses since the last pass through the text was finished
    epoch_steps: int
    epoch_loss: float  # mean of the last finished pass
    axes: Array  # (vector_size, 2): the plane of the map
    reach: float  # how far from the middle of the map the farthest input vector lay when the axes were turned last
    output_reach: float  # the same of the output vectors
    diverged: bool = False

    @property
    def W(self) -> Floats:  # noqa: N802
        """The input vectors as rows, (V, vector_size)."""
        return self.vectors[: len(self.vectors) // 2]

    @property
    def C(self) -> Floats:  # noqa: N802
        """The output vectors as columns, (vector_size, V)."""
        return self.vectors[len(self.vectors) // 2 :].T

    def with_array(self, name: str, value: Floats, params: Params) -> State:
        """Return the state with other weights; what the rule remembers stays. Raises ValueError for another shape."""
        old = self.W if name == "W" else self.C
        if value.shape != old.shape:
            raise ValueError(f"{name} must keep its shape {old.shape}")
        halves = (value, self.C.T) if name == "W" else (self.W, value.T)
        vectors = np.concatenate(halves)
        return replace(self, vectors=vectors, diverged=False, **_map_of(vectors, self.axes))


EDITS = ()
CONSTANT_ARRAYS = frozenset({"vocabulary", "tokens"})


def settable(params: Params) -> tuple[str, ...]:
    """Return the arrays that may be typed into: both tables."""
    return "W", "C"


def examples(params: Params) -> ExamplesOfText:
    """Return the training examples of the text in order."""
    return examples_of(params.corpus, params.model, params.window)


def takes_centres(params: Params) -> bool:
    """Tell whether an example is a centre with all its contexts."""
    return params.examples == "centre"


def count_of(params: Params) -> int:
    """Return how many training examples the text has."""
    every = examples(params)
    return len(every.with_contexts) if takes_centres(params) else len(every)


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply: CBOW, whose windows are examples, lets go of whole centres."""
    lets_go = params.model == "cbow" and "examples" not in given
    return replace(params, examples="pair") if lets_go else params


def check(params: Params) -> Refusal | None:
    """Refuse a text without an example, and more probabilities in a step than memory bears."""
    try:
        size = read_corpus(params.corpus).size
    except Refusal as refusal:
        return refusal
    if takes_centres(params) and params.model == "cbow":
        return Refusal("examples", "examples_model", {"given": params.examples, "allowed": "skip-gram"})
    rows = 2 * params.window if takes_centres(params) else 1  # of an example
    if not is_sampled(params) and params.batch * rows * size > MAX_PROBABILITIES:
        allowed = MAX_PROBABILITIES // (rows * size)
        return Refusal("batch", "batch_too_large", {"given": params.batch, "allowed": allowed})
    return None


def is_sampled(params: Params) -> bool:
    """Tell whether a step learns from the target and some negatives instead of all words."""
    return params.output == "negative sampling"


def start(params: Params, rng: Streams) -> State:
    """Return small random weights, and the map that shows them."""
    words, batch = read_corpus(params.corpus).size, params.batch
    vectors = START_SCALE * rng.generator.standard_normal((2 * words, params.vector_size))
    memory = needed(first_order(params.optimizer, params.learning_rate).start(vectors))
    rows = 0 if takes_centres(params) else batch  # a centre has as many as its contexts
    negatives = np.full((rows, params.negative if is_sampled(params) else 0), -1)
    probabilities = np.zeros((batch, 0 if is_sampled(params) else words))
    axes = main_axes(vectors[:words][:MAPPED])
    told = {"loss": 0.0, "epoch_sum": 0.0, "epoch_steps": 0, "epoch_loss": 0.0}
    return State(0, vectors, memory, negatives, probabilities, **told, **_map_of(vectors, axes))  # type: ignore[arg-type]


def step(state: State, params: Params, rng: Streams) -> State:
    """Return the weights after one update; they stay as they are where it would leave all bounds."""
    if state.diverged:
        return replace(state, t=state.t + 1)
    batch, negatives = next_batch(state.t, params, rng)
    with np.errstate(all="ignore"):  # what overflows is caught as divergence
        return moved(state, params, taken_apart(state, params, batch), negatives)


def moved(state: State, params: Params, made: Parts, negatives: Indices) -> State:
    """Return the state that the parts of a step make; it keeps its weights where they would leave all bounds."""
    with np.errstate(all="ignore"):
        loss = float(made.forward.losses.sum() / made.batch.count)
        is_sound = loss <= LARGEST and _is_sound(made.vectors)
    if not is_sound:
        return replace(state, t=state.t + 1, diverged=True)
    told = _epoch(state, params, loss)
    if state.t % TURNED_EVERY == 0:
        told |= _map_of(made.vectors, turned(state.axes, made.vectors[: len(state.W)][:MAPPED]))
    return replace(
        state, t=state.t + 1, vectors=made.vectors, memory=made.memory, negatives=negatives, loss=loss,
        probabilities=made.batch.by_example(made.forward.probabilities), **told,
    )  # fmt: skip


def next_batch(t: int, params: Params, rng: Streams) -> tuple[Batch, Indices]:
    """Return the examples of the step after t, and the negatives drawn for them."""
    now = used(t + 1, params)
    if is_sampled(params):
        negatives = noise_words(read_corpus(params.corpus)).draw(now.targets, params.negative, rng.generator)
    else:
        negatives = np.empty((len(now.centres), 0), dtype=np.int64)
    return Batch.of(now.inputs, now.targets, negatives, now.firsts), negatives


def used(t: int, params: Params) -> Examples:
    """Return the examples that the step into t learned from."""
    every, first = examples(params), (t - 1) * params.batch
    take = every.batch_of_centres if takes_centres(params) else every.batch
    return take(first, params.batch)


@dataclass(frozen=True, eq=False)
class Parts:
    """What a step is made of, beat by beat: composed in this order they are the step."""

    batch: Batch  # read: the words that go in, and those that are scored
    forward: Forward  # h, scores as probabilities; then the error, ∂L/∂s
    rows: slice | Indices  # of the tables that have a gradient: all, or with negative sampling and SGD those used
    slope: Floats  # backward: the gradient of the batch's mean loss by these rows, where the rule asked for it
    vectors: Floats  # update: both tables after it
    memory: Memory


def taken_apart(state: State, params: Params, batch: Batch) -> Parts:
    """Return the parts of one update of the rule against the gradient of the batch's loss."""
    rule, sampled, words = first_order(params.optimizer, params.learning_rate), is_sampled(params), len(state.W)
    made = forward(state.vectors, words, batch, sampled)
    few = sampled and isinstance(rule, SGD)  # which moves only the rows that have a gradient: the others are copied
    rows, count, places = batch.in_few_rows(words) if few else (slice(None), words, batch)
    old = state.vectors[rows]
    asked = []

    def slope(vectors: Floats) -> Floats:
        here = made if vectors is old else forward(vectors, count, places, sampled)
        asked.append(gradient(vectors, count, places, here, sampled))
        return asked[-1]

    new, memory = rule.step(old, rule.start(old) if few else state.memory, slope)
    vectors = with_rows(state.vectors, rows, new) if few else new
    return Parts(batch, made, rows, asked[-1], vectors, state.memory if few else needed(memory))


def with_rows(vectors: Floats, rows: slice | Indices, new: Floats) -> Floats:
    """Return vectors of which some rows are new."""
    changed = vectors.copy()
    changed[rows] = new
    return changed


def parts(before: State, after: State, params: Params) -> Parts:
    """Return the parts of the step between two states, computed again: they are kept nowhere."""
    now = used(after.t, params)
    with np.errstate(all="ignore"):
        return taken_apart(before, params, Batch.of(now.inputs, now.targets, after.negatives, now.firsts))


def _is_sound(vectors: Floats) -> bool:
    """Tell whether all numbers are finite and within ±10¹²: by the sum of their squares, which is found fast."""
    flat = vectors.ravel()
    return bool(flat @ flat <= LARGEST**2) or bool(np.abs(flat).max() <= LARGEST)


def _epoch(state: State, params: Params, loss: float) -> dict[str, Any]:
    total, steps = state.epoch_sum + loss, state.epoch_steps + 1
    if epochs(state.t + 1, params) == epochs(state.t, params):
        return {"epoch_sum": total, "epoch_steps": steps}
    return {"epoch_sum": 0.0, "epoch_steps": 0, "epoch_loss": total / steps}


def epochs(t: int, params: Params) -> int:
    """Return how often all examples have been used after t steps."""
    return t * params.batch // count_of(params)


def guessing_loss(params: Params) -> float:
    """Return the loss of a net that knows nothing: ln V, or with negative sampling (1 + negative)·ln 2."""
    return (1 + params.negative) * log(2) if is_sampled(params) else log(read_corpus(params.corpus).size)


def _map_of(vectors: Floats, axes: Floats) -> dict[str, Any]:
    reach, output_reach = (float(np.abs(points).max()) for points in word_map(vectors, axes))
    return {"axes": axes, "reach": reach, "output_reach": output_reach}


def word_map(vectors: Floats, axes: Floats) -> tuple[Floats, Floats]:
    """Return where the first words' input and output vectors lie on the map of these axes, (n, 2) each.

    Its middle is the mean of the input vectors; vectors of two numbers are shown as they are.
    """
    words = len(vectors) // 2
    inputs, outputs = vectors[:words][:MAPPED] @ axes, vectors[words:][:MAPPED] @ axes
    middle = inputs.mean(axis=0) if len(axes) > 2 else np.zeros(2)
    return inputs - middle, outputs - middle


def series(state: State, params: Params) -> Series:
    """Return the step's loss, place and words in the text, the finished passes and their mean loss, the reach of the
    map; of a batch place and words are those of its first example.
    """
    finished = epochs(state.t, params)
    told = state.t > 0 and not state.diverged
    now = used(state.t, params)
    centre, context = _first_words(now, read_corpus(params.corpus).vocabulary) if told else ("", "")
    return {
        "loss": state.loss if told else NOTHING,
        "position": float(now.positions[0]) if told else NOTHING,
        "centre_word": centre,
        "context_words": context,
        "epoch": float(finished),
        "epoch_loss": state.epoch_loss if finished else NOTHING,
        "reach": state.reach,
        "output_reach": state.output_reach,
    }


def _first_words(now: Examples, vocabulary: Sequence[str]) -> tuple[str, str]:
    """Return the centre of the first example, and the words of its context, left to right."""
    context = now.contexts[: now.of_first].ravel().tolist()
    return vocabulary[now.centres[0]], " ".join([vocabulary[word] for word in context if word >= 0])


def arrays(state: State, params: Params) -> Arrays:
    """Return W, C, the text and what the last step used; the batch axis is there only for batches of more than one."""
    corpus, now = read_corpus(params.corpus), used(state.t, params)
    is_told, firsts = state.t and not state.diverged, now.firsts
    negatives = state.negatives if is_told else np.full((len(now.centres), state.negatives.shape[1]), -1)
    told: Arrays = {
        "centre": now.centres if firsts is None else now.centres[firsts],
        "context": now.contexts if now.is_cbow else now.by_example(now.targets, 2 * params.window),
        "negatives": now.by_example(negatives, 2 * params.window),
        "probabilities": state.probabilities,
    }
    if not is_told:  # nothing was used
        told = {name: np.full_like(array, NOTHING if name == "probabilities" else -1) for name, array in told.items()}
    if params.batch == 1:
        told = {name: np.asarray(array[0]) for name, array in told.items()}
    return {"W": state.W, "C": state.C, "vocabulary": np.array(corpus.vocabulary), "tokens": corpus.tokens, **told}


def events(before: State, after: State, params: Params) -> tuple[str, ...]:
    """Return `epoch` when a pass through the text is finished, and `diverged` with `end` when the run must stop."""
    if after.diverged:
        return () if before.diverged else ("diverged", "end")
    return ("epoch",) if epochs(after.t, params) > epochs(before.t, params) else ()
