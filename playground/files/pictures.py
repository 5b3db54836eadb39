"""Pictures as the numbers a tab can take: upright, grey or three colours from 0 to 255, on white, small enough."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from core.data.pictures import LARGEST_SIDE
from core.run.refusal import Refusal
from core.run.values import Floats
from playground.files.reading import Remark
from playground.words.quoting import short, short_path

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

# What the web, cameras, scanners and microscopes write; a PostScript file would start another program.
KINDS = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF", "PPM", "ICO")
MOST_PIXELS = 2**25  # that are decoded: some tenths of a second, and no more than half a GiB
MOST_BEFORE = 2**27  # of a JPEG that is decoded in a smaller size
_FULL = 255.0  # the lightest a channel can be
_DEEP = 65_535.0  # the same in 16 bits
_LAST_LEVEL = 4  # of the notes of a camera: from the next on it lay on its side
_stderr = Lock()


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as floats 0 – 255: (rows, columns) if grey, else (3, rows, columns); and what was done to it."""

    pixels: Floats
    remarks: tuple[Remark, ...] = ()


def picture_of(data: bytes, field: str = "data", name: str = "", shrink: bool = False) -> Picture:
    """Return the first picture in a file; `name` is how a refusal calls the file.

    One of more than 512 pixels a side is refused, or with `shrink` made as large as it may be: its sides keep their
    ratio, and a pixel is the mean of those it covers. Raises Refusal for that, and for what is no picture, or damaged.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with _nothing_said(), Image.open(io.BytesIO(data), formats=KINDS) as opened:
            return _taken(opened, shrink)
    except Refusal as refusal:
        raise replace(refusal, field=field) from None
    except Image.DecompressionBombError:
        most = 2 * (Image.MAX_IMAGE_PIXELS or MOST_BEFORE)
        raise Refusal(field, "picture_too_many_pixels", _millions(most, MOST_PIXELS, "> ")) from None
    except UnidentifiedImageError:
        values = {"given": short_path(name), "allowed": ", ".join(KINDS)}
        raise Refusal(field, "picture_unknown", values) from None
    except Exception as error:  # Pillow raises whatever its parsers raise when a file is damaged
        reason = short(str(error)) or type(error).__name__
        raise Refusal(field, "picture_damaged", {"given": short_path(name), "reason": reason}) from None


def is_picture(data: bytes) -> bool:
    """Tell whether a file begins as a picture does, be it damaged further on or too large."""
    from PIL import Image

    try:
        with _nothing_said(), Image.open(io.BytesIO(data), formats=KINDS):
            return True
    except Image.DecompressionBombError:
        return True
    except Exception:  # Pillow raises whatever its parsers raise
        return False


@contextmanager
def _nothing_said() -> Iterator[None]:
    """Keep off stderr what libraries, those in C too, print of a damaged file: one line of ours says what is wrong."""
    with _stderr, warnings.catch_warnings(action="ignore"):
        try:
            kept = os.dup(2)
        except OSError:  # a program without a console has none
            yield
            return
        try:
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _taken(opened: ImageFile, shrink: bool) -> Picture:
    remarks = [Remark("picture_first")] if _holds_several(opened) else []
    turn = _turn(opened)
    size = opened.size[::-1] if turn > _LAST_LEVEL and opened.format != "TIFF" else opened.size  # as it will stand
    if not shrink and max(size) > LARGEST_SIDE:
        raise Refusal("", "picture_too_large", {"given": _sides(size), "allowed": LARGEST_SIDE})
    _refuse_above(size, MOST_BEFORE)
    if shrink:
        opened.draft(None, (2 * LARGEST_SIDE, 2 * LARGEST_SIDE))  # of a JPEG no more is decoded than is wanted
    _refuse_above(opened.size, MOST_PIXELS)
    if any(";16" in str(tile) for tile in opened.tile) and not _is_deep(opened):
        remarks.append(_scaled_from(0.0, _DEEP))  # by Pillow, which knows colours of 8 bits only
    remarks += [Remark("picture_turned")] if turn > 1 else []
    _turn_upright(opened)
    pixels, more = (_of_deep if _is_deep(opened) else _of_bytes)(opened)
    remarks += more
    if max(size) > LARGEST_SIDE:
        values = {"given": _sides(size), "size": _sides((pixels.shape[-1], pixels.shape[-2]))}
        remarks.append(Remark("picture_shrunk", values))
    return Picture(pixels, tuple(remarks))


def _holds_several(opened: ImageFile) -> bool:
    """Tell whether a file holds further pictures; those beside a phone's JPEG are previews."""
    with suppress(Exception):  # where the next one is damaged the first may still be good
        return opened.format != "MPO" and bool(getattr(opened, "is_animated", False))
    return True


