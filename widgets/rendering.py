"""How a picture is being painted: for the screen, quickly while playing, or for an export."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from PySide6.QtGui import QPaintEngine, QPainter

_FROM_PIXELS = (QPaintEngine.Type.Raster, QPaintEngine.Type.OpenGL2)


@dataclass(frozen=True)
class Rendering:
    """`smooth`: antialiased; `vector`: no pixmaps, paths only; `scale`: device pixels per logical pixel."""

    smooth: bool = True
    vector: bool = False
    scale: float = 1.0


def rendering_of(painter: QPainter, smooth: bool) -> Rendering:
    """How this painter paints; vector devices are always smooth."""
    vector = painter.paintEngine().type() not in _FROM_PIXELS
    matrix = painter.deviceTransform()
    scale = round(hypot(matrix.m11(), matrix.m12()), 4) or 1.0
    return Rendering(smooth or vector, vector, scale)
