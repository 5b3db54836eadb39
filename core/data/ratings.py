"""Ratings and watch histories that come with the program.

    notes     4 people × 4 films, 12 known, of rank 2 with half stars; what was taken out are 2, 3.5, 2 and 3.5
    films     30 people × 12 made-up films, 60 % known: five chases, five romances, two films that are both; a third of
              the people likes chases, a third romances, a third both
    videos    120 people and what they watched of 24 videos: 3 to 5 of one of four themes, a quarter of them of two

Nobody rated these: `films` was drawn as the product of two such tastes with noise, to half stars, `videos` by themes.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.run.values import Floats, locked
from resources import FOLDER

SHIPPED = ("notes", "films")
SHIPPED_HISTORIES = ("videos",)
THEMES = 4  # of the videos, as many of each, one theme after the other


@dataclass(frozen=True, eq=False)
class Ratings:
    """Who rated what: values (n, m), nan where nobody did."""

    values: Floats
    users: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Histories:
    """What each person watched, as places in the list of videos."""

    people: tuple[tuple[int, ...], ...]
    videos: tuple[str, ...]


@lru_cache
def shipped(name: str) -> Ratings:
    """Return the ratings of that name. Raises KeyError for a name that is none."""
    if name not in SHIPPED:
        raise KeyError(name)
    (_, *items), *rows = _rows(name)
    values = [[float(cell or "nan") for cell in cells] for _, *cells in rows]
    return Ratings(locked(np.array(values)), tuple(row[0] for row in rows), tuple(items))


@lru_cache
def shipped_histories(name: str) -> Histories:
    """Return the watch histories of that name. Raises KeyError for a name that is none."""
    if name not in SHIPPED_HISTORIES:
        raise KeyError(name)
    videos, *rows = _rows(name)
    places = {video: place for place, video in enumerate(videos)}
    return Histories(tuple(tuple(places[video] for video in row) for row in rows), tuple(videos))


def _rows(name: str) -> list[list[str]]:
    with (FOLDER / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