def _sides(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def _refuse_above(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        raise Refusal("", "picture_too_many_pixels", _millions(size[0] * size[1], most))


def _millions(given: int, allowed: int, sign: str = "") -> dict[str, str]:
    return {"given": f"{sign}{given / 1e6:.3g}", "allowed": f"{allowed / 1e6:.3g}"}


def _scaled_from(low: float, high: float) -> Remark:
    return Remark("picture_scaled", {"low": f"{low:.6g}", "high": f"{high:.6g}"})


def _turn(opened: ImageFile) -> int:
    """Return how the camera noted that it was held, 2 … 8, or 1 for upright; a note that cannot be read is none."""
    from PIL import ExifTags

    with suppress(Exception):
        noted = opened.getexif().get(ExifTags.Base.Orientation, 1)
        return int(noted) if noted in range(2, 9) else 1
    return 1


def _turn_upright(opened: ImageFile) -> None:
    """Turn a picture as its camera noted."""
    from PIL import ImageOps

    opened.load()  # which turns a TIFF, and knows its size from the beginning
    with suppress(Exception):
        ImageOps.exif_transpose(opened, in_place=True)


def _is_deep(picture: Image) -> bool:
    """Tell whether a grey picture has more than 8 bits: 16, 32, or real numbers."""
    return picture.mode[0] in "IF"


def _of_deep(picture: ImageFile) -> tuple[Floats, list[Remark]]:
    """Return a grey picture of many bits with its darkest possible value at 0 and its lightest at 255."""
    from PIL import Image

    array = np.asarray(picture)
    if picture.mode == "I" and _is_unsigned(picture):
        array = array.view(np.uint32)  # Pillow takes them for signed ones
    numbers = np.asarray(array, dtype=float)
    if not np.isfinite(numbers).all():
        raise Refusal("", "picture_not_finite", {})
    low, high = (0.0, _DEEP) if picture.mode.startswith("I;16") else _ends(numbers)
    numbers = (numbers - low) / (high - low) * _FULL
    if max(picture.size) > LARGEST_SIDE:
        numbers = np.asarray(_shrunk(Image.fromarray(numbers.astype(np.float32))), dtype=float)
    return numbers, [] if (low, high) == (0.0, _FULL) else [_scaled_from(low, high)]


def _is_unsigned(picture: ImageFile) -> bool:
    sample_format = getattr(picture, "tag_v2", {}).get(339, (1,))
    return picture.format == "TIFF" and 1 in np.ravel(sample_format)


def _ends(numbers: Floats) -> tuple[float, float]:
    """Return what becomes 0 and what 255: the ends of 0 – 1 or 0 – 255 if all lie there, else the least and largest."""
    low, high = float(numbers.min()), float(numbers.max())
    usual = next((end for end in (1.0, _FULL) if low >= 0.0 and high <= end), None)
    if usual is not None:
        return 0.0, usual
    return (low, high) if low < high else (min(low, 0.0), max(high, 0.0))


def _of_bytes(picture: Image) -> tuple[Floats, list[Remark]]:
    """Return a picture of 8 bits a channel, on white."""
    remarks = [Remark("picture_cmyk")] if picture.mode == "CMYK" else []
    plain = _shrunk(picture.convert(_plain_mode(picture)))
    if plain.mode == "RGBA":
        plain, is_seen = _on_white(plain)
        remarks += [Remark("picture_on_white")] if is_seen else []
    pixels = np.array(plain, dtype=np.uint8)
    if pixels.ndim == 2:
        return pixels.astype(float), remarks
    if (pixels == pixels[..., :1]).all():
        told = [] if picture.mode in ("1", "L", "LA") else [Remark("picture_grey")]
        return pixels[..., 0].astype(float), [*remarks, *told]
    return np.moveaxis(pixels, 2, 0).astype(float), remarks


def _plain_mode(picture: Image) -> str:
    if picture.has_transparency_data:
        return "RGBA"
    return "L" if picture.mode in ("1", "L") else "RGB"


def _shrunk(picture: Image) -> Image:
    """Return a picture with at most 512 pixels a side, each the mean of those it covers; sides keep their ratio."""
    from PIL import Image

    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.BOX)
    return picture


def _on_white(picture: Image) -> tuple[Image, bool]:
    """Return a picture before white, and whether white shows through."""
    from PIL import Image

    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture)
    return flat.convert("RGB"), picture.getchannel("A").getextrema() != (255, 255)
