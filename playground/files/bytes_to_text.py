"""From bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from core.run.refusal import Refusal
from playground.files.reading import AUTO
from playground.words.quoting import short


@dataclass(frozen=True)
class Text:
    """The text of a file and the encoding it was found in."""

    text: str
    encoding: str


def text_of(data: bytes, encoding: str = AUTO) -> Text:
    """Return bytes as a text. Raises Refusal("data", …) for bytes that are none, and for an encoding unknown here."""
    found = "utf-8" if encoding == AUTO else encoding
    try:
        name = codecs.lookup(found).name
        text = data.decode("utf-8-sig" if name == "utf-8" else name)
    except (LookupError, ValueError):
        raise Refusal("data", "text_encoding", {"given": short(found)}) from None
    return Text(text, found)
