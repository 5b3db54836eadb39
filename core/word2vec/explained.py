"""A step of word2vec as formulas with its numbers: the score of the target, its probability or its loss.

The numbers come from the vectors before the step and what the step made of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.run.explanation import REST, Explanation, Focus, Line, Term, line
from core.run.values import Floats
from core.word2vec.algorithm import (
    Params,
    State,
    corpus_of,
    is_sampled,
    used,
)

SHOWN = 3  # terms of a sum before the dots; the last one follows them
PRODUCTS_SHOWN = 2  # products take twice the room, and their sum must be seen
LARGEST_SCORE = 700.0  # e to the power of more cannot be written as a number
SOURCE = "core.word2vec.net:forward"

_RULES = {
    "softmax": ("P(o | h) = exp({uₒ:target}·{h:input}) / Σ exp({u}·{h:input})", "L = −log P(o | h)"),
    "negative sampling": ("L = −log σ({uₒ:target}·{h:input}) − Σ log σ(−{u:negative}·{h:input})",),
}
_INPUT, _TARGET = Focus("input"), Focus("target")
_ROLES: dict[str, dict[Focus | None, Focus]] = {
    "cbow": {_INPUT: Focus("context"), _TARGET: Focus("centre")},
    "skip-gram": {_INPUT: Focus("centre"), _TARGET: Focus("context")},
}


@dataclass(frozen=True)
class Example:
    """What one training example consists of, as places in the vocabulary."""

    vocabulary: tuple[str, ...]
    model: str
    centre: int
    context: tuple[int, ...]
    negatives: tuple[int, ...] = ()

    @property
    def inputs(self) -> tuple[int, ...]:
        """The words that go in."""
        return self.context if self.model == "cbow" else (self.centre,)

    @property
    def target(self) -> int:
        """The word to be predicted."""
        return self.centre if self.model == "cbow" else self.context[0]

    def words(self) -> dict[str, float | str]:
        """Return what a sentence names."""
        return {
            "target": self.vocabulary[self.target],
            "centre": self.vocabulary[self.centre],
            "words": str(len(self.context)),
            "others": str(len(self.vocabulary) - 1),
            "all": str(len(self.vocabulary)),
        }


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule of score and loss, with the numbers of the step's first example; `focus` is not used."""
    if before is None or after.diverged:
        return in_symbols(params.output, params.model, "diverged" if after.diverged else f"{params.model}.rule")
    centres, contexts = used(after.t, params)
    example = Example(
        corpus_of(params).vocabulary, params.model, int(centres[0]), tuple(contexts[0][contexts[0] >= 0].tolist()),
        tuple(after.negatives[0].tolist()),
    )  # fmt: skip
    if is_sampled(params):
        return sampled(before.W, before.C, example)
    return softmax(before.W, before.C, example, after.probabilities[0])


def in_symbols(output: str, model: str, sentence: str) -> Explanation:
    """Return the rule alone, with a sentence."""
    return Explanation(_rule(output, model), (), sentence, {}, SOURCE)


def _rule(output: str, model: str) -> tuple[Line, ...]:
    return tuple(_marked(line(template), model) for template in _RULES[output])


def _marked(terms: Line, model: str) -> Line:
    """Return the terms with input and target called centre and context, as they are in this model."""
    roles = _ROLES[model]
    return tuple(Term(term.value, roles.get(term.mark, term.mark)) for term in terms)


def softmax(W: Floats, C: Floats, example: Example, probabilities: Floats) -> Explanation:
    """Return score and probability of the target, and the loss."""
    hidden = W[list(example.inputs)].mean(axis=0)
    score = float(C[:, example.target] @ hidden)
    p = float(probabilities[example.target])
    scores = C.T @ hidden
    away = (
        float(scores.max()) if scores.max() > LARGEST_SCORE else 0.0
    )  # the share is the same for scores moved together
    power, total = float(np.exp(score - away)), float(np.exp(scores - away).sum())
    values = {"p": p, "e": power, "sum": total, "gap": away - score, "loss": float(np.log(total)) + away - score}
    words = {"o": example.vocabulary[example.target], "c": _names(example)}
    share = line("P({o:target} | {c:input}) = {e} / {sum} = {p:probability}", {**words, **values})
    loss = line("L = −log {p:probability} = {loss:loss}" if p else "L = log {sum} + {gap} = {loss:loss}", values)
    rows = (("score", (_score(C, hidden, example, score),)), ("softmax", (_marked(share, example.model), loss)))
    rule, told = _rule("softmax", example.model), {**example.words(), "p": p}
    return Explanation(rule, rows, f"{example.model}.softmax", told, SOURCE)


def sampled(W: Floats, C: Floats, example: Example) -> Explanation:
    """Return the score of the target, and the loss of target and negatives."""
    hidden = W[list(example.inputs)].mean(axis=0)
    scores = hidden @ C[:, [example.target, *example.negatives]]
    target, *others = np.logaddexp(0.0, np.where(np.arange(len(scores)), scores, -scores)).tolist()
    terms = [line("{l:target}", {"l": target}), *(line(" + {l:negative}", {"l": loss}) for loss in others)]
    result = line(" = {loss:loss}", {"loss": target + sum(others)})
    loss = _marked((Term("L = "), *_shortened(terms), *result), example.model)
    rows = (("score", (_score(C, hidden, example, float(scores[0])),)), ("loss", (loss,)))
    rule = _rule("negative sampling", example.model)
    values = {**example.words(), "negatives": str(len(example.negatives))}
    return Explanation(rule, rows, f"{example.model}.sampled", values, SOURCE)


def _names(example: Example) -> str:
    names = [example.vocabulary[i] for i in example.inputs]
    return ", ".join(names if len(names) <= SHOWN else [*names[:SHOWN], "…"])


def _score(C: Floats, hidden: Floats, example: Example, score: float) -> Line:
    """Return u·h written out: factor by factor."""
    name = line("{o:target}·h = ", {"o": example.vocabulary[example.target]})
    factors = zip(C[:, example.target].tolist(), hidden.tolist(), strict=True)
    products = [line("{u}·{h:input}", {"u": u, "h": h}) for u, h in factors]
    sums = [product if i == 0 else (Term(" + "), *product) for i, product in enumerate(products)]
    return _marked((*name, *_shortened(sums, PRODUCTS_SHOWN), *line(" = {s:score}", {"s": score})), example.model)


def _shortened(terms: list[Line], shown: int = SHOWN) -> Line:
    """Return the terms one after the other; of many, those between the first few and the last as the rest."""
    left_out = range(shown, len(terms) - 1) if len(terms) > shown + 1 else range(0)
    return tuple(Term(piece.value, REST) if i in left_out else piece for i, term in enumerate(terms) for piece in term)
