"""Files as values: `@FILE`, the columns named behind it, `--read`, and the line that says what was read."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

from core.run.parameters import Parameter
from core.run.recipe import Origin
from core.run.refusal import Refusal
from playground.files.origins import origins_of
from playground.files.reading import AUTO, DECIMALS, ENCODINGS, GUESSED, SEPARATORS, Reading
from playground.files.remarks import sentence
from playground.files.wanted import Taken, read_file
from playground.words.quoting import one_line, short

_OPTION = "--read"
_READ = re.compile("([^:=]+):([^:=]+)=(.*)", re.DOTALL)
_COLUMNS = re.compile(
    r'(.+\.(?:csv|tsv|tab|dat|data|txt|json|npy|npz)):((?:[^:"]|"[^"]*")*)', re.IGNORECASE | re.DOTALL
)
_GUESSES = {  # remarks that are none where the option says so itself
    "encoding": "encoding", "separator": "separator", "tabs": "separator", "blanks": "separator",
    "decimal": "decimal", "no_header": "header",
    "header_in_doubt": "header",
}  # fmt: skip
_KEYS = tuple(field.name for field in fields(Reading))


def read(text: str, parameter: Parameter, reading: Reading = GUESSED) -> Taken:
    """Return what a parameter takes of `FILE` or `FILE:a,"b, c"`. Raises Refusal."""
    path, chosen = file_and_columns(text)
    return read_file(path, parameter, reading, chosen)


def file_and_columns(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the path in `FILE:a,"b, c"` and the names behind its last colon, quoted as CSV does."""
    match = _COLUMNS.fullmatch(text)
    if not match:
        return text, ()
    return match[1], tuple(name.strip() for name in next(csv.reader([match[2]], skipinitialspace=True), []))


def origins(parameter: Parameter, text: str, taken: Taken) -> tuple[Origin, ...]:
    """Return where the values were read that a file gave for a parameter, and for the one its last column went to."""
    return origins_of(parameter, file_and_columns(text)[0], taken.values, taken.columns)


def said(name: str, text: str, taken: Taken, readings: Mapping[str, Reading]) -> str:
    """Return in one line what was guessed or left out as a file was read; nothing where all was plain or told."""
    reading = readings.get(name, GUESSED)
    remarks = [r for r in taken.remarks if r.key not in _GUESSES or getattr(reading, _GUESSES[r.key]) == AUTO]
    file = short(Path(file_and_columns(text)[0]).name)
    sentences = " ".join(sentence(remark, "en") for remark in remarks)
    return one_line(f"{name}: {file}: {sentences}") if remarks else ""


def say(lines: Iterable[str]) -> None:
    """Print on stderr what is said of files; only when all that was asked is done: a refusal stands alone."""
    for line in lines:
        sys.stderr.write(f"ml-playground: {line}\n")


def readings(given: Sequence[str], from_files: Collection[str]) -> Mapping[str, Reading]:
    """Return how the file of each parameter is read, from NAME:KEY=VALUE texts.

    Raises Refusal for what is none, and for a parameter that is not read from a file.
    """
    found: dict[str, Reading] = {}
    for text in given:
        match = _READ.fullmatch(text)
        if not match:
            raise Refusal(_OPTION, "not_assignment", {"given": short(text), "allowed": "NAME:KEY=VALUE"})
        name, key, value = match.groups()
        if name not in from_files:
            allowed = ", ".join(from_files) or f"--set {short(name)}=@FILE"
            raise Refusal(_OPTION, "not_from_file", {"given": short(name), "allowed": allowed})
        found[name] = _with(found.get(name, GUESSED), key, value)
    return found


def _with(reading: Reading, key: str, value: str) -> Reading:
    if key not in _KEYS:
        raise Refusal(_OPTION, "not_one_of", {"given": short(key), "allowed": _KEYS})
    allowed = _allowed(key)
    is_free = key == "missing" or (key == "encoding" and _is_codec(value))
    if value not in allowed and not is_free:
        raise Refusal(f"{_OPTION} {key}", "not_one_of", {"given": short(value), "allowed": " ".join(allowed)})
    changes: dict[str, Any] = {key: value}
    return replace(reading, **changes)


def _allowed(key: str) -> tuple[str, ...]:
    listed = {"encoding": ENCODINGS, "separator": SEPARATORS, "decimal": DECIMALS}
    return listed.get(key) or get_args(get_type_hints(Reading)[key])


def _is_codec(name: str) -> bool:
    """Tell whether Python knows an encoding of texts by that name."""
    try:
        return isinstance("".encode(name), bytes)
    except (LookupError, ValueError):
        return False
