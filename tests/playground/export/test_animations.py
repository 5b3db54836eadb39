from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from core import optimizers
from core.run.recipe import Recipe
from playground.export.animations import Shot, encode
from playground.export.pictures import Origin

DARK, LIGHT = (20, 40, 60), (200, 220, 240)


def shots(n: int = 12, width: int = 40, height: int = 30) -> list[Shot]:
    """A light column on a dark ground that moves a pixel a frame."""
    rows = [[(*(LIGHT if x == i else DARK), 255) for x in range(width)] for i in range(n)]
    return [Shot.of(width, height, bytes(part for pixel in row for part in pixel) * height) for row in rows]


def written(ending: str, film: list[Shot], fps: int = 12) -> io.BytesIO:
    file = io.BytesIO()
    origin = Origin("Optimizers", Recipe("optimizers", 1, 3, optimizers.Params()), 7)
    encode(file, ending, film, fps, origin, lambda: None)
    file.seek(0)
    return file


def durations(film: Any) -> list[float]:
    found = []
    for i in range(film.n_frames):
        film.seek(i)
        found.append(film.info["duration"])
    return found


@pytest.mark.parametrize(("fps", "total"), [(1, 12_000), (12, 1000), (7, 1710), (50, 240), (60, 240)])
def test_a_gif_keeps_its_speed_in_sum_and_no_frame_is_too_short(fps: int, total: int) -> None:
    with Image.open(written(".gif", shots(), fps)) as film:
        times = durations(film)
    assert sum(times) == total
    assert min(times) >= 20


@pytest.mark.parametrize("ending", [".gif", ".apng"])
def test_frames_come_back(ending: str) -> None:
    with Image.open(written(ending, shots())) as film:
        assert (film.n_frames, film.info["loop"]) == (12, 0)  # type: ignore[attr-defined]
        for i in range(12):
            film.seek(i)
            picture = film.convert("RGB")
            assert [picture.getpixel((x, 15)) for x in (i, i + 1)] == [LIGHT, DARK]


def test_one_frame_is_enough() -> None:
    for ending in (".gif", ".apng"):
        with Image.open(written(ending, shots(1))) as film:
            assert film.size == (40, 30)


def test_each_carries_its_recipe() -> None:
    with Image.open(written(".gif", shots())) as gif:
        note = json.loads(gif.info["comment"])
    with Image.open(written(".apng", shots())) as apng:
        assert {**json.loads(apng.info["recipe"]), "step": 7} == note
        assert apng.info["step"] == "7"
    assert (note["topic"], note["seed"]) == ("optimizers", 3)


def test_a_tick_can_end_it() -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def tick() -> None:
        raise Enough

    origin = Origin("Optimizers", Recipe("optimizers", 1, 3, optimizers.Params()), 7)
    for ending in (".gif", ".apng"):
        with pytest.raises(Enough):
            encode(io.BytesIO(), ending, shots(), 12, origin, tick)


def test_drawings_are_packed() -> None:
    shot = shots(1, 800, 600)[0]
    assert len(shot.packed) < 800 * 600 * 4 / 100
    assert shot.picture().size == (800, 600)
