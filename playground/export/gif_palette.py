"""One palette for all frames of a GIF, and each pixel given the nearest of its colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

_EXACT = 160  # the colours seen most stay as they are: areas are flat, and their shades mean something
_MIXED = 95  # for the many shades at the edges of lines; 255 in all leave one for "as in the frame before"
_SAMPLE_PIXELS = 2**20
_AT_ONCE = 4096  # colours looked up at once


class Palette:
    """The colours of a film, chosen from a few of its frames. Pillow's own lookup takes near shades for one."""

    def __init__(self, samples: Sequence[Image]) -> None:
        seen = sorted(_counted(samples).items(), key=lambda pair: (-pair[1], pair[0]))
        exact = [colour for colour, _ in seen[:_EXACT]]
        self._colours = np.array(exact + _mixed([colour for colour, _ in seen[_EXACT:]]))
        self._index = np.full(2**24, -1, dtype=np.int16)

    def reduced(self, picture: Image) -> Image:
        """Return an RGB picture in these colours."""
        from PIL import Image

        parts = np.asarray(picture, dtype=np.int32)
        packed = (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2]
        found = self._index[packed]
        if (found < 0).any():
            self._look_up(np.unique(packed[found < 0]))
            found = self._index[packed]
        made = Image.frombytes("P", picture.size, found.astype(np.uint8).tobytes())
        made.putpalette(self._colours.astype(np.uint8).tobytes())
        return made

    def _look_up(self, packed: NDArray[np.int32]) -> None:
        """Find the nearest colour of each, and keep it."""
        for i in range(0, len(packed), _AT_ONCE):
            some = packed[i : i + _AT_ONCE]
            parts = np.stack([some >> 16, some >> 8 & 255, some & 255], axis=1)
            apart = ((parts[:, None, :] - self._colours[None, :, :]) ** 2).sum(axis=2)
            self._index[some] = apart.argmin(axis=1)


def _counted(samples: Sequence[Image]) -> Counter[Any]:
    """Return how often each colour (red, green, blue) is seen."""
    from PIL import Image

    counted: Counter[Any] = Counter()
    for sample in samples:
        shrink = max(1.0, (sample.width * sample.height / _SAMPLE_PIXELS) ** 0.5)
        size = (max(1, round(sample.width / shrink)), max(1, round(sample.height / shrink)))
        small = sample.resize(size, Image.Resampling.NEAREST)
        counted.update({colour: n for n, colour in small.getcolors(size[0] * size[1]) or ()})
    return counted


def _mixed(colours: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return few colours that stand for many, each counted once."""
    from PIL import Image

    if len(colours) <= _MIXED:
        return colours
    every = Image.new("RGB", (len(colours), 1))
    every.putdata(colours)
    flat = every.quantize(_MIXED, dither=Image.Dither.NONE).getpalette() or []
    return [(flat[i], flat[i + 1], flat[i + 2]) for i in range(0, 3 * _MIXED, 3)]
