"""The cases of convolution and pooling in two dimensions that ONNX publishes with their numbers.

Source: ONNX, onnx/backend/test/case/node/{conv,averagepool,maxpool}.py, Apache-2.0 (github.com/onnx/onnx); the names
are those given there. Their pictures count upwards row by row, their kernels are all ones. Where it draws its numbers
at random, the sizes that are written beside them are compared. What is not offered here stands in a list, with why.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
import pytest

from core import convolution as topic
from core.convolution import Params
from core.convolution.algorithm import output_of
from core.nn.convolution import Geometry, Pair, convolve, pool
from core.nn.layers import AveragePooling2D, Conv2D, MaxPooling2D
from core.run.streams import Streams

Kind = Literal["convolution", "average pooling", "max pooling"]


def counting(rows: int, columns: int, first: float = 1.0) -> Any:
    return np.arange(first, first + rows * columns).reshape(rows, columns)


@dataclass(frozen=True)
class Case:
    """A picture, how windows lie over it, and what is published as their map."""

    kind: Kind
    picture: Any
    window: Pair
    published: Any  # rows of numbers
    padding: Pair = (0, 0)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)

    @property
    def geometry(self) -> Geometry:
        """How the windows lie."""
        return Geometry(self.picture.shape, self.window, self.padding, self.stride, self.dilation)

    @property
    def params(self) -> Params:
        """The same as settings of the topic."""
        window: dict[str, Any] = {"kernel": np.ones(self.window)}
        if self.kind != "convolution":
            window = {"size": self.window}
        return Params(operation=self.kind, image=self.picture, padding=self.padding, stride=self.stride,
                      dilation=self.dilation, **window)  # fmt: skip


FIVE, FOUR = counting(5, 5), counting(4, 4)
MEANS_OF_FIVE = [[7, 7.5, 8, 8.5, 9], [9.5, 10, 10.5, 11, 11.5], [12, 12.5, 13, 13.5, 14],
                 [14.5, 15, 15.5, 16, 16.5], [17, 17.5, 18, 18.5, 19]]  # fmt: skip
LARGEST_OF_FIVE = [[13.0, 14, 15, 15, 15], [18, 19, 20, 20, 20], *[[23, 24, 25, 25, 25]] * 3]

CASES: dict[str, Case] = {
    "test_basic_conv_with_padding": Case(
        "convolution", counting(5, 5, 0), (3, 3),
        [[12, 21, 27, 33, 24], [33, 54, 63, 72, 51], [63, 99, 108, 117, 81], [93, 144, 153, 162, 111],
         [72, 111, 117, 123, 84]], padding=(1, 1)),
    "test_basic_conv_without_padding": Case(
        "convolution", counting(5, 5, 0), (3, 3), [[54, 63, 72], [99, 108, 117], [144, 153, 162]]),
    "test_conv_with_strides_padding": Case(
        "convolution", counting(7, 5, 0), (3, 3), [[12, 27, 24], [63, 108, 81], [123, 198, 141], [112, 177, 124]],
        padding=(1, 1), stride=(2, 2)),
    "test_conv_with_strides_no_padding": Case(
        "convolution", counting(7, 5, 0), (3, 3), [[54, 72], [144, 162], [234, 252]], stride=(2, 2)),
    "test_conv_with_strides_and_asymmetric_padding": Case(
        "convolution", counting(7, 5, 0), (3, 3), [[21, 33], [99, 117], [189, 207], [171, 183]],
        padding=(1, 0), stride=(2, 2)),
    # SAME_LOWER and SAME_UPPER, where as many cells are missing before as behind
    "test_conv_with_autopad_same": Case(
        "convolution", counting(5, 5, 0), (3, 3), [[12, 27, 24], [63, 108, 81], [72, 117, 84]],
        padding=(1, 1), stride=(2, 2)),
    "test_averagepool_2d_precomputed_same_upper": Case(
        "average pooling", FIVE, (3, 3), [[4, 5.5, 7], [11.5, 13, 14.5], [19, 20.5, 22]],
        padding=(1, 1), stride=(2, 2)),
    "test_maxpool_2d_precomputed_same_upper": Case(
        "max pooling", FIVE, (3, 3), [[7, 9, 10], [17, 19, 20], [22, 24, 25]], padding=(1, 1), stride=(2, 2)),
    "test_averagepool_2d_precomputed_pads": Case("average pooling", FIVE, (5, 5), MEANS_OF_FIVE, padding=(2, 2)),
    "test_averagepool_2d_precomputed_strides": Case(
        "average pooling", FIVE, (2, 2), [[4, 6], [14, 16]], stride=(2, 2)),
    "test_averagepool_2d_dilations": Case(  # with ceil_mode, which adds nothing here
        "average pooling", FOUR, (2, 2), [[6, 7], [10, 11]], dilation=(2, 2)),
    "test_maxpool_2d_uint8": Case("max pooling", FIVE, (5, 5), LARGEST_OF_FIVE, padding=(2, 2)),
    "test_maxpool_2d_precomputed_pads": Case("max pooling", FIVE, (5, 5), LARGEST_OF_FIVE, padding=(2, 2)),
    "test_maxpool_2d_precomputed_strides": Case("max pooling", FIVE, (2, 2), [[7, 9], [17, 19]], stride=(2, 2)),
    "test_maxpool_2d_dilations": Case("max pooling", FOUR, (2, 2), [[11, 12], [15, 16]], dilation=(2, 2)),
}  # fmt: skip

# name: window, padding, stride, rows and columns of the picture, and of the map that is published
SIZES: dict[str, tuple[int, int, int, int, int]] = {
    "test_averagepool_2d_default": (2, 0, 1, 32, 31),
    "test_averagepool_2d_pads": (3, 2, 1, 28, 30),
    "test_averagepool_2d_strides": (5, 0, 3, 32, 10),
    "test_maxpool_2d_default": (2, 0, 1, 32, 31),
    "test_maxpool_2d_pads": (3, 2, 1, 28, 30),
    "test_maxpool_2d_strides": (5, 0, 3, 32, 10),
}

COUNTS_PADDING = "padded cells never count in a mean here; PyTorch and ONNX can be asked to count them as 0"
ROUNDS_UP = "a window that leaves the padded picture is not there: sizes are rounded down, as in Keras and Conv"
ONE_SIDE = "padding is alike on both sides; of the layers’ `same` the odd cell is behind"
PLACES = "the numbers are the same, the places of the maxima are no array of the trace"
NOT_OFFERED = {
    "test_averagepool_2d_precomputed_pads_count_include_pad": COUNTS_PADDING,
    "test_averagepool_2d_pads_count_include_pad": COUNTS_PADDING,
    "test_averagepool_2d_ceil": ROUNDS_UP,
    "test_averagepool_2d_ceil_last_window_starts_on_pad": ROUNDS_UP,
    "test_maxpool_2d_ceil": ROUNDS_UP,
    "test_maxpool_2d_ceil_output_size_reduce_by_one": ROUNDS_UP,
    "test_averagepool_2d_same_lower": ONE_SIDE,
    "test_maxpool_2d_same_lower": ONE_SIDE,
    "test_maxpool_with_argmax_2d_precomputed_pads": PLACES,
    "test_maxpool_with_argmax_2d_precomputed_strides": PLACES,
}


@pytest.mark.parametrize("name", CASES)
def test_a_layer_makes_the_map_that_is_published(name: str) -> None:
    case = CASES[name]
    image = case.picture[None].astype(float)
    if case.kind == "convolution":
        made = convolve(image, np.ones((1, 1, *case.window)), case.geometry)
    else:
        made = pool(image, case.geometry, "max" if case.kind == "max pooling" else "average")
    assert made[0].tolist() == case.published


@pytest.mark.parametrize("name", CASES)
def test_a_sweep_makes_the_map_that_is_published_cell_by_cell(name: str) -> None:
    params = CASES[name].params
    assert topic.check(params) is None
    rng, state, cells = Streams.start(0), topic.start(params, Streams.start(0)), []
    for _ in range(np.size(CASES[name].published)):
        state = topic.step(state, params, rng)
        cells.append(state.value)
    assert cells == pytest.approx(np.ravel(CASES[name].published))
    assert output_of(state.image, state.kernel, params)[0].tolist() == CASES[name].published


@pytest.mark.parametrize("name", [name for name in CASES if "same" in name])
def test_the_layers_with_same_padding_make_it_too(name: str) -> None:
    case = CASES[name]
    layers: dict[str, Any] = {
        "convolution": Conv2D(1, case.window, case.stride, "same", use_bias=False),
        "average pooling": AveragePooling2D(case.window, case.stride, "same"),
        "max pooling": MaxPooling2D(case.window, case.stride, "same"),
    }
    made, _ = layers[case.kind].forward({"W": np.ones((1, 1, *case.window))}, case.picture[None, None].astype(float))
    assert made[0, 0].tolist() == case.published


@pytest.mark.parametrize("name", SIZES)
def test_a_map_has_the_size_that_is_published(name: str) -> None:
    window, padding, stride, side, published = SIZES[name]
    geometry = Geometry((side, side), (window, window), (padding, padding), (stride, stride))
    image = np.random.default_rng(0).standard_normal((3, side, side))
    assert pool(image, geometry, "max" if "max" in name else "average").shape == (3, published, published)


@pytest.mark.parametrize("kind", [AveragePooling2D, MaxPooling2D])
def test_same_upper_puts_the_odd_cell_behind(kind: Any) -> None:
    """As test_averagepool_2d_same_upper and test_maxpool_2d_same_upper: 32 × 32 stay so, padded below and right."""
    image = np.random.default_rng(1).standard_normal((1, 3, 32, 32))
    made, _ = kind(2, 1, "same").forward({}, image)
    assert made.shape == image.shape
    inside = pool(image[0], Geometry((32, 32), (2, 2)), "max" if kind is MaxPooling2D else "average")
    assert np.allclose(made[0, :, :31, :31], inside)
    assert np.allclose(made[0, :, 31, 31], image[0, :, 31, 31])


def test_what_is_not_offered_has_no_setting_and_gives_other_numbers() -> None:
    settings = {field.name for field in fields(Params)}
    assert not settings & {"ceil_mode", "count_include_pad", "auto_pad", "storage_order"}
    padded = pool(FIVE[None], CASES["test_averagepool_2d_precomputed_pads"].geometry, "average")
    assert padded[0, 0, 0] == 7  # published with the padding counted: 2.52
    rounded = pool(FOUR[None], Geometry((4, 4), (3, 3), stride=(2, 2)), "average")
    assert rounded[0].tolist() == [[6]]  # published with ceil_mode: [[6, 7.5], [12, 13.5]]
    assert not NOT_OFFERED.keys() & (CASES.keys() | SIZES.keys())
