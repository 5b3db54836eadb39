"""How clusters look wherever they are shown: colour, marker and name of each."""

from __future__ import annotations

from playground.words.texts import Texts

SERIES = ("blue", "orange", "green", "purple", "vermillion", "sky", "black", "yellow")
_MARKERS = ("circle", "square", "triangle_up", "diamond", "pentagon", "star", "triangle_down", "cross")


def colour(cluster: int) -> str:
    """The series colour of a cluster; beyond eight they begin anew, with other markers."""
    return SERIES[cluster % len(SERIES)]


def marker(cluster: int) -> str:
    """The marker of a cluster; no two of the twenty share both colour and marker."""
    return _MARKERS[(cluster + cluster // len(SERIES)) % len(_MARKERS)]


def name(cluster: int, texts: Texts) -> str:
    """What a cluster is called; people count from 1."""
    return texts.get("cluster").format(n=cluster + 1)


def kind_and_index(mark: str) -> tuple[str, str]:
    """Return what a mark of the plane stands for, and which: `centroid_2` as centroid and 2, `point 17` likewise."""
    kind, _, index = mark.replace("_", " ").partition(" ")
    return kind, index


MARKS = {f"centroid_{cluster}": colour(cluster) for cluster in range(20)}
