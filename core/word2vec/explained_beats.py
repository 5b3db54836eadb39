"""A step of word2vec beat by beat: the window read, the net forward, the error, the gradients, the update.

The numbers of a beat are parts of the step between two states, computed when they are asked for.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.nn.activations import sigmoid
from core.run.explanation import MINUS, Explanation, Focus, Line, Term, line, numbers_below_each_other
from core.run.values import Floats
from core.word2vec import explained
from core.word2vec.algorithm import Params, State, is_sampled, parts, takes_centres
from core.word2vec.beats import BEATS
from core.word2vec.explained import Example

_READ, _FORWARD, _ERROR, _BACKWARD, _UPDATE = BEATS


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, or where no step was made, what is said of the whole step."""
    whole = explained.explain(before, after, params, focus)
    if not beat or before is None or after.diverged:
        return whole
    example = Example.of(before, after, params)
    whole = replace(whole, values={**whole.values, "all": str(example.corpus.size)})
    make = {_READ: _read, _FORWARD: _forward, _ERROR: _error, _BACKWARD: _backward, _UPDATE: _update}[beat]
    return make(whole, example, before, after)


def _read(whole: Explanation, example: Example, before: State, after: State) -> Explanation:
    sampled = is_sampled(example.params)
    scored = [*example.targets, *example.negatives] if sampled else range(example.corpus.size)
    rule = line("x"), line("t")
    words = _words(example, example.inputs, "input"), _words(example, example.targets, "target")
    values = {**whole.values, "count": str(len(example.inputs)), "scored": str(len(scored))}
    if takes_centres(example.params):
        values |= {"contexts": str(len(example.targets)), "scored": str(len(set(scored)))}
        return Explanation(rule, (("read", words),), "read.centre", values, "core.word2vec.algorithm:used")
    return Explanation(rule, (("read", words),), "read", values, "core.word2vec.algorithm:used")


def _forward(whole: Explanation, example: Example, before: State, after: State) -> Explanation:
    outputs = {"p": float(example.shares()[0 if is_sampled(example.params) else example.target])}
    key = f"forward.{example.params.output}"
    return replace(whole, sentence=key, values={**whole.values, **outputs})


def _error(whole: Explanation, example: Example, before: State, after: State) -> Explanation:
    """Return ∂L/∂s of the target and of the word that has the largest among the others."""
    if takes_centres(example.params):
        return _summed_errors(whole, example)
    outputs, errors = _outputs(example, before, after), _errors(example, before, after)
    others = {word: error for word, error in errors.items() if word != example.target}
    most = max(others, key=lambda word: others[word])
    cells = tuple(
        line(f"e({{w{mark}}}) = {{p{mark}}} {MINUS} {t} = {{e{mark}}}",
             {"w": example.word(word), "p": outputs[word], "e": errors[word]})
        for word, t, mark in ((example.target, 1, f":{_role(example, 'target')}"), (most, 0, ""))
    )  # fmt: skip
    p = "σ(s)" if is_sampled(example.params) else "p"
    rule = (line(f"e = {p} {MINUS} t"), line(f"∂L/∂s = {p} {MINUS} t"))
    values = {**whole.values, "e": errors[example.target], "rest": sum(others.values())}
    return Explanation(rule, (("error", cells),), "error", values, "core.word2vec.net:forward")


def _summed_errors(whole: Explanation, example: Example) -> Explanation:
    """Return the errors of a centre's pairs, added up by word: of the first context, and the largest of the others."""
    scores = example.hidden @ example.C
    outputs = sigmoid(scores) if is_sampled(example.params) else example.probabilities
    errors = {word: example.scored(word) * float(p) - example.wanted(word) for word, p in enumerate(outputs)}
    others = {word: error for word, error in errors.items() if example.scored(word) and not example.wanted(word)}
    largest = sorted(others, key=others.__getitem__)[-1:]  # of few words all may be contexts
    words = [(example.target, f":{_role(example, 'target')}"), *((word, "") for word in largest)]
    cells = tuple(
        line(f"e({{w{mark}}}) = {example.scored(word)} × {{p{mark}}} {MINUS} {example.wanted(word)} = {{e{mark}}}",
             {"w": example.word(word), "p": float(outputs[word]), "e": errors[word]})
        for word, mark in words
    )  # fmt: skip
    p = "σ(s)" if is_sampled(example.params) else "p"
    rule = (line(f"e = Σ ({p} {MINUS} tᵢ)"), line(f"∂L/∂s = n·{p} {MINUS} Σ tᵢ"))
    values = {**whole.values, "e": errors[example.target], "rest": sum(others.values())}
    return Explanation(rule, (("error", cells),), "error.centre", values, "core.word2vec.net:forward")


