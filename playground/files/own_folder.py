"""The user's own folder for what the program keeps: progress, open work, faults, a picture of where it was left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QStandardPaths


class _Instead:
    folder: Path | None = None


def own_folder() -> Path:
    """Return the folder; it need not be there yet."""
    kept = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return _Instead.folder or Path(kept)


@contextmanager
def elsewhere(folder: Path) -> Iterator[None]:
    """Keep all of it in another folder."""
    before, _Instead.folder = _Instead.folder, folder
    try:
        yield
    finally:
        _Instead.folder = before
