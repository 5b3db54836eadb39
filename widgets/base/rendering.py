"""How a picture is being painted: for the screen, quickly while playing, or for an export."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEngine, QPainter
from PySide6.QtWidgets import QWidget

_FROM_PIXELS = (QPaintEngine.Type.Raster, QPaintEngine.Type.OpenGL2)


@dataclass(frozen=True)
class Rendering:
    """`smooth`: antialiased; `vector`: no pixmaps, paths only; `scale`: device pixels per logical pixel.

    `lit` is the focus of what stands out, None: nothing does.
    """

    smooth: bool = True
    vector: bool = False
    scale: float = 1.0
    lit: Hashable = None


def rendering_of(painter: QPainter, smooth: bool) -> Rendering:
    """How this painter paints; vector devices are always smooth."""
    vector = painter.paintEngine().type() not in _FROM_PIXELS
    matrix = painter.deviceTransform()
    scale = round(hypot(matrix.m11(), matrix.m12()), 4) or 1.0
    return Rendering(smooth or vector, vector, scale)


# Whether exports have a ground, and whether what can be pressed is painted: the innermost last.
_GROUND, _CONTROLS = [True], [True]


@contextmanager
def _without(part: list[bool]) -> Iterator[None]:
    part.append(False)
    try:
        yield
    finally:
        part.pop()


def without_ground() -> AbstractContextManager[None]:
    """Let exports have no ground: what lies under the picture shines through."""
    return _without(_GROUND)


def without_painted_controls() -> AbstractContextManager[None]:
    """Let painted buttons and scroll bars be left out: there is nothing to press on paper."""
    return _without(_CONTROLS)


def has_ground() -> bool:
    """Tell whether what is exported now has a ground of its own."""
    return _GROUND[-1]


def has_controls() -> bool:
    """Tell whether painted buttons and scroll bars are to be seen."""
    return _CONTROLS[-1]


@contextmanager
def scaled_into(painter: QPainter, widget: QWidget, target: QRectF) -> Iterator[None]:
    """Paint in pixels of a widget, which together lie in a rectangle of any device."""
    painter.save()
    painter.translate(target.topLeft())
    scale = min(target.width() / max(1, widget.width()), target.height() / max(1, widget.height()))
    painter.scale(scale, scale)
    try:
        yield
    finally:
        painter.restore()