def _outputs(example: Example, before: State, after: State) -> dict[int, float]:
    """Return what the net gave the words it scored: p, or with negative sampling σ(score), which is e + t."""
    if example.probabilities.size:
        return dict(enumerate(example.probabilities.tolist()))
    errors = _errors(example, before, after)
    return {word: error + (word == example.target) for word, error in errors.items()}


def _errors(example: Example, before: State, after: State) -> dict[int, float]:
    """Return the error of each word that was scored; of a negative drawn twice that of one draw."""
    errors = parts(before, after, example.params).forward.errors[0].tolist()
    scored = [example.target, *example.negatives] if example.negatives else range(example.corpus.size)
    return dict(zip(scored, errors, strict=True))


def _backward(whole: Explanation, example: Example, before: State, after: State) -> Explanation:
    slope, names = gradient(before, after, example.params), _names(example)
    slopes = _slopes(example)
    rule = tuple(
        line(f"∂L/∂{{v:{_role(example, name)}}} = {slopes[name]}", {"v": names[name]}) for name in ("input", "target")
    )
    rows = (("gradient", _pair(example, slope)),)
    values = {**whole.values, **names, "batch": str(example.params.batch)}
    key = "backward" if example.params.batch == 1 else "backward.batch"
    return Explanation(rule, rows, key, values, "core.word2vec.net:gradient")


def gradient(before: State, after: State, params: Params) -> Floats:
    """Return the gradient that the step went against, (2·V, vector_size): 0 in rows it has no use for."""
    made = parts(before, after, params)
    slope = np.zeros_like(before.vectors)
    slope[made.rows] = made.slope
    return slope


def _update(whole: Explanation, example: Example, before: State, after: State) -> Explanation:
    """Return the rows before and after; the sentence is that of the whole step, which compares them."""
    names, slopes, optimizer = _names(example), _slopes(example), example.params.optimizer
    by = {name: f"η·{slope}" if optimizer == "sgd" else f"{optimizer}({slope})" for name, slope in slopes.items()}
    rule = tuple(
        line(f"{{v:{role}}} ← {{v:{role}}} {MINUS} {by[name]}", {"v": names[name]})
        for name, role in ((name, _role(example, name)) for name in ("input", "target"))
    )
    rows = ("before", _pair(example, before.vectors)), ("after", _pair(example, after.vectors))
    return replace(whole, rule=rule, rows=rows, source="core.word2vec.algorithm:step")


def _slopes(example: Example) -> dict[str, str]:
    """Return the formulas of both gradients: a word has its share in the mean h; a batch's gradient is a mean."""
    times, count = example.inputs.count(example.inputs[0]), len(example.inputs)
    share = "" if times == count else f"·{times}/{count}"
    if example.params.batch > 1:
        return dict.fromkeys(("input", "target"), f"Σ ∂Lᵢ / {example.params.batch}")
    return {"input": f"C·e{share}", "target": "e·h"}


def _names(example: Example) -> dict[str, str]:
    """Return the row of W and the column of C that are shown: those of the first word that goes in and the target."""
    return {"input": f"W[{example.word(example.inputs[0])}]", "target": f"C[:, {example.word(example.target)}]"}


def _pair(example: Example, vectors: Floats) -> tuple[Line, ...]:
    """Return two of the vectors as cells: the row of W that went in first, the target's column of C."""
    row, column = example.inputs[0], len(example.W) + example.target
    places = ("input", row), ("target", column)
    return tuple(numbers_below_each_other(vectors[at], Focus(_role(example, name))) for name, at in places)


def _words(example: Example, words: tuple[int, ...], name: str) -> Line:
    mark = Focus(_role(example, name))
    return tuple(piece for word in words for piece in (Term(", "), Term(example.word(word), mark)))[1:]


def _role(example: Example, name: str) -> str:
    """Return what input and target are called in this model: centre and context, or the other way round."""
    return "context" if (name == "input") == (example.params.model == "cbow") else "centre"
