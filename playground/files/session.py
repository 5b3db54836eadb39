"""Session files (`.mlplay`): a run as its recipe, with the step in view, so that it opens where it was left.

    {"format": "mlplay", "format_version": 2, "recipe": {…}, "position": t, "recorded": n,
     "digest": of frame t, "recipe_digest": of recipe and position, "beat": in view of its step,
     "compared": the other runs, where there are some,
     "snapshot": the state that the step into t made, past 1,000 steps}

A snapshot lets a long run open at once. It only stands in: whoever replays the recipe finds out whether it was true.
Who edits the recipe by hand gets what it says: its digest shows the edit, and the run is computed anew. Files of
version 1 have no `recipe_digest`.
"""

from __future__ import annotations

import hashlib
import io
import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Le

from core.run.recipe import Recipe, Schedule
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.timeline import Timeline
from core.run.values import frozen, npy_text
from playground.files.embedded_recipe import recipe_in
from playground.files.indented import indented
from playground.files.readers import LARGEST_FILE, strict_json
from playground.files.whole_file import whole_file
from playground.recipes.beats import check_beat
from playground.recipes.limits import LONGEST
from playground.recipes.plain_compared import ALONE, Comparison, read_compared
from playground.recipes.plain_compared import KEY as COMPARED
from playground.recipes.plain_recipes import ALL_KEYS, KEYS, plain_recipe, read_recipe
from playground.recipes.plain_values import read, within
from playground.recipes.trial import Trial, misfit
from playground.topic_list import topic
from playground.words.quoting import short, short_path

FORMAT_VERSION = 2
_SEALED_FROM = 2  # the version whose files tell whether they were edited
SNAPSHOT_FROM = 1_000  # steps; fewer are replayed in no time
LARGEST_SNAPSHOT = 16 * 2**20  # characters

Step = Annotated[int, Ge(0), Le(LONGEST)]


@dataclass(frozen=True)
class Session:
    """A run as a file holds it, and those it is compared with.

    `snapshot` is the state that the step into `position` made, before edits there.
    """

    recipe: Recipe[Any]
    position: int = 0
    recorded: int = 0
    digest: str = ""
    snapshot: Any = None
    comparison: Comparison = ALONE
    beat: str = ""  # of the step in view, where its topic names some
    edited: bool | None = False  # by hand, since it was saved; None where the file does not tell

    def timeline(self) -> Timeline[Any, Any]:
        """Return the run's timeline; frame `position` is there at once if there is a snapshot."""
        timeline = Timeline(topic(self.recipe.topic).core, self.recipe)
        if self.snapshot is not None:
            timeline.adopt(self.position, self.snapshot)
        return timeline

    def agrees_with(self, timeline: Timeline[Any, Any]) -> bool:
        """Tell whether the replayed run came to the frame that was saved; on other computers last digits differ."""
        return not self.digest or self.digest == digest(timeline.made(self.position))


@frozen
class _Head:
    """The entries of a session file but for recipe and snapshot."""

    format: Literal["mlplay"]
    format_version: Annotated[int, Ge(1)]
    position: Step
    recorded: Step
    digest: str
    recipe_digest: str = ""
    beat: str = ""


def session_of(timeline: Timeline[Any, Any], position: int, comparison: Comparison = ALONE, beat: str = "") -> Session:
    """Return the session that shows a run at a step, and at a beat of it, with what it is compared with."""
    made = timeline.made(position)
    snapshot = made if position > SNAPSHOT_FROM else None
    return Session(timeline.recipe, position, timeline.recorded, digest(made), snapshot, comparison, beat)


def digest(made: Any) -> str:
    """Return the SHA-256 of a state, the same for the same bytes."""
    return hashlib.sha256(_json_of(made).encode()).hexdigest()


def _json_of(state: Any) -> str:
    return json.dumps(_stored(state), ensure_ascii=False)


def _stored(value: Any) -> Any:
    """Return a state as plain data, exact to the last bit: arrays as NPY in base64."""
    if isinstance(value, np.ndarray):
        return npy_text(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple):
        return [_stored(item) for item in value]
    if is_dataclass(value):
        return {f.name: _stored(getattr(value, f.name)) for f in fields(value)}
    return value


def dump(session: Session) -> bytes:
    """Return the session as the bytes of its file. Raises Refusal where they would be more than can be opened again."""
    text = indented(plain_session(session))
    snapshot = _json_of(session.snapshot) if session.snapshot is not None else ""
    if 0 < len(snapshot) <= LARGEST_SNAPSHOT:
        text = text.removesuffix("\n}") + f',\n  "snapshot": {snapshot}\n}}'
    data = text.encode()
    _check_size(data)
    return data


def plain_session(session: Session) -> dict[str, Any]:
    """Return the session as plain data, but for its snapshot."""
    recipe = plain_recipe(session.recipe)
    return {
        "format": "mlplay",
        "format_version": FORMAT_VERSION,
        "recipe": recipe,
        "position": session.position,
        "recorded": session.recorded,
        "digest": session.digest,
        "recipe_digest": _recipe_digest(recipe, session.position),
        **session.comparison.plain(),
        **({"beat": session.beat} if session.beat else {}),
    }


