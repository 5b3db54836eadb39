"""The recipe that an exported picture or table carries, so that it opens as the run it was made from."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from core.run.refusal import Refusal
from playground.files.readers import LARGEST_FILE, strict_json
from playground.words.quoting import short

if TYPE_CHECKING:
    from PIL.PngImagePlugin import PngInfo

RECIPE_KEY = "recipe"  # of the PNG text chunk and of the NPZ field
STEP_KEY = "step"  # of the PNG text chunk, or beside the recipe in a note, that says which frame is shown
CSV_MARK = "# recipe:"
_BOM = b"\xef\xbb\xbf"
_DESCRIPTION = re.compile(rb"<desc[^>]*>(.*?)</desc>", re.DOTALL)
_NOTE = b"{"  # a description that begins otherwise was written by another program


def png_texts(recipe: str, step: int) -> PngInfo:
    """Return the texts of a PNG that `recipe_in` reads."""
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text(RECIPE_KEY, recipe)
    texts.add_text(STEP_KEY, str(step))
    return texts


def recipe_in(file: IO[bytes]) -> tuple[Any, int] | None:
    """Return the plain recipe in an exported file and the step it shows, or None if it is no export.

    The kind is told by the first bytes, whatever the name says. Raises Refusal for a damaged export.
    """
    head = file.read(16).removeprefix(_BOM)
    file.seek(0)
    for mark, text_of in _KINDS.items():
        if head.startswith(mark):
            return _read(text_of, file)
    return None


def _read(text_of: Callable[[IO[bytes]], tuple[str, str]], file: IO[bytes]) -> tuple[Any, int]:
    try:
        text, step = text_of(file)
        if len(text) > LARGEST_FILE:
            raise ValueError("its recipe is too large")
        plain = strict_json(text)
        step = str(plain.pop(STEP_KEY, step)) if isinstance(plain, dict) else step
        return plain, int(step) if step.isdecimal() and len(step) < 10 else 0
    except LookupError:
        raise Refusal("file", "session_no_recipe") from None
    except Exception as error:  # readers of pictures and archives raise whatever a damaged file makes them raise
        raise Refusal("file", "session_malformed", {"reason": short(str(error))}) from None


def _in_picture(file: IO[bytes]) -> tuple[str, str]:
    from PIL import Image

    with Image.open(file, formats=["PNG"]) as picture:
        return str(picture.info[RECIPE_KEY]), str(picture.info.get(STEP_KEY, ""))


def _in_animation(file: IO[bytes]) -> tuple[str, str]:
    """Return the note in the comment of a GIF."""
    from PIL import Image

    with Image.open(file, formats=["GIF"]) as picture:
        return _note(picture.info["comment"]), ""


def _in_drawing(file: IO[bytes]) -> tuple[str, str]:
    """Return the note in the description of an SVG: it stands before all that is drawn."""
    found = _DESCRIPTION.search(file.read(4 * LARGEST_FILE))
    return _note(html.unescape(found[1].decode()).encode() if found else b""), ""


def _note(written: bytes) -> str:
    """Return a note as text. Raises LookupError for words of another program."""
    if not written.lstrip().startswith(_NOTE):
        raise LookupError
    return written.decode()


def _in_csv(file: IO[bytes]) -> tuple[str, str]:
    return file.readline(2 * LARGEST_FILE).decode("utf-8-sig").removeprefix(CSV_MARK), ""


def _in_archive(file: IO[bytes]) -> tuple[str, str]:
    with zipfile.ZipFile(file) as archive:
        entry = archive.getinfo(f"{RECIPE_KEY}.npy")
        if entry.file_size > 4 * LARGEST_FILE:  # NumPy takes four bytes for a character
            raise ValueError("its recipe is too large")
        return str(np.load(io.BytesIO(archive.read(entry)), allow_pickle=False)), ""


_KINDS: dict[bytes, Callable[[IO[bytes]], tuple[str, str]]] = {
    b"\x89PNG\r\n\x1a\n": _in_picture,
    b"GIF8": _in_animation,
    b"<?xml": _in_drawing,
    b"<svg": _in_drawing,
    b"PK\x03\x04": _in_archive,
    CSV_MARK.encode(): _in_csv,
}
