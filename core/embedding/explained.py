"""A step as formulas with its numbers: the vote of one place, the score and p of one sentence, before and after.

Places count from 0 in code and from 1 in words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.data.sentences import Words
from core.embedding import sentence as sentences
from core.embedding.algorithm import State, weights_of
from core.embedding.nets import net_of
from core.embedding.sentence import Sentence
from core.embedding.settings import Params, data_of
from core.embedding.votes import times_trained, twin_votes, votes
from core.nn.activations import sigmoid
from core.run.explanation import Explanation, Focus, Line, Term, added_up, joined, line
from core.run.values import Floats, Ints

SOURCE = "core.embedding.algorithm:step"
_PLACES = ("place", "vote")


@dataclass(frozen=True)
class Chosen:
    """The sentence and the place that are told of, both from 0, and the number that stands or is put there."""

    sentence: int
    place: int
    number: int
    is_pointed: bool = False  # the place was chosen, so that the words tell of it
    by_hand: Words = ()  # what stands in place of the sentence

    @classmethod
    def of(cls, focus: Focus | None, after: State, params: Params, by_hand: Words = ()) -> Chosen:
        """Return what is in focus: a `sentence` (i,), a `place` (i, k) of it, a `vote` (number, k).

        A `vote` (number, k, i) stands in place of that word of sentence i.

        Else the first sentence of the batch, and of a sentence the place with the largest vote. Words by hand stand in
        place of any sentence.
        """
        data = data_of(params)
        sentence, place, number = max(int(after.batch[0]), 0), None, None
        match focus:
            case Focus("sentence", (i,)):
                sentence = min(i, len(data.texts) - 1)
            case Focus("place", (i, k)):
                sentence, place = min(i, len(data.texts) - 1), k
            case Focus("vote", (row, k, *of)):
                number, place = min(row, data.rows - 1), k
                sentence = min([*of, sentence][0], len(data.texts) - 1)
        sequence = (sentences.by_hand(by_hand, params) if by_hand else sentences.given(sentence, params)).sequence
        if place is None:
            loudest = _loudest(after, params, sequence)
            return cls(sentence, loudest, int(sequence[loudest]), by_hand=by_hand)
        place = min(place, params.input_length - 1)
        return cls(sentence, place, int(sequence[place]) if number is None else number, True, by_hand)

    def flowing(self, params: Params) -> Sentence:
        """Return the sentence, or what stands in its place."""
        return sentences.by_hand(self.by_hand, params) if self.by_hand else sentences.given(self.sentence, params)

    def word(self, params: Params) -> str:
        """Return all words of the chosen number; of one that no sentence given has, the word put there by hand."""
        own, told = self.flowing(params), data_of(params).word(self.number)
        is_put = told == str(self.number) and own.sequence[self.place] == self.number
        return (own.word_at(self.place) if is_put else "") or told

    def sequence(self, params: Params) -> Ints:
        """Return the numbers of the sentence, the chosen one at its place."""
        sequence = self.flowing(params).sequence.copy()
        sequence[self.place] = self.number
        return np.asarray(sequence)


def _loudest(state: State, params: Params, sequence: Ints) -> int:
    """Return the place with the largest vote, up or down."""
    own = votes(state, params)[sequence, np.arange(params.input_length)]
    return int(np.abs(own).argmax())


def explain(
    before: State | None, after: State, params: Params, focus: Focus | None, by_hand: Words = ()
) -> Explanation:
    """Return vote, score and p with the numbers before and after the step, told of what is in focus."""
    if before is None:
        return Explanation(rule(params), (), "rule", {}, SOURCE)
    chosen = Chosen.of(focus, after, params, by_hand)
    rows = (
        ()
        if after.embedding.status in ("diverged", "out")
        else (
            ("before", score_in_numbers(before, params, chosen)),
            ("after", score_in_numbers(after, params, chosen)),
        )
    )
    key, values = _in_words(before, after, params, chosen)
    return Explanation(rule(params), rows, key, values, SOURCE)


def rule(params: Params) -> tuple[Line, ...]:
    """Return how a place votes, and what becomes of all votes."""
    return (
        line("{v:place} = E[{x:word}]·W"),
        line("{z:score} = " + ("v₁ + … + vₙ" if params.input_length > 1 else "v₁") + " + {b:bias}"),
        line("{p:output} = σ({z:score})"),
    )


def score_in_numbers(state: State, params: Params, chosen: Chosen) -> tuple[Line, ...]:
    """Return the vote of the place as its products, the score as the votes of all places, and p."""
    own, sequence = weights_of(state, params), chosen.sequence(params)
    by_place = own["W"].reshape(params.input_length, params.output_dim)
    said = votes(state, params)[sequence, np.arange(params.input_length)]
    z = float(said.sum() + own["b"][0])
    return (
        vote_in_numbers(own["E"][chosen.number], by_place[chosen.place]),
        (Term(z, Focus("score")), Term(" = "), *joined(_marked(said, chosen.place)), Term(" + "),
         Term(float(own["b"][0]), Focus("bias"))),
        line("{p:output} = σ(z)", {"p": float(sigmoid(np.array([z]))[0])}),
    )  # fmt: skip


def _marked(said: Floats, chosen: int) -> list[Term]:
    return [Term(vote, Focus("place") if k == chosen else None) for k, vote in enumerate(said.tolist())]


def vote_in_numbers(e: Floats, w: Floats) -> Line:
    """Return e·w product by product."""
    with np.errstate(all="ignore"):
        vote = float(e @ w)
    products = [line("{e:word}·{w:weight}", {"e": x, "w": y}) for x, y in zip(e.tolist(), w.tolist(), strict=True)]
    return (Term(vote, Focus("place")), Term(" = "), *added_up(products))


# ---- in words

Told = tuple[str, dict[str, float | str]]


def _in_words(before: State, after: State, params: Params, chosen: Chosen) -> Told:
    left = [net for net in ("embedding", "one_hot") if _has_left(after, net)]
    if left:
        return f"diverged.{left[0] if len(left) == 1 else 'both'}", {}
    return (_of_place if chosen.is_pointed else of_sentence)(before, after, params, chosen)


def _has_left(state: State, net: str) -> bool:
    learner = getattr(state, net)
    return learner is not None and learner.status in ("diverged", "out")


def of_sentence(before: State, after: State, params: Params, chosen: Chosen) -> Told:
    """Return what the net made of the sentence before the step and after it, and whether it learns from it."""
    data, flowing = data_of(params), chosen.flowing(params)
    values: dict[str, float | str] = {"text": flowing.text, "label": str(flowing.label)}
    for key, state in (("was", before), ("now", after)):
        values[key] = probability(state, params, chosen.sequence(params))
    if flowing.label is None:
        return "by_hand", values
    if chosen.sentence in data.test:
        return "held_out", values
    return ("in_batch" if chosen.sentence in after.batch else "waiting"), values


def probability(state: State, params: Params, sequence: Ints) -> float:
    """Return p of a sequence of numbers, as the net computes it."""
    look = net_of(params, "embedding").stack.forward(state.embedding.weights, sequence[None].astype(float))
    return float(look.outputs[-1][0, 0])


def _of_place(before: State, after: State, params: Params, chosen: Chosen) -> Told:
    """Return what a number says at a place before the step and after it, and how often it was trained there."""
    cell = chosen.number, chosen.place
    count = int(times_trained(params)[cell])
    values: dict[str, float | str] = {"place": str(chosen.place + 1), "word": chosen.word(params)}
    values |= {"was": float(votes(before, params)[cell]), "now": float(votes(after, params)[cell])}
    twin = twin_votes(after, params)
    if chosen.number == 0:
        return "padding_votes", values
    if count:
        return "votes", {**values, "count": str(count)}
    return ("unseen_votes", values) if twin is None else ("unseen_twin", {**values, "twin": float(twin[cell])})
