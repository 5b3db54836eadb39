"""The settings of a convolution, what they mean in arrays, and which of them do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le

from core.convolution.kernels import KERNELS, fitted, named_kernel
from core.data.pictures import LARGEST_SIDE, PICTURES, named_picture, resized, within
from core.nn.convolution import Geometry, Pair, pair, sees_only_padding
from core.run.explanation import Focus
from core.run.parameters import LOG, PICTURE, RESTART, VIEW, Columns, Suggestions, Where
from core.run.refusal import Refusal
from core.run.values import LARGEST, Array, Floats, frozen

Operation = Literal["convolution", "max pooling", "average pooling", "learn"]
POOLING = ("max pooling", "average pooling")
_POOLS = Where("operation", POOLING)
_ADDS = Where("operation", ("convolution",))
_WEIGHS = Where("operation", ("convolution", "learn"))
_LEARNS = Where("operation", ("learn",))
MOST_CHANNELS = 16
MOST_PRODUCTS = 200_000_000  # of one sweep: a second or so
MOST_TO_LEARN = 5_000_000  # of one descent step: some tenths of a second

Number = Annotated[float, Ge(-LARGEST), Le(LARGEST)]
_Side = Annotated[int, Ge(1), Le(64)]
_Few = Annotated[int, Ge(1), Le(32)]
_Ring = Annotated[int, Ge(0), Le(32)]
_Block = Annotated[int, Ge(1), Le(15)]


@frozen
class Params:
    """Picture, kernel and how one slides over the other; sizes are one whole number or [rows, columns]."""

    operation: Annotated[Operation, RESTART] = "convolution"
    image: Annotated[str | Array, Suggestions(tuple(PICTURES)), PICTURE, RESTART] = "digit"
    # One number is both sides of a picture by name, the longer side of one's own; None: as large as that is.
    input_size: Annotated[_Side | tuple[_Side, _Side] | None, RESTART] = None
    kernel: Annotated[str | Array, Suggestions(tuple(KERNELS)), RESTART, _WEIGHS] = "vertical-edge"
    kernel_size: Annotated[_Block | tuple[_Block, _Block] | None, RESTART, _WEIGHS] = None  # None: the kernel's own
    size: Annotated[_Few | tuple[_Few, _Few], RESTART, _POOLS] = 2  # of the block that is pooled
    padding: Annotated[_Ring | tuple[_Ring, _Ring], RESTART] = 0
    stride: Annotated[_Few | tuple[_Few, _Few] | None, RESTART] = None  # None: 1, or the block when pooling
    dilation: Annotated[_Few | tuple[_Few, _Few], RESTART] = 1
    bias: Annotated[Number | Array, Columns(1), _ADDS] = 0.0  # one number, or one for each map
    target: Annotated[str | Array, Suggestions(tuple(KERNELS)), RESTART, _LEARNS] = "horizontal-edge"  # to be learned
    learning_rate: Annotated[float, Ge(1e-12), Le(10), LOG, _LEARNS] = 0.003
    growing: Annotated[bool, VIEW] = False  # whether cells ahead of the sweep are hidden


def image_of(params: Params) -> Floats:
    """Return the picture, (rows, columns) or (channels, rows, columns). Raises KeyError for an unknown name."""
    image, size = params.image, params.input_size
    if isinstance(image, str):
        return named_picture(image, None if size is None else pair(size))
    own = image.shape[-2], image.shape[-1]
    wanted = within(own, size) if isinstance(size, int) else size or own
    return image if wanted == own else resized(image, wanted)


def kernel_of(params: Params) -> Floats:
    """Return the kernel, (kh, kw), (in, kh, kw) or (out, in, kh, kw). Raises KeyError for an unknown name."""
    if isinstance(params.kernel, str):
        return named_kernel(params.kernel, pair(params.kernel_size or 3))
    return params.kernel if params.kernel_size is None else fitted(params.kernel, pair(params.kernel_size))


def target_of(params: Params) -> Floats:
    """Return the kernel to be learned; one by name is as large as the kernel. Raises KeyError for an unknown name."""
    target = params.target
    return named_kernel(target, kernel_of(params).shape[-2:]) if isinstance(target, str) else target


def plain(size: Pair) -> int | list[int]:
    """Return rows and columns as they are typed: one number where they are the same."""
    return size[0] if size[0] == size[1] else list(size)


def layers(kernel: Floats, channels: int) -> Floats:
    """Return a kernel as (maps, channels, kh, kw); one that is flat, or one layer deep, is used for every channel."""
    maps = len(kernel) if kernel.ndim == 4 else 1
    deep = kernel.reshape(maps, -1, *kernel.shape[-2:])
    return np.broadcast_to(deep, (maps, channels, *deep.shape[2:])) if is_flat(kernel) else deep


def is_flat(kernel: Floats) -> bool:
    """Tell whether a kernel is one layer deep, which then serves every channel."""
    return kernel.ndim == 2 or kernel.shape[-3] == 1


def channels_of(image: Floats) -> Floats:
    """Return a picture as (channels, rows, columns)."""
    return image[None] if image.ndim == 2 else image


def bias_of(params: Params, map: int) -> float:
    """Return what is added to every cell of a map."""
    return float(params.bias[map]) if isinstance(params.bias, np.ndarray) else params.bias


@dataclass(frozen=True)
class Sweep:
    """Where the windows stand, and in which order the output cells come: map by map, row by row."""

    geometry: Geometry
    maps: int
    has_maps: bool  # whether the output is shown with an axis of maps

    @property
    def cells(self) -> int:
        """How many output cells there are."""
        rows, columns = self.geometry.output
        return self.maps * rows * columns

    def place(self, cell: int) -> tuple[int, int, int]:
        """Return map, row and column of a cell, counted from 0."""
        rows, columns = self.geometry.output
        inside, column = divmod(cell, columns)
        return inside // rows, inside % rows, column

    def cell(self, map: int, row: int, column: int) -> int:
        """Return the number of the cell at a place."""
        rows, columns = self.geometry.output
        return (map * rows + row) * columns + column

    def place_in(self, focus: Focus | None) -> tuple[int, int, int] | None:
        """Return the output cell in focus; None where there is none, or one that is not there any more."""
        ends = (self.maps, *self.geometry.output)
        match focus:
            case Focus("output", (map, row, column) as at) if all(0 <= i < n for i, n in zip(at, ends, strict=True)):
                return map, row, column
        return None

    def shown(self, output: Floats) -> Floats:
        """Return an output (maps, rows, columns) in the shape it is exported in."""
        return output if self.has_maps else output[0]


def sweep_of(params: Params, image: Floats, kernel: Floats) -> Sweep:
    """Return the sweep of a kernel, or of a pooling block, over a picture."""
    pools = params.operation in POOLING
    window = pair(params.size) if pools else (kernel.shape[-2], kernel.shape[-1])
    stride = params.stride or (params.size if pools else 1)
    picture = (image.shape[-2], image.shape[-1])
    geometry = Geometry(picture, window, pair(params.padding), pair(stride), pair(params.dilation))
    if pools:
        return Sweep(geometry, image.shape[0] if image.ndim == 3 else 1, image.ndim == 3)
    return Sweep(geometry, kernel.shape[0] if kernel.ndim == 4 else 1, kernel.ndim > 2)


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with what the given ones imply: an array or a photo brings its own size along.

    A list of biases that does not fit the number of another kernel's maps gives way to none.
    """
    brings = not isinstance(params.image, str) or params.image == "photo"
    if "image" in given and "input_size" not in given and brings:
        params = replace(params, input_size=None)
    if "kernel" in given and "kernel_size" not in given and not isinstance(params.kernel, str):
        params = replace(params, kernel_size=None)
    if "kernel" in given and "bias" not in given and isinstance(params.bias, np.ndarray):
        maps = 1 if isinstance(params.kernel, str) or params.kernel.ndim < 4 else len(params.kernel)
        params = params if params.bias.shape == (maps,) else replace(params, bias=0.0)
    return params


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse arrays that are no picture or kernel, and numbers that do not fit each other; say which would."""
    return next(_complaints(params), None)


def _complaints(params: Params) -> Iterator[Refusal]:
    yield from _names(params)
    yield from _shapes(params)
    image, kernel = image_of(params), kernel_of(params)
    sweep = sweep_of(params, image, kernel)
    yield from _misfits(params, sweep.geometry)
    if params.operation in POOLING:
        yield from _padding(sweep.geometry)
    elif not is_flat(kernel) and kernel.shape[-3] != len(channels_of(image)):
        yield Refusal("kernel", "kernel_depth", {"given": kernel.shape[-3], "allowed": len(channels_of(image))})
    yield from _maps(params, sweep, kernel)
    products = sweep.cells * (sweep.geometry.window[0] * sweep.geometry.window[1])
    products *= 1 if params.operation in POOLING else len(channels_of(image))
    most = MOST_TO_LEARN if params.operation == "learn" else MOST_PRODUCTS
    if products > most:
        yield Refusal("image", "too_much_work", {"given": f"{products:.2g}", "allowed": f"{most:.0g}"})


def _names(params: Params) -> Iterator[Refusal]:
    for field, value, known in (("image", params.image, PICTURES), ("kernel", params.kernel, KERNELS),
                                ("target", params.target, KERNELS)):  # fmt: skip
        if isinstance(value, str) and value not in known:
            yield Refusal(field, f"{field}_unknown", {"given": _short(value), "allowed": tuple(known)})


def _short(text: str) -> str:
    line = text if text.isprintable() else ascii(text)[1:-1]
    return line if len(line) <= 40 else f"{line[:39]}…"


def _shapes(params: Params) -> Iterator[Refusal]:
    if not isinstance(params.image, str):
        yield from _picture(params.image)
    for field, array in (("kernel", params.kernel), ("target", params.target)):
        if not isinstance(array, str) and not (2 <= array.ndim <= 4 and array.size):
            yield Refusal(field, "kernel_shape", {"given": list(array.shape)})


def _picture(array: Floats) -> Iterator[Refusal]:
    if array.ndim not in (2, 3) or not array.size:
        yield Refusal("image", "picture_shape", {"given": list(array.shape)})
    elif max(array.shape[-2:]) > LARGEST_SIDE:
        given = f"{array.shape[-1]} × {array.shape[-2]}"
        yield Refusal("image", "picture_too_large", {"given": given, "allowed": LARGEST_SIDE})
    elif array.ndim == 3 and len(array) > MOST_CHANNELS:
        yield Refusal("image", "picture_channels", {"given": len(array), "allowed": MOST_CHANNELS})


def _misfits(params: Params, geometry: Geometry) -> Iterator[Refusal]:
    """Say of an axis along which no window fits how wide the window may be."""
    what, sized = "kernel", "kernel_size" if params.kernel_size else "kernel"
    if params.operation in POOLING:
        what, sized = "block", "size"
    for axis, way in ((1, "wide"), (0, "tall")):
        k, d = geometry.window[axis], geometry.dilation[axis]
        room = geometry.picture[axis] + 2 * geometry.padding[axis]
        if geometry.output[axis]:
            continue
        if k <= room:  # it is the dilation that takes it out
            values = {"given": d, "kernel": k, "reach": geometry.reach[axis], "room": room}
            yield Refusal("dilation", f"dilation_{way}", {**values, "allowed": (room - 1) // (k - 1)})
        yield Refusal(sized, f"{what}_{way}", {"given": k, "allowed": room})


def _padding(geometry: Geometry) -> Iterator[Refusal]:
    """Say of blocks that see no real cell how wide the padding may be; without any, all they see is real."""
    if sees_only_padding(geometry):
        fewer = (replace(geometry, padding=(p, p)) for p in range(max(geometry.padding), -1, -1))
        allowed = next(other.padding[0] for other in fewer if not sees_only_padding(other))
        yield Refusal("padding", "pool_padding", {"given": plain(geometry.padding), "allowed": allowed})


def _maps(params: Params, sweep: Sweep, kernel: Floats) -> Iterator[Refusal]:
    uses_bias = params.operation == "convolution" and isinstance(params.bias, np.ndarray)
    if uses_bias and np.shape(params.bias) != (sweep.maps,):
        yield Refusal("bias", "bias_length", {"given": list(np.shape(params.bias)), "allowed": sweep.maps})
    if params.operation == "learn" and (target := target_of(params)).shape != kernel.shape:
        yield Refusal("target", "target_shape", {"given": list(target.shape), "allowed": list(kernel.shape)})
