from __future__ import annotations

import numpy as np
from PIL import Image

from playground.export.gif_palette import Palette


def test_colours_that_fit_stay_as_they_are() -> None:
    shades = np.array([[[i, 255 - i, (7 * i) % 256] for i in range(200)]], dtype=np.uint8)
    picture = Image.fromarray(shades)
    reduced = Palette([picture]).reduced(picture)
    assert np.array_equal(np.asarray(reduced.convert("RGB")), shades)


def test_large_areas_keep_their_shade_beside_thousands_of_others() -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (200, 200, 3), dtype=np.uint8)
    pixels[:, :50], pixels[:, 50:100] = (243, 244, 247), (244, 244, 247)
    reduced = np.asarray(Palette([Image.fromarray(pixels)]).reduced(Image.fromarray(pixels)).convert("RGB"), dtype=int)
    assert np.array_equal(reduced[:, :100], pixels[:, :100])
    assert np.abs(reduced - pixels).mean() < 25


def test_a_colour_no_sample_has_becomes_the_nearest() -> None:
    sample = Image.new("RGB", (2, 1), (0, 0, 0))
    sample.putpixel((1, 0), (250, 250, 250))
    other = Image.new("RGB", (1, 1), (240, 250, 255))
    assert Palette([sample]).reduced(other).convert("RGB").getpixel((0, 0)) == (250, 250, 250)


def test_one_index_is_left_free() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    reduced = Palette([Image.fromarray(pixels)]).reduced(Image.fromarray(pixels))
    assert np.asarray(reduced).max() < 255
