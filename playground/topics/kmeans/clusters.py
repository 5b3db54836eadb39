"""How clusters look wherever they are shown: colour, marker and name of each."""

from __future__ import annotations

from core.run.explanation import Focus
from playground.words.texts import Texts
from widgets.shell.run_list import RunRow

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


def row(cluster: int, texts: Texts) -> RunRow:
    """The row of a cluster in a list."""
    return RunRow(f"cluster {cluster}", name(cluster, texts), colour(cluster), marker(cluster))


MARKS = {Focus("centroid", (cluster,)): colour(cluster) for cluster in range(20)}
