"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from core.run.refusal import Refusal
from playground.words.quoting import short_path


@contextmanager
def whole_file(path: Path, field: str = "-o") -> Iterator[IO[bytes]]:
    """Give a file to write to that takes the name `path` only when all went well.

    Raises Refusal where it cannot be written; whatever fails, nothing is left behind and an older file stays.
    """
    try:
        real = _writable(path)
        with _beside(real) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # else a power cut soon after the renaming could leave an empty file
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(field, "file_unwritable", {"given": short_path(path), "reason": reason}) from None


def _writable(path: Path) -> Path:
    """Return where a path leads. Raises OSError for what must not be replaced: a folder, a device, a locked file."""
    real = Path(os.path.realpath(path))
    if real.exists():
        if not real.is_file():
            raise OSError(None, "it is no ordinary file")
        if not os.access(real, os.W_OK):
            raise PermissionError(None, "it may not be written to")
    return real


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """Give a file beside a path that takes its name in the end; where anything fails it is removed."""
    temporary = path.with_name(f".ml-playground-{os.urandom(8).hex()}")
    try:  # around the making of the file as well: Ctrl-C may come right after it
        with temporary.open("xb") as file:
            if path.exists():
                temporary.chmod(path.stat().st_mode)
            yield file
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # why it was not written is told, not that this is left behind
            temporary.unlink(missing_ok=True)
        raise
