"""What the learner has done: ticks and answers, kept in one file of the user's own folder."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from core.run.refusal import Refusal
from playground.files.whole_file import whole_file
from playground.words.quoting import short_path

VERSION = 1


@dataclass(frozen=True)
class Predicted:
    """The answer that was given last to the question of a scene, and on which day (ISO 8601)."""

    answer: Any
    right: bool
    day: str


@dataclass
class Progress:
    """Scenes and tasks that are done, and the answers given, by the ids of scenes.

    Writing raises Refusal where it cannot be kept; nothing is left half-written.
    A file that cannot be read is set aside beside its place, never written over; `set_aside` then says where it is.
    Where it cannot even be moved nothing is written.
    """

    path: Path
    done: set[str] = field(default_factory=set)
    predicted: dict[str, Predicted] = field(default_factory=dict)
    set_aside: Path | None = None

    @classmethod
    def read(cls, path: Path) -> Progress:
        """Return what a file holds; nothing where there is none."""
        try:
            return cls(path, *_read(path.read_text("utf-8")))
        except FileNotFoundError:
            return cls(path)
        except (ValueError, KeyError, TypeError, OSError):
            return cls(path, set_aside=_set_aside(path))

    def finish(self, id: str) -> None:
        """Tick a scene or a task."""
        if id not in self.done:
            self.done.add(id)
            self.write()

    def predict(self, id: str, answer: Any, right: bool, day: date) -> None:
        """Keep the answer given to a scene's question."""
        self.predicted[id] = Predicted(answer, right, day.isoformat())
        self.write()

    def is_due(self, id: str, day: date) -> bool:
        """Tell whether a scene was predicted wrongly on an earlier day, so that it is worth another look."""
        last = self.predicted.get(id)
        return last is not None and not last.right and last.day < day.isoformat()

    def forget(self) -> None:
        """Begin again with nothing done."""
        self.done.clear()
        self.predicted.clear()
        self.write()

    def take_in(self, text: str) -> None:
        """Add what another file says. Raises ValueError where the text is no progress."""
        try:
            done, predicted = _read(text)
        except (KeyError, TypeError) as error:
            raise ValueError(str(error)) from error
        self.done |= done
        self.predicted |= {id: other for id, other in predicted.items() if not self._is_older(id, other)}
        self.write()

    def _is_older(self, id: str, other: Predicted) -> bool:
        return id in self.predicted and other.day < self.predicted[id].day

    def text(self) -> str:
        """Return all of it as the text of its file."""
        answers = {id: asdict(predicted) for id, predicted in sorted(self.predicted.items())}
        return json.dumps({"version": VERSION, "done": sorted(self.done), "answers": answers}, indent=1)

    def write(self) -> None:
        """Write the file whole, or not at all."""
        if self.set_aside == self.path:
            reason = "what stands there cannot be read, and not be moved"
            raise Refusal("progress", "file_unwritable", {"given": short_path(self.path), "reason": reason})
        with suppress(OSError):  # whole_file says why a file cannot stand there
            self.path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(self.path, "progress") as file:
            file.write(self.text().encode())


def _read(text: str) -> tuple[set[str], dict[str, Predicted]]:
    kept = json.loads(text)
    if kept["version"] != VERSION:
        raise ValueError(f"version {kept['version']}")
    answers = {str(id): Predicted(**given) for id, given in kept["answers"].items()}
    return {str(id) for id in kept["done"]}, answers


def _set_aside(path: Path) -> Path:
    place = path.with_name(f"{path.stem}-unreadable{path.suffix}")
    try:
        os.replace(path, place)
    except OSError:
        return path
    return place
