"""Icons as text: SVG files in a colour, and as files for style sheets."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir

from resources import FOLDER

_TINTED = "tinted"


def tinted_path(name: str, colour: str) -> str:
    """A path, readable by style sheets, to the icon's file in a colour (#RRGGBB)."""
    path = Path(_keeper().name) / f"{name}-{colour.removeprefix('#')}.svg"
    if not path.exists():
        path.write_bytes(bytes(coloured(name, colour).data()))
    return f"{_TINTED}:{path.name}"


@cache
def source(name: str) -> bytes:
    """The SVG of an icon; raises FileNotFoundError for an unknown name."""
    return (FOLDER / "icons" / f"{name}.svg").read_bytes()


def coloured(name: str, colour: str) -> QByteArray:
    """The SVG of an icon in a colour (#RRGGBB)."""
    return QByteArray(source(name).replace(b"currentColor", colour.encode()))


@cache
def _keeper() -> tempfile.TemporaryDirectory[str]:
    # Style sheets take pictures only from files; the folder goes when the program ends.
    folder = tempfile.TemporaryDirectory(prefix="ml-playground-")
    QDir.addSearchPath(_TINTED, folder.name)
    return folder
