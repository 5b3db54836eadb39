"""The progress of whoever sits here: one file of the user's own folder, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QSettings

from playground.files.own_folder import own_folder
from playground.files.progress import Progress
from playground.topic_list import TOPICS, TopicEntry


def own_progress() -> Progress:
    """Return what the learner has done so far, of all topics."""
    return _progress_at(own_folder() / "progress.json")


@cache
def _progress_at(path: Path) -> Progress:
    progress = Progress.read(path)
    if not path.exists() and not progress.set_aside:  # ticks used to stand among the settings
        for entry in TOPICS:
            saved = QSettings().value(f"lessons/{entry.id}", [], type=list)
            progress.done |= {str(id) for id in saved} if isinstance(saved, list) else set()
    return progress


def scenes_done(entry: TopicEntry) -> set[str]:
    """Return the ids of the scenes and tasks of a topic that were done, today or before."""
    return own_progress().done & set(entry.texts.tree.get("scenes", {}))
