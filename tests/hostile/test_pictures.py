"""Pictures whose bytes were changed: one clear line or a picture, in time, and nothing printed by libraries.

`FUZZ=10000` in the environment tries as many of each kind, not 200.
"""

from __future__ import annotations

import io
import os
import time
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator
from PIL import Image

from core.run.refusal import Refusal
from playground.files.pictures import picture_of
from playground.words.refusals import sentence

TRIES = int(os.environ.get("FUZZ", "200"))
SEEDS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "PNG": [("RGB", {}), ("P", {}), ("1", {}), ("I;16", {}), ("LA", {})],
    "JPEG": [("RGB", {}), ("CMYK", {}), ("L", {"progressive": True})],
    "GIF": [("P", {}), ("P", {"save_all": True, "append_images": [Image.new("P", (40, 30), 3)]})],
    "BMP": [("RGB", {}), ("1", {}), ("P", {})],
    "TIFF": [
        ("RGB", {"compression": "tiff_lzw"}), ("1", {"compression": "group4"}), ("RGB", {"compression": "jpeg"}),
        ("F", {}), ("L", {"compression": "tiff_adobe_deflate"}),
    ],
    "PPM": [("RGB", {}), ("1", {}), ("I;16", {})],
    "ICO": [("RGBA", {})],
    "WEBP": [("RGB", {}), ("RGBA", {"lossless": True})],
}  # fmt: skip


def seed(kind: str, mode: str, options: dict[str, Any]) -> bytes:
    drawn = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    picture = Image.fromarray(drawn)
    exif = Image.Exif()
    exif[274] = 6
    noted = {"exif": exif} if kind in ("PNG", "JPEG", "WEBP") else {}
    file = io.BytesIO()
    (picture.convert("L").convert(mode) if ";" in mode else picture.convert(mode)).save(file, kind, **noted, **options)
    return file.getvalue()


def mutated(data: bytes, rng: Generator) -> bytes:
    """Return bytes with up to eight places changed, most of them near the beginning, where the sizes stand."""
    made = bytearray(data)
    for _ in range(rng.integers(1, 9)):
        at = int(len(made) * rng.random() ** rng.integers(1, 4)) if made else 0
        match rng.integers(6):
            case 0:
                made[at : at + 1] = rng.bytes(1)
            case 1:
                made[at : at + 4] = rng.choice([0, 1, 255, 128]).astype(np.uint8).tobytes() * 4
            case 2:
                del made[at : at + int(rng.integers(1, 20))]
            case 3:
                made[at:at] = rng.bytes(int(rng.integers(1, 20)))
            case 4:
                made[at:at] = made[: int(rng.integers(len(made) + 1))]
            case _:
                del made[max(at, 8) :]
    return bytes(made)


@pytest.mark.parametrize("kind", SEEDS)
def test_a_changed_picture_is_read_or_refused_in_one_line(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    seeds = [seed(kind, mode, options) for mode, options in SEEDS[kind]]
    rng = np.random.default_rng(list(kind.encode()))
    taken = 0
    for i in range(TRIES):
        data = mutated(seeds[i % len(seeds)], rng)
        begin = time.process_time()
        taken += is_taken(data)
        assert time.process_time() - begin < 2, (i, len(data))
    assert 0 < taken < TRIES  # some of each, or nothing was tried
    assert capfd.readouterr() == ("", "")


def is_taken(data: bytes) -> bool:
    try:
        pixels = picture_of(data, "image", "a picture", shrink=True).pixels
    except Refusal as refusal:
        line = sentence(refusal)
        assert line.isprintable()
        assert len(line) < 300
        return False
    assert pixels.ndim == 2 or pixels.shape[0] == 3
    assert 0 <= pixels.min() <= pixels.max() <= 255
    assert max(pixels.shape[-2:]) <= 512
    return True
