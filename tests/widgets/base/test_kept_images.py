from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QPainter

from widgets.base import appearance
from widgets.base.kept_images import KeptImages, SameBits


def locked(array: Any) -> Any:
    array.setflags(write=False)
    return array


class Drawing:
    """Counts how often it was painted."""

    times = 0

    def __call__(self, painter: QPainter) -> None:
        self.times += 1


@pytest.mark.parametrize("length", [10, 50_000])
@pytest.mark.parametrize("prepare", [locked, np.asarray])
def test_equal_bits_are_the_same_wherever_they_lie(length: int, prepare: Any) -> None:
    data = np.arange(float(length))
    data[5] = np.nan
    one = SameBits(prepare(data.copy()))
    for other in (prepare(data.copy()), locked(data.copy()), prepare(np.repeat(data, 2)[::2])):
        assert one == SameBits(other)
        assert hash(one) == hash(SameBits(other))
    changed = data.copy()
    changed[-1] = -0.0
    assert one != SameBits(prepare(changed))
    assert one != SameBits(prepare(data.reshape(2, -1).copy()))
    assert one != SameBits(prepare(data.astype(np.float32)))


def test_what_an_owner_may_write_to_is_known_by_what_it_was() -> None:
    data = np.zeros(300)
    before = SameBits(data)
    data[299] = 1.0
    assert SameBits(data) != before


def test_a_picture_is_painted_once_for_equal_keys(dressed: Any) -> None:
    kept, drawing = KeptImages(), Drawing()
    data = np.arange(400.0)
    for array in (data, data.copy(), locked(data.copy())):
        kept.prepare(("look", SameBits(array)), 20, 10, 1.0)
        kept.image("one", drawing)
    assert drawing.times == 1
    kept.image("another", drawing)
    assert drawing.times == 2


@pytest.mark.parametrize("other", [("other", 20, 10, 1.0), ("look", 21, 10, 1.0), ("look", 20, 10, 2.0)])
def test_another_look_size_or_scale_is_another_picture(dressed: Any, other: tuple[str, int, int, float]) -> None:
    kept, drawing = KeptImages(), Drawing()
    for key in (("look", 20, 10, 1.0), other):
        kept.prepare(*key)
        image = kept.image("one", drawing)
    assert drawing.times == 2
    assert (image.width(), image.height()) == (other[1] * other[3], other[2] * other[3])


def test_the_other_theme_is_another_picture(dressed: Any, qapp: Any) -> None:
    kept, drawing = KeptImages(), Drawing()
    kept.prepare("look", 20, 10, 1.0)
    kept.image("one", drawing)
    appearance.apply(qapp, "dark")
    try:
        kept.prepare("look", 20, 10, 1.0)
        kept.image("one", drawing)
    finally:
        appearance.apply(qapp, "light")
    assert drawing.times == 2
