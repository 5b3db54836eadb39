"""A step of word2vec as formulas with its numbers: the score of the target, its probability or its loss.

The numbers come from the vectors before the step and what the step made of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from core.data.corpora import Corpus, Indices, read_corpus
from core.nn.activations import sigmoid, softmax, softplus
from core.run.explanation import REST, Explanation, Focus, Line, Term, line
from core.run.values import Floats
from core.word2vec.algorithm import Params, State, is_sampled, takes_centres, used

SHOWN = 3  # terms of a sum before the dots; the last one follows them
PRODUCTS_SHOWN = 2  # products take twice the room, and their sum must be seen
LARGEST_SCORE = 700.0  # e to the power of more, or of less than its negative, cannot be written as a number
SOURCE = "core.word2vec.net:forward"

_RULES = {
    "softmax": ("P(o | h) = exp({uₒ:target}·{h:input}) / Σ exp({u}·{h:input})", "L = −log P(o | h)"),
    "negative sampling": ("L = −log σ({uₒ:target}·{h:input}) − Σ log σ(−{u:negative}·{h:input})",),
}
_RULES_OF_CENTRE = {
    "softmax": (_RULES["softmax"][0], "L = −Σ log P(oᵢ | h)"),
    "negative sampling": ("L = −Σ (log σ({uₒ:target}·{h:input}) + Σ log σ(−{u:negative}·{h:input}))",),
}
_ROLES: dict[str, dict[Focus | None, Focus]] = {
    "cbow": {Focus("input"): Focus("context"), Focus("target"): Focus("centre")},
    "skip-gram": {Focus("input"): Focus("centre"), Focus("target"): Focus("context")},
}
_Row = tuple[str, tuple[Line, ...]]


@dataclass(frozen=True, eq=False)
class Example:
    """The first example of a step, words as places in the vocabulary; `inputs` is empty where there was no step.

    W and C are the weights the step worked with: those before its update.
    """

    corpus: Corpus
    params: Params
    W: Floats
    C: Floats
    position: int = 0  # of the centre in the text
    partners: tuple[int, ...] = ()  # positions of its context
    inputs: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()  # one word; of a centre with all its contexts, these
    drawn: tuple[tuple[int, ...], ...] = ()  # the negatives of each target
    probabilities: Floats = field(default_factory=lambda: np.empty(0))  # (V,), none with negative sampling

    @classmethod
    def of(cls, before: State, after: State, params: Params) -> Self:
        """Return the first example of the step between two states."""
        now = used(after.t, params)
        first = slice(now.of_first)
        partners, inputs = _existing(now.partners[first].ravel()), _existing(now.inputs[0])
        targets, drawn = _existing(now.targets[first]), tuple(map(_existing, after.negatives[first]))
        return cls(
            read_corpus(params.corpus), params, before.W, before.C, int(now.positions[0]), partners, inputs,
            targets, drawn, after.probabilities[0],
        )  # fmt: skip

    @property
    def target(self) -> int:
        """The word to be predicted, the first of several; −1 where there was no step."""
        return self.targets[0] if self.targets else -1

    @property
    def negatives(self) -> tuple[int, ...]:
        """The words that the targets are told apart from, of all targets."""
        return tuple(word for drawn in self.drawn for word in drawn)

    @cached_property
    def hidden(self) -> Floats:
        """The mean of the rows that go in, (vector_size,)."""
        return np.asarray(self.W[list(self.inputs)].mean(axis=0))

    @property
    def learned_from(self) -> list[int] | slice:
        """The words whose scores make the loss: all, or with negative sampling the target and the negatives."""
        if is_sampled(self.params):
            return [*self.targets, *self.negatives]
        return slice(None)

    def scored(self, word: int) -> int:
        """How many errors of a word are added up: of a centre one for each pair in which it was scored."""
        if not takes_centres(self.params):
            return 1
        return [*self.targets, *self.negatives].count(word) if is_sampled(self.params) else len(self.targets)

    def wanted(self, word: int) -> int:
        """How often the net ought to have given a word a 1."""
        return self.targets.count(word)

    def shares(self) -> Floats:
        """Return what the net gives the words learned from: their softmax, or σ(score) of each, (n,)."""
        if self.probabilities.size:
            return self.probabilities
        scores = self.hidden @ self.C[:, self.learned_from]
        return sigmoid(scores) if is_sampled(self.params) else softmax(scores)

    @cached_property
    def loss(self) -> float:
        """The loss of this example alone, before the update."""
        return sum(self.losses)

    @property
    def losses(self) -> list[float]:
        """The losses of its targets."""
        scores = self.hidden @ self.C
        if is_sampled(self.params):
            return [
                float(softplus(-scores[target]) + softplus(scores[list(drawn)]).sum())
                for target, drawn in zip(self.targets, self.drawn, strict=True)
            ]
        return [float(np.logaddexp.reduce(scores) - scores[target]) for target in self.targets]

    @property
    def centre(self) -> int:
        """The word in the middle; where there was no step the first of the text."""
        return int(self.corpus.tokens[self.position])

    def word(self, index: int) -> str:
        """The word of an index."""
        return self.corpus.vocabulary[index]


def _existing(indices: Indices) -> tuple[int, ...]:
    return tuple(indices[indices >= 0].tolist())


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule of score and loss, with the numbers of the step's first example; `focus` is not used."""
    rules = _RULES_OF_CENTRE if takes_centres(params) else _RULES
    rule = tuple(_marked(line(template), params.model) for template in rules[params.output])
    if before is None or after.diverged:
        sentence = "diverged" if after.diverged else f"{params.model}.rule"
        return Explanation(rule, (), sentence, {}, SOURCE)
    example = Example.of(before, after, params)
    rows = _sampled(example) if is_sampled(params) else _softmax(example)
    sentence, values = _in_words(example, after)
    marked = tuple((label, tuple(_marked(cell, params.model) for cell in cells)) for label, cells in rows)
    return Explanation(rule, marked, f"{params.model}.{sentence}", values, SOURCE)


