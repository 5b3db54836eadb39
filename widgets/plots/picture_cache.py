"""Pictures kept while what they show stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import transparent_image
from widgets.plots.viewport import Viewport

_SMALLEST_BLOCK = 32
_SHORT = 256
_MOST = 8  # plots in view at once; with more of them pictures are made anew


def stable_length(length: int) -> int:
    """How much of a growing array to put into a kept picture: whole blocks of a 256th to a 512th of its length.

    It depends on the length alone, so that a frame looks the same however it was reached.
    """
    block = max(_SMALLEST_BLOCK, 1 << max(0, length.bit_length() - 9))
    return length - length % block


class KeptImages:
    """Transparent pictures of one viewport, kept while the data they show are the same bytes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._long: list[Floats] = []
        self._images: dict[str, QImage] = {}

    def prepare(self, data: Sequence[Floats], look: object, viewport: Viewport, scale: float) -> None:
        """Let go of the pictures unless data, look, viewport, theme and scale are those of the last call.

        Numbers are compared because equal slices made at different times are different arrays: short ones by their
        bytes, which is quick; of long ones that nobody can write to, it is enough that they lie in the same place.
        """
        short = tuple(array.tobytes() for array in data if array.size <= _SHORT)
        long = [array for array in data if array.size > _SHORT]
        key = (look, viewport, theme.current().name, scale, short)
        if key == self._key and _all_same(self._long, long):
            self._long = [new if _is_locked(new) else old for old, new in zip(self._long, long, strict=True)]
            return
        self._images.clear()
        self._key, self._viewport, self._scale = key, viewport, scale
        self._long = [array if _is_locked(array) else array.copy() for array in long]

    def image(self, name: str, draw: Callable[[QPainter], None]) -> QImage:
        """The picture of this name, painted by `draw` when it is asked for first."""
        if name not in self._images:
            image = transparent_image(self._viewport.width, self._viewport.height, self._scale)
            painter = QPainter(image)
            draw(painter)
            painter.end()
            self._images[name] = image
        return self._images[name]


@lru_cache(maxsize=_MOST)
def kept_images(look: Hashable, width: float, height: float) -> KeptImages:
    """The pictures of what looks so in a viewport of this size: marks come and go, their pictures stay."""
    return KeptImages()


def _all_same(one: Sequence[Floats], other: Sequence[Floats]) -> bool:
    return len(one) == len(other) and all(map(_same, one, other))


def _same(one: Floats, other: Floats) -> bool:
    """Whether two arrays hold the same bits; nan equals nan. The first is locked, or a copy made here."""
    if one.shape != other.shape:
        return False
    if _is_locked(other) and _place(one) == _place(other):
        return True
    return bool((one.view(np.int64) == other.view(np.int64)).all())


def _is_locked(array: Floats) -> bool:
    return not array.flags.writeable


def _place(array: Floats) -> tuple[int, tuple[int, ...]]:
    return array.__array_interface__["data"][0], array.strides
