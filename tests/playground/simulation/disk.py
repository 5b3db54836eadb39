"""A disk that is full, read-only, or fails at its n-th call: by the hook through which Python tells of each call."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

FAULTS = ("full", "read-only", "gone")  # or the number of the call that fails
_ERRORS = {"full": errno.ENOSPC, "read-only": errno.EROFS, "gone": errno.EIO}
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.chmod")
_WRITES = os.O_WRONLY | os.O_RDWR


class Disk:
    """What becomes of the calls that write below a folder; `hits` counts those that failed."""

    def __init__(self) -> None:
        self.fault: str | int = ""
        self.below = ""
        self.hits = self._calls = 0

    def break_down(self, fault: str | int) -> None:
        """Fail from now on; "" mends it."""
        self.fault, self._calls, self.hits = fault, 0, 0

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        if self.fault and (event == "open" or event in _CHANGES) and self._is_below(given[0]):
            self._fail_at(event, given)

    def _is_below(self, path: Any) -> bool:
        return isinstance(path, str | Path) and str(path).startswith(self.below)

    def _fail_at(self, event: str, given: tuple[Any, ...]) -> None:
        writes = event != "open" or bool(given[2] & _WRITES)
        if isinstance(self.fault, int):
            self._calls += 1
            fails = self._calls == self.fault
        else:
            fails = self.fault == "gone" or (writes and not (self.fault == "full" and event == "os.remove"))
        if fails:
            self.hits += 1
            code = _ERRORS.get(str(self.fault), errno.EIO)
            raise OSError(code, os.strerror(code), str(given[0]))


DISK = Disk()
sys.addaudithook(DISK.hear)  # it cannot be taken away; while there is no fault it looks at one attribute
