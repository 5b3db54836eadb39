"""A step beat by beat: a sentence becomes words, numbers, rows of E, a score; then the loss, the way back, the update.

The numbers of a beat are parts of the step between two states, computed when they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.data.sentences import Words
from core.embedding import explained
from core.embedding.algorithm import State, weights_of
from core.embedding.beats import BEATS, Parts, parts
from core.embedding.explained import Chosen, probability, score_in_numbers
from core.embedding.nets import net_of
from core.embedding.sentence import PAD, Sentence
from core.embedding.settings import Params, data_of
from core.embedding.votes import rows_moved
from core.run.explanation import MINUS, Explanation, Focus, Line, Term, line, numbers_below_each_other
from core.run.values import Floats

FORWARD = BEATS[: BEATS.index("loss")]  # the beats that a sentence without a label goes through


@dataclass(frozen=True, eq=False)
class Step:
    """A step that the net made, and what of it is told: a sentence of the batch, and one of its places."""

    before: State
    after: State
    params: Params
    made: Parts
    chosen: Chosen

    @property
    def sentence(self) -> Sentence:
        """The sentence on its way."""
        return self.chosen.flowing(self.params)


def explain(
    before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "", by_hand: Words = ()
) -> Explanation:
    """Return what is said of a beat; without one, or where the net made no step, what is said of the whole step.

    Words put together by hand go the way forward in place of the sentence in focus.
    """
    whole = explained.explain(before, after, params, focus, by_hand)
    made = parts(before, after, "embedding", params) if beat and before is not None else None
    if made is None or before is None:
        return whole
    return _BEATS[beat](whole, Step(before, after, params, made, read_in(focus, after, params, beat, by_hand)))


def read_in(focus: Focus | None, after: State, params: Params, beat: str = "", by_hand: Words = ()) -> Chosen:
    """Return what is in focus as far as the step read it: a sentence of its batch, and a number that stands in that.

    Words by hand, which have no label and are not learned from, go as far as p.
    """
    if by_hand and beat in FORWARD:
        return Chosen.of(focus, after, params, by_hand)
    chosen = Chosen.of(focus, after, params)
    is_read = chosen.sentence in after.batch
    is_own = chosen.number == data_of(params).sequences[chosen.sentence, chosen.place]
    return chosen if is_read and is_own else Chosen.of(None, after, params)


def gradient_of(before: State, after: State, params: Params) -> dict[str, Floats] | None:
    """Return ∂L/∂E, ∂L/∂W and ∂L/∂b that the rule was given in a step; None where the net made none."""
    made = parts(before, after, "embedding", params)
    if made is None:
        return None
    own = net_of(params, "embedding").stack.named(made.gradient)
    return {"E": own["layer_1.E"], "W": own["layer_3.W"], "b": own["layer_3.b"]}


# ---- the sentence on its way


def _tokens(whole: Explanation, step: Step) -> Explanation:
    values: dict[str, float | str] = {"text": step.sentence.text}
    words = tuple(word for word in step.sentence.words if word != PAD)
    values["count"] = str(len(words))
    return replace(whole, rule=(line("{w:word}₁ … {w:word}ₖ"),), rows=(("words", (_listed(words),)),),
                   sentence="tokens", values=values)  # fmt: skip


def _listed(items: tuple[object, ...]) -> Line:
    shown = [*items[:8], "…"] if len(items) > 9 else items
    return (Term("  ".join(map(str, shown)), Focus("word")),)


def _numbers(whole: Explanation, step: Step) -> Explanation:
    rule = {"vocabulary": "{x:word} = 1, 2, …", "hashing": f"{{x:word}} = 1 + md5(w) mod (n {MINUS} 1)"}
    own = step.sentence
    pairs = [(word or "0", k) for word, k in zip(own.words, own.numbers, strict=True) if k is not None]
    words, found = zip(*pairs, strict=True) if pairs else ((), ())
    told = replace(whole, rule=(line(rule[step.params.encoding]),),
                   rows=(("words", (_listed(words),)), ("numbers", (_listed(found),))))  # fmt: skip
    if own.left_out:
        return replace(told, sentence="left_out", values={"word": own.left_out[0]})
    shared = next((k for k in found if " / " in data_of(step.params).word(k)), None)
    if shared is not None:
        return replace(
            told, sentence="collision", values={"words": data_of(step.params).word(shared), "number": str(shared)}
        )
    values: dict[str, float | str] = {"word": words[-1], "number": str(found[-1])}
    return replace(told, sentence="numbers", values=values)


def _padding(whole: Explanation, step: Step) -> Explanation:
    params, more = step.params, len(step.sentence.known) - step.params.input_length
    sequence = step.sentence.sequence
    rows = ("numbers", (_listed(step.sentence.known),)), ("sequence", (_listed(tuple(sequence.tolist())),))
    key = f"cut_{params.truncating}" if more > 0 else f"padded_{params.padding}" if more else "fits"
    values: dict[str, float | str] = {"count": str(abs(more)), "length": str(params.input_length)}
    return replace(whole, rule=(line("x₁ … xₙ"),), rows=rows, sentence=key, values=values)


def _look_up(whole: Explanation, step: Step) -> Explanation:
    E, params = weights_of(step.before, step.params)["E"], step.params
    own, k = E[step.chosen.number], step.chosen.number
    product = *line(f"[0 … 1 … 0]·E = 0·E[…] + 1·E[{k}] + 0·E[…] = "), *numbers_below_each_other(own, Focus("word"))
    rows = ("row", (numbers_below_each_other(own, Focus("word")),)), ("one_hot", (product,))
    values: dict[str, float | str] = {"word": step.chosen.word(params), "number": str(step.chosen.number)}
    values |= {"length": str(params.input_length), "rows": str(len(E)), "columns": str(E.shape[1])}
    values["products"] = str(params.input_length * E.size)
    return replace(whole, rule=(line("{e:word} = E[{x:word}]"),), rows=rows, sentence="look_up", values=values)


def _flatten(whole: Explanation, step: Step) -> Explanation:
    n, m = step.params.input_length, step.params.output_dim
    values: dict[str, float | str] = {"length": str(n), "columns": str(m), "cells": str(n * m)}
    return replace(
        whole, rule=(line("n·m"),), rows=(("cells", (line(f"{n}·{m} = {n * m}"),)),), sentence="flatten", values=values
    )


def _dense(whole: Explanation, step: Step) -> Explanation:
    rows = (("before", score_in_numbers(step.before, step.params, step.chosen)),)
    p = probability(step.before, step.params, step.chosen.sequence(step.params))
    return replace(whole, rows=rows, sentence="dense", values={"text": step.sentence.text, "p": p})


# ---- the loss, and back


def _loss(whole: Explanation, step: Step) -> Explanation:
    place = int(np.flatnonzero(step.after.batch == step.chosen.sentence)[0])
    label = int(data_of(step.params).labels[step.chosen.sentence])
    p, loss = float(step.made.seen.outputs[place, 0]), float(step.made.seen.judged.values[place, 0])
    right = p if label else 1 - p
    numbers = line(f"ℓ = {MINUS}log {{p:output}} = {{l:loss}}" if right else "ℓ = {l:loss}", {"p": right, "l": loss})
    values: dict[str, float | str] = {"label": str(label), "loss": loss, "mean": step.made.seen.loss}
    values["count"] = str(int((step.after.batch >= 0).sum()))
    return replace(whole, rule=(line(f"ℓ = {MINUS}log p(t)"),), rows=(("before", (numbers,)),), sentence="loss",
                   values=values)  # fmt: skip


def _backward(whole: Explanation, step: Step) -> Explanation:
    gradient = gradient_of(step.before, step.after, step.params)
    assert gradient is not None  # the step was made
    rows = (("slope", (numbers_below_each_other(gradient["E"][step.chosen.number], Focus("word")),
                       numbers_below_each_other(gradient["b"], Focus("bias")))),)  # fmt: skip
    read = np.unique(data_of(step.params).sequences[step.after.batch[step.after.batch >= 0]])
    values: dict[str, float | str] = {"count": str(len(read)), "rows": str(len(gradient["E"]))}
    return replace(whole, rule=(line("∂L/∂E[{x:word}] = Σ ∂L/∂z·W"), line("∂L/∂{b:bias} = Σ ∂L/∂z")), rows=rows,
                   sentence="backward_padding" if 0 in read else "backward", values=values)  # fmt: skip


def _update(whole: Explanation, step: Step) -> Explanation:
    rows = tuple((label, (numbers_below_each_other(weights_of(state, step.params)["E"][step.chosen.number],
                                                   Focus("word")),))
                 for label, state in (("before", step.before), ("after", step.after)))  # fmt: skip
    moved = rows_moved(step.before, step.after, step.params)
    read = data_of(step.params).sequences[step.after.batch[step.after.batch >= 0]]
    others = len(np.setdiff1d(moved, read))
    values: dict[str, float | str] = {"moved": str(len(moved)), "rows": str(data_of(step.params).rows)}
    if others:
        return replace(whole, rule=(line("E[{x:word}]"),), rows=rows, sentence="update_others",
                       values={**values, "others": str(others)})  # fmt: skip
    return replace(whole, rule=(line("E[{x:word}]"),), rows=rows, values=values,
                   sentence="update_padding" if 0 in moved else "update")  # fmt: skip


_BEATS = {
    "tokens": _tokens, "numbers": _numbers, "padding": _padding, "look-up": _look_up, "flatten": _flatten,
    "dense": _dense, "loss": _loss, "backward": _backward, "update": _update,
}  # fmt: skip
