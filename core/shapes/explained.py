"""A step told in words and numbers: what a layer makes of the shape, how its weights are counted, one of its cells.

The left column is about shapes and cells, the right one counts weights. Nothing of what is said of shapes and weights
depends on a number; the lines of a cell are those of the example that is on its way.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.nn.layers import Count, Layer, Stack, text_of, written
from core.nn.layers.layer import name_of
from core.nn.layers.shapes import as_written
from core.run.explanation import Explanation, Focus, Line, Term, grouped, number
from core.shapes.algorithm import State, has_numbers, tensors, typed_example
from core.shapes.carried import ends_at, places_of
from core.shapes.cells import sizes_of
from core.shapes.explained_cells import Asked, Place, Rows, rows_of, rule_of
from core.shapes.nested import shape_of
from core.shapes.sentences import Said, sentence_of
from core.shapes.settings import Params, stack

Told = tuple[tuple[str, tuple[Line, ...]], ...]  # rows with their labels


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return what the step's layer does, or the one in focus: a `layer` (from 1), a `cell` (tensor, *place), or an
    `axis` (tensor, which) with all its places, of which the layer is told that ends it, or else that made it.

    Tensor 0 is the data, tensor k what layer k gives; a place is written with its channels last, without the batch. Of
    a `level` (from 0) of the nested list it is told how long its lists are.
    """
    listed = shape_of(params.data)
    match focus:
        case Focus("level", (level,)) if level < len(listed):
            return _level(listed, level)
    made = stack(params)
    step = min(after.t, len(made.layers)) if before is not None else 0
    k, at = asked(made, focus) or (step, None)
    axis = tuple((label, (line,)) for label, line in _axis(made, focus))
    if not k:
        return _start(made, params, (*axis, *_number(state=after, params=params, at=at)))
    layer, given = made.layers[k - 1], made.shapes[k - 1]
    rule = (_text(rule_of(layer, given)), _text(f"weights = {_names(made.counts[k - 1])}"))
    shape = ("shape", (_shapes(made, k), _counted(made.counts[k - 1])))
    cell = () if axis else tuple((label, (line,)) for label, line in _cell(made, k, at, after, params))
    sentence, values = _lost(made, k, after, params) or sentence_of(made, k)
    return Explanation(rule, (shape, *axis, *cell), sentence, values, _source(layer))


def asked(made: Stack, focus: Focus | None) -> tuple[int, Place | None] | None:
    """Return the layer that is told of, 0 for what goes in, and its cell; None where what is in focus is not there."""
    match focus:
        case Focus("layer", (k,)) if 1 <= k <= len(made.layers):
            return k, None
        case Focus("axis", (k, axis)) if _has_axis(made, k, axis):
            return ends_at(made, k, axis) or k, None
        case Focus("cell", (k, *at)) if 0 <= k <= len(made.layers):
            sizes = sizes_of(made.shapes[k])
            is_there = len(at) == len(sizes) and all(0 <= i < n for i, n in zip(at, sizes, strict=True))
            return (k, tuple(at)) if is_there else None
    return None


def _has_axis(made: Stack, k: int, axis: int) -> bool:
    return 0 <= k < len(made.shapes) and 0 <= axis < len(made.shapes[k])


def _source(layer: Layer) -> str:
    return f"{type(layer).__module__}:{type(layer).__name__}"


def _text(text: str) -> Line:
    return (Term(text),)


def _shapes(made: Stack, k: int) -> Line:
    tensors = [Term(text_of(written(made.shapes[i])), Focus("tensor", (i,))) for i in (k - 1, k)]
    return tensors[0], Term(" → "), tensors[1]


def _names(count: Count) -> str:
    """Return how weights are counted, in names: (inputs + 1)·units."""
    if not count.terms:
        return "0"
    terms = ["1" if term == (("bias", 1),) else "·".join(name for name, _ in term) for term in count.terms]
    total = " + ".join(terms)
    return f"({total})·{count.times[0]}" if len(terms) > 1 else f"{total}·{count.times[0]}"


def _counted(count: Count) -> Line:
    """Return the same in numbers: 528 = (32 + 1)·16."""
    return (Term(f"{grouped(count.total)} = {count.formula}" if count.terms else "0"),)


# ---- an axis


def _axis(made: Stack, focus: Focus | None) -> Iterator[tuple[str, Line]]:
    """Yield the line of an axis in focus: its length in each tensor, the axes it comes from put together."""
    match focus:
        case Focus("axis", (k, axis)) if _has_axis(made, k, axis):
            line: list[Term] = []
            for i, axes in places_of(made, k, axis).items():
                line += [Term(" → ")] * bool(line)
                for n, place in enumerate(sorted(axes)):
                    size = written(made.shapes[i])[place]
                    line += [*([Term(" × ")] * bool(n)), Term(str(size), Focus("axis", (i, place)))]
            yield "axis", tuple(line)


# ---- the cell


def _cell(made: Stack, k: int, at: Place | None, state: State, params: Params) -> Rows:
    """Return the lines of a cell that the data has come to: the one asked for, else one in the middle."""
    known = tensors(state, params)[: state.t + 1]
    if k >= len(known):
        return ()
    x, y = (as_written(known[i][None])[0] for i in (k - 1, k))
    place = tuple((n - 1) // 2 for n in y.shape) if at is None else at
    weights = made.by_layer(state.weights)[k - 1]
    return rows_of(Asked(made.layers[k - 1], made.shapes[k - 1], weights, x, y, place, k - 1))


def _lost(made: Stack, k: int, state: State, params: Params) -> Said | None:
    """Say of a layer that the data has come to without numbers, which layer before or itself could give none."""
    known = len(tensors(state, params))
    if not has_numbers(params) or not known <= k <= state.t:
        return None
    return "lost", {"layer": name_of(made.layers[k - 1]), "place": str(known), "which": name_of(made.layers[known - 1])}


# ---- the nested list


def _level(shape: tuple[int, ...], level: int) -> Explanation:
    """Return how the shape of a nested list is made, and which of its numbers a level gives."""
    rule = (_text("shape([a, b, …]) = (how many, *shape(a))"),)
    row = ("shape", (_text(text_of(shape)),))
    values: dict[str, float | str] = {
        "level": str(level + 1), "rank": str(len(shape)), "size": str(shape[level]), "shape": text_of(shape),
    }  # fmt: skip
    return Explanation(rule, (row,), "level", values, "core.shapes.nested:shape_of")


# ---- row 0


def _start(made: Stack, params: Params, more: Told) -> Explanation:
    """Return what the first layer was told, and where the numbers that go in come from."""
    sizes = written(made.shapes[0])
    values: dict[str, float | str] = {"given": text_of(sizes), "example": text_of(sizes[1:]), "batch": str(sizes[0])}
    numbers = "typed" if has_numbers(params) and typed_example(params) is not None else "drawn"
    sentence = f"start.{'open' if sizes[0] is None else 'fixed'}.{numbers if has_numbers(params) else 'none'}"
    rule = (_text("shape = (batch, *input_shape)"),)
    row = ("shape", ((Term(text_of(sizes), Focus("tensor", (0,))),),))
    return Explanation(rule, (row, *more), sentence, values, "core.nn.layers.records:input_of")


def _number(state: State, params: Params, at: Place | None) -> Told:
    """Return the line of a cell of what goes in, where it is known."""
    known = tensors(state, params)
    if at is None or not known:
        return ()
    place = f"x[{', '.join(map(str, at))}]"
    value = float(as_written(known[0][None])[0][at])
    return (("cell", ((Term(f"{place} = {number(value)}"),),)),)
