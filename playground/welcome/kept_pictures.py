"""The pictures of topics that come with the program: of a real run each, which the file carries."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QImage

from playground.topic_list import TopicEntry
from playground.words.texts import Language, language, start_page
from resources import FOLDER
from widgets.base import theme


def place_of(entry: TopicEntry, look: str, spoken: Language) -> Path:
    """Return the file of a topic's picture in a look and a language."""
    return FOLDER / "start" / f"{entry.stem}-{look}-{spoken}.png"


def place(entry: TopicEntry) -> Path:
    """Return the file of a topic's picture as it suits the look and the language shown."""
    return place_of(entry, theme.current().name, language())


@lru_cache(maxsize=64)
def _read(path: str) -> QImage:
    return QImage(path)


def picture(entry: TopicEntry) -> QImage:
    """Return a topic's picture."""
    return _read(str(place(entry)))


def panel_of(entry: TopicEntry) -> str:
    """Return the id of the panel that a topic's picture shows."""
    return str(start_page().tree["pictures"][entry.id]["panel"])


def width_of(entry: TopicEntry) -> int:
    """Return for how wide a room that panel was laid out, in px."""
    return int(start_page().tree["pictures"][entry.id].get("wide", 276))
