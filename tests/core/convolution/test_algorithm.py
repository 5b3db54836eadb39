"""The topic: sweeps against SciPy, pooling, edits in mid-sweep, learning a kernel, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import signal

from core import convolution as core
from core.convolution import Params, State
from core.convolution.algorithm import output_of
from core.convolution.kernels import named_kernel
from core.convolution.learning import curvatures, distance, flat_directions, loss_and_slope
from core.convolution.settings import image_of, kernel_of, sweep_of, target_of
from core.data.pictures import named_picture
from core.nn.convolution import pair
from core.run.explanation import REST, Focus
from core.run.recipe import Recipe, SetArray, SetParam
from core.run.replay import replay
from core.run.streams import Streams


def frames(params: Params, steps: int = 100_000, *edits: Any) -> Iterator[Any]:
    recipe = Recipe("convolution", core.VERSION, 0, params)
    for step, edit in edits:
        recipe = recipe.edited(step, edit)
    return replay(core, recipe, steps)


def last(params: Params, steps: int = 100_000, *edits: Any) -> tuple[State, Params]:
    *_, (frame, _) = frames(params, steps, *edits)
    return frame.state, frame.params


def swept(params: Params) -> Any:
    return core.arrays(*last(params))["output"]


sizes = st.one_of(st.integers(1, 4), st.tuples(st.integers(1, 4), st.integers(1, 4)))


@settings(max_examples=60, deadline=None)
@given(
    size=st.tuples(st.integers(3, 9), st.integers(3, 9)),
    kernel_size=sizes,
    padding=st.one_of(st.integers(0, 3), st.tuples(st.integers(0, 3), st.integers(0, 3))),
    stride=sizes,
    dilation=st.integers(1, 3),
    bias=st.floats(-5, 5),
    seed=st.integers(0, 1000),
)
def test_a_sweep_ends_with_scipys_map(
    size: Any, kernel_size: Any, padding: Any, stride: Any, dilation: int, bias: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    k = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    image, kernel = rng.standard_normal(size), rng.standard_normal(k)
    params = Params(image=image, kernel=kernel, padding=padding, stride=stride, dilation=dilation, bias=bias)
    assume(core.check(params) is None)
    pads = (padding, padding) if isinstance(padding, int) else padding
    s = (stride, stride) if isinstance(stride, int) else stride
    spread = np.zeros([(n - 1) * dilation + 1 for n in k])
    spread[::dilation, ::dilation] = kernel
    padded = np.pad(image, [(p, p) for p in pads])
    wanted = signal.correlate2d(padded, spread, "valid")[:: s[0], :: s[1]] + bias
    assert np.allclose(swept(params), wanted, atol=1e-12)


@pytest.mark.parametrize(
    "params",
    [
        Params(padding=1),
        Params(image="colour", padding=(1, 0), stride=2, bias=-1.5),
        Params(
            image="colour", kernel=np.random.default_rng(0).standard_normal((2, 3, 2, 4)), bias=np.array([1.0, 2.0])
        ),
        Params(operation="max pooling", size=3, stride=2, padding=1),
        Params(operation="average pooling", image="colour", padding=1),
    ],
)
def test_each_step_tells_the_next_cell_of_the_output(params: Params) -> None:
    """Maps in turn, row by row; cells not reached are empty; the last step is the end."""
    assert core.check(params) is None
    state = core.start(params, Streams.start(0))
    output = output_of(state.image, state.kernel, params)
    places = list(np.ndindex(*output.shape))
    for t, (frame, began) in enumerate(frames(params)):
        row = core.series(frame.state, params)
        shown = core.arrays(frame.state, params)["output"]
        assert np.isnan(shown).sum() == len(places) - t
        if t:
            assert (row["map"], row["row"], row["column"]) == places[t - 1]
            assert row["value"] == pytest.approx(output[places[t - 1]])
            assert shown.reshape(-1)[t - 1] == pytest.approx(row["value"])
        assert ("end" in began) == (t == len(places))
    assert t == len(places)


@pytest.mark.parametrize(
    ("image", "kernel", "shape"),
    [
        ((5, 5), (3, 3), (3, 3)),
        ((2, 5, 5), (3, 3), (3, 3)),
        ((5, 5), (1, 3, 3), (1, 3, 3)),
        ((2, 5, 5), (2, 3, 3), (1, 3, 3)),
        ((2, 5, 5), (4, 2, 3, 3), (4, 3, 3)),
        ((5, 5), (4, 1, 3, 3), (4, 3, 3)),
        ((2, 5, 5), (1, 3, 3), (1, 3, 3)),
        ((2, 5, 5), (4, 1, 3, 3), (4, 3, 3)),
    ],
)
def test_the_output_has_an_axis_of_maps_where_the_kernel_has(image: Any, kernel: Any, shape: Any) -> None:
    params = Params(image=np.ones(image), kernel=np.ones(kernel))
    assert core.check(params) is None
    assert core.arrays(core.start(params, Streams.start(0)), params)["output"].shape == shape


def test_a_flat_kernel_is_used_for_every_channel_and_summed() -> None:
    image = np.random.default_rng(2).standard_normal((3, 6, 6))
    kernel = np.random.default_rng(3).standard_normal((3, 3))
    flat = swept(Params(image=image, kernel=kernel))
    assert np.allclose(flat, sum(signal.correlate2d(channel, kernel, "valid") for channel in image))
    several = swept(Params(image=image, kernel=np.stack([kernel, 2 * kernel])[:, None]))
    assert np.allclose(several, [flat, 2 * flat])


@pytest.mark.parametrize("operation", ["max pooling", "average pooling"])
@pytest.mark.parametrize(("size", "dilation", "padding"), [(2, 2, 0), (2, 3, 1), ((2, 3), (3, 2), 1)])
def test_a_dilated_pool_takes_cells_that_lie_apart(operation: Any, size: Any, dilation: Any, padding: int) -> None:
    params = Params(operation=operation, size=size, stride=1, dilation=dilation, padding=padding)
    (a, b), (down, across) = pair(size), pair(dilation)
    picture = np.pad(image_of(params), padding, constant_values=np.nan)
    rows, columns = (n - d * (k - 1) for n, k, d in zip(picture.shape, (a, b), (down, across), strict=True))
    keep = np.nanmax if operation == "max pooling" else np.nanmean
    expected = [
        [
            keep(picture[i : i + down * (a - 1) + 1 : down, j : j + across * (b - 1) + 1 : across])
            for j in range(columns)
        ]
        for i in range(rows)
    ]
    np.testing.assert_allclose(swept(params), expected, rtol=0, atol=1e-12)


def test_the_stride_of_a_pool_is_its_size_unless_given() -> None:
    assert swept(Params(operation="max pooling", size=3)).shape == (2, 2)
    assert swept(Params(operation="max pooling", size=3, stride=1)).shape == (6, 6)
    assert swept(Params(operation="average pooling", size=(2, 4))).shape == (4, 2)
    assert swept(Params()).shape == (6, 6)


def test_a_number_of_bias_is_added_to_every_map_and_a_list_to_each_its_own() -> None:
    kernel = np.stack([named_kernel("identity"), named_kernel("blur")])[:, None]
    plain = swept(Params(kernel=kernel))
    assert np.allclose(swept(Params(kernel=kernel, bias=2.0)), plain + 2)
    assert np.allclose(
        swept(Params(kernel=kernel, bias=np.array([1.0, -3.0]))), plain + np.array([1, -3])[:, None, None]
    )


# ---- edits in a sweep


def test_after_an_edit_the_output_is_of_todays_picture_and_kernel() -> None:
    params, image = Params(), named_picture("circle")
    before = [frame for frame, _ in frames(params, 10)]
    after = [frame for frame, _ in frames(params, 10, (6, SetArray("image", image)))]
    assert after[5] == before[5]
    shown = core.arrays(after[6].state, params)["output"].reshape(-1)
    assert np.allclose(shown[:6], signal.correlate2d(image, named_kernel("vertical-edge"), "valid").reshape(-1)[:6])
    assert np.isnan(shown[6:]).all()
    assert core.series(after[6].state, params)["value"] == core.series(before[6].state, params)["value"]
    assert core.series(after[7].state, params)["column"] == 0


def test_kernel_and_bias_can_be_set_in_mid_run() -> None:
    params = Params()
    state, shown = last(params, 9, (4, SetArray("kernel", named_kernel("blur"))), (5, SetParam("bias", 10.0)))
    output = core.arrays(state, shown)["output"].reshape(-1)[:9]
    wanted = signal.correlate2d(named_picture("digit"), named_kernel("blur"), "valid").reshape(-1)[:9] + 10
    assert np.allclose(output, wanted)


def test_an_array_must_keep_its_shape() -> None:
    state = core.start(Params(), Streams.start(0))
    with pytest.raises(ValueError, match=r"its shape \[8, 8\]"):
        state.with_array("image", np.zeros((4, 4)), Params())


# ---- learning


def test_the_slope_of_the_loss_is_that_of_finite_differences() -> None:
    rng = np.random.default_rng(0)
    for image_shape, kernel_shape in (((7, 6), (3, 2)), ((2, 6, 6), (3, 3)), ((2, 6, 6), (3, 2, 2, 3)),
                                      ((2, 6, 6), (3, 1, 2, 3))):  # fmt: skip
        image, kernel, target = (rng.standard_normal(shape) for shape in (image_shape, kernel_shape, kernel_shape))
        params = Params(operation="learn", image=image, kernel=kernel, target=target, stride=2, padding=1)
        assert core.check(params) is None
        geometry = sweep_of(params, image, kernel).geometry
        _, slope = loss_and_slope(image, kernel, target, geometry)
        for at in np.ndindex(*kernel_shape):
            step = np.zeros(kernel_shape)
            step[at] = 1e-4
            up, down = (loss_and_slope(image, kernel + s * step, target, geometry)[0] for s in (1, -1))
            assert slope[at] == pytest.approx((up - down) / 2e-4, rel=1e-6, abs=1e-9)


def test_a_row_of_learning_tells_the_loss_before_the_step_that_led_there() -> None:
    params = Params(operation="learn", kernel="zeros")
    image, target = named_picture("digit"), named_kernel("horizontal-edge")
    rows = [(core.series(f.state, params), core.arrays(f.state, params)) for f, _ in frames(params, 3)]
    assert np.isnan(rows[0][0]["loss"])
    assert rows[0][1]["kernel"].tolist() == np.zeros((3, 3)).tolist()
    assert rows[1][0]["loss"] == pytest.approx((signal.correlate2d(image, target, "valid") ** 2).mean())
    assert float(rows[2][0]["loss"]) < float(rows[1][0]["loss"])
    assert all(np.isnan(row["map"]) and np.isnan(row["value"]) for row, _ in rows)
    assert rows[2][1]["output"].shape == (6, 6)
    assert np.isfinite(rows[2][1]["output"]).all()


@pytest.mark.parametrize("target", ["vertical-edge", "sharpen", "emboss"])
def test_a_kernel_is_learned_from_a_digit_within_one_percent(target: str) -> None:
    params = Params(operation="learn", kernel="zeros", target=target)
    began = [t for t, (_, keys) in enumerate(frames(params, 600)) if "learned" in keys]
    assert len(began) == 1
    state, _ = last(params, began[0])
    assert np.abs(state.kernel - named_kernel(target)).max() < 0.01 * np.abs(named_kernel(target)).max()


def test_bars_cannot_teach_a_kernel() -> None:
    params = Params(operation="learn", kernel="zeros", target="vertical-edge", image="bars", learning_rate=0.002)
    state, _ = last(params, 3000)
    image, geometry = image_of(params), sweep_of(params, image_of(params), kernel_of(params)).geometry
    assert loss_and_slope(image, state.kernel, target_of(params), geometry)[0] < 1e-9
    assert distance(state.kernel, target_of(params)) > 0.1
    assert flat_directions(curvatures(image, state.kernel, geometry)) == 6


def test_a_learning_rate_beyond_two_over_the_curvature_diverges() -> None:
    params = Params(operation="learn", kernel="zeros")
    geometry = sweep_of(params, image_of(params), kernel_of(params)).geometry
    limit = 2 / curvatures(image_of(params), kernel_of(params), geometry)[-1]
    for rate, diverges in ((0.98 * limit, False), (1.05 * limit, True)):
        seen = list(frames(Params(operation="learn", kernel="zeros", learning_rate=rate), 2000))
        assert (seen[-1][1] == ("diverged", "end")) is diverges
        assert np.isfinite(seen[-1][0].state.kernel).all()


# ---- what is refused


@pytest.mark.parametrize(
    ("params", "field", "key", "allowed"),
    [
        (Params(image="digits"), "image", "image_unknown", None),
        (Params(kernel="edge"), "kernel", "kernel_unknown", None),
        (Params(image=np.zeros(4)), "image", "picture_shape", None),
        (Params(image=np.zeros((0, 4))), "image", "picture_shape", None),
        (Params(image=np.zeros((513, 2))), "image", "picture_too_large", 512),
        (Params(image=np.zeros((17, 8, 8))), "image", "picture_channels", 16),
        (Params(kernel=np.zeros(3)), "kernel", "kernel_shape", None),
        (Params(kernel=np.zeros((3, 3, 3))), "kernel", "kernel_depth", 1),
        (Params(image="colour", kernel=np.zeros((2, 3, 3))), "kernel", "kernel_depth", 3),
        (Params(input_size=2, padding=1, kernel_size=5), "kernel_size", "kernel_wide", 4),
        (Params(input_size=(2, 8)), "kernel", "kernel_tall", 2),
        (Params(dilation=4), "dilation", "dilation_wide", 3),
        (Params(operation="max pooling", size=9), "size", "block_wide", 8),
        (Params(operation="max pooling", size=2, padding=2), "padding", "pool_padding", None),
        (Params(bias=np.array([1.0, 2.0])), "bias", "bias_length", 1),
        (Params(operation="learn", target=np.zeros((2, 2))), "target", "target_shape", [3, 3]),
        (Params(image=np.zeros((512, 512)), kernel=np.zeros((64, 64))), "image", "too_much_work", None),
    ],
)
def test_what_does_not_fit_is_refused_and_what_would_is_said(
    params: Params, field: str, key: str, allowed: Any
) -> None:
    refusal = core.check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key) == (field, key)
    if allowed is not None:
        assert refusal.values["allowed"] == allowed


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 9), st.integers(0, 3), st.integers(1, 4), st.integers(1, 4))
def test_what_a_refusal_allows_is_taken(n: int, k: int, p: int, s: int, d: int) -> None:
    params = Params(input_size=n, kernel_size=k, padding=p, stride=s, dilation=d)
    refusal = core.check(params)
    fits = n + 2 * p - d * (k - 1) - 1 >= 0
    assert (refusal is None) == fits
    if refusal is not None:
        name = refusal.field
        better = Params(**{**dict(input_size=n, kernel_size=k, padding=p, stride=s, dilation=d),
                           name: refusal.values["allowed"]})  # type: ignore[arg-type]  # fmt: skip
        again = core.check(better)
        assert again is None or again.field != name  # the next one may be the dilation


def test_a_picture_and_a_kernel_of_ones_own_can_be_given_another_size() -> None:
    picture = np.arange(16.0).reshape(4, 4)
    assert image_of(Params(image=picture, input_size=2)).tolist() == [[2.5, 4.5], [10.5, 12.5]]
    assert image_of(Params(image=np.zeros((3, 40, 60)), input_size=20)).shape == (3, 13, 20)  # not squashed
    assert image_of(Params(image=np.zeros((40, 60)), input_size=(20, 20))).shape == (20, 20)
    assert image_of(Params(image=np.zeros((2, 500)), input_size=20)).shape == (1, 20)
    assert image_of(Params(image=picture)) is not None
    assert kernel_of(Params(kernel=np.ones((3, 3)), kernel_size=(1, 5))).tolist() == [[0, 1, 1, 1, 0]]
    assert target_of(Params(kernel_size=5)).shape == (5, 5)


# ---- in numbers


@pytest.mark.parametrize(
    "params",
    [
        Params(padding=1),
        Params(image="colour"),
        Params(kernel="blur", kernel_size=5),
        Params(kernel=np.array([[[[0.5, -2.0]]], [[[1.0, 3.0]]]]), bias=-1.0),
    ],
)
def test_the_printed_sum_is_the_output_cell(params: Params) -> None:
    """C1: adding up what stands in the strip gives the cell, for every cell of the sweep."""
    before = None
    for frame, _ in frames(params):
        if before is not None:
            told = core.explain(before.state, frame.made, before.params, None)
            rows = ["".join(str(term.value) for term in columns[0]).replace("−", "-") for _, columns in told.rows]
            products = [float(x) * float(k) for row in rows for x, k in _PRODUCT.findall(row)]
            bias = params.bias if isinstance(params.bias, float) else 0.0
            assert sum(products) + bias == pytest.approx(frame.made.value, rel=2e-3, abs=1e-3 * len(products))
            result = str(told.rows[-1][1][1][-1].value).replace("−", "-")
            assert float(result) == pytest.approx(frame.made.value, rel=1e-3)
        before = frame


@pytest.mark.parametrize("kernel", ["vertical-edge", "horizontal-edge", "outline", "emboss"])
@pytest.mark.parametrize("scale", [1.0, 0.0, -1.0])
@pytest.mark.parametrize("bias", [0.0, 500.0, -500.0])
def test_the_words_of_a_window_leave_the_bias_out(kernel: str, scale: float, bias: float) -> None:
    picture = scale * named_kernel(kernel)  # a kernel answers its own picture with the sum of its squares
    params = Params(image=picture, kernel=kernel, bias=bias)
    (before, _), (frame, _) = frames(params)
    told = core.explain(before.state, frame.made, params, None)
    measured = scale * float((named_kernel(kernel) ** 2).sum())
    assert (told.sentence, told.values["sum"]) == (f"{kernel}.step", f"{measured + 0.0:.0f}".replace("-", "−"))
    assert frame.made.value == measured + bias


@pytest.mark.parametrize(
    ("side", "largest", "listed"),
    [
        (2, 2, "0, 0, 9, 0"),
        (3, 1, "0, 9, 0, …, 0"),
        (3, 3, "0, 0, 0, 9, …, 0"),
        (3, 5, "0, 0, 0, …, 9, …, 0"),
        (3, 7, "0, 0, 0, …, 9, 0"),
        (3, 8, "0, 0, 0, …, 9"),
    ],
)
def test_a_long_maximum_is_a_list_that_shows_the_largest(side: int, largest: int, listed: str) -> None:
    picture = np.zeros((side, side))
    picture.flat[largest] = 9
    params = Params(operation="max pooling", image=picture, size=side)
    (before, _), (frame, _) = frames(params)
    ((_, (line,)),) = core.explain(before.state, frame.made, params, None).rows
    assert "".join(str(term.value) for term in line) == f"y[1, 1] = max({listed}) = 9"
    picked = [term.mark for term in line if term.value == "9" and term.mark != Focus("result")]
    assert picked == [Focus("picked", (0, largest // side, largest % side))]
    assert all(term.mark != REST for term in line)  # dots of the strip would go on a sum


_PRODUCT = re.compile(r"(-?[0-9.]+)×\(?(-?[0-9.]+)\)?")