def _in_words(example: Example, after: State) -> tuple[str, dict[str, float | str]]:
    """Return what the step made of the target and of the words it is told apart from, before and after; of a batch
    also which loss is the first example's and which the mean.
    """
    params, sampled = example.params, is_sampled(example.params)
    learned = replace(example, W=after.W, C=after.C, probabilities=np.empty(0))
    if takes_centres(params):
        return _of_centre(example, learned, after)
    was, now = example.shares(), learned.shares()
    place = 0 if sampled else example.target
    fell = np.count_nonzero(now < was) - int(now[place] < was[place])
    values: dict[str, float | str] = {
        "target": example.word(example.target), "centre": example.word(example.centre),
        "words": str(len(example.partners)), "p": float(was[place]), "after": float(now[place]),
        "fell": str(fell), "others": str(len(was) - 1),
    }  # fmt: skip
    if params.batch > 1:
        values |= {"batch": str(params.batch), "loss": example.loss, "mean": after.loss}
    return f"{'sampled' if sampled else 'softmax'}{'.batch' if params.batch > 1 else ''}", values


def _of_centre(example: Example, learned: Example, after: State) -> tuple[str, dict[str, float | str]]:
    """Return what the step made of the summed loss of a centre and all its contexts."""
    words = {"centre": example.centre, "target": example.target}
    told: dict[str, float | str] = {name: example.word(word) for name, word in words.items()}
    told |= {"count": str(len(example.targets)), "loss": example.loss, "after": learned.loss}
    if example.params.batch == 1:
        return "centre", told
    return "centre.batch", {**told, "batch": str(example.params.batch), "mean": after.loss}


def _marked(terms: Line, model: str) -> Line:
    """Return the terms with input and target called centre and context, as they are in this model."""
    roles = _ROLES[model]
    return tuple(Term(term.value, roles.get(term.mark, term.mark)) for term in terms)


def _softmax(example: Example) -> list[_Row]:
    """Return score and probability of the target, and the loss."""
    scores, p = example.C.T @ example.hidden, float(example.probabilities[example.target])
    score = float(example.C[:, example.target] @ example.hidden)
    largest = float(scores.max())
    away = largest if abs(largest) > LARGEST_SCORE else 0.0  # shares are those of scores moved together
    power, total = float(np.exp(score - away)), float(np.exp(scores - away).sum())
    values = {"p": p, "e": power, "sum": total, "gap": away - score, "loss": float(np.log(total)) + away - score}
    words = {"o": example.word(example.target), "c": _names(example)}
    share = line("P({o:target} | {c:input}) = {e} / {sum} = {p:probability}", {**words, **values})
    named = "−log {p:probability} = {loss:loss}" if p else "log {sum} + {gap} = {loss:loss}"
    alone = line(f"{_name_of_loss(example)} = {named}", values)
    result = _summed(example) if takes_centres(example.params) else alone
    return [("score", (_score(example, score),)), ("softmax", (share, result))]


def _name_of_loss(example: Example) -> str:
    return "L" if example.params.batch == 1 else "L₁"  # the first example's: L is the batch's mean


def _summed(example: Example) -> Line:
    """Return the losses of all targets of a centre and their sum."""
    terms = [line("{l:target}" if not i else " + {l:target}", {"l": loss}) for i, loss in enumerate(example.losses)]
    result = line(" = {loss:loss}", {"loss": example.loss})
    return (Term(f"{_name_of_loss(example)} = "), *_shortened(terms), *result)


def _sampled(example: Example) -> list[_Row]:
    """Return the score of the target, and the loss of target and negatives."""
    if takes_centres(example.params):
        dot = float(example.hidden @ example.C[:, example.target])
        return [("score", (_score(example, dot),)), ("loss", (_summed(example),))]
    scores = example.hidden @ example.C[:, [example.target, *example.negatives]]
    target, *others = np.logaddexp(0.0, np.where(np.arange(len(scores)), scores, -scores)).tolist()
    terms = [line("{l:target}", {"l": target}), *(line(" + {l:negative}", {"l": loss}) for loss in others)]
    result = line(" = {loss:loss}", {"loss": target + sum(others)})
    loss = (Term(f"{_name_of_loss(example)} = "), *_shortened(terms), *result)
    return [("score", (_score(example, float(scores[0])),)), ("loss", (loss,))]


def _names(example: Example) -> str:
    names = [example.word(i) for i in example.inputs]
    return ", ".join(names if len(names) <= SHOWN else [*names[:SHOWN], "…"])


def _score(example: Example, score: float) -> Line:
    """Return u·h written out: factor by factor."""
    name = line("{o:target}·h = ", {"o": example.word(example.target)})
    factors = zip(example.C[:, example.target].tolist(), example.hidden.tolist(), strict=True)
    products = [line("{u}·{h:input}", {"u": u, "h": h}) for u, h in factors]
    sums = [product if i == 0 else (Term(" + "), *product) for i, product in enumerate(products)]
    return (*name, *_shortened(sums, PRODUCTS_SHOWN), *line(" = {s:score}", {"s": score}))


def _shortened(terms: list[Line], shown: int = SHOWN) -> Line:
    """Return the terms one after the other; of many, those between the first few and the last as the rest."""
    left_out = range(shown, len(terms) - 1)
    return tuple(Term(piece.value, REST) if i in left_out else piece for i, term in enumerate(terms) for piece in term)
