"""Files that are neither table nor text nor picture, told by how they begin: each is refused by what it is."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from core.run.refusal import Refusal
from playground.words.quoting import short_path

_IN_LETTERS = {
    b"%PDF-": "a PDF",
    b"{\\rtf": "a document (RTF)",
    b"<stata_dta>": "a Stata file",
    b"<?xml": "an XML file",
    b"<svg": "an SVG drawing",
    b"structure(list(": "an R script",
    b"%%MatrixMarket": "a Matrix Market file",
}
_BY_WORDS = {  # what else is written in letters, told by more than its first ones
    "an SQL script": re.compile(
        rb"(?:\s|--[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/;?)*"
        rb"(?:create\s+(?:table|database)\s[^\n]*[(;]|drop\s+table\s[^\n]*;|pragma\s+\w+\s*=|begin transaction;"
        rb"|insert\s+into\s+\S+\s*(?:\(|values|select))",
        re.IGNORECASE,
    ),
    "a Turtle file": re.compile(rb"@(?:prefix|base)\s[^\n]*<"),
    "a GML graph": re.compile(rb"(?:\s|Creator[^\n]*\n|Version[^\n]*\n)*graph\s*\[\s*\n"),
    "a DOT graph": re.compile(rb"(?:strict\s+)?(?:di)?graph\b[^\n{]*\{"),
}
_BY_BEGINNING = {  # of which a table of one's own could begin so, too: in these files zeros follow
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file (XLS, DOC)", b"SQLite format 3": "a database (SQLite)",
    b"PAR1": "a Parquet file", b"ARROW1": "an Arrow file", b"FEA1": "a Feather file", b"Obj\1": "an Avro file",
    b"ORC": "an ORC file", b"\x89HDF\r\n\x1a\n": "an HDF5 file", b"CDF\1": "a NetCDF file", b"CDF\2": "a NetCDF file",
    b"MATLAB 5.0 MAT-file": "a MATLAB file", b"$FL2": "an SPSS file", b"$FL3": "an SPSS file", b"\x7fELF": "a program",
    b"MZ\x90": "a program", b"ID3": "a sound",
}  # fmt: skip
_PACKED = {
    b"\x1f\x8b\x08": "gzip", b"BZh91AY": "bzip2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "Zstandard",
    b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR", b"\x04\x22\x4d\x18": "LZ4",
}  # fmt: skip
_PICKLE = re.compile(rb"\x80[\2-\5](\x95.{8})?[\x58\x8c\x5d\x7d\x63(\x8a\x4b\x47\x28]", re.DOTALL)
_ZIP, _END_OF_ZIP = b"PK\x03\x04", b"PK\x01\x02"
_IN_ZIP = {
    b"xl/workbook": "an Excel workbook", b"word/document.xml": "a Word document", b"ppt/presentation": "a presentation",
    b"opendocument.spreadsheet": "an OpenDocument spreadsheet", b"opendocument.text": "an OpenDocument text",
    b"Index/Document.iwa": "a Numbers or Pages file",
}  # fmt: skip
_TAR = (257, b"ustar")
_SVM = re.compile(r"[-+]?[\d.]+(?: qid:\d+)?(?: \d+:[-+\d.eE]+)+ *(#.*)?")
_LINES = 5  # that tell
_HEAD = 2**12  # bytes


def check_known(data: bytes, name: str, field: str) -> None:
    """Raise Refusal for a file of another kind, saying what it is and how what it holds can be taken."""
    values = {"given": short_path(name)}
    if packed := _packed(data):
        raise Refusal(field, "file_packed", {**values, "kind": packed})
    if kind := _kind(data):
        raise Refusal(field, "file_foreign", {**values, "kind": kind})


def is_stranger(data: bytes) -> bool:
    """Tell whether a file is of a kind that is not read."""
    return bool(_packed(data) or _kind(data))


def check_no_vectors(text: str, name: str, field: str) -> None:
    """Raise Refusal for rows of LIBSVM, `1 3:0.5 7:2`: only what is not 0 stands there, with its place."""
    lines = [line.strip() for line in text[: 2**16].split("\n")[: _LINES + 1][:_LINES] if line.strip()]
    if lines and all(map(_SVM.fullmatch, lines)):
        raise Refusal(field, "file_foreign", {"given": short_path(name), "kind": "a LIBSVM file"})


def _kind(data: bytes) -> str:
    known = _IN_LETTERS | (_BY_BEGINNING if b"\0" in data[:_HEAD] else {})
    if data.startswith(_ZIP):
        return next((kind for entry, kind in _IN_ZIP.items() if entry in data), "")
    kind = next((kind for beginning, kind in known.items() if data.removeprefix(BOM_UTF8).startswith(beginning)), "")
    return kind or next((kind for kind, words in _BY_WORDS.items() if words.match(data[:_HEAD])), "") or _pickled(data)


def _pickled(data: bytes) -> str:
    return "a pickle" if _PICKLE.match(data) else ""


def _packed(data: bytes) -> str:
    packed = next((packed for beginning, packed in _PACKED.items() if data.startswith(beginning)), "")
    if data.startswith(_ZIP) and _END_OF_ZIP in data and b".npy" not in data and not _kind(data):
        return "ZIP"
    place, mark = _TAR
    return packed or ("tar" if data[place:].startswith(mark) else "")
