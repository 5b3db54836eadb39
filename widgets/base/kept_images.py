"""Pictures kept while what they show stays the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.images import painted_image
from widgets.base.labels import plot_font

_FEW = 16


class SameBits:
    """Knows an array by the bits it holds, as part of a key.

    Equal slices made at different times are different arrays, so bits are compared; but of arrays that nobody can
    write to it is enough that they lie in the same place, which is quick. They are held, so that no other takes it.
    """

    def __init__(self, array: NDArray[Any]) -> None:
        self.array, self._kind = array, (array.dtype, array.shape)
        self._bits = array.tobytes() if array.flags.writeable else None  # the owner may reuse the memory
        self._known_place: tuple[int, tuple[int, ...]] | None = None

    def __hash__(self) -> int:
        array = self.array
        few = array.flat[:_FEW].tobytes() if self._bits is None else self._bits[: _FEW * array.itemsize]
        return hash((array.shape, few))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SameBits) or self._kind != other._kind:
            return False
        if self.array is other.array and self._bits is None:
            return True
        return (self._bits is None and self._place() == other._place()) or self._all_bits() == other._all_bits()

    def begins_as(self, other: SameBits) -> bool:
        """Whether its first rows hold what another array does."""
        return SameBits(self.array[: len(other.array)]) == other

    def _place(self) -> tuple[int, tuple[int, ...]] | None:
        """Where the bits lie, of an array that nobody can write to."""
        if self._known_place is None and self._bits is None:
            array = self.array
            self._known_place = array.__array_interface__["data"][0], array.strides
        return self._known_place

    def _all_bits(self) -> bytes:
        return self.array.tobytes() if self._bits is None else self._bits


class KeptImages:
    """Transparent pictures of one size, kept while they would look the same."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._size = 0.0, 0.0, 1.0
        self._images: dict[str, QImage] = {}
        self._painted: dict[str, int] = {}  # how many pieces lie over a picture
        self._arrays: Sequence[SameBits] = ()

    def prepare(self, shown: object, width: float, height: float, scale: float) -> None:
        """Let go of the pictures unless what is shown, size, scale, theme and fonts are those of the last call."""
        self._size = width, height, scale
        key = (shown, self._size, theme.current(), plot_font("tick"))
        if key != self._key:
            self._forget()
        self._key = key  # the newest of equal arrays is held, so that older ones can go

    def go_on(self, arrays: Sequence[SameBits]) -> None:
        """Let go of the pictures unless each of these arrays goes on from what it was at the last call."""
        before, self._arrays = self._arrays, arrays
        if arrays != before and not (len(arrays) == len(before) and all(map(SameBits.begins_as, arrays, before))):
            self._forget()

    def _forget(self) -> None:
        self._images.clear()
        self._painted.clear()

    def image(self, name: str, draw: Callable[[QPainter], None]) -> QImage:
        """The picture of this name, painted by `draw` when it is asked for first."""
        if name not in self._images:
            self._images[name] = painted_image(*self._size, draw)
        return self._images[name]

    def grown(
        self, name: str, draw: Callable[[QPainter], None], pieces: Sequence[Callable[[QPainter], None]]
    ) -> QImage:
        """The picture of this name with pieces over it: what lies there already is not painted again."""
        image = self.image(name, draw)
        if new := pieces[self._painted.get(name, 0) :]:
            painter = QPainter(image)
            for piece in new:
                piece(painter)
            painter.end()
            self._painted[name] = len(pieces)
        return image
