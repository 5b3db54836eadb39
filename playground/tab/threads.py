"""Threads: the same thing elsewhere. What a topic's toml links to in other tabs, and what it gives along.

A thread names a scene of another topic. Where it `carries` numbers of the run in view, a function of that name in
`playground/topics/<topic>/carried.py` returns them as the other topic's parameters, in plain form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.run.values import Floats
from playground.playback.view import View
from playground.topic_list import TopicEntry
from playground.words.texts import Texts

Plain = Mapping[str, Any]  # topic, scene, and `params` and `changes` where the run's numbers go along
Carried = Callable[[View], Plain]


@dataclass(frozen=True)
class Thread:
    """A link to another topic: the scene that shows the same thing there, and which numbers go along."""

    id: str
    topic: str
    scene: str
    texts: Texts
    carries: str = ""


def threads(entry: TopicEntry) -> tuple[Thread, ...]:
    """Return the threads that begin in a topic, in the order of its toml."""
    trees = entry.texts.tree.get("threads", {}).items()
    return tuple(Thread(id, t["topic"], t["scene"], Texts(t), t.get("carries", "")) for id, t in trees)


def link(entry: TopicEntry, thread: Thread, view: View) -> dict[str, Any]:
    """Return what a thread opens as plain data; without numbers where the run in view has none that can go along."""
    where = {"topic": thread.topic, "scene": thread.scene}
    if not thread.carries:
        return where
    carried: Carried = _SHARED.get(thread.carries) or getattr(entry.carried, thread.carries)
    return {**where, **carried(view)}


def named_points(points: Floats, names: tuple[str, ...], clusters: int) -> Plain:
    """Return places in a plane (n, 1 or 2) as the points of k-means, called by their names; nothing of unsound ones."""
    if not np.isfinite(points).all():
        return {}
    flat = points if points.shape[1] == 2 else np.column_stack([points, np.zeros(len(points))])
    known = {"points": flat.tolist(), "point_names": list(names), "n_clusters": min(clusters, len(flat))}
    return {"params": known}


def _adam_rate(view: View) -> Plain:
    """Return the learning rate as that of Adam in the race, where the run in view learns by it."""
    if view.params.optimizer != "adam":
        return {}
    return {"params": {"adam.learning_rate": view.params.learning_rate}}


_SHARED: Mapping[str, Carried] = {"adam_rate": _adam_rate}
