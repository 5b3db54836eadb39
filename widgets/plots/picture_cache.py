"""Pictures of marks, kept while what they show stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import painted_image
from widgets.base.kept_images import KeptImages, SameBits
from widgets.plots.viewport import Viewport

_SMALLEST_BLOCK = 128
_PIECES = 8  # of a block
_MOST = 8  # plots in view at once; with more of them pictures are made anew


class Still:
    """The picture of what does not move: it is painted straight the first time, and from then on out of a picture.

    So what is another at each frame costs no picture.
    """

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._image: QImage | None = None

    def paint(self, painter: QPainter, viewport: Viewport, scale: float, draw: Callable[[QPainter], None]) -> None:
        """Paint what `draw` paints, which stays the same for a viewport, a scale and a theme."""
        key = viewport, scale, theme.current()
        if key != self._key:
            self._key, self._image = key, None
            draw(painter)
            return
        if self._image is None:
            self._image = painted_image(viewport.width, viewport.height, scale, draw)
        painter.drawImage(QPointF(0, 0), self._image)


@dataclass(frozen=True)
class Stable:
    """How much of a growing array stands in a kept picture: its `first` rows, and pieces over it that end at `ends`."""

    first: int
    ends: tuple[int, ...] = ()
    grows: bool = False  # now; else there are no pieces

    @property
    def length(self) -> int:
        """How many rows the picture holds."""
        return self.ends[-1] if self.ends else self.first

    @property
    def pieces(self) -> list[slice]:
        """The rows of each piece; the last ones before them are where its lines begin."""
        return [slice(max(0, a - 1), b) for a, b in pairwise((self.first, *self.ends))]


@lru_cache(maxsize=64)
def stable(length: int, grows: bool = False) -> Stable:
    """How much of a growing array to put into a kept picture: whole blocks of a 256th to a 512th of its length.

    What came since lies over it in pieces, eight to a block, if the array `grows` now. All depends on the length alone,
    so that a frame looks the same however it was reached.
    """
    block = max(_SMALLEST_BLOCK, 1 << max(0, length.bit_length() - 9))
    first, piece = length - length % block, block // _PIECES
    return Stable(first, tuple(range(first + piece, length + 1, piece)) if grows else (), grows)


def kept_images(
    look: Hashable,
    data: Sequence[tuple[Floats, Stable]],
    viewport: Viewport,
    scale: float,
    fixed: Sequence[Floats] = (),
) -> KeptImages:
    """The pictures of a mark that looks so, empty unless what it showed before is the beginning of what it shows now.

    `data` are arrays that may grow, and how much of each stands in the pictures; `fixed` those that do not.
    """
    kept = _images(look, viewport.width, viewport.height)
    begun = tuple((part.first, part.grows) for _, part in data)
    kept.prepare((viewport, begun, *map(SameBits, fixed)), viewport.width, viewport.height, scale)
    kept.go_on([SameBits(array[: part.length]) for array, part in data])
    return kept


@lru_cache(maxsize=_MOST)
def _images(look: Hashable, width: float, height: float) -> KeptImages:
    """Marks come and go, the pictures of their successors stay."""
    return KeptImages()


forget_images = _images.cache_clear
