"""What shortens the way to the first picture: leaving out work for nothing.

- PySide6 reads the source of every module imported after it, to see whether the module uses PySide6; that matters only
  to programs with its `__feature__` imports.
- While modules are loaded there is no garbage to look for.
"""

from __future__ import annotations

import builtins
import gc


def begin() -> None:
    """Look for no garbage until `settle`."""
    gc.disable()


def import_plainly() -> None:
    """Import as Python does, once PySide6 is there."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def settle() -> None:
    """Look for garbage again, but never at what the program is made of: shorter pauses while playing."""
    gc.collect()
    gc.freeze()
    gc.enable()
