"""What is to be said of a file that was read, in words."""

from __future__ import annotations

from playground.files.reading import Remark
from playground.words.texts import Language, shared_texts


def sentence(remark: Remark, language: Language | None = None) -> str:
    """Return the sentence of a remark."""
    return shared_texts().get("remark", remark.key, language=language).format_map(dict(remark.values))
