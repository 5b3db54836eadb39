"""Do the claims S1 to S7 hold in their runs, and has the learner reached what a task asks?

Shapes and counts are worked out anew here: by counting entries, or by the arithmetic of each layer.
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Sequence
from typing import Any

import numpy as np

from core.data.pictures import colour_channels_last
from core.nn.layers import Dense, Embedding, SimpleRNN, text_of
from core.nn.layers.records import stack_of
from core.run.refusal import Refusal
from core.shapes.algorithm import arrays
from core.shapes.nested import shape_of
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from widgets.base.numbers import count

_ASKED = (1, 4, 0)  # the index that S7 asks for
_STARTS_RAGGED = ((1, 2), (3,))  # what is to be mended


def _held(run: Timeline) -> Any:
    return arrays(last_state(run), run.recipe.params)


def _shapes(run: Timeline) -> list[list[int]]:
    """Return the shapes from the input on, as written; 0 is a size that is not fixed."""
    return [[int(n) for n in row if n >= 0] for row in _held(run)["shapes"]]


def _counts(run: Timeline) -> list[int]:
    return [int(n) for n in column(run, "parameters")[1:]]


def _is_through(run: Timeline) -> bool:
    """Tell whether the data has come through all layers."""
    return run.recorded == len(run.recipe.params.layers)


def _seen(run: Timeline, shape: Sequence[int], at: int = -1) -> Outcome:
    """Return that the data has come through all layers, and one of the shapes on the way is the expected one."""
    found = _shapes(run)[at]
    return Outcome(_is_through(run) and found == list(shape), {"shape": text_of(found)}, found)


# ---- S1 to S3: lists in lists


def _list_of(run: Timeline) -> Outcome:
    """S1: the shape has a number for each level of brackets, and NumPy counts the same."""
    data = run.recipe.params.data
    found = [int(n) for n in _held(run)["data_shape"]]
    told = {"shape": text_of(found), "rank": len(found), "count": int(np.size(data))}
    return Outcome(_is_through(run) and found == list(np.array(data).shape), told, found)


def brackets_in_brackets(runs: Runs) -> Outcome:
    """S1: three lists of two lists of two numbers."""
    return _list_of(runs["run"])


def one_bracket(runs: Runs) -> Outcome:
    """S1: four numbers in one list."""
    return _list_of(runs["run"])


def a_bracket_each(runs: Runs) -> Outcome:
    """S1: three lists of one number."""
    return _list_of(runs["run"])


def mend_the_ragged(seen: Seen) -> bool:
    """Whether the ragged list has become a whole one, with what stood in it where it stood."""
    data: Any = seen.params.data
    (first, second), rows = _STARTS_RAGGED, data if isinstance(data, tuple) else ()
    return shape_of(data) == (2, 2) and rows[0] == first and rows[1][: len(second)] == second


def three_numbers(runs: Runs) -> Outcome:
    """S2: three numbers in one list are a tensor with one axis."""
    found = _list_of(runs["run"])
    return Outcome(found.holds and found.truth == [3], found.values, len(found.truth))


def other_numbers(runs: Runs) -> Outcome:
    """S3: lists with no number in common have one shape."""
    first, second = runs["small"], runs["large"]
    shapes = [_held(run)["data_shape"] for run in (first, second)]
    numbers = [set(np.ravel(run.recipe.params.data)) for run in (first, second)]
    is_same = bool(np.array_equal(*shapes)) and not numbers[0] & numbers[1]
    told = {"shape": text_of([int(n) for n in shapes[0]])}
    return Outcome(is_same and _is_through(first) and _is_through(second), told, int((shapes[0] != shapes[1]).sum()))


def change_a_number(seen: Seen) -> bool:
    """Whether another number stands in the list, and its shape is the same."""
    data: Any = seen.params.data
    return shape_of(data) == (3, 1) and data != ((1,), (2,), (3,))


# ---- S4 and S5: what the first layer is told


def a_number_or_a_tuple(runs: Runs) -> Outcome:
    """S4: both ways of telling make the same stack; and (784) is a number, (784,) a tuple."""
    dim, told = runs["dim"], runs["shape"]
    is_same = _shapes(dim) == _shapes(told) and _counts(dim) == _counts(told)
    is_python = literal_eval("(784)") == 784 and literal_eval("(784,)") == (784,)
    values = {"shape": text_of(_shapes(dim)[0]), "count": count(sum(_counts(dim)))}
    return Outcome(is_same and is_python and all(map(_is_through, runs.values())), values, _shapes(dim)[0])


def batch_in_front(runs: Runs) -> Outcome:
    """S5: what goes in has the batch before what the layer is told."""
    return _seen(runs["run"], (32, 6, 8), 0)


def a_colour_picture(runs: Runs) -> Outcome:
    """S5: a colour picture has three numbers at each of its places."""
    run = runs["run"]
    told, laid = _shapes(run)
    return Outcome(
        _is_through(run) and laid == [0, 64 * 64 * 3], {"shape": text_of(told[1:]), "length": count(laid[1])}, laid[1]
    )


def one_large_sample(runs: Runs) -> Outcome:
    """S5: three axes that are told are those of one sample; a batch has one more."""
    run = runs["run"]
    given = _shapes(run)[0]
    told = {"rank": len(given), "shape": text_of(["None", *given[1:]])}
    return Outcome(_is_through(run) and given == [0, 100, 64, 32], told, len(given))


# ---- S6: only the first layer is told, all others follow


def laid_in_a_row(runs: Runs) -> Outcome:
    """S6: windows shorten rows and columns, a pool halves them, and Flatten multiplies what is left."""
    run = runs["run"]
    side = (28 - 3 + 1) // 2
    _, _, pooled, laid, _ = _shapes(run)
    told = {"pooled": text_of(pooled[1:]), "length": count(side * side * 8)}
    return Outcome(_is_through(run) and laid == [0, side * side * 8], told, laid[1])


def told_once_more(runs: Runs) -> Outcome:
    """S6: a later layer may be told what it is given anyway; told otherwise it is refused, and so is a stack untold."""
    once, twice = runs["once"], runs["twice"]
    is_same = _shapes(once) == _shapes(twice) and _counts(once) == _counts(twice)
    refused = [_why(Dense(32, input_shape=(784,)), Dense(10, input_shape=(64,))), _why(Dense(32), Dense(10))]
    holds = is_same and [why.key for why in refused if why] == ["layer_told_otherwise", "layer_input_missing"]
    return Outcome(holds and all(map(_is_through, runs.values())), {"count": count(sum(_counts(once)))}, "nothing")


def _why(*layers: Dense) -> Refusal | None:
    try:
        stack_of(layers)
    except Refusal as refusal:
        return refusal
    return None


def count_the_weights(runs: Runs) -> Outcome:
    """S6: Dense has a weight for every input of every unit, and a bias for every unit."""
    run = runs["run"]
    counts = _counts(run)
    return Outcome(_is_through(run) and counts == [41 * 8, 0, 4 * 8 * 16 + 16], {"count": count(counts[2])}, counts[2])


def most_weights(runs: Runs) -> Outcome:
    """S6: a kernel is counted by channels alone, Dense after Flatten by the size of the picture."""
    run = runs["run"]
    conv, _, dense, last = _counts(run)
    found = {"conv": conv, "dense": dense, "last": last}
    holds = _is_through(run) and (conv, dense, last) == (3 * 3 * 8 + 8, 26 * 26 * 8 * 16 + 16, 16 * 10 + 10)
    return Outcome(holds, {name: count(n) for name, n in found.items()}, sorted(found, key=lambda name: -found[name]))


def any_size_of_picture(runs: Runs) -> Outcome:
    """S6: the weights of Conv2D need the channels and nothing else."""
    small, large = runs["small"], runs["large"]
    counts = _counts(small) + _counts(large)
    holds = counts == [3 * 3 * 3 * 4 + 4] * 2 and _is_through(small) and _is_through(large)
    return Outcome(holds, {"count": count(counts[-1])}, counts[-1])


def make_it_build(seen: Seen) -> bool:
    """Whether Embedding, SimpleRNN and a Dense stand in one stack: as it was asked for it would not be built."""
    kinds = [type(layer) for layer in seen.params.layers]
    return all(kind in kinds for kind in (Embedding, SimpleRNN, Dense))


# ---- S7: an index


def which_number(runs: Runs) -> Outcome:
    """S7: an index says row, column and channel."""
    x = colour_channels_last()
    found = float(x[_ASKED])
    others = [float(x[_ASKED[1], _ASKED[0], _ASKED[2]]), float(x[_ASKED[0], _ASKED[1], 2])]
    holds = x.shape == (8, 8, 3) and found not in others and _is_through(runs["run"])
    return Outcome(holds, {"number": f"{found:g}"}, found)


# ---- the examples of Keras's documentation


def keras_window(runs: Runs) -> Outcome:
    """Two kernels of 3 × 3 on a batch of 4 pictures."""
    return _seen(runs["run"], (4, 28 - 3 + 1, 28 - 3 + 1, 2))


def keras_same_and_spread(runs: Runs) -> Outcome:
    """With padding the picture keeps its size; a kernel spread by 2 reaches over 5 cells."""
    same, spread = (_shapes(runs[name])[-1] for name in ("same", "spread"))
    holds = same == [4, 28, 28, 2] and spread == [4, 28 - 5 + 1, 28 - 5 + 1, 2]
    is_through = _is_through(runs["same"]) and _is_through(runs["spread"])
    return Outcome(holds and is_through, {"same": text_of(same), "spread": text_of(spread)}, spread)


def keras_pool(runs: Runs) -> Outcome:
    """A window of 2 × 2 that moves on by 1 has two places on three cells."""
    return _seen(runs["run"], (1, 2, 2, 1))


def keras_words(runs: Runs) -> Outcome:
    """Each of ten numbers becomes a row of 64."""
    return _seen(runs["run"], (32, 10, 64))


def keras_row(runs: Runs) -> Outcome:
    """Rows and columns that a window leaves by steps of 3, times 64 maps."""
    run = runs["run"]
    rows, columns = ((n - 3) // 3 + 1 for n in (3, 32))
    maps, laid = _shapes(run)[1:]
    holds = _is_through(run) and maps == [0, rows, columns, 64] and laid == [0, rows * columns * 64]
    return Outcome(holds, {"maps": text_of(maps[1:]), "length": count(laid[1])}, laid[1])


def keras_states(runs: Runs) -> Outcome:
    """The last state alone, or the state at every time."""
    last, every = (_shapes(runs[name])[-1] for name in ("last", "every"))
    holds = last == [32, 4] and every == [32, 10, 4] and all(map(_is_through, runs.values()))
    return Outcome(holds, {"last": text_of(last), "every": text_of(every)}, last)


def keras_films(runs: Runs) -> Outcome:
    """The same kernels at each of ten times."""
    return _seen(runs["run"], (32, 10, 128 - 3 + 1, 128 - 3 + 1, 64))
