"""Pictures of marks, kept while what they show stays the same."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache

from widgets.base.arrays import Floats
from widgets.base.kept_images import KeptImages, SameBits
from widgets.plots.viewport import Viewport

_SMALLEST_BLOCK = 64
_MOST = 8  # plots in view at once; with more of them pictures are made anew


def stable_length(length: int) -> int:
    """How much of a growing array to put into a kept picture: whole blocks of a 256th to a 512th of its length.

    It depends on the length alone, so that a frame looks the same however it was reached.
    """
    block = max(_SMALLEST_BLOCK, 1 << max(0, length.bit_length() - 9))
    return length - length % block


def kept_images(look: Hashable, data: Sequence[Floats], viewport: Viewport, scale: float) -> KeptImages:
    """The pictures of a mark that looks so, empty unless it shows the same data and viewport as it did before."""
    kept = _images(look, viewport.width, viewport.height)
    kept.prepare((viewport, *map(SameBits, data)), viewport.width, viewport.height, scale)
    return kept


@lru_cache(maxsize=_MOST)
def _images(look: Hashable, width: float, height: float) -> KeptImages:
    """Marks come and go, the pictures of their successors stay."""
    return KeptImages()


forget_images = _images.cache_clear
