"""What is read from pictures of every kind, all made here, and what is said of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.run.refusal import Refusal
from playground.files import pictures
from playground.files.pictures import picture_of
from playground.words.refusals import sentence

GREY = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)  # 0 … 230, six wide, four high
RED = (200, 0, 0)


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def grey() -> Image.Image:
    return Image.fromarray(GREY)


def coloured(mode: str = "RGB") -> Image.Image:
    made = Image.new("RGB", (6, 4), RED)
    made.putpixel((5, 0), (0, 0, 200))
    return made.convert(mode)


def turned(kind: str, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[274] = orientation
    return saved(grey(), kind, exif=exif)


def deep(values: list[list[float]], dtype: str, kind: str = "TIFF") -> bytes:
    array = np.array(values, dtype=dtype)
    return saved(Image.fromarray(array), kind)


def half_clear(mode: str) -> bytes:
    made = Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    made.putpixel((0, 0), (0, 0, 0, 0))
    return saved(made.convert(mode))


def transparent_palette() -> bytes:
    made = Image.new("P", (2, 1), 1)
    made.putpalette([255, 0, 0, 0, 0, 0])
    made.putpixel((0, 0), 0)
    return saved(made, transparency=0)


def animated(kind: str) -> bytes:
    return saved(grey(), kind, save_all=True, append_images=[Image.new("L", (6, 4), 9)])


# Of each kind two at least: the bytes, the shape taken, its first and its last value, and what is said.
CASES: list[tuple[str, Callable[[], bytes], tuple[int, ...], float, float, list[str]]] = [
    ("grey PNG", lambda: saved(grey()), (4, 6), 0, 230, []),
    ("grey BMP", lambda: saved(grey(), "BMP"), (4, 6), 0, 230, []),
    ("grey PPM", lambda: saved(grey(), "PPM"), (4, 6), 0, 230, []),
    ("colour PNG", lambda: saved(coloured()), (3, 4, 6), 200, 0, []),
    ("colour WebP", lambda: saved(coloured(), "WEBP", lossless=True), (3, 4, 6), 200, 0, []),
    ("colour TIFF, packed", lambda: saved(coloured(), "TIFF", compression="tiff_lzw"), (3, 4, 6), 200, 0, []),
    ("grey in three colours, PNG", lambda: saved(grey().convert("RGB")), (4, 6), 0, 230, ["picture_grey"]),
    ("grey in three colours, BMP", lambda: saved(grey().convert("RGB"), "BMP"), (4, 6), 0, 230, ["picture_grey"]),
    ("palette PNG", lambda: saved(coloured().quantize(4)), (3, 4, 6), 200, 0, []),
    ("palette GIF", lambda: saved(coloured().quantize(4), "GIF"), (3, 4, 6), 200, 0, []),
    ("palette of greys", lambda: saved(grey().convert("RGB").quantize(24)), (4, 6), 0, 230, ["picture_grey"]),
    ("clear colour of a palette", transparent_palette, (1, 2), 255, 0, ["picture_on_white", "picture_grey"]),
    ("1 bit PNG", lambda: saved(grey().convert("1", dither=Image.Dither.NONE)), (4, 6), 0, 255, []),
    ("1 bit TIFF", lambda: saved(grey().convert("1", dither=Image.Dither.NONE), "TIFF", compression="group4"),
     (4, 6), 0, 255, []),
    ("alpha", lambda: half_clear("RGBA"), (1, 2), 255, 0, ["picture_on_white", "picture_grey"]),
    ("grey with alpha", lambda: half_clear("LA"), (1, 2), 255, 0, ["picture_on_white"]),
    ("alpha, but all opaque", lambda: saved(coloured("RGBA")), (3, 4, 6), 200, 0, []),
    ("on its side, JPEG", lambda: turned("JPEG", 6), (6, 4), 180, 50, ["picture_turned"]),
    ("mirrored, PNG", lambda: turned("PNG", 2), (4, 6), 50, 180, ["picture_turned"]),
    ("upside down, TIFF", lambda: turned("TIFF", 3), (4, 6), 230, 0, ["picture_turned"]),
    ("upright, and noted so", lambda: turned("PNG", 1), (4, 6), 0, 230, []),
    ("16 bit PNG", lambda: deep([[0, 257, 65_535]], "uint16", "PNG"), (1, 3), 0, 255, ["picture_scaled"]),
    ("16 bit TIFF", lambda: deep([[0, 257, 65_535]], "uint16"), (1, 3), 0, 255, ["picture_scaled"]),
    ("16 bit TIFF, dark", lambda: deep([[0, 257, 514]], "uint16"), (1, 3), 0, 2, ["picture_scaled"]),
    ("32 bit TIFF", lambda: deep([[-5, 0, 15]], "int32"), (1, 3), 0, 255, ["picture_scaled"]),
    ("32 bit TIFF of bytes", lambda: deep([[7, 0, 200]], "int32"), (1, 3), 7, 200, []),
    ("floats 0 – 1", lambda: deep([[0.0, 0.2, 0.5]], "float32"), (1, 3), 0, 127.5, ["picture_scaled"]),
    ("floats of heights", lambda: deep([[-10, 0, 1_990]], "float32"), (1, 3), 0, 255, ["picture_scaled"]),
    ("CMYK JPEG", lambda: saved(Image.new("CMYK", (8, 8), (255, 255, 255, 255)), "JPEG"),
     (8, 8), 0, 0, ["picture_cmyk", "picture_grey"]),
    ("CMYK TIFF", lambda: saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "TIFF"),
     (3, 8, 8), 255, 0, ["picture_cmyk"]),
    ("animated GIF", lambda: animated("GIF"), (4, 6), 0, 230, ["picture_first", "picture_grey"]),
    ("animated WebP", lambda: saved(coloured(), "WEBP", lossless=True, save_all=True,
     append_images=[Image.new("RGB", (6, 4))]), (3, 4, 6), 200, 0, ["picture_first"]),
    ("pages of a TIFF", lambda: animated("TIFF"), (4, 6), 0, 230, ["picture_first"]),
    ("animated PNG", lambda: animated("PNG"), (4, 6), 0, 230, ["picture_first"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "shape", "first", "last", "said"), CASES, ids=[case[0] for case in CASES])
def test_what_is_taken_and_what_is_said(
    name: str, data: Callable[[], bytes], shape: tuple[int, ...], first: float, last: float, said: list[str]
) -> None:
    read = picture_of(data())
    assert read.pixels.shape == shape
    assert read.pixels.dtype == np.float64
    ends = read.pixels.ravel()[[0, -1]].tolist()
    assert ends == pytest.approx([first, last], abs=3 if "JPEG" in name else 1e-4)
    assert [remark.key for remark in read.remarks] == said


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_the_size_that_is_said_is_that_of_the_upright_picture(kind: str) -> None:
    exif = Image.Exif()
    exif[274] = 8
    data = saved(Image.new("RGB", (1_024, 600), RED), kind, exif=exif)
    with pytest.raises(Refusal) as caught:
        picture_of(data)
    assert caught.value.values["given"] == "600 × 1024"
    read = picture_of(data, shrink=True)
    assert read.pixels.shape == (3, 512, 300)
    assert read.remarks[-1].values == {"given": "600 × 1024", "size": "300 × 512"}


def test_the_values_of_16_bits_are_said() -> None:
    read = picture_of(deep([[0, 257, 65_535]], "uint16"))
    assert read.pixels.tolist() == [[0, 1, 255]]
    assert read.remarks[0].values == {"low": "0", "high": "65535"}


def test_whole_numbers_beyond_31_bits_are_no_negative_ones() -> None:
    signed = deep([[0, 2**31 - 1, -1]], "int32")
    sample_format = b"\x53\x01\x03\x00\x01\x00\x00\x00"
    assert signed.count(sample_format + b"\2") == 1
    unsigned = signed.replace(sample_format + b"\2", sample_format + b"\1")
    assert picture_of(unsigned).pixels.ravel() == pytest.approx([0, 127.5, 255])


def test_colours_of_16_bits_are_said() -> None:
    rows = np.array([[[65_535, 0, 0], [0, 0, 65_535]]], dtype=">u2")
    read = picture_of(b"P6 2 1 65535\n" + rows.tobytes())
    assert read.pixels[:, 0, 0].tolist() == [255, 0, 0]


def photo(size: tuple[int, int]) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB").point([*range(256), *[9] * 256, *range(256)])


@pytest.mark.parametrize(
    ("size", "expected"), [((1_024, 300), (3, 150, 512)), ((300, 1_024), (3, 512, 150)), ((4_000, 8), (3, 1, 512))]
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_a_large_picture_keeps_the_ratio_of_its_sides(
    size: tuple[int, int], expected: tuple[int, ...], kind: str
) -> None:
    read = picture_of(saved(photo(size), kind), shrink=True)
    assert read.pixels.shape == expected
    assert read.remarks[-1].key == "picture_shrunk"
    assert read.remarks[-1].values["given"] == f"{size[0]} × {size[1]}"


@pytest.mark.parametrize("mode", ["1", "P", "L", "I", "F", "RGBA"])
def test_thin_lines_are_still_there_in_a_smaller_picture(mode: str) -> None:
    lines = np.full((64, 2_048), 255, dtype=np.uint8)
    lines[:, 2::8] = 0  # between the pixels that every fourth would be
    data = saved(Image.fromarray(lines).convert(mode), "TIFF")
    small = picture_of(data, shrink=True).pixels
    assert small.shape == (16, 512)
    assert small[:, ::2] == pytest.approx(191, abs=1)  # a quarter of each pixel is black
    assert small[:, 1::2] == pytest.approx(255, abs=1)


def test_white_under_what_is_half_clear_is_no_colour_of_the_clear_part() -> None:
    made = Image.new("RGBA", (1_024, 2), (0, 0, 0, 0))  # clear, and black beneath
    made.paste((200, 0, 0, 255), (0, 0, 512, 2))
    assert picture_of(saved(made), shrink=True).pixels[:, 0, 300].tolist() == [255, 255, 255]


def refused(data: bytes, shrink: bool = False) -> Refusal:
    with pytest.raises(Refusal) as caught:
        picture_of(data, "image", "a.png", shrink)
    assert caught.value.field == "image"
    assert "\n" not in sentence(caught.value)
    return caught.value


def test_a_large_picture_is_refused_unless_it_may_be_shrunk() -> None:
    data = saved(Image.new("L", (513, 1)))
    refusal = refused(data)
    assert (refusal.key, refusal.values["given"]) == ("picture_too_large", "513 × 1")
    assert picture_of(data, shrink=True).pixels.shape == (1, 512)


@pytest.mark.parametrize(("side", "given"), [(7_000, "49"), (20_000, "> 179")])
def test_a_small_file_of_far_too_many_pixels_is_refused(side: int, given: str) -> None:
    data = saved(Image.new("1", (side, side)), compress_level=1)
    refusal = refused(data, shrink=True)
    assert (refusal.key, refusal.values["given"]) == ("picture_too_many_pixels", given)


def test_a_photograph_of_many_pixels_is_decoded_smaller() -> None:
    read = picture_of(saved(Image.new("RGB", (8_000, 6_000), RED), "JPEG"), shrink=True)
    assert read.pixels.shape == (3, 384, 512)
    assert read.pixels[0] == pytest.approx(200, abs=3)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_pixels_that_are_no_numbers_are_refused(value: float) -> None:
    assert refused(deep([[0.0, value]], "float32")).key == "picture_not_finite"


@pytest.mark.parametrize("data", [b"", b"anything", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"\x89PNG"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    refusal = refused(data)
    assert refusal.key == "picture_unknown"
    assert "PNG" in str(refusal.values["allowed"])


def test_a_damaged_picture_is_told_as_one() -> None:
    assert refused(damaged_tiff()).key == "picture_damaged"
    assert refused(saved(grey(), "JPEG")[:200]).key == "picture_damaged"


def test_a_note_of_the_camera_that_cannot_be_read_is_none() -> None:
    data = saved(grey(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff")
    assert picture_of(data).pixels.shape == (4, 6)


def test_nothing_but_our_line_stands_on_stderr(tmp_path: Path) -> None:
    """libtiff prints from C; what Python prints afterwards is there again."""
    (tmp_path / "a.tif").write_bytes(damaged_tiff())
    script = (
        "import sys\n"
        "from playground.files.pictures import picture_of\n"
        "try: picture_of(open(sys.argv[1], 'rb').read())\n"
        "except Exception as error: print(type(error).__name__, file=sys.stderr)\n"
    )
    root = Path(pictures.__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.tif")],
        capture_output=True, text=True, check=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert ran.stderr == "Refusal\n"


def damaged_tiff() -> bytes:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    data = bytearray(saved(Image.fromarray(noise), "TIFF", compression="tiff_adobe_deflate"))
    data[200:260] = bytes(60)
    return bytes(data)
