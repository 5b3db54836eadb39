"""The open work of a process in a file of its own, so that a crash or a kill loses little of it.

    open/1f0c….json    what is open in the tabs of one window: recipes and steps, no records, so it is small
    open/1f0c….lock    held by that window's process: whoever finds it held leaves the file alone
    open/left.json     what was open when a window was closed last

A file whose process has ended without closing its window is an orphan. Whoever holds its lock may take its work.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile

from core.run.refusal import Refusal
from playground.files.own_folder import own_folder
from playground.files.readers import strict_json
from playground.files.session import Session, plain_session, read_session
from playground.files.whole_file import whole_file

FORMAT = "mlplay-open"
_LEFT = "left.json"

Stamp = tuple[int, ...]  # of a file as it was read or written last: another one was written since


@dataclass(frozen=True)
class OpenTab:
    """What is open in a tab: the run, its file where it has one, and whether that holds all of the run."""

    session: Session
    path: Path | None = None
    stamp: Stamp = ()
    is_saved: bool = True


@dataclass(frozen=True)
class Work:
    """What is open in a window, tab by tab."""

    tabs: tuple[OpenTab, ...] = ()

    @property
    def unsaved(self) -> tuple[OpenTab, ...]:
        """The tabs whose work no file has."""
        return tuple(tab for tab in self.tabs if not tab.is_saved)


def folder() -> Path:
    """Return the folder in which windows keep their open work."""
    return own_folder() / "open"


def stamp(path: Path) -> Stamp:
    """Return what tells a file from one written later, nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


class Keeper:
    """Keeps the open work of this process."""

    def __init__(self, where: Path) -> None:
        self.path = where / f"{os.urandom(8).hex()}.json"
        self._lock = _lock_of(self.path)
        with suppress(Refusal):  # it is said when there is work to be kept
            self._hold()

    def _hold(self) -> None:
        """Lock the file: else another process would take it for that of one which has ended."""
        _make(self.path.parent)
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            raise Refusal("file", "file_unwritable", {"given": self.path.name, "reason": "it cannot be locked"})

    def keep(self, work: Work) -> None:
        """Write what is open, whole or not at all. Raises Refusal where that is not possible."""
        self._hold()
        _write(self.path, work)

    def leave(self, work: Work) -> None:
        """Keep for the next start where the window was left. Raises Refusal where that is not possible."""
        try:
            _write(self.path.with_name(_LEFT), work)
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Leave nothing of this process behind."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._lock.unlock()

    def is_open_elsewhere(self, path: Path) -> bool:
        """Tell whether a window of another process has a file open."""
        others = (other for other in _files(self.path.parent) if other != self.path and _is_held(other))
        return any(path.absolute() == tab.path for other in others for tab in (read_work(other) or Work()).tabs)


@dataclass(frozen=True)
class Orphan:
    """Work whose process has ended; it is ours until it is let go or dropped."""

    path: Path
    work: Work
    lock: QLockFile

    def drop(self) -> None:
        """Remove the work: it was taken, or nobody wants it."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.lock.unlock()

    def let_go(self) -> None:
        """Leave the work for another start."""
        self.lock.unlock()


def orphans(where: Path) -> list[Orphan]:
    """Return the work of processes that ended without closing, the oldest first; what cannot be read is left alone."""
    found = []
    for path in sorted(_files(where), key=stamp):
        lock = _lock_of(path)
        if lock.tryLock(0):
            if work := read_work(path):
                found.append(Orphan(path, work, lock))
            else:
                lock.unlock()
    return found


def left(where: Path) -> Work:
    """Return what was open when a window was closed last."""
    return read_work(where / _LEFT) or Work()


def read_work(path: Path) -> Work | None:
    """Return the work in a file; None where there is none that this program can read."""
    try:
        document: Any = strict_json(path.read_bytes().decode())
        if document["format"] != FORMAT:
            return None
        return Work(tuple(_read_tab(tab) for tab in document["tabs"]))
    except (OSError, ValueError, LookupError, TypeError, Refusal):
        return None


def _read_tab(plain: Any) -> OpenTab:
    path = Path(plain["path"]) if plain["path"] else None
    return OpenTab(read_session(plain["session"]), path, tuple(plain["stamp"]), bool(plain["is_saved"]))


def _make(folder: Path) -> None:
    """Make a folder that is not there yet, or was tidied away. Raises Refusal where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = {"given": folder.name, "reason": error.strerror or str(error)}
        raise Refusal("file", "file_unwritable", reason) from None


def _write(path: Path, work: Work) -> None:
    _make(path.parent)
    tabs = ",\n".join(map(_tab_text, work.tabs))
    with whole_file(path, "file") as file:
        file.write(f'{{"format": "{FORMAT}", "tabs": [\n{tabs}\n]}}'.encode())


def _tab_text(tab: OpenTab) -> str:
    path = str(tab.path.absolute()) if tab.path else ""
    plain = {"path": path, "stamp": tab.stamp, "is_saved": tab.is_saved, "session": plain_session(tab.session)}
    return json.dumps(plain, ensure_ascii=False)


def _files(where: Path) -> list[Path]:
    with suppress(OSError):  # another time they are found
        return [path for path in where.glob("*.json") if path.name != _LEFT]
    return []


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # only a process that has ended holds it no longer, however long it runs
    return lock


def _is_held(path: Path) -> bool:
    lock = _lock_of(path)
    if not lock.tryLock(0):
        return True
    lock.unlock()
    return False