def _recipe_digest(plain: Any, position: Any) -> str:
    """Return the SHA-256 of what a snapshot was made from, however it is spaced and ordered in the file."""
    text = json.dumps([plain, position], sort_keys=True)  # in ASCII: a file may hold half a character
    return hashlib.sha256(text.encode()).hexdigest()


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise Refusal("file", "session_too_large", {"allowed": f"{LARGEST_FILE // 2**20} MiB"})


def save(path: Path, session: Session) -> None:
    """Write the session file, whole or not at all. Raises Refusal."""
    with whole_file(path, "file") as file:
        file.write(dump(session))


def open_file(path: Path) -> Session:
    """Return the run in a session file, or in any picture, film or table that this program exported.

    Raises Refusal naming the first field that does not fit.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError(None, "it is no ordinary file")
        with path.open("rb") as file:
            return _opened(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal("file", "file_unreadable", {"given": short_path(path), "reason": reason}) from None


def open_bytes(data: bytes) -> Session:
    """Return the run in the bytes of such a file. Raises Refusal naming the first field that does not fit."""
    return _opened(io.BytesIO(data))


def _opened(file: IO[bytes]) -> Session:
    carried = recipe_in(file)
    return load(file.read(LARGEST_FILE + 1)) if carried is None else _carried(*carried)


def _carried(data: Any, step: int) -> Session:
    compared = data.pop(COMPARED, None) if isinstance(data, dict) else None
    recipe = _recipe(data)
    position = min(step, LONGEST)
    return Session(recipe, position, position, comparison=read_compared(compared, recipe.topic))


def load(data: bytes) -> Session:
    """Return the session in the bytes of a file. Raises Refusal naming the first field that does not fit."""
    document = _document(data)
    if "format" not in document and document.keys() >= set(KEYS):  # what `trace` writes as JSON
        return _carried({key: document[key] for key in (*ALL_KEYS, COMPARED) if key in document}, 0)
    return read_session(document)


def read_session(document: dict[str, Any]) -> Session:
    """Return the session of plain data. Raises Refusal naming the first field that does not fit."""
    _check_format(document)
    plain, stored, compared = (document.pop(key, None) for key in ("recipe", "snapshot", COMPARED))
    head: _Head = read(_Head, document)
    if head.position > head.recorded:
        raise Refusal("position", "not_whole", {"given": head.position, "low": 0, "high": head.recorded})
    recipe = _recipe(plain)
    check_beat(topic(recipe.topic).core.beats(recipe.params), head.beat, "beat")
    comparison = read_compared(compared, recipe.topic)
    edited = _edited(head, plain)
    if edited:  # what was computed before is not what the recipe says now
        return Session(recipe, head.position, head.recorded, "", None, comparison, head.beat, edited)
    snapshot = None if stored is None else _snapshot(stored, head, recipe)
    return Session(recipe, head.position, head.recorded, head.digest, snapshot, comparison, head.beat, edited)


def _edited(head: _Head, plain: Any) -> bool | None:
    if head.format_version < _SEALED_FROM:
        return None
    return head.recipe_digest != _recipe_digest(plain, head.position)


def _recipe(data: Any) -> Recipe[Any]:
    if not isinstance(data, dict):
        raise Refusal("recipe", "not_table", {"given": short(data)})
    with within("recipe"):
        return read_recipe(data)


def _document(data: bytes) -> dict[str, Any]:
    data = data.removeprefix(BOM_UTF8)
    if not data.lstrip().startswith(b"{"):
        raise Refusal("file", "session_foreign")
    _check_size(data)
    try:
        document = strict_json(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refusal("file", "session_foreign") from None
    except ValueError as error:
        raise Refusal("file", "session_malformed", {"reason": short(str(error))}) from None
    assert isinstance(document, dict)
    return document


def _check_format(document: Mapping[str, Any]) -> None:
    if document.get("format") != "mlplay":
        raise Refusal("format", "session_foreign")
    version = document.get("format_version")
    if type(version) is int and version > FORMAT_VERSION:
        raise Refusal("format_version", "session_newer", {"given": short(version), "allowed": FORMAT_VERSION})


def _snapshot(stored: Any, head: _Head, recipe: Recipe[Any]) -> Any:
    """Return the state of a snapshot. Raises Refusal if it cannot be one of this run, or is not what was saved."""
    core = topic(recipe.topic).core
    state = read(core.State, stored, "snapshot")
    if place := misfit(state, Trial(core, recipe).model(head.position)):
        raise Refusal(f"snapshot.{place}", "other_form", {"given": place})
    if digest(state) != head.digest:
        raise Refusal("digest", "session_digest", {"given": short(head.digest)})
    _try_out(core, recipe, state, head.position)
    return state


def _try_out(core: Any, recipe: Recipe[Any], state: Any, position: int) -> None:
    """Raise Refusal for a snapshot that nothing can be read from or stepped on with."""
    params = Schedule(recipe).params_at(position)
    try:
        with np.errstate(all="ignore"):
            core.series(state, params)
            core.arrays(state, params)
            after = core.step(state, params, Streams.step(recipe.seed, position + 1))
            core.events(state, after, params)
            core.series(after, params)
    except Exception as error:  # whatever a made-up state makes a topic stumble over
        raise Refusal("snapshot", "bad_value", {"given": "the state", "reason": short(str(error))}) from None
