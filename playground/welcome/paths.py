"""Paths through scenes of several topics, in the order of the notes, and how far the learner has come on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from playground.files.progress import Progress
from playground.topic_list import TOPICS, TopicEntry, topic
from playground.words.texts import start_page


@dataclass(frozen=True)
class Station:
    """A scene of a topic."""

    entry: TopicEntry
    scene: str

    @property
    def title(self) -> str:
        """Its title in the language shown. It takes the topic's texts."""
        return self.entry.texts.get("scenes", self.scene, "title")


@dataclass(frozen=True)
class Path:
    """Scenes that build on each other."""

    id: str
    icon: str
    stations: tuple[Station, ...]

    @property
    def title(self) -> str:
        """Its name in the language shown."""
        return start_page().get("titles", self.id)

    def done(self, finished: Collection[str]) -> tuple[bool, ...]:
        """Tell of each station whether it is among the scenes finished."""
        return tuple(station.scene in finished for station in self.stations)

    def following(self, finished: Collection[str]) -> Station:
        """Return the first station that is not finished; where all are, the first of all."""
        return next((station for station in self.stations if station.scene not in finished), self.stations[0])

    def after(self, station: Station, finished: Collection[str]) -> Station | None:
        """Return the next station that is not finished, one that was passed over where none follows; None at the end.

        With nothing finished it is the next in order, up to the last.
        """
        place = self.stations.index(station)
        following, passed = self.stations[place + 1 :], self.stations[:place] if finished else ()
        return next((one for one in (*following, *passed) if one.scene not in finished), None)


@cache
def paths() -> tuple[Path, ...]:
    """Return all paths. Raises KeyError for a topic that there is none of."""
    trees = start_page().tree["paths"].items()
    return tuple(Path(id, tree["icon"], tuple(map(_station, tree["scenes"]))) for id, tree in trees)


def _station(name: str) -> Station:
    id, _, scene = name.partition(".")
    return Station(topic(id), scene)


def again(stations: tuple[Station, ...]) -> Path:
    """Return the path through scenes that are due again."""
    return Path("again", "repeat", stations)


def due(progress: Progress, day: date) -> tuple[Station, ...]:
    """Return the scenes predicted wrongly on an earlier day. It takes the texts of all topics where there are any."""
    missed = {id for id in progress.predicted if progress.is_due(id, day)}
    entries = TOPICS if missed else ()
    return tuple(Station(entry, id) for entry in entries for id in entry.texts.tree.get("scenes", {}) if id in missed)
