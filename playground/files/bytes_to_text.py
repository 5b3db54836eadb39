"""From bytes to text: which encoding a file is in, told by its first bytes, by UTF-8's own rules, else by chardet."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from core.run.refusal import Refusal
from playground.files.reading import AUTO
from playground.words.quoting import short

_MARKS = {  # byte order marks, the longer ones first
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Old encodings that are asked for, each with its widest relative; among all that there are, short texts are mistaken.
_OLD = ["cp932", "cp1252", "windows-1250", "windows-1254"]
_OLD_PAIRED = ["gb18030", "big5", "euc-kr", "euc-jp"]  # their signs are mostly two bytes beyond ASCII
# Of words without Latin letters:
_OLD_FOREIGN = ["windows-1251", "koi8-r", "windows-1253", "windows-1255", "windows-1256"]
_BEYOND = re.compile(b"[\x80-\xff]")
_BETWEEN = re.compile(b'[\\s,;"]+')  # no such byte is the second of a sign
_PAIR = re.compile(b"[\x80-\xff]{2}")
_WORD = re.compile(b"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_CALLED = {"utf-8-sig": "utf-8", "cp932": "shift_jis", "cp1252": "latin-1"}  # as the setting calls them
_WIDER = {"shift_jis": "cp932", "euc_jp": "euc_jis_2004", "latin-1": "cp1252"}  # what files said to be so are really in
_END = b"\x1a"  # with which old programs close a file
_ALIKE = 0.7
_SAMPLE = 2**16  # bytes that tell
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Text:
    """The text of a file and the encoding it was found in."""

    text: str
    encoding: str


def text_of(data: bytes, encoding: str = AUTO) -> Text:
    """Return bytes as a text without byte order mark.

    Raises Refusal("data", …) for bytes that are none, and for an encoding that is none or in which they are none.
    """
    data = data.removesuffix(_END)
    if encoding == AUTO:
        return _guessed(data)
    wanted = encoding.lower()
    text = _decoded(data, (_marked(data) or _wide(data) or wanted) if wanted == "utf-16" else wanted)
    if text is None or "\0" in text:
        raise Refusal("data", "text_encoding", {"given": short(encoding)})
    return Text(text, encoding)


def _guessed(data: bytes) -> Text:
    found = _marked(data) or _wide(data)
    text = _decoded(data, found or "utf-8")
    if text is None and not found:
        _check_whole(data)
        found = _old(data)
        text = _decoded(data, found)
    if text is None or "\0" in text or _NO_TEXT.search(text[:_SAMPLE]):
        raise Refusal("data", "text_binary")
    return Text(text, _CALLED.get(found, found) or "utf-8")


def _check_whole(data: bytes) -> None:
    """Raise Refusal for UTF-8 that is damaged or cut off: several signs of it stand before the fault."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        signs = sum(ord(sign) > 0x7FF for sign in data[: error.start][-_SAMPLE:].decode(errors="ignore"))
        if signs > 2 or error.reason == "unexpected end of data":
            raise Refusal("data", "text_damaged", {"line": data.count(b"\n", 0, error.start) + 1}) from None


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return bytes as a text; None where they are none in this encoding, or there is no such encoding of text."""
    for name in (_WIDER.get(encoding, encoding), encoding):
        try:
            return data.decode(name).removeprefix("\ufeff")
        except (LookupError, ValueError):
            continue
    return None


def _marked(data: bytes) -> str:
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")


def _wide(data: bytes) -> str:
    """Return the kind of UTF-16 that has no mark: one of the two bytes of nearly every character of a table is 0."""
    sample = data[:_SAMPLE]
    if b"\0" not in sample:
        return ""
    zeros = [sample[place::2].count(0) for place in (0, 1)]
    if len(data) % 2 or 5 * max(zeros) < len(sample) or 10 * min(zeros) > max(zeros):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _old(data: bytes) -> str:
    """Return the old encoding that chardet holds for likeliest; of two nearly alike, Western Europe's."""
    from chardet import detect_all

    telling = _telling(data)
    asked = _OLD + (_OLD_PAIRED if _PAIR.search(telling) else []) + (_OLD_FOREIGN if _is_foreign(telling) else [])
    ranked = detect_all(telling, ignore_threshold=True, include_encodings=asked, compat_names=False)
    sure = {str(guess["encoding"]): guess["confidence"] for guess in ranked}
    found = next(iter(sure), "cp1252")
    if found == "cp1250" and sure.get("cp1252", 0) > _ALIKE * sure[found]:
        return "cp1252"
    return {"big5hkscs": "big5", "cp949": "euc_kr", "euc_jis_2004": "euc_jp"}.get(found, found)


def _is_foreign(data: bytes) -> bool:
    """Tell whether most letters of words beyond ASCII are so: Cyrillic words have no Latin ones among theirs."""
    letters = b"".join(_WORD.findall(data))
    return 2 * sum(letter > 127 for letter in letters) > len(letters)


def _telling(data: bytes) -> bytes:
    """Return the cells that hold more than ASCII, each once: plain rows say nothing, a word a hundred times no more."""
    first = _BEYOND.search(data)
    begin = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    cells = dict.fromkeys(_BETWEEN.split(data[begin : begin + _SAMPLE]))
    return b"\n".join(filter(_BEYOND.search, cells))
