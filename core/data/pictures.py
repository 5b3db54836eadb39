"""Pictures by name, drawn by formula at any size: nothing is loaded, and the same name and size give the same numbers.

Drawings hold whole numbers 0-9 (0 is paper, 9 full ink), `photo` grey 0-255 (255 is light), `colour` three channels
0-9 (red, green, blue). Rows count downwards.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.run.values import Floats

INK = 9.0
LARGEST_SIDE = 512


def _plane(rows: int, columns: int) -> tuple[Floats, Floats]:
    """Return x and y of the middle of every cell, 0 to 1 from left to right and from top to bottom."""
    y, x = np.meshgrid((np.arange(rows) + 0.5) / rows, (np.arange(columns) + 0.5) / columns, indexing="ij")
    return x, y


def _inked(share: Floats) -> Floats:
    return np.asarray(np.rint(INK * np.clip(share, 0.0, 1.0)))


def digit(rows: int, columns: int) -> Floats:
    """A handwritten 3: two bows open to the left, the lower one larger."""
    x, y = _plane(rows, columns)
    stroke = np.minimum(_bow(x, y, 0.49, 0.30, 0.19), _bow(x, y, 0.47, 0.67, 0.22))
    return _inked(1.35 - stroke / 0.075)


def _bow(x: Floats, y: Floats, x0: float, y0: float, radius: float) -> Floats:
    """Return the distance to three quarters of a circle; the gap is on the left."""
    right, down = x - x0, y - y0
    in_gap = (right < 0) & (np.abs(down) < -0.9 * right)
    ends = np.minimum(np.hypot(right + 0.74 * radius, down - 0.67 * radius),
                      np.hypot(right + 0.74 * radius, down + 0.67 * radius))  # fmt: skip
    return np.where(in_gap, ends, np.abs(np.hypot(right, down) - radius))


def checker(rows: int, columns: int) -> Floats:
    """A board of squares of two by two cells."""
    return np.asarray(INK * (np.add.outer(np.arange(rows) // 2, np.arange(columns) // 2) % 2), dtype=float)


def bars(rows: int, columns: int) -> Floats:
    """Upright bars, two cells wide, with gaps as wide."""
    return np.tile(INK * (np.arange(columns) // 2 % 2), (rows, 1))


def circle(rows: int, columns: int) -> Floats:
    """A ring about the middle."""
    x, y = _plane(rows, columns)
    return _inked(1.4 - np.abs(np.hypot(x - 0.5, y - 0.5) - 0.33) / 0.08)


def gradient(rows: int, columns: int) -> Floats:
    """From paper at the left to full ink at the right."""
    return np.tile(np.rint(INK * np.arange(columns) / max(1, columns - 1)), (rows, 1))


def photo(rows: int, columns: int) -> Floats:
    """Hills under a low sun, in grey 0-255 as a camera would give."""
    x, y = _plane(rows, columns)
    light = 215 - 90 * y + 60 * np.exp(-((x - 0.68) ** 2 + (y - 0.22) ** 2) / 0.03)
    for height, tone, shape in ((0.50, 150.0, 9.0), (0.64, 105.0, 6.0), (0.80, 55.0, 4.0)):
        ridge = height + 0.07 * np.sin(shape * x + tone) + 0.03 * np.sin(2.3 * shape * x + 1.0)
        grass = 10 * np.sin(61 * x + 17 * y) * np.sin(47 * y - 13 * x)
        light = np.where(y > ridge, tone - 60 * (y - ridge) + grass, light)
    return np.asarray(np.rint(np.clip(light, 0.0, 255.0)))


def colour(rows: int, columns: int) -> Floats:
    """A red apple with a green leaf before a blue sky: (3, rows, columns)."""
    x, y = _plane(rows, columns)
    apple = np.hypot(x - 0.48, y - 0.62) < 0.30
    leaf = np.hypot((x - 0.66) / 1.6, y - 0.21) < 0.11
    sky = np.stack([0.30 + 0.35 * y, 0.55 + 0.25 * y, 0.95 - 0.15 * y])
    skin = np.stack([0.95 - 0.3 * y, 0.10 + 0.25 * x, 0.12 + 0.1 * y])
    green = np.stack([0.15 + 0.2 * x, 0.75 - 0.2 * y, 0.10 + 0.1 * x])
    return _inked(np.where(leaf, green, np.where(apple, skin, sky)))


PICTURES: dict[str, tuple[Callable[[int, int], Floats], int]] = {
    "digit": (digit, 8),
    "checker": (checker, 8),
    "bars": (bars, 8),
    "circle": (circle, 8),
    "gradient": (gradient, 8),
    "photo": (photo, 64),
    "colour": (colour, 8),
}


def named_picture(name: str, size: tuple[int, int] | None = None) -> Floats:
    """Return a picture by name, (rows, columns) or (3, rows, columns), in its own size unless told.

    Raises KeyError for an unknown name.
    """
    draw, side = PICTURES[name]
    return draw(*(size or (side, side)))


def colour_channels_last() -> Floats:
    """Return the picture `colour` as Keras takes it, (8, 8, 3)."""
    return np.moveaxis(named_picture("colour"), 0, -1)


def resized(picture: Floats, size: tuple[int, int]) -> Floats:
    """Return a picture (…, rows, columns) in another size; each new cell is the mean of what it covers of the old."""
    rows, columns = (_shares(old, new) for old, new in zip(picture.shape[-2:], size, strict=True))
    return np.asarray(rows @ picture @ columns.T)


def within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return rows and columns of which the longer has a length; their ratio stays as near as whole numbers allow.

    >>> within((40, 60), 20)
    (13, 20)
    """
    rows, columns = (max(1, round(n * side / max(size))) for n in size)
    return rows, columns


def _shares(old: int, new: int) -> Floats:
    """Return how much of each new cell each old one makes up, (new, old); rows sum to 1."""
    edges_old, edges_new = np.arange(old + 1) / old, np.arange(new + 1) / new
    begin = np.maximum.outer(edges_new[:-1], edges_old[:-1])
    end = np.minimum.outer(edges_new[1:], edges_old[1:])
    return np.asarray(np.clip(end - begin, 0.0, None) * new)
